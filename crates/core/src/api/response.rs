//! What the core answers.

use samovar_domain::{BlobHash, ItemId, MemberId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    CelebrationPage, Celebrations, Clocks, DecisionDraft, Decisions, Draft, Gatherings, GroupCards, HeldCard, ISpyCard,
    KudosDesk, KudosWall, MissedPage, NormsPage, OwnCalendarCard, Packages, PeopleView, PrintedCard, PulseCard,
    Settings, Status, Today, View,
};

/// The answer to a request that went well. What did not go well is a [`samovar_domain::Problem`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(export)]
pub enum Response {
    /// It was done.
    Done,
    /// It is stored here, shown here, and on its way.
    Shared {
        /// The new item.
        item: ItemId,
    },
    /// See [`Status`].
    Status(Box<Status>),
    /// See [`Today`].
    Today(Box<Today>),
    /// See [`PeopleView`].
    People(Box<PeopleView>),
    /// The zones that one can be in.
    Zones {
        /// Their IANA names, of places alone, in the order of the alphabet.
        time_zones: Vec<String>,
    },
    /// See [`Clocks`].
    Clocks(Clocks),
    /// See [`NormsPage`].
    Norms(NormsPage),
    /// See [`Gatherings`].
    Gatherings(Box<Gatherings>),
    /// See [`KudosWall`].
    KudosWall(Box<KudosWall>),
    /// See [`KudosDesk`].
    KudosDesk(Box<KudosDesk>),
    /// See [`MissedPage`].
    Missed(Box<MissedPage>),
    /// See [`Decisions`].
    Decisions(Box<Decisions>),
    /// See [`CelebrationPage`].
    Celebration(Box<CelebrationPage>),
    /// See [`Celebrations`].
    Celebrations(Box<Celebrations>),
    /// See [`DecisionDraft`].
    DecisionDraft(Box<DecisionDraft>),
    /// See [`Packages`].
    Packages(Box<Packages>),
    /// An address that was opened just now. It is kept nowhere: show it, and forget it.
    Address {
        /// In lines.
        address: String,
    },
    /// See [`PulseCard`].
    Pulse(Box<PulseCard>),
    /// See [`GroupCards`].
    GroupCards(Box<GroupCards>),
    /// See [`PrintedCard`].
    Card(PrintedCard),
    /// See [`ISpyCard`].
    ISpy(ISpyCard),
    /// See [`PreparedPhoto`].
    Photo(PreparedPhoto),
    /// See [`Settings`].
    Settings(Box<Settings>),
    /// See [`Draft`].
    Draft(Draft),
    /// See [`InvitePreview`].
    InvitePreview(InvitePreview),
    /// What waits for the digest, oldest first.
    Held {
        /// See [`HeldCard`].
        items: Vec<HeldCard>,
    },
    /// A link to hand on.
    Invite {
        /// The link.
        link: String,
        /// Until when it works.
        expires_at: Timestamp,
        /// Whether the team's endpoint is this computer, so that others need it to be on.
        on_this_computer: bool,
    },
    /// One's private calendar feed.
    CalendarFeed {
        /// Since when there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        since: Option<Timestamp>,
        /// Where calendar programs read it; only when it was just made, since it is kept nowhere.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        address: Option<String>,
        /// Whether the team's endpoint is this computer, so that only programs on it can read the feed.
        on_this_computer: bool,
    },
    /// See [`OwnCalendarCard`].
    OwnCalendar(OwnCalendarCard),
    /// A copy was saved.
    Exported {
        /// The file.
        path: String,
    },
    /// Something that the shell, not the core, has to do now.
    Effect {
        /// What.
        effect: Effect,
    },
}

/// Something for the shell to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
#[ts(export)]
pub enum Effect {
    /// Nothing.
    None,
    /// Open an address in the person's browser.
    OpenLink {
        /// `https://…`.
        link: String,
    },
    /// Bring a window to the front.
    Show {
        /// Which view.
        view: View,
        /// With this item open.
        #[ts(optional)]
        item: Option<ItemId>,
        /// With this member chosen.
        #[ts(optional)]
        member: Option<MemberId>,
    },
}

/// A photo that is ready to be shared; its files lie in the profile until it is shared or discarded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PreparedPhoto {
    /// Names it in `share` and `discard_photo`.
    pub photo: String,
    /// The shared form, served under its hash like any other photo.
    pub blob: BlobHash,
    /// The small form.
    pub thumb: BlobHash,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// A `ThumbHash` in base64.
    pub thumbhash: String,
    /// Whether the file told where it was taken; that was removed.
    pub had_location: bool,
}

/// What an invite leads to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct InvitePreview {
    /// The endpoint's host, such as `tea.example.org`.
    pub host: String,
    /// Whether the connection to it is encrypted, or stays on this computer.
    pub is_safe: bool,
    /// Whether the endpoint answered.
    pub is_reachable: bool,
}
