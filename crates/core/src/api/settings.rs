//! What this computer has set, and one's own profile.

use samovar_domain::hours::Hours;
use samovar_domain::kinds::{Away, Lifetime, Series, TeamValue, ThankMe, Travel, Weekday};
use samovar_domain::{Audience, ItemId, MemberId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{DoNotDisturb, FocusSettings, SlackCard};

/// Light, dark, or as the system is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Theme {
    /// As the system is.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The language of screen, tray and notifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Language {
    /// As the system is, English when it is neither of ours.
    #[default]
    System,
    /// English.
    En,
    /// German.
    De,
}

/// What one wants to hear about by notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct Hear {
    /// New snapshots.
    pub snapshots: bool,
    /// Kudos to me.
    pub kudos_to_me: bool,
    /// Kudos to others.
    pub kudos_to_others: bool,
    /// Replies and reactions to what I shared.
    pub answers: bool,
    /// Gatherings that are about to start.
    pub gatherings: bool,
}

impl Default for Hear {
    fn default() -> Self {
        Self {
            snapshots: true,
            kudos_to_me: true,
            kudos_to_others: true,
            answers: true,
            gatherings: true,
        }
    }
}

/// One's own profile, as the team sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Profile {
    /// Oneself.
    pub id: MemberId,
    /// The name.
    pub name: String,
    /// An IANA zone.
    pub time_zone: String,
    /// Working hours.
    pub hours: Hours,
    /// Such as "she/her".
    pub pronouns: Option<String>,
    /// A few words.
    pub about: Option<String>,
    /// The country that post reaches one in, as its two letters.
    pub country: Option<String>,
    /// Where one is for some days.
    pub travel: Vec<Travel>,
    /// When one is away.
    pub away: Vec<Away>,
}

/// Everything on the Settings page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Settings {
    /// Oneself; `null` before there is a team.
    pub profile: Option<Profile>,
    /// Look.
    pub theme: Theme,
    /// Language.
    pub language: Language,
    /// What to hear about.
    pub hear: Hear,
    /// Hold notifications outside one's working hours.
    pub quiet_outside_hours: bool,
    /// Focus.
    pub focus: FocusSettings,
    /// What this computer lets Samovar do with the system's do-not-disturb.
    pub do_not_disturb: DoNotDisturb,
    /// The Slack account that follows one's focus.
    pub slack: Option<SlackCard>,
    /// When news comes, as `12:00` in one's own zone: at most three a day, inside one's hours. At once when empty.
    pub digest_times: Vec<String>,
    /// Whether one is asked for a snapshot, at most once a working day.
    pub snapshot_prompt: bool,
    /// Whether one is reminded, on this computer alone, of those whom one has not thanked for a while.
    pub think_of_others: bool,
    /// How one likes to be thanked; the team sees it.
    pub thank_me: ThankMe,
    /// The team's values, retired ones among them; admins may change them.
    pub values: Vec<TeamValue>,
    /// The lifetime that the popover starts with.
    pub lifetime: Lifetime,
    /// Start with the computer, in the tray.
    pub autostart: bool,
    /// The keys that open the popover, such as `Ctrl+Alt+S`; none when empty.
    pub shortcut: String,
    /// Where Samovar keeps its files.
    pub folder: String,
    /// The version of Samovar.
    pub version: String,
    /// Whether one may invite people and set what belongs to the team.
    pub is_admin: bool,
    /// The system's present zone, to offer when it differs from the profile's.
    pub system_time_zone: String,
    /// The team's recurring plans, by title; admins may change them.
    pub series: Vec<SeriesCard>,
    /// When the team draws its pair calls; admins may change it.
    pub pair_draw: PairDraw,
}

/// When a team draws its pair calls: each week on this day, at 10:00 in this zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PairDraw {
    /// On which day.
    pub weekday: Weekday,
    /// An IANA zone.
    pub time_zone: String,
}

/// A recurring plan of the team.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SeriesCard {
    /// The item.
    pub id: ItemId,
    /// The whole plan.
    pub plan: Series,
}

/// Fields that are left out stay as they are.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export, optional_fields)]
pub struct SettingsChange {
    /// Look.
    pub theme: Option<Theme>,
    /// Language.
    pub language: Option<Language>,
    /// What to hear about.
    pub hear: Option<Hear>,
    /// Hold notifications outside one's working hours.
    pub quiet_outside_hours: Option<bool>,
    /// Focus.
    pub focus: Option<FocusSettings>,
    /// When news comes; at once when empty.
    pub digest_times: Option<Vec<String>>,
    /// Whether one is asked for a snapshot.
    pub snapshot_prompt: Option<bool>,
    /// Whether one is reminded of those whom one has not thanked for a while.
    pub think_of_others: Option<bool>,
    /// The lifetime that the popover starts with.
    pub lifetime: Option<Lifetime>,
    /// Start with the computer.
    pub autostart: Option<bool>,
    /// The keys that open the popover.
    pub shortcut: Option<String>,
}

/// Fields that are left out stay as they are; an empty text clears.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export, optional_fields)]
pub struct ProfileChange {
    /// The name.
    pub name: Option<String>,
    /// An IANA zone.
    pub time_zone: Option<String>,
    /// Working hours.
    pub hours: Option<Hours>,
    /// Such as "she/her".
    pub pronouns: Option<String>,
    /// A few words.
    pub about: Option<String>,
    /// The country that post reaches one in, as its two letters, such as `PE`; empty takes it away.
    pub country: Option<String>,
    /// All journeys.
    pub travel: Option<Vec<Travel>>,
    /// All absences.
    pub away: Option<Vec<Away>>,
}

/// What the popover holds unsent. It is kept when the popover closes, and when Samovar ends.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct Draft {
    /// The snapshot's words.
    pub text: String,
    /// Photos made ready, as answered by `prepare_photo`, with their descriptions.
    pub photos: Vec<DraftPhoto>,
    /// How long it is to last; the settings' when `null`.
    pub lifetime: Option<Lifetime>,
    /// Who is to see it.
    pub audience: Audience,
    /// The kudos' reason.
    pub reason: String,
    /// Whom to thank.
    pub to: Vec<MemberId>,
    /// Which of the team's values for.
    pub value: Option<String>,
    /// Whether the kudos are to be between those alone.
    pub between_us: bool,
}

impl Draft {
    /// Whether its snapshot has neither words nor photos yet.
    pub fn has_no_snapshot(&self) -> bool {
        self.text.trim().is_empty() && self.photos.is_empty()
    }
}

/// A photo in a draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DraftPhoto {
    /// The photo.
    pub photo: super::PreparedPhoto,
    /// What it shows.
    pub alt: String,
}
