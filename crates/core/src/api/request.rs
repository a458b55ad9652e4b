//! What a screen may ask of the core.

use chrono::NaiveDate;
use samovar_domain::hours::Hours;
use samovar_domain::kinds::{
    Answer, Celebration, Doodle, Lifetime, Norms, Occasion, PairOptIn, PulseSettings, Said, Series, TeamValue, ThankMe,
};
use samovar_domain::{Audience, ItemId, MemberId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    CardDesign, CardFormat, CardSize, DecisionDraft, Draft, KudosQuery, PackageDeed, PairDraw, ProfileChange, Question,
    SettingsChange, ZoneAnswer,
};

/// One wish of the person in front of the screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
#[ts(export)]
pub enum Request {
    /// How things stand: team, connection, what waits. Answers `status`.
    Status,
    /// What an invite link leads to, before joining; asks the endpoint. Answers `invite_preview`.
    PreviewInvite {
        /// As pasted.
        link: String,
    },
    /// Joins the team of an invite. Answers `status`.
    Join {
        /// As pasted: `https://host/join/TOKEN`, or `samovar://join?link=…`.
        link: String,
        /// The person's name.
        name: String,
        /// An IANA zone; the system's when left out.
        #[ts(optional)]
        time_zone: Option<String>,
        /// Nine to five on weekdays when left out.
        #[ts(optional)]
        hours: Option<Hours>,
    },
    /// Starts a team whose endpoint is this computer. Answers `status`.
    StartTeam {
        /// The team's name.
        team: String,
        /// The person's name.
        name: String,
        /// An IANA zone; the system's when left out.
        #[ts(optional)]
        time_zone: Option<String>,
        /// Nine to five on weekdays when left out.
        #[ts(optional)]
        hours: Option<Hours>,
    },
    /// Everything on the Today page. Answers `today`.
    Today,
    /// Everything on the People page. Answers `people`.
    People {
        /// The axis begins on the day of this instant; on today when left out.
        #[ts(optional)]
        at: Option<Timestamp>,
    },
    /// What the team expects of replies and meetings. Answers `norms`.
    Norms,
    /// Writes the team's norms (admins). Answers `norms`.
    SaveNorms {
        /// The whole page.
        norms: Norms,
    },
    /// The zones that one can be in. Answers `zones`.
    Zones,
    /// What the clocks of zones show, from a year ago until in two years. Answers `clocks`.
    Clocks {
        /// The zones' IANA names.
        time_zones: Vec<String>,
    },
    /// Answers the notice `other_time_zone`. Answers `done`.
    AnswerZone {
        /// The zone that was asked about.
        time_zone: String,
        /// Travelling, moved, or never mind.
        answer: ZoneAnswer,
    },
    /// Makes a photo ready to be shared: cleaned and sized. Answers `photo`.
    PreparePhoto {
        /// Where it is.
        source: PhotoSource,
    },
    /// Drops a photo that was made ready. Answers `done`.
    DiscardPhoto {
        /// As answered by `prepare_photo`.
        photo: String,
    },
    /// Shares a snapshot: stored and shown here at once, sent when the endpoint can be reached. Answers `shared`.
    Share {
        /// At most 2,000 characters.
        #[ts(optional)]
        text: Option<String>,
        /// At most four.
        photos: Vec<SharedPhoto>,
        /// How long it lasts.
        lifetime: Lifetime,
        /// Who sees it.
        audience: Audience,
    },
    /// Thanks people. Answers `shared`.
    GiveKudos {
        /// One to twenty others.
        to: Vec<MemberId>,
        /// 10 to 2,000 characters.
        reason: String,
        /// Which of the team's values for, by its id.
        #[serde(default)]
        #[ts(optional)]
        value: Option<String>,
        /// Who sees it. When one of them wishes thanks to stay between you, it is for them alone, whatever this says.
        audience: Audience,
    },
    /// Changes kudos of one's own, within ten minutes. Answers `done`; refused as `kudos_settled` afterwards.
    EditKudos {
        /// Which.
        item: ItemId,
        /// What for.
        reason: String,
        /// Which of the team's values for.
        #[serde(default)]
        #[ts(optional)]
        value: Option<String>,
    },
    /// Hides kudos to oneself from all but those who gave and got them, for good. Answers `done`.
    HideKudos {
        /// Which.
        item: ItemId,
    },
    /// A page of the kudos wall. Answers `kudos_wall`.
    KudosWall {
        /// What is looked for.
        query: KudosQuery,
    },
    /// Fetches older kudos from the endpoint, which then are on the wall. Answers `done`.
    FetchOlderKudos,
    /// What one needs to write kudos. Answers `kudos_desk`.
    KudosDesk,
    /// Says how one likes to be thanked. Answers `settings`.
    SaveKudosWish {
        /// How.
        wish: ThankMe,
    },
    /// Writes what the team values (admins). One that is left out is retired. Answers `settings`.
    SaveValues {
        /// In the order in which they are offered; those without an id are new.
        values: Vec<TeamValue>,
    },
    /// What one may have missed. Answers `missed`.
    Missed {
        /// From when on; since one was last away when left out, or for a week.
        #[ts(optional)]
        since: Option<Timestamp>,
    },
    /// Puts away what Today says of what one may have missed. Answers `done`.
    DismissMissed,
    /// Deletes something of one's own. Answers `done`.
    Delete {
        /// What.
        item: ItemId,
    },
    /// Takes back a snapshot of one's own: deletes it and makes it the draft again, words, photos and all, in one step.
    /// Refused as `draft_in_use` while another snapshot is being written. Answers `draft`.
    TakeBack {
        /// The snapshot.
        item: ItemId,
    },
    /// Puts an emoji on something or takes it off again. Answers `done`.
    React {
        /// On what.
        target: ItemId,
        /// Which.
        emoji: String,
        /// On or off.
        on: bool,
    },
    /// Writes under something. Answers `shared`.
    Reply {
        /// Under what.
        target: ItemId,
        /// What.
        text: String,
    },
    /// Starts a focus, or changes when it ends. Answers `done`.
    StartFocus {
        /// When it ends.
        end: FocusEnd,
        /// What for; the team sees it.
        #[ts(optional)]
        note: Option<String>,
    },
    /// Ends the focus now; what was held comes as one digest. Answers `done`.
    EndFocus,
    /// Tries to reach somebody in focus who lets others through. Answers `shared`; refused as `not_reachable`.
    BreakThrough {
        /// Whom.
        to: MemberId,
        /// Why it cannot wait: 10 to 200 characters.
        reason: String,
    },
    /// What waits for the digest. Answers `held`.
    Waiting,
    /// Tells what waits now, as one digest. Answers `done`.
    DeliverWaiting,
    /// Lets one's Slack status follow one's focus. Answers `settings`.
    ConnectSlack {
        /// A user token, `xoxp-…`.
        token: String,
        /// Whether it may lie in a file when this system has no keyring; else it is kept until Samovar ends.
        #[serde(default)]
        in_file: bool,
    },
    /// Forgets the Slack token, after the status is what it was before. Answers `settings`.
    RemoveSlack,
    /// Says whether one comes to a gathering. Answers `done`.
    Answer {
        /// Which.
        gathering: ItemId,
        /// Coming, not today, maybe.
        answer: Answer,
    },
    /// The link of a gathering, to be opened. Answers `effect`.
    JoinGathering {
        /// Which.
        gathering: ItemId,
    },
    /// Makes or changes a series (admins). Answers `shared`.
    SaveSeries {
        /// The series to change; a new one when left out.
        #[ts(optional)]
        series: Option<ItemId>,
        /// The whole plan.
        plan: Box<Series>,
    },
    /// Everything on the Gatherings page. Answers `gatherings`.
    Gatherings,
    /// Calls a gathering off, or back on (admins). Answers `done`.
    CancelGathering {
        /// Which.
        gathering: ItemId,
        /// Off or on.
        off: bool,
    },
    /// Says how often one would like a pair call; nobody but the draw ever reads it. Without a wish one is drawn no
    /// more. Answers `done`.
    SavePairWish {
        /// All of it.
        #[ts(optional)]
        wish: Option<PairOptIn>,
    },
    /// Leaves a week's draw out, or takes part in it after all. Answers `done`.
    SkipPairWeek {
        /// The Monday of the week.
        #[ts(type = "string")]
        week: NaiveDate,
        /// Out or in.
        skip: bool,
    },
    /// Sets when the team draws its pair calls (admins). Answers `settings`.
    SavePairDraw {
        /// When.
        draw: PairDraw,
    },
    /// Says which of a pairing's times suit; none when one cannot this week, and nothing at all to take an answer
    /// back. Answers `done`.
    AnswerPairing {
        /// Which.
        pairing: ItemId,
        /// The times, as they stand in it.
        #[ts(optional)]
        times: Option<Vec<Timestamp>>,
    },
    /// The I spy card of a gathering. Answers `i_spy`.
    ISpy {
        /// Which.
        gathering: ItemId,
    },
    /// Marks a square of an I spy card, on this computer only. Answers `i_spy`.
    MarkISpy {
        /// Which card.
        gathering: ItemId,
        /// Which square, from 0, row by row.
        #[ts(type = "number")]
        square: usize,
        /// Seen or not.
        on: bool,
    },
    /// Everything on the Decisions page. Answers `decisions`.
    Decisions,
    /// Asks a question that waits for everyone involved. Answers `shared`.
    AskDecision {
        /// All of it.
        question: Box<Question>,
    },
    /// Says what one thinks, or something else than before; `null` takes it back. Answers `done`.
    GiveVoice {
        /// To which decision.
        decision: ItemId,
        /// What.
        #[ts(optional)]
        said: Option<Said>,
    },
    /// Closes a decision of one's own, once everyone was heard or had their time. Answers `done`.
    CloseDecision {
        /// Which.
        decision: ItemId,
        /// What has been decided: 10 to 2,000 characters.
        words: String,
    },
    /// Takes a question of one's own back. Answers `done`.
    WithdrawDecision {
        /// Which.
        decision: ItemId,
    },
    /// Sets how long everyone has to be heard (admins). Answers `done`.
    SaveDecisionRules {
        /// How many of their own working hours.
        working_hours: u32,
        /// How many hours overall.
        hours: u32,
    },
    /// What is written on the Decisions page and not sent. Answers `decision_draft`.
    DecisionDraft,
    /// Keeps what is written on the Decisions page. Answers `done`.
    SaveDecisionDraft {
        /// All of it.
        draft: Box<DecisionDraft>,
    },
    /// Everything on the Packages page. Answers `packages`.
    Packages,
    /// Does something with packages; the deed says what it answers.
    Package {
        /// What.
        deed: PackageDeed,
    },
    /// Everything about the pulse. Answers `pulse`.
    Pulse,
    /// Answers the pulse's question: kept here at once, and sent later, as nobody. Answers `done`; refused as
    /// `pulse_answered` a second time, since what was sent cannot be found again to be changed.
    AnswerPulse {
        /// Which round.
        round: ItemId,
        /// From 1, not at all, to 5, very much.
        answer: u8,
    },
    /// Puts the pulse's question away on this computer, until the next round. Answers `done`.
    PutPulseAway {
        /// Which round.
        round: ItemId,
    },
    /// Sets whether and how the team asks itself (admins). Answers `done`.
    SavePulse {
        /// All of it.
        settings: PulseSettings,
    },
    /// What there is to celebrate: ahead for coordinators, and today. Answers `celebrations`.
    Celebrations,
    /// What one wants to be celebrated oneself, and who hears of celebrations ahead. Answers `celebration`.
    Celebration,
    /// Says what one wants to be celebrated; only oneself and the endpoint ever read it. Answers `celebration`.
    SaveCelebration {
        /// All of it.
        celebration: Celebration,
    },
    /// Sets who hears of celebrations ahead, and how many days (admins). Answers `celebration`.
    SaveCelebrationRules {
        /// Who; at most twenty.
        coordinators: Vec<MemberId>,
        /// How many days ahead, 1 to 60.
        lead_days: u32,
    },
    /// All cards that the team writes together. Answers `group_cards`.
    GroupCards,
    /// Begins a card that everybody sees but the one it is for. Answers `shared`.
    BeginGroupCard {
        /// For whom.
        to: MemberId,
        /// What for.
        #[serde(default)]
        #[ts(optional, as = "Option<Occasion>")]
        occasion: Occasion,
        /// What stands on its front: 1 to 80 characters.
        title: String,
    },
    /// Writes one's line on a card that is open, in the place of the one before. Answers `shared`.
    WriteCardLine {
        /// On which.
        card: ItemId,
        /// At most 500 characters.
        #[serde(default)]
        #[ts(optional)]
        text: Option<String>,
        /// A drawing.
        #[serde(default)]
        #[ts(optional)]
        doodle: Option<Doodle>,
        /// A photo that was made ready.
        #[serde(default)]
        #[ts(optional)]
        photo: Option<SharedPhoto>,
        /// Whether the photo that is on one's line already stays.
        #[serde(default)]
        #[ts(optional, as = "Option<bool>")]
        keep_photo: bool,
    },
    /// Takes one's line off a card. Answers `done`.
    RemoveCardLine {
        /// Which card.
        card: ItemId,
    },
    /// Hands a card of one's own over to the one it is for. Answers `done`.
    HandOverCard {
        /// Which.
        card: ItemId,
    },
    /// A card to print: of kudos, of a card that was handed over, or of one that is open. Answers `card`.
    CardOf {
        /// The item.
        what: ItemId,
        /// How it looks.
        #[serde(default)]
        design: CardDesign,
        /// How large.
        #[serde(default)]
        size: CardSize,
        /// As what.
        #[serde(default)]
        format: CardFormat,
        /// Whether 3 mm go beyond the edge, with marks of where to cut, as print shops want it.
        #[serde(default)]
        #[ts(optional, as = "Option<bool>")]
        bleed: bool,
    },
    /// Holds notifications for a while, without the team seeing anything of it. Answers `done`.
    PauseNotifications {
        /// Until when.
        end: PauseEnd,
    },
    /// A button of a notification was pressed, or the notification itself (`open`). Answers `effect`.
    NotificationPressed {
        /// The notification's key.
        key: String,
        /// Which button.
        action: NotificationAction,
    },
    /// These snapshots were looked at; remembered on this computer only. Answers `done`.
    MarkSeen {
        /// Which.
        items: Vec<ItemId>,
    },
    /// What this computer has set. Answers `settings`.
    Settings,
    /// Changes what is named and leaves the rest. Answers `settings`.
    ChangeSettings {
        /// What to change.
        change: SettingsChange,
    },
    /// Changes one's own profile. Answers `settings`.
    ChangeProfile {
        /// What to change.
        change: ProfileChange,
    },
    /// The draft that the popover kept. Answers `draft`.
    Draft,
    /// Keeps the popover's draft. Answers `done`.
    SaveDraft {
        /// All of it.
        draft: Draft,
    },
    /// A link that lets others in (admins). Answers `invite`.
    CreateInvite {
        /// How many people; 1 when left out.
        #[ts(optional)]
        uses: Option<u32>,
    },
    /// Whether one has a private calendar feed; asks the endpoint. Answers `calendar_feed`.
    CalendarFeed,
    /// Makes one's calendar feed, or renews its address: the one before leads nowhere any more. Answers `calendar_feed`.
    MakeCalendarFeed,
    /// Ends one's calendar feed. Answers `calendar_feed`.
    EndCalendarFeed,
    /// One's own calendar, as this computer reads it. Answers `own_calendar`.
    OwnCalendar,
    /// Reads one's own calendar from now on; the team's planner is not told. Answers `own_calendar`.
    SetOwnCalendar {
        /// Where it is; none when left out.
        #[serde(default)]
        #[ts(optional)]
        address: Option<String>,
    },
    /// Whether the team's planner is told when one is busy. Answers `own_calendar`.
    TellBusy {
        /// Told or not.
        on: bool,
    },
    /// Saves a copy of all that the endpoint holds about one, where this computer keeps what is downloaded. Answers
    /// `exported`.
    ExportMine,
    /// Leaves the team and erases everything of one's own, at the endpoint and on this computer. Answers `status`; refused
    /// as `name_differs` unless one's own name is typed once more.
    EraseMe {
        /// One's name, as the team sees it.
        name: String,
    },
    /// Takes a refused op off the list. Answers `done`.
    DismissRefused {
        /// The op's number.
        #[ts(type = "number")]
        n: u64,
    },
    /// Connects now instead of waiting for the next try. Answers `done`.
    RetryNow,
}

/// Where a photo comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum PhotoSource {
    /// A file on this computer.
    Path(String),
    /// The bytes of a picture file, in base64.
    Base64(String),
}

/// A photo of a snapshot that is about to be shared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SharedPhoto {
    /// As answered by `prepare_photo`.
    pub photo: String,
    /// What it shows.
    #[serde(default)]
    #[ts(optional)]
    pub alt: Option<String>,
}

/// When a focus ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum FocusEnd {
    /// So many minutes from now.
    Minutes(u32),
    /// At the next such time of day in one's own zone, as `15:30`.
    TimeOfDay(String),
    /// At an instant.
    At(Timestamp),
}

/// Until when notifications wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum PauseEnd {
    /// So many minutes from now.
    Minutes(u32),
    /// Until tomorrow's working hours begin, or 09:00.
    Tomorrow,
    /// Not any more.
    Now,
}

/// A button of a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum NotificationAction {
    /// Show it in the main window.
    Open,
    /// Open the gathering's link.
    Join,
    /// Tell me again in five minutes.
    Snooze,
    /// Write kudos to the one who shared it.
    SayThanks,
    /// End the focus.
    EndFocus,
    /// Never again be asked for a snapshot.
    NeverAgain,
    /// Leave this week's draw of pair calls out.
    SkipWeek,
    /// Pause pair calls for four weeks.
    PausePairs,
}
