//! What admins say and hear about mirrors: places outside of Samovar where some of what the team shares is shown too.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{MirrorId, Timestamp};

/// What a mirror shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MirrorSubject {
    /// Kudos that the whole team sees.
    Kudos,
    /// Gatherings that are about to start.
    Gatherings,
}

/// Where a mirror is, and what opens it. All of it is a secret: it is never logged, and never told again whole.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "service", rename_all = "snake_case", deny_unknown_fields)]
pub enum MirrorTarget {
    /// A channel of Slack by an incoming webhook. What was shown there cannot be taken back, only be followed up.
    SlackWebhook {
        /// The webhook's address.
        url: String,
    },
    /// A channel of Slack by a bot.
    SlackBot {
        /// The bot's token, `xoxb-…`, with the scope `chat:write`.
        token: String,
        /// The channel's id, such as `C0123456789`; the bot is in it.
        channel: String,
        /// Where Slack's API is, when it is not `https://slack.com`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        server: Option<String>,
    },
    /// A channel of Microsoft Teams by a workflow ("when a Teams webhook request is received").
    Teams {
        /// The workflow's address.
        url: String,
    },
    /// A channel of Mattermost by an incoming webhook.
    Mattermost {
        /// The webhook's address.
        url: String,
    },
    /// A channel of Discord by a webhook.
    Discord {
        /// The webhook's address, `https://discord.com/api/webhooks/…`.
        url: String,
    },
    /// A room of Matrix.
    Matrix {
        /// The homeserver, such as `https://matrix.example.org`.
        server: String,
        /// The room's id, `!…`.
        room: String,
        /// The access token of an account that is in the room.
        token: String,
    },
    /// Anything that takes signed calls (Standard Webhooks).
    Webhook {
        /// Where to.
        url: String,
        /// What calls are signed with, `whsec_…`; the endpoint makes it, and tells it once.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        secret: Option<String>,
    },
}

impl MirrorTarget {
    /// As it is called in the API and on the command line.
    pub fn service(&self) -> &'static str {
        match self {
            Self::SlackWebhook { .. } => "slack_webhook",
            Self::SlackBot { .. } => "slack_bot",
            Self::Teams { .. } => "teams",
            Self::Mattermost { .. } => "mattermost",
            Self::Discord { .. } => "discord",
            Self::Matrix { .. } => "matrix",
            Self::Webhook { .. } => "webhook",
        }
    }
}

impl fmt::Debug for MirrorTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The rest opens it.
        f.write_str(self.service())
    }
}

/// A mirror about to be set up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MirrorRequest {
    /// What admins call it, 1 to 80 characters.
    #[schema(min_length = 1, max_length = 80)]
    pub name: String,
    /// Where.
    pub target: MirrorTarget,
    /// What is shown there, at least one.
    #[schema(min_items = 1)]
    pub shows: Vec<MirrorSubject>,
    /// In which language: `de` for German, English otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// A mirror that was set up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MirrorMade {
    /// Its name in calls.
    pub id: MirrorId,
    /// What calls of a webhook are signed with. In this answer only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

/// Whether a mirror shows what there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MirrorState {
    /// It does.
    Running,
    /// An admin has paused it, or it came out of a backup.
    Paused,
    /// It failed in a way that trying again does not mend, and waits for an admin.
    Broken,
}

/// How a mirror is: the line that admins see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MirrorHealth {
    /// Which.
    pub id: MirrorId,
    /// What admins call it.
    pub name: String,
    /// Of which service, such as `slack_webhook`.
    pub service: String,
    /// On which host: all that is told of its address.
    pub host: String,
    /// What is shown there.
    pub shows: Vec<MirrorSubject>,
    /// In which language.
    pub language: String,
    /// Whether it runs.
    pub state: MirrorState,
    /// What went wrong last, as a stable code such as `gone`; `None` while all is well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
    /// Since when nothing has arrived that should have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failing_since: Option<Timestamp>,
    /// When it is tried again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_try_at: Option<Timestamp>,
    /// When something arrived last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<Timestamp>,
    /// How much waits to be shown, changed or taken back now.
    pub waiting: u32,
    /// How much may or may not have arrived and was not sent again, since the service would show it twice.
    pub uncertain: u32,
    /// How much the service did not take.
    pub refused: u32,
}

/// What came of a try.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MirrorTried {
    /// Whether it arrived.
    pub arrived: bool,
    /// Why not, as a stable code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
}
