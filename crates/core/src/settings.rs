//! What this computer has set, and one's own profile.

use std::sync::Arc;

use chrono::Days;
use samovar_domain::focus_blocks::{BREAK_THROUGHS_MAX, DIGESTS_MAX, check_blocks};
use samovar_domain::hours::{instant, minute_of_day, zone_or_utc};
use samovar_domain::kinds::{Lifetime, Member, RoleName, role_id};
use samovar_domain::schedule::Schedule;
use samovar_domain::text::check_words;
use samovar_domain::{Audience, Body, Item, ItemId, Kind, MemberId, Problem, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::api::{
    Changed, DoNotDisturb, FocusSettings, Hear, Language, PairDraw, Profile, ProfileChange, Response, SeriesCard,
    Settings, SettingsChange, Theme,
};
use crate::core::Inner;
use crate::store::fact;
use crate::views::TeamState;
use crate::writes;

/// As stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Stored {
    pub(crate) theme: Theme,
    pub(crate) language: Language,
    pub(crate) hear: Hear,
    pub(crate) quiet_outside_hours: bool,
    pub(crate) focus: FocusSettings,
    pub(crate) digest_times: Vec<String>,
    pub(crate) snapshot_prompt: bool,
    pub(crate) think_of_others: bool,
    pub(crate) lifetime: Lifetime,
    pub(crate) autostart: bool,
    pub(crate) shortcut: String,
}

impl Default for Stored {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            language: Language::System,
            hear: Hear::default(),
            quiet_outside_hours: true,
            focus: FocusSettings::default(),
            digest_times: Vec::new(),
            snapshot_prompt: false,
            think_of_others: true,
            lifetime: Lifetime::Day,
            autostart: false,
            shortcut: String::new(),
        }
    }
}

impl Stored {
    /// What is about this computer rather than about its person.
    pub(crate) fn of_this_computer(self) -> Self {
        Self {
            theme: self.theme,
            language: self.language,
            autostart: self.autostart,
            shortcut: self.shortcut,
            ..Self::default()
        }
    }

    /// The times of the daily digests, in minutes of one's day.
    pub(crate) fn digest_minutes(&self) -> Vec<u16> {
        let times = self.digest_times.iter();
        times.filter_map(|time| minute_of_day(time).ok()).collect()
    }
}

/// What is entered about focus and digests can be done.
fn check(change: &SettingsChange) -> Result<(), Problem> {
    if let Some(focus) = &change.focus {
        check_blocks(&focus.blocks)?;
        check_words("focus's note", &focus.note, 200)?;
        if focus.break_throughs > BREAK_THROUGHS_MAX {
            return Err(Problem::new(
                "bad_break_throughs",
                "At most three teammates a day are let through.",
            ));
        }
    }
    let Some(times) = &change.digest_times else {
        return Ok(());
    };
    let is_time = |time: &String| minute_of_day(time).is_ok_and(|minute| minute < 1440);
    if times.len() <= DIGESTS_MAX && times.iter().all(is_time) {
        Ok(())
    } else {
        Err(Problem::new(
            "bad_digest_times",
            "There are at most three digests a day, at times like 12:00.",
        ))
    }
}

pub(crate) async fn stored(inner: &Inner) -> Result<Stored, Problem> {
    inner
        .store
        .fact(fact::SETTINGS)
        .await
        .map_err(|error| inner.problem(error))
}

/// The language in use: `en` or `de`.
pub(crate) fn locale(language: Language, system: &str) -> &'static str {
    match language {
        Language::De => "de",
        Language::System if system.to_lowercase().starts_with("de") => "de",
        Language::En | Language::System => "en",
    }
}

/// One's own member item, read.
pub(crate) fn own_member(items: &[Item], me: MemberId) -> Option<Member> {
    let item = items.iter().find(|item| item.id == ItemId::from(me))?;
    match Body::read(&item.kind, item.body.as_ref()?).ok()? {
        Body::Member(member) => Some(member),
        _ => None,
    }
}

/// Whether one may set what belongs to the team.
pub(crate) fn is_admin(items: &[Item], me: MemberId) -> bool {
    let role = items
        .iter()
        .find(|item| item.id == role_id(me))
        .and_then(|item| Body::read(&item.kind, item.body.as_ref()?).ok());
    matches!(role, Some(Body::Role(role)) if role.role >= RoleName::Admin)
}

/// The zone that one is in by one's profile, or the system's before there is one.
pub(crate) async fn own_zone(inner: &Inner) -> Result<String, Problem> {
    let Some(account) = inner.account() else {
        return Ok(inner.parts.system_zone.name());
    };
    let items = inner.items().await?;
    Ok(match own_member(&items, account.member) {
        Some(member) => Schedule::of(&member).zone_at(inner.now()).name().to_owned(),
        None => inner.parts.system_zone.name(),
    })
}

/// The beginning of the next day's work: the first working hour after today, or 09:00 tomorrow.
pub(crate) async fn tomorrow(inner: &Inner) -> Result<Timestamp, Problem> {
    let items = inner.items().await?;
    let me = inner.account().map(|account| account.member);
    let member = me.and_then(|me| own_member(&items, me));
    let zone = zone_or_utc(&own_zone(inner).await?);
    let now = inner.now();
    let date = now.utc().with_timezone(&zone).date_naive();
    let next = date.checked_add_days(Days::new(1)).unwrap_or(date);
    let morning = instant(zone, next, 9 * 60);
    let schedule = member.as_ref().map(Schedule::of).unwrap_or_default();
    let at = if schedule.is_unknown() {
        morning
    } else {
        instant(zone, next, 0)
    };
    Ok(schedule.next_start(at).unwrap_or(morning))
}

/// Everything on the Settings page.
pub(crate) async fn all(inner: &Arc<Inner>) -> Result<Response, Problem> {
    let stored = stored(inner).await?;
    let items = inner.items().await?;
    let me = inner.account().map(|account| account.member);
    let profile = me
        .and_then(|me| own_member(&items, me).map(|member| (me, member)))
        .map(|(id, member)| Profile {
            id,
            name: member.name,
            time_zone: member.time_zone,
            hours: member.hours,
            pronouns: member.pronouns,
            about: member.about,
            country: member.country,
            travel: member.travel,
            away: member.away,
        });
    let (thank_me, values) = match me {
        Some(me) => {
            let state = TeamState::from_items(items.iter().cloned(), me);
            (state.thank_me.get(&me).copied().unwrap_or_default(), state.values)
        }
        None => Default::default(),
    };
    Ok(Response::Settings(Box::new(Settings {
        profile,
        theme: stored.theme,
        language: stored.language,
        hear: stored.hear,
        quiet_outside_hours: stored.quiet_outside_hours,
        focus: stored.focus,
        do_not_disturb: if inner.parts.notifier.can_inhibit().await {
            DoNotDisturb::CanBeSet
        } else {
            DoNotDisturb::CannotBeSet
        },
        slack: crate::slack_token::card(inner).await?,
        digest_times: stored.digest_times,
        snapshot_prompt: stored.snapshot_prompt,
        think_of_others: stored.think_of_others,
        thank_me,
        values,
        lifetime: stored.lifetime,
        autostart: stored.autostart,
        shortcut: stored.shortcut,
        folder: inner.parts.folder.display().to_string(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        is_admin: me.is_some_and(|me| is_admin(&items, me)),
        system_time_zone: inner.parts.system_zone.name(),
        series: series(&items),
        pair_draw: pair_draw(&items, me),
    })))
}

/// The team's recurring plans, by title.
fn series(items: &[Item]) -> Vec<SeriesCard> {
    let mut found: Vec<SeriesCard> = items
        .iter()
        .filter_map(|item| match Body::read(&item.kind, item.body.as_ref()?).ok()? {
            Body::Series(plan) => Some(SeriesCard { id: item.id, plan }),
            _ => None,
        })
        .collect();
    found.sort_by(|one, other| (&one.plan.title, one.id).cmp(&(&other.plan.title, other.id)));
    found
}

/// When the team draws its pair calls.
fn pair_draw(items: &[Item], me: Option<MemberId>) -> PairDraw {
    let is_needed = |item: &&Item| [Kind::TEAM, Kind::ROLE, Kind::MEMBER].contains(&item.kind.as_str());
    let needed = items.iter().filter(is_needed).cloned();
    let calendar = match me {
        Some(me) => TeamState::from_items(needed, me).draw_calendar(),
        None => TeamState::default().draw_calendar(),
    };
    PairDraw {
        weekday: calendar.pair_day,
        time_zone: calendar.zone.name().to_owned(),
    }
}

/// Changes what is named and leaves the rest.
pub(crate) async fn change(inner: &Arc<Inner>, change: SettingsChange) -> Result<Response, Problem> {
    check(&change)?;
    let before = stored(inner).await?;
    let after = Stored {
        theme: change.theme.unwrap_or(before.theme),
        language: change.language.unwrap_or(before.language),
        hear: change.hear.unwrap_or(before.hear),
        quiet_outside_hours: change.quiet_outside_hours.unwrap_or(before.quiet_outside_hours),
        focus: change.focus.unwrap_or(before.focus),
        digest_times: change.digest_times.unwrap_or(before.digest_times),
        snapshot_prompt: change.snapshot_prompt.unwrap_or(before.snapshot_prompt),
        think_of_others: change.think_of_others.unwrap_or(before.think_of_others),
        lifetime: change.lifetime.unwrap_or(before.lifetime),
        autostart: change.autostart.unwrap_or(before.autostart),
        shortcut: change.shortcut.unwrap_or(before.shortcut),
    };
    inner
        .store
        .set_fact(fact::SETTINGS, after)
        .await
        .map_err(|error| inner.problem(error))?;
    inner.tell(Changed::Settings);
    inner.tell(Changed::Status);
    inner.plan_anew.notify_one();
    all(inner).await
}

/// Changes one's own profile; fields that this version does not know stay as they are.
pub(crate) async fn change_profile(inner: &Arc<Inner>, change: ProfileChange) -> Result<Response, Problem> {
    let me = inner.member_account()?.member;
    let items = inner.items().await?;
    let present = items
        .iter()
        .find(|item| item.id == ItemId::from(me))
        .and_then(|item| item.body.clone());
    let Some(Value::Object(mut body)) = present else {
        return Err(Problem::new(
            "not_here_yet",
            "Your profile has not arrived from the endpoint yet. Try again when online.",
        ));
    };
    let mut set = |field: &str, value: Option<Value>| {
        match value {
            Some(Value::String(text)) if text.is_empty() => body.shift_remove(field),
            Some(Value::Array(list)) if list.is_empty() => body.shift_remove(field),
            Some(value) => body.insert(field.to_owned(), value),
            None => None,
        };
    };
    set("name", change.name.map(Value::String));
    set("time_zone", change.time_zone.map(Value::String));
    set("hours", change.hours.as_ref().map(writes::json));
    set("pronouns", change.pronouns.map(Value::String));
    set("about", change.about.map(Value::String));
    set(
        "country",
        change
            .country
            .map(|country| Value::String(country.trim().to_uppercase())),
    );
    set("travel", change.travel.as_ref().map(writes::json));
    set("away", change.away.as_ref().map(writes::json));
    writes::queue(
        inner,
        Kind::MEMBER,
        me.into(),
        Audience::Team,
        Some(Value::Object(body)),
        Vec::new(),
        Vec::new(),
    )
    .await?;
    inner.tell(Changed::Settings);
    all(inner).await
}
