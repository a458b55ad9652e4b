//! How things stand.

use samovar_domain::{Kind, MemberId, Problem, TeamId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Language, Theme};

/// What frames every view, and the tray.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Status {
    /// Now, by the core's clock.
    pub now: Timestamp,
    /// The team; `null` before the first run is through.
    pub team: Option<TeamCard>,
    /// The connection to the endpoint.
    pub connection: Connection,
    /// What is not sent yet.
    pub waiting: Waiting,
    /// What the endpoint refused: shown to its writer until dismissed.
    pub refused: Vec<Refused>,
    /// Until when one's own focus lasts.
    pub focus_until: Option<Timestamp>,
    /// Until when notifications are paused on this computer.
    pub paused_until: Option<Timestamp>,
    /// How many notifications are held for the digest.
    pub held: u32,
    /// How many snapshots of others were not looked at yet; for the tray icon, on this computer only.
    pub unseen: u32,
    /// What this computer lacks or what went wrong, to be said once and quietly.
    pub notices: Vec<AppNotice>,
    /// Look.
    pub theme: Theme,
    /// Language, as set.
    pub language: Language,
    /// The language in use: `en` or `de`.
    pub locale: String,
}

/// The team as frames show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct TeamCard {
    /// Its id.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// Oneself.
    pub me: MemberId,
    /// One's own name.
    pub my_name: String,
    /// One's own zone.
    pub my_time_zone: String,
    /// Whether the endpoint is this computer.
    pub on_this_computer: bool,
    /// Whether one may invite and set.
    pub is_admin: bool,
    /// The endpoint's host.
    pub host: String,
}

/// The connection to the endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
#[ts(export)]
pub enum Connection {
    /// There is no team yet.
    None,
    /// On the way.
    Connecting,
    /// Live.
    Online,
    /// Not now; tried again at `retry_at`.
    Offline {
        /// Since when.
        since: Timestamp,
        /// When it is tried again.
        retry_at: Timestamp,
        /// Stable code of why: `unreachable`, `server_error`, `unauthorized` …
        code: String,
    },
    /// The endpoint no longer knows this device: removed, or revoked. What was written is kept.
    SignedOut,
}

/// What is not sent yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Waiting {
    /// Ops in the outbox.
    pub ops: u32,
    /// Photos to go up before them.
    pub photos: u32,
}

/// An op that can never pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Refused {
    /// The op's number.
    #[ts(type = "number")]
    pub n: u64,
    /// What it was.
    pub kind: Kind,
    /// The words that were written, kept so that they can be copied.
    pub words: String,
    /// Why.
    pub problem: Problem,
}

/// Something this computer lacks, or that went wrong and was mended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "notice", rename_all = "snake_case")]
#[ts(export)]
pub enum AppNotice {
    /// The desktop shows no tray icons.
    NoTray,
    /// Nothing on this desktop shows notifications.
    NoNotifications,
    /// The local database could not be read; it was set aside and everything was fetched anew.
    DatabaseSetAside {
        /// Where it lies.
        path: String,
    },
    /// The system is set to another zone than the one in which the person says they are: ask them, by `answer_zone`.
    OtherTimeZone {
        /// The system's zone.
        time_zone: String,
        /// Whether its clocks are those of home: they seem to be back.
        is_home: bool,
    },
    /// The disk is full: what is on the screen may not be stored.
    DiskFull,
    /// The token is kept in a file because this system has no keyring.
    NoKeyring,
}
