//! Where a mirror may be set up.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use samovar_domain::Problem;
use samovar_domain::text::{NAME_MAX, check_name};
use samovar_domain::wire::{MirrorRequest, MirrorTarget};
use url::Url;

use super::addresses::Reach;

/// The most characters of an address or a token.
const SECRET_MAX: usize = 2_048;

fn bad(detail: &str) -> Problem {
    Problem::new("bad_mirror", detail)
}

/// What is wrong with a mirror that an admin wants to set up.
pub(crate) fn check(request: &MirrorRequest, reach: Reach) -> Result<(), Problem> {
    check_name("mirror's name", &request.name, NAME_MAX)?;
    if request.shows.is_empty() {
        return Err(bad("Say what is to be shown there: kudos, gatherings, or both."));
    }
    let url = address(&request.target).ok_or_else(|| bad("This is not a web address."))?;
    if url.as_str().len() > SECRET_MAX || reach.admits_url(&url).is_err() {
        return Err(bad(
            "The address must begin with https:// and lead to the public internet, without a name or password in it.",
        ));
    }
    match &request.target {
        MirrorTarget::SlackBot { token, channel, .. } => {
            check_token(token)?;
            let is_id = !channel.is_empty() && channel.len() <= 80 && !channel.contains(char::is_whitespace);
            if !is_id {
                return Err(bad("Name Slack's channel by its id, such as C0123456789."));
            }
        }
        MirrorTarget::Matrix { room, token, .. } => {
            check_token(token)?;
            if !room.starts_with('!') || room.len() > 255 {
                return Err(bad("Name the room by its id, which begins with an exclamation mark."));
            }
        }
        MirrorTarget::Discord { .. } => {
            let parts: Vec<&str> = url.path().trim_matches('/').split('/').collect();
            if parts.len() < 4 || parts[0] != "api" || parts[parts.len() - 3] != "webhooks" || url.query().is_some() {
                return Err(bad(
                    "A webhook of Discord looks like https://discord.com/api/webhooks/…/…",
                ));
            }
        }
        MirrorTarget::Webhook {
            secret: Some(secret), ..
        } => {
            signing_key(secret).ok_or_else(|| bad("A secret is whsec_ and 24 to 64 bytes in base64."))?;
        }
        _ => {}
    }
    Ok(())
}

fn check_token(token: &str) -> Result<(), Problem> {
    let is_token = !token.is_empty() && token.len() <= SECRET_MAX && token.bytes().all(|byte| byte.is_ascii_graphic());
    if is_token {
        Ok(())
    } else {
        Err(bad("This is not a token."))
    }
}

/// The address that calls begin with.
pub(crate) fn address(target: &MirrorTarget) -> Option<Url> {
    let text = match target {
        MirrorTarget::SlackBot { server, .. } => server.as_deref().unwrap_or("https://slack.com"),
        MirrorTarget::Matrix { server, .. } => server,
        MirrorTarget::SlackWebhook { url }
        | MirrorTarget::Teams { url }
        | MirrorTarget::Mattermost { url }
        | MirrorTarget::Discord { url }
        | MirrorTarget::Webhook { url, .. } => url,
    };
    Url::parse(text).ok()
}

/// All that is told of a mirror's address.
pub(crate) fn host(target: &MirrorTarget) -> String {
    let url = address(target);
    url.and_then(|url| url.host_str().map(ToOwned::to_owned))
        .unwrap_or_default()
}

/// A signing secret of these bytes.
pub(crate) fn signing_secret(bytes: &[u8]) -> String {
    format!("whsec_{}", STANDARD.encode(bytes))
}

/// The bytes of a signing secret.
pub(crate) fn signing_key(secret: &str) -> Option<Vec<u8>> {
    let bytes = STANDARD.decode(secret.strip_prefix("whsec_")?).ok()?;
    (24..=64).contains(&bytes.len()).then_some(bytes)
}
