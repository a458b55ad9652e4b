//! Into a team: by an invite, or by starting one on this computer.

use std::sync::Arc;
use std::time::Duration;

use samovar_domain::hours::Hours;
use samovar_domain::kinds::Team;
use samovar_domain::text::{NAME_MAX, check_name};
use samovar_domain::wire::JoinRequest;
use samovar_domain::{Audience, Kind, Problem};
use url::Url;

use crate::account::Account;
use crate::api::{Connection, InvitePreview, ProfileChange, Response};
use crate::core::Inner;
use crate::endpoint::{CallError, Endpoint, is_loopback};
use crate::store::fact;
use crate::{join_key, settings, showing, sync, writes};

/// How long an endpoint is asked whether it knows this desktop.
const ASKING: Duration = Duration::from_secs(5);

/// An invite link, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InviteLink {
    /// Where the endpoint is.
    pub(crate) endpoint: Url,
    /// The secret.
    pub(crate) token: String,
}

/// Reads a link as pasted: `https://host[/path]/join/TOKEN`, or `samovar://join?link=…` around one.
pub(crate) fn read_link(text: &str) -> Result<InviteLink, Problem> {
    let wrong = || {
        Problem::new(
            "bad_link",
            "This is not an invite link. It looks like https://tea.example.org/join/… – ask for a new one.",
        )
    };
    let url = Url::parse(text.trim()).map_err(|_| wrong())?;
    if url.scheme() == "samovar" {
        let inner = url.query_pairs().find(|(name, _)| name == "link").ok_or_else(wrong)?;
        if inner.1.starts_with("samovar:") {
            return Err(wrong());
        }
        return read_link(&inner.1);
    }
    // Who is asked whether to join sees the host alone. A name or a password before it would go along with every call, in
    // the place of the device's token.
    let is_as_somebody = !url.username().is_empty() || url.password().is_some();
    if !matches!(url.scheme(), "https" | "http") || url.host().is_none() || is_as_somebody {
        return Err(wrong());
    }
    let (prefix, token) = url.path().rsplit_once("/join/").ok_or_else(wrong)?;
    let is_token = !token.is_empty()
        && token
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if !is_token {
        return Err(wrong());
    }
    let (prefix, token) = (prefix.to_owned(), token.to_owned());
    let mut endpoint = url;
    endpoint.set_path(&prefix);
    endpoint.set_query(None);
    endpoint.set_fragment(None);
    Ok(InviteLink { endpoint, token })
}

/// What a link leads to.
pub(crate) async fn preview(inner: &Inner, link: &str) -> Result<Response, Problem> {
    let link = read_link(link)?;
    let endpoint = Endpoint::new(&inner.parts.carrier, &link.endpoint, None).map_err(CallError::into_problem)?;
    let host = match (link.endpoint.host_str(), link.endpoint.port()) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        (host, _) => host.unwrap_or_default().to_owned(),
    };
    let is_safe = link.endpoint.scheme() == "https" || is_loopback(&link.endpoint);
    Ok(Response::InvitePreview(InvitePreview {
        host,
        is_safe,
        is_reachable: endpoint.is_reachable().await,
    }))
}

/// Joins the team of an invite.
pub(crate) async fn join(
    inner: &Arc<Inner>,
    link: &str,
    name: &str,
    time_zone: Option<String>,
    hours: Option<Hours>,
) -> Result<Response, Problem> {
    let link = read_link(link)?;
    may_join(inner).await?;
    enter(inner, link, name, time_zone, false).await?;
    arrange(inner, hours).await?;
    showing::status(inner).await
}

/// Starts a team whose endpoint is this computer.
pub(crate) async fn start_team(
    inner: &Arc<Inner>,
    team: &str,
    name: &str,
    time_zone: Option<String>,
    hours: Option<Hours>,
) -> Result<Response, Problem> {
    no_team_yet(inner)?;
    check_name("team's name", team, NAME_MAX)?;
    check_name("name", name, NAME_MAX)?;
    let started = inner
        .parts
        .endpoint_host
        .start(&inner.parts.folder.join("endpoint"))
        .await?;
    let invite = started.owner_invite.ok_or_else(|| {
        Problem::new(
            "team_exists",
            "There is a team on this computer already, with an owner. Ask the owner for an invite and join it.",
        )
    })?;
    enter(inner, read_link(&invite)?, name, time_zone, true).await?;
    sync::catch_up(inner).await.map_err(CallError::into_problem)?;
    let account = inner.member_account()?;
    let body = writes::json(&Team {
        name: team.to_owned(),
        settings: None,
    });
    writes::queue(
        inner,
        Kind::TEAM,
        account.team.into(),
        Audience::Team,
        Some(body),
        Vec::new(),
        Vec::new(),
    )
    .await?;
    arrange(inner, hours).await?;
    showing::status(inner).await
}

fn no_team_yet(inner: &Inner) -> Result<(), Problem> {
    match inner.account() {
        None => Ok(()),
        Some(account) => Err(Problem::new(
            "already_in_team",
            format!(
                "This profile is in the team '{}' already. Use another profile (samovar --profile DIR) for a second team.",
                account.team_name
            ),
        )),
    }
}

/// A desktop joins once, and again when its endpoint does not know it any more.
async fn may_join(inner: &Inner) -> Result<(), Problem> {
    match no_team_yet(inner) {
        Err(_) if is_signed_out(inner).await => Ok(()),
        other => other,
    }
}

async fn is_signed_out(inner: &Inner) -> bool {
    if inner.connection() == Connection::SignedOut {
        return true;
    }
    // A process that has only just begun does not know it yet.
    let (Some(endpoint), Ok(cursor)) = (inner.endpoint(), inner.store.cursor().await) else {
        return false;
    };
    let asked = tokio::time::timeout(ASKING, endpoint.page(cursor.seq, cursor.epoch)).await;
    matches!(asked, Ok(Err(CallError::SignedOut)))
}

async fn enter(
    inner: &Arc<Inner>,
    link: InviteLink,
    name: &str,
    time_zone: Option<String>,
    is_local: bool,
) -> Result<(), Problem> {
    check_name("name", name, NAME_MAX)?;
    let time_zone = time_zone.unwrap_or_else(|| inner.parts.system_zone.name());
    if time_zone.parse::<chrono_tz::Tz>().is_err() {
        let shown: String = time_zone.chars().take(40).collect();
        return Err(Problem::new(
            "bad_time_zone",
            format!("'{shown}' is not a time zone. It is written like America/Lima."),
        ));
    }
    let endpoint = Endpoint::new(&inner.parts.carrier, &link.endpoint, None).map_err(CallError::into_problem)?;
    let key = join_key::of(&inner.store, &link.token).await;
    let request = JoinRequest {
        join_key: Some(inner.kept(key)?),
        invite: link.token,
        name: name.to_owned(),
        time_zone,
        device_name: inner.parts.device_name.clone(),
    };
    let joined = endpoint.join(&request).await.map_err(|error| {
        if error.is_nobody_there() && is_loopback(&link.endpoint) {
            return Problem::new(
                "not_running_here",
                "This link leads to a team on this computer, which is reached while Samovar runs for whoever started it. \
                 Start Samovar there, then try again.",
            );
        }
        error.into_problem()
    })?;
    let former = inner.account();
    let account = Account {
        // Who joins the team on this computer anew still needs its endpoint to be started.
        is_local: is_local
            || former
                .as_ref()
                .is_some_and(|former| is_on_this_computer(former, &link.endpoint)),
        endpoint: link.endpoint,
        token: joined.token,
        member: joined.member_id,
        device: joined.device_id,
        team: joined.team.id,
        team_name: joined.team.name,
        name: name.to_owned(),
    };
    if let Some(former) = former
        && former.team != account.team
    {
        return Err(not_of_this_team(inner, former, account).await);
    }
    let member = account.member;
    inner.set_account(account).await?;
    inner.kept(inner.store.belong_to(member).await)?;
    inner.kept(join_key::forget(&inner.store).await)?;
    inner.set_connection(Connection::Connecting);
    Ok(())
}

fn is_on_this_computer(former: &Account, endpoint: &Url) -> bool {
    former.is_local && former.endpoint == *endpoint
}

/// What waits here was written for another team than the one that the link led to: it was left again.
async fn not_of_this_team(inner: &Inner, former: Account, joined: Account) -> Problem {
    let left = match Endpoint::new(&inner.parts.carrier, &joined.endpoint, Some(joined.token)) {
        Ok(endpoint) => endpoint.leave().await,
        Err(error) => Err(error),
    };
    if let Err(error) = left {
        tracing::warn!(
            code = error.code(),
            "another team was joined by mistake, and could not be left"
        );
    }
    Problem::new(
        "other_team",
        format!(
            "This link leads to another team than '{}', for which this profile keeps what you wrote. Ask there for an invite, or use another profile (samovar --profile DIR).",
            former.team_name
        ),
    )
}

/// Fetches the team and sets one's hours. Joining has succeeded already: what cannot be done now is done by the sync.
async fn arrange(inner: &Arc<Inner>, hours: Option<Hours>) -> Result<(), Problem> {
    inner.kept(inner.store.set_fact(fact::HOURS, hours).await)?;
    match sync::catch_up(inner).await {
        Ok(()) => set_hours_chosen_on_joining(inner).await,
        Err(error) => tracing::debug!(code = error.code(), "the team comes with the next connection"),
    }
    inner.try_now.notify_one();
    inner.outbox_filled.notify_one();
    inner.tell(crate::api::Changed::Status);
    inner.tell(crate::api::Changed::Today);
    Ok(())
}

/// The hours that were chosen on joining belong into the profile, which has to arrive first.
pub(crate) async fn set_hours_chosen_on_joining(inner: &Arc<Inner>) {
    if let Err(problem) = set_hours(inner).await {
        tracing::warn!(code = %problem.code, "the working hours could not be set yet");
    }
}

async fn set_hours(inner: &Arc<Inner>) -> Result<(), Problem> {
    let hours: Option<Hours> = inner
        .store
        .fact(fact::HOURS)
        .await
        .map_err(|error| inner.problem(error))?;
    if hours.is_none() {
        return Ok(());
    }
    let change = ProfileChange {
        hours,
        ..ProfileChange::default()
    };
    settings::change_profile(inner, change).await?;
    let none: Option<Hours> = None;
    inner.kept(inner.store.set_fact(fact::HOURS, none).await)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Option<(&str, &str)>) {
        let found = read_link(text).ok().map(|link| (link.endpoint.to_string(), link.token));
        let expect = expect.map(|(endpoint, token)| (endpoint.to_owned(), token.to_owned()));
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn links_are_read_as_people_paste_them() {
        check(
            " https://tea.example.org/join/abc-_9\n",
            Some(("https://tea.example.org/", "abc-_9")),
        );
        check(
            "http://127.0.0.1:7465/join/abc",
            Some(("http://127.0.0.1:7465/", "abc")),
        );
        check(
            "https://example.org/samovar/join/abc?utm=1#x",
            Some(("https://example.org/samovar", "abc")),
        );
        check(
            "samovar://join?link=https%3A%2F%2Ftea.example.org%2Fjoin%2Fabc",
            Some(("https://tea.example.org/", "abc")),
        );
        for wrong in [
            "",
            "tea",
            "https://tea.example.org/",
            "https://tea.example.org/join/",
            "ftp://a/join/b",
            "https://tea.example.org@evil.example/join/abc",
            "https://:secret@tea.example.org/join/abc",
            "https://a/join/../b",
            "file:///join/abc",
            "samovar://join?link=samovar%3A%2F%2Fjoin%3Flink%3Dx",
            "javascript:alert(1)//join/a",
        ] {
            check(wrong, None);
        }
    }
}
