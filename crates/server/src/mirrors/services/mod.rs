//! How each service is spoken to: what is wanted becomes a call, its answer an outcome. Pure; a file a service. Links name
//! what the service's own documents say.

mod discord;
mod matrix;
mod mattermost;
mod slack;
mod teams;
mod webhook;

use std::fmt;

use samovar_domain::wire::MirrorTarget;
use samovar_domain::{ItemId, Timestamp};
use url::Url;

use super::message::Message;
use super::outcome::{Answer, Outcome};
use super::words::{self, Language, Line, Piece};

/// What is to be done at a mirror.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    /// Shows a message.
    Show(Message),
    /// Shows it as it is now.
    Change {
        /// As it is now.
        message: Message,
        /// What the service calls it, if it said so.
        reference: Option<String>,
    },
    /// Takes what was shown of an item away.
    TakeBack {
        /// Which.
        item: ItemId,
        /// What the service calls the message, if it said so.
        reference: Option<String>,
    },
    /// Lets an admin see that messages arrive.
    Trial,
}

impl Deed {
    /// What the service calls the message that is to be changed or taken away.
    fn reference(&self) -> Option<&str> {
        match self {
            Self::Change { reference, .. } | Self::TakeBack { reference, .. } => reference.as_deref(),
            Self::Show(_) | Self::Trial => None,
        }
    }
}

/// What is wanted, how and when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    pub(crate) deed: &'a Deed,
    pub(crate) language: Language,
    /// Names what is wanted, the same whenever it is tried again.
    pub(crate) key: &'a str,
    /// Now.
    pub(crate) at: Timestamp,
}

/// How a call begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    /// Makes something.
    Post,
    /// Makes something of a name.
    Put,
    /// Changes something.
    Patch,
    /// Deletes something.
    Delete,
}

/// A call to a service. What it is made of opens the mirror, so it is not shown when it is debugged.
#[derive(Clone, PartialEq)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) bearer: Option<String>,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Option<serde_json::Value>,
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}

impl Call {
    fn new(method: Method, url: Url, body: serde_json::Value) -> Self {
        let body = Some(body);
        Self {
            method,
            url,
            bearer: None,
            headers: Vec::new(),
            body,
        }
    }
}

/// The call that does what is wanted; `None` when the target is damaged.
pub(crate) fn call(target: &MirrorTarget, wanted: Wanted<'_>) -> Option<Call> {
    let url = super::target::address(target)?;
    match target {
        MirrorTarget::SlackWebhook { .. } => Some(slack::webhook_call(url, wanted)),
        MirrorTarget::SlackBot { token, channel, .. } => slack::bot_call(&url, token, channel, wanted),
        MirrorTarget::Teams { .. } => Some(teams::call(url, wanted)),
        MirrorTarget::Mattermost { .. } => Some(mattermost::call(url, wanted)),
        MirrorTarget::Discord { .. } => discord::call(url, wanted),
        MirrorTarget::Matrix { room, token, .. } => matrix::call(&url, room, token, wanted),
        MirrorTarget::Webhook { secret, .. } => webhook::call(url, secret.as_deref()?, wanted),
    }
}

/// What came of it, by the answer.
pub(crate) fn outcome(target: &MirrorTarget, deed: &Deed, answer: &Answer) -> Outcome {
    match target {
        MirrorTarget::SlackBot { .. } => slack::bot_outcome(deed, answer),
        MirrorTarget::Discord { .. } => discord::outcome(deed, answer),
        MirrorTarget::Matrix { .. } => matrix::outcome(deed, answer),
        MirrorTarget::SlackWebhook { .. }
        | MirrorTarget::Teams { .. }
        | MirrorTarget::Mattermost { .. }
        | MirrorTarget::Webhook { .. } => answer.outcome(),
    }
}

/// Whether the same call may be made again when nobody knows whether it was done. Matrix and signed webhooks know calls by
/// their name; to change or to delete a message twice is as well; but a message that is posted twice is there twice.
pub(crate) fn repeats_safely(target: &MirrorTarget, deed: &Deed) -> bool {
    match target {
        MirrorTarget::Matrix { .. } | MirrorTarget::Webhook { .. } => true,
        MirrorTarget::SlackBot { .. } | MirrorTarget::Discord { .. } => deed.reference().is_some(),
        MirrorTarget::SlackWebhook { .. } | MirrorTarget::Teams { .. } | MirrorTarget::Mattermost { .. } => false,
    }
}

/// How a service writes the pieces of a line.
trait Markup {
    fn text(&self, words: &str) -> String;
    fn strong(&self, words: &str) -> String;
    fn link(&self, url: &str) -> String;
    fn time(&self, at: Timestamp, zone: Option<&str>) -> String {
        self.text(&words::clock_time(at, zone))
    }
}

fn written(line: &Line, markup: &dyn Markup) -> String {
    line.iter()
        .map(|piece| match piece {
            Piece::Text(words) => markup.text(words),
            Piece::Strong(words) => markup.strong(words),
            Piece::Time(at, zone) => markup.time(*at, zone.as_deref()),
            // As a parser writes it nothing in it ends it early, or calls anybody.
            Piece::Link(link) => match Url::parse(link) {
                Ok(url) => markup.link(&url.as_str().replace('@', "%40").replace('|', "%7C")),
                Err(_) => markup.text(link),
            },
        })
        .collect()
}

/// The lines of what is posted anew. Where a message is to be changed or taken away that the service cannot reach any
/// more, they say so.
fn lines(wanted: Wanted<'_>, is_edit: bool, most: usize) -> Vec<Line> {
    let language = wanted.language;
    match wanted.deed {
        Deed::Show(message) => words::message(message, language, most),
        Deed::Change { message, .. } => {
            let mut lines = if is_edit {
                Vec::new()
            } else {
                vec![words::changed(language)]
            };
            lines.extend(words::message(message, language, most));
            lines
        }
        Deed::TakeBack { .. } => vec![words::taken_back(language)],
        Deed::Trial => vec![words::trial(language)],
    }
}

/// The lines as the service writes them, with as much of what a person wrote as lets all of it have `limit` UTF-16 units.
fn fitting(wanted: Wanted<'_>, is_edit: bool, markup: &dyn Markup, limit: usize) -> Vec<String> {
    let mut written_lines = Vec::new();
    for most in [2_000, 1_600, 1_200, 900, 600, 300, 150, 60] {
        let lines = lines(wanted, is_edit, most);
        written_lines = lines.iter().map(|line| written(line, markup)).collect::<Vec<_>>();
        let length: usize = written_lines.iter().map(|line| line.encode_utf16().count() + 1).sum();
        if length <= limit {
            break;
        }
    }
    written_lines
}

/// An address with more parts to its path.
fn with_path(url: &Url, parts: &[&str]) -> Option<Url> {
    let mut url = url.clone();
    url.path_segments_mut().ok()?.pop_if_empty().extend(parts);
    Some(url)
}
