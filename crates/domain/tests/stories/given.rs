//! What the stories start from.

use chrono_tz::Tz;
use proptest::prelude::*;
use samovar_domain::hours::{Hours, Span};
use samovar_domain::kinds::{Activity, Gathering, Weekday};
use samovar_domain::{Audience, Item, ItemId, Kind, MemberId, Owner, Timestamp};
use serde_json::Value;

pub(crate) fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn member(name: &str) -> MemberId {
    MemberId::derived(&[name])
}

/// An id such as a writer gives a new item, always the same one for a name.
pub(crate) fn id(name: &str) -> ItemId {
    let bytes = ItemId::derived(&[name]).0.into_bytes();
    ItemId(
        uuid::Builder::from_bytes(bytes)
            .with_version(uuid::Version::SortRand)
            .into_uuid(),
    )
}

/// An item of a member's, by the name of its id.
pub(crate) fn item(name: &str, kind: &str, owner: &str, at: &str, body: Value) -> Item {
    Item {
        id: id(name),
        kind: Kind::new(kind),
        owner: Owner::Member(member(owner)),
        seq: 1,
        audience: Audience::Team,
        created_at: time(at),
        updated_at: time(at),
        expires_at: None,
        body: Some(body),
    }
}

pub(crate) fn gathering(title: &str, starts_at: Timestamp, duration_min: u32) -> Gathering {
    Gathering {
        link: Some("https://meet.example/tea".to_owned()),
        ..Gathering::plain(Activity::Teatime, title, starts_at, duration_min)
    }
}

pub(crate) const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// Any zone that IANA has.
pub(crate) fn zones() -> impl Strategy<Value = Tz> {
    proptest::sample::select(chrono_tz::TZ_VARIANTS.to_vec())
}

/// An instant from 1970 to 2037, where the zones' tables are explicit.
pub(crate) fn instants() -> impl Strategy<Value = Timestamp> {
    (0..2_145_916_800_000_i64).prop_map(Timestamp::from_millis)
}

/// Spans of a day, some of them across midnight.
pub(crate) fn spans() -> impl Strategy<Value = Span> {
    (0..1440_u16, 1..=1440_u16)
        .prop_filter("a span has a length", |(start, end)| start != end)
        .prop_map(|(start, end)| Span { start, end })
}

/// Any working week with at least one span.
pub(crate) fn weeks() -> impl Strategy<Value = Hours> {
    let day = (
        proptest::sample::select(WEEK.to_vec()),
        proptest::collection::vec(spans(), 1..3),
    );
    proptest::collection::vec(day, 1..7).prop_map(|days| Hours(days.into_iter().collect()))
}
