//! What the tray shows, as a pure function of how things stand. Every action is in the menu, since some trays give no
//! click.

use std::time::Duration;

use chrono::{Datelike as _, Timelike as _};
use chrono_tz::Tz;
use samovar_core::api::{Connection, GatheringCard, Status};
use samovar_core::words::Words;
use samovar_domain::{ItemId, Timestamp};

/// Which icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Icon {
    /// Nothing to tell.
    Idle,
    /// One is in focus.
    Focus,
    /// Something waits to be looked at.
    Waiting,
    /// One is in focus, and something that one wrote could not be sent. News from others can wait.
    FocusWaiting,
}

/// A line of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Line {
    /// Something to choose.
    Item {
        /// What is chosen; see [`Choice`].
        id: String,
        /// In words.
        label: String,
        /// Whether it can be chosen now.
        is_enabled: bool,
    },
    /// More to choose from.
    More {
        /// In words.
        label: String,
        /// The lines.
        lines: Vec<Line>,
    },
    /// A line between.
    Separator,
}

/// Everything the tray shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Model {
    /// The icon.
    pub(crate) icon: Icon,
    /// What it says when pointed at.
    pub(crate) tooltip: String,
    /// The menu.
    pub(crate) lines: Vec<Line>,
    /// When it will say something else though nothing happened; never more often than once a minute.
    pub(crate) stale_at: Option<Timestamp>,
}

/// What a line of the menu means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choice {
    /// Share a snapshot.
    Share,
    /// Give kudos.
    Kudos,
    /// Focus for so many minutes.
    FocusMinutes(u32),
    /// Focus until a time that the popover asks for.
    FocusUntil,
    /// End the focus.
    FocusEnd,
    /// Join this gathering.
    Join(ItemId),
    /// Open the main window.
    Open,
    /// Pause notifications for so many minutes.
    PauseMinutes(u32),
    /// Pause notifications until tomorrow.
    PauseTomorrow,
    /// Resume notifications.
    PauseEnd,
    /// Open the settings.
    Settings,
    /// End Samovar.
    Quit,
}

impl Choice {
    /// The name of its line.
    pub(crate) fn id(self) -> String {
        match self {
            Self::Share => "share".to_owned(),
            Self::Kudos => "kudos".to_owned(),
            Self::FocusMinutes(minutes) => format!("focus-{minutes}"),
            Self::FocusUntil => "focus-until".to_owned(),
            Self::FocusEnd => "focus-end".to_owned(),
            Self::Join(gathering) => format!("join-{gathering}"),
            Self::Open => "open".to_owned(),
            Self::PauseMinutes(minutes) => format!("pause-{minutes}"),
            Self::PauseTomorrow => "pause-tomorrow".to_owned(),
            Self::PauseEnd => "pause-end".to_owned(),
            Self::Settings => "settings".to_owned(),
            Self::Quit => "quit".to_owned(),
        }
    }

    /// The choice of a line of this name.
    pub(crate) fn of(id: &str) -> Option<Self> {
        match id {
            "share" => Some(Self::Share),
            "kudos" => Some(Self::Kudos),
            "focus-until" => Some(Self::FocusUntil),
            "focus-end" => Some(Self::FocusEnd),
            "open" => Some(Self::Open),
            "pause-tomorrow" => Some(Self::PauseTomorrow),
            "pause-end" => Some(Self::PauseEnd),
            "settings" => Some(Self::Settings),
            "quit" => Some(Self::Quit),
            _ => {
                let (what, which) = id.split_once('-')?;
                match what {
                    "focus" => which.parse().ok().map(Self::FocusMinutes),
                    "pause" => which.parse().ok().map(Self::PauseMinutes),
                    "join" => which.parse().ok().map(Self::Join),
                    _ => None,
                }
            }
        }
    }
}

/// How long a focus can be chosen in the menu, in minutes.
const FOCUS_MINUTES: [u32; 4] = [25, 50, 90, 120];

/// How long before a gathering its minutes are counted.
const SOON_MINUTES: i64 = 60;

/// What the tray shows. Without a status (at the very start, or before there is a team) only what works then.
pub(crate) fn model(words: &Words, status: Option<&Status>, gathering: Option<&GatheringCard>) -> Model {
    let team = status.and_then(|status| status.team.as_ref());
    let has_team = team.is_some();
    let zone: Tz = team.and_then(|team| team.my_time_zone.parse().ok()).unwrap_or(Tz::UTC);
    let item = |choice: Choice, label: String| Line::Item {
        id: choice.id(),
        label,
        is_enabled: has_team,
    };
    let always = |choice: Choice, label: String| Line::Item {
        id: choice.id(),
        label,
        is_enabled: true,
    };
    let say = |key: &str| words.say(key, &[]);

    let mut stale_at = None;
    let mut lines = vec![
        item(Choice::Share, say("tray-share")),
        item(Choice::Kudos, say("tray-kudos")),
    ];

    let mut focus: Vec<Line> = FOCUS_MINUTES
        .iter()
        .map(|&minutes| {
            item(
                Choice::FocusMinutes(minutes),
                words.say("tray-focus-minutes", &[("count", minutes.into())]),
            )
        })
        .collect();
    focus.push(item(Choice::FocusUntil, say("tray-focus-until")));
    let focus_until = status.and_then(|status| status.focus_until.filter(|until| *until > status.now));
    if let (Some(status), Some(until)) = (status, focus_until) {
        let (minutes, next) = minutes_left(status.now, until);
        stale_at = Some(earlier(stale_at, next));
        focus.push(item(
            Choice::FocusEnd,
            words.say("tray-focus-end", &[("minutes", minutes.into())]),
        ));
    }
    lines.push(Line::More {
        label: say("tray-focus"),
        lines: focus,
    });

    if let (Some(status), Some(gathering)) = (status, gathering) {
        let (label, next) = gathering_label(words, status.now, zone, gathering);
        stale_at = next.map(|next| earlier(stale_at, next)).or(stale_at);
        lines.push(Line::Separator);
        lines.push(Line::Item {
            id: "gathering".to_owned(),
            label,
            is_enabled: false,
        });
        lines.push(join_line(words, status, gathering));
    }

    lines.push(Line::Separator);
    lines.push(always(Choice::Open, say("tray-open")));
    let paused_until = status.and_then(|status| status.paused_until.filter(|until| *until > status.now));
    let mut pause = vec![item(
        Choice::PauseMinutes(30),
        words.say("tray-pause-minutes", &[("count", 30.into())]),
    )];
    for hours in [1_u32, 2] {
        pause.push(item(
            Choice::PauseMinutes(hours * 60),
            words.say("tray-pause-hours", &[("count", hours.into())]),
        ));
    }
    pause.push(item(Choice::PauseTomorrow, say("tray-pause-tomorrow")));
    if let Some(until) = paused_until {
        stale_at = Some(earlier(stale_at, until));
        pause.push(item(Choice::PauseEnd, say("tray-pause-resume")));
    }
    lines.push(Line::More {
        label: say("tray-pause"),
        lines: pause,
    });
    lines.push(always(Choice::Settings, say("tray-settings")));
    lines.push(Line::Separator);
    lines.push(always(Choice::Quit, say("tray-quit")));

    let at = |until: Timestamp| [("time", time(until, zone).into())];
    let unseen = status.map_or(0, |status| status.unseen);
    let is_offline =
        status.is_some_and(|status| matches!(status.connection, Connection::Offline { .. } | Connection::SignedOut));
    let tooltip = match (focus_until, paused_until) {
        (Some(until), _) => words.say("tray-tooltip-focus", &at(until)),
        (None, Some(until)) => words.say("tray-tooltip-paused", &at(until)),
        (None, None) if unseen > 0 => words.say("tray-tooltip-unseen", &[("count", unseen.into())]),
        (None, None) if is_offline => say("tray-tooltip-offline"),
        (None, None) => say("tray-tooltip"),
    };
    Model {
        icon: icon(status, focus_until.is_some()),
        tooltip,
        lines,
        stale_at,
    }
}

fn icon(status: Option<&Status>, is_in_focus: bool) -> Icon {
    let is_news = status.is_some_and(|status| status.unseen > 0 || status.held > 0);
    let is_stuck = status.is_some_and(|status| {
        let is_offline = matches!(status.connection, Connection::Offline { .. });
        !status.refused.is_empty() || (status.waiting.ops > 0 && is_offline)
    });
    match (is_in_focus, is_news, is_stuck) {
        (true, _, true) => Icon::FocusWaiting,
        (true, _, false) => Icon::Focus,
        (false, false, false) => Icon::Idle,
        (false, _, _) => Icon::Waiting,
    }
}

fn earlier(one: Option<Timestamp>, other: Timestamp) -> Timestamp {
    one.map_or(other, |one| one.min(other))
}

/// The minutes until then, counted as people do (the last one is "1"), and when that number changes.
fn minutes_left(now: Timestamp, until: Timestamp) -> (u32, Timestamp) {
    let left = until.since(now).as_millis();
    let minutes = u32::try_from(left.div_ceil(60_000)).unwrap_or(u32::MAX);
    (
        minutes,
        until.minus(Duration::from_mins(u64::from(minutes.saturating_sub(1)))),
    )
}

fn time(at: Timestamp, zone: Tz) -> String {
    let local = at.utc().with_timezone(&zone);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// The way into a gathering. Where it lies outside one's own hours, it says that nobody expects a camera.
fn join_line(words: &Words, status: &Status, gathering: &GatheringCard) -> Line {
    let me = status.team.as_ref().map(|team| team.me);
    let is_camera_optional = gathering
        .camera_optional
        .iter()
        .any(|optional| Some(optional.person.id) == me);
    let label = if is_camera_optional {
        "tray-join-camera-optional"
    } else {
        "tray-join"
    };
    Line::Item {
        id: Choice::Join(gathering.id).id(),
        label: words.say(label, &[]),
        is_enabled: gathering.link.is_some(),
    }
}

fn gathering_label(words: &Words, now: Timestamp, zone: Tz, gathering: &GatheringCard) -> (String, Option<Timestamp>) {
    let title = ("title", gathering.title.as_str().into());
    if gathering.starts_at <= now {
        return (
            words.say("tray-gathering-on", &[title]),
            Some(gathering.ends_at).filter(|end| *end > now),
        );
    }
    let soon = gathering.starts_at.plus_minutes(-SOON_MINUTES);
    if soon <= now {
        let (minutes, next) = minutes_left(now, gathering.starts_at);
        return (
            words.say("tray-gathering-soon", &[title, ("minutes", minutes.into())]),
            Some(next),
        );
    }
    let starts = gathering.starts_at.utc().with_timezone(&zone);
    let at = ("time", time(gathering.starts_at, zone).into());
    let label = if starts.date_naive() == now.utc().with_timezone(&zone).date_naive() {
        words.say("tray-gathering-today", &[title, at])
    } else {
        let weekday = words.say(&format!("weekday-{}", starts.weekday().to_string().to_lowercase()), &[]);
        words.say("tray-gathering-later", &[title, ("weekday", weekday.into()), at])
    };
    (label, Some(soon))
}

#[cfg(test)]
mod tests;
