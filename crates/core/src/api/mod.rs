//! The one language between a screen and the core: [`Request`] in, [`Response`] out, [`Changed`] events in between.
//! Its TypeScript is generated into `ui/src/bindings`.

mod celebrations;
mod changed;
mod decisions;
mod desktop;
mod focus;
mod gatherings;
mod group_cards;
mod kudos;
mod own_calendar;
mod packages;
mod people;
mod pulse;
mod request;
mod response;
mod settings;
mod status;
mod today;

pub use celebrations::{CelebrationCard, CelebrationPage, Celebrations, NextCelebration};
pub use changed::{Changed, Place, View};
pub use decisions::{
    AwaitedCard, DecisionCard, DecisionDraft, DecisionProgress, Decisions, OutcomeCard, Question, VoiceCard,
    VoiceNeeded,
};
pub use desktop::{Call, DesktopRequest, DesktopResponse};
pub use focus::{DoNotDisturb, FocusSettings, HeldCard, SlackCard, TokenPlace};
pub use gatherings::{
    GatheringEntry, Gatherings, ISpyCard, ISpySquare, PairProgress, PairTime, PairTimeOfOther, PairingCard, PairsCard,
    SeriesEntry,
};
pub use group_cards::{CardDesign, CardFormat, CardSize, GroupCards, LineOnCard, OpenCard, OpenedCard, PrintedCard};
pub use kudos::{KudosDesk, KudosQuery, KudosWall, LongSincePerson, MissedPage, Thankable};
pub use own_calendar::OwnCalendarCard;
pub use packages::{PackageCard, PackageDeed, Packages, Recipient, SurpriseCard, SurpriseFor};
pub use people::{
    AxisDay, ClockFrom, Clocks, LocalInstant, NormsPage, OverlapSpan, PeopleView, PersonCard, ReplyPromise, TimeSpan,
    ZoneAnswer,
};
pub use pulse::{PulseCard, PulseOpen, PulseOutcome, PulseState};
pub use request::{FocusEnd, NotificationAction, PauseEnd, PhotoSource, Request, SharedPhoto};
pub use response::{Effect, InvitePreview, PreparedPhoto, Response};
pub use settings::{
    Draft, DraftPhoto, Hear, Language, PairDraw, Profile, ProfileChange, SeriesCard, Settings, SettingsChange, Theme,
};
pub use status::{AppNotice, Connection, Refused, Status, TeamCard, Waiting};
pub use today::{
    Day, Entry, FocusCard, GatheringCard, KudosCard, OptionalCamera, Person, PersonNow, PersonState, PhotoCard,
    Portrait, ReactionCard, ReplyCard, SnapshotCard, Today,
};
