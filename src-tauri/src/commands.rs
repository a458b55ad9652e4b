//! What each command does: through the running Samovar of the profile when there is one, else with a core of its own.

mod card;
mod decide;
mod gatherings;
mod kudos;
mod samovar;

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use samovar_core::api::{PeopleView, PhotoSource, Request, Response, Settings, SharedPhoto, Status, Today};
use samovar_domain::{Audience, Problem};

use self::samovar::Samovar;

use crate::cli::{BreakThrough, Command, Focus, FocusWish, Share};
use crate::{manual, names, words_on_terminal as say};

/// The exit codes that `--help` promises.
pub(crate) mod exit {
    /// Refused, or failed.
    pub(crate) const FAILED: u8 = 1;
    /// The command line was not understood.
    pub(crate) const USAGE: u8 = 2;
    /// In no team yet.
    pub(crate) const NO_TEAM: u8 = 3;
    /// The profile is in use by a Samovar that does not answer.
    pub(crate) const BUSY: u8 = 4;
}

/// What ends a command early.
struct Failure {
    code: u8,
    words: String,
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        let code = if problem.code == "no_team" {
            exit::NO_TEAM
        } else {
            exit::FAILED
        };
        Self {
            code,
            words: problem.detail,
        }
    }
}

impl From<names::NameError> for Failure {
    fn from(error: names::NameError) -> Self {
        Self {
            code: exit::FAILED,
            words: format!("{error}. Nobody was thanked."),
        }
    }
}

/// Says why on stderr.
pub(crate) fn fail(code: u8, words: &str) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "samovar: {words}");
    ExitCode::from(code)
}

/// Says something on stdout. A reader that went away is no failure.
fn tell(words: &str) {
    let _ = writeln!(std::io::stdout(), "{}", words.trim_end());
}

/// Runs one command to its end.
pub(crate) async fn run(profile: &Path, command: Command) -> ExitCode {
    match &command {
        Command::Completions { shell } => return manual::printed(&manual::completions(*shell)),
        Command::Man { out: None } => return manual::printed(&manual::page()),
        Command::Man { out: Some(folder) } => {
            return match manual::write(folder) {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => fail(exit::FAILED, &format!("{}: {error}", folder.display())),
            };
        }
        Command::Share(share) => {
            if let Some(words) = share.surplus() {
                return fail(
                    exit::USAGE,
                    &format!("{words}; nothing was shared; see samovar share --help"),
                );
            }
        }
        _ => {}
    }
    let wish = match &command {
        Command::Focus(focus) => match focus.wish() {
            Ok(wish) => Some(wish),
            Err(words) => {
                return fail(
                    exit::USAGE,
                    &format!("{words}; nothing was changed; see samovar focus --help"),
                );
            }
        },
        _ => None,
    };
    let samovar = match Samovar::reach(profile).await {
        Ok(samovar) => samovar,
        Err(failure) => return fail(failure.code, &failure.words),
    };
    let done = perform(&samovar, command, wish).await;
    samovar.leave().await;
    match done {
        Ok(words) => {
            tell(&words);
            ExitCode::SUCCESS
        }
        Err(failure) => fail(failure.code, &failure.words),
    }
}

async fn perform(samovar: &Samovar<'_>, command: Command, wish: Option<FocusWish>) -> Result<String, Failure> {
    match command {
        Command::Join(join) => {
            let request = Request::Join {
                link: join.link,
                name: join.name,
                time_zone: join.time_zone,
                hours: None,
            };
            let status = status_of(samovar.ask(request).await?)?;
            let team = status.team.map(|team| team.name).unwrap_or_default();
            Ok(format!("You are in {team}. Start Samovar to hear of what is shared."))
        }
        Command::StartTeam(start) => {
            let request = Request::StartTeam {
                team: start.team,
                name: start.name,
                time_zone: start.time_zone,
                hours: None,
            };
            let status = status_of(samovar.ask(request).await?)?;
            let team = status.team.map(|team| team.name).unwrap_or_default();
            Ok(format!(
                "{team} is there. Its endpoint is this computer. Let others in with: samovar invite"
            ))
        }
        Command::Share(given) => share(samovar, given).await,
        Command::Kudos(given) => kudos::give(samovar, given).await,
        Command::KudosWall(given) => kudos::wall(samovar, given).await,
        Command::Card(given) => card::save(samovar, given).await,
        Command::Focus(given) => focus(samovar, given, wish).await,
        Command::BreakThrough(given) => break_through(samovar, given).await,
        Command::Today(given) if given.since.is_some() => kudos::missed(samovar, &given).await,
        Command::Today(format) => {
            samovar.refresh().await;
            let today = today_of(samovar.ask(Request::Today).await?)?;
            if format.json {
                json(&today)
            } else {
                Ok(say::today(&today))
            }
        }
        Command::People(format) => {
            samovar.refresh().await;
            let people = people_of(samovar.ask(Request::People { at: None }).await?)?;
            if format.json {
                json(&people)
            } else {
                Ok(say::people(&people))
            }
        }
        Command::Gatherings(format) => gatherings::show(samovar, &format).await,
        Command::Decide(given) => decide::decide(samovar, given).await,
        Command::Pair(given) => gatherings::pair(samovar, &given).await,
        Command::Status(format) => {
            samovar.refresh().await;
            let status = status_of(samovar.ask(Request::Status).await?)?;
            match (format.json, &status.team) {
                (true, _) => json(&status),
                (false, Some(_)) => Ok(say::status(&status)),
                (false, None) => Err(Failure {
                    code: exit::NO_TEAM,
                    words: say::NO_TEAM.to_owned(),
                }),
            }
        }
        Command::Invite(invite) => match samovar
            .ask(Request::CreateInvite {
                uses: Some(invite.uses),
            })
            .await?
        {
            Response::Invite {
                link,
                expires_at,
                on_this_computer,
            } => {
                let _ = writeln!(
                    std::io::stderr(),
                    "{}",
                    say::invite(invite.uses, expires_at, on_this_computer)
                );
                Ok(link)
            }
            other => Err(unexpected(&other)),
        },
        Command::Completions { .. } | Command::Man { .. } => Ok(String::new()),
    }
}

async fn share(samovar: &Samovar<'_>, given: Share) -> Result<String, Failure> {
    let lifetime = match given.lifetime {
        Some(lifetime) => lifetime,
        None => settings_of(samovar.ask(Request::Settings).await?)?.lifetime,
    };
    let mut photos = Vec::new();
    let mut alts = given.alt.into_iter();
    let mut had_location = false;
    for file in &given.photo {
        let prepared = match std::path::absolute(file) {
            Ok(path) => {
                let source = PhotoSource::Path(path.to_string_lossy().into_owned());
                samovar.ask(Request::PreparePhoto { source }).await
            }
            Err(error) => Err(Problem::new("no_file", format!("{}: {error}", file.display())).into()),
        };
        match prepared {
            Ok(Response::Photo(photo)) => {
                had_location |= photo.had_location;
                photos.push(SharedPhoto {
                    photo: photo.photo,
                    alt: alts.next(),
                });
            }
            other => {
                discard(samovar, &photos).await;
                let failure = other.map_or_else(|failure| failure, |response| unexpected(&response));
                return Err(Failure {
                    words: format!("{}: {} Nothing was shared.", file.display(), failure.words),
                    ..failure
                });
            }
        }
    }
    let request = Request::Share {
        text: given.text,
        photos: photos.clone(),
        lifetime,
        audience: Audience::Team,
    };
    if let Err(failure) = samovar.ask(request).await {
        discard(samovar, &photos).await;
        return Err(failure);
    }
    let mut words = samovar.sent("Shared.").await?;
    if had_location {
        words.push_str("\nThe place that the photo named was removed from it.");
    }
    Ok(words)
}

async fn discard(samovar: &Samovar<'_>, photos: &[SharedPhoto]) {
    for photo in photos {
        // What cannot be discarded now is cleaned up by the core later.
        let _ = samovar
            .ask(Request::DiscardPhoto {
                photo: photo.photo.clone(),
            })
            .await;
    }
}

async fn focus(samovar: &Samovar<'_>, given: Focus, wish: Option<FocusWish>) -> Result<String, Failure> {
    match wish {
        Some(FocusWish::Until(end)) => {
            samovar.ask(Request::StartFocus { end, note: given.note }).await?;
            let status = status_of(samovar.ask(Request::Status).await?)?;
            samovar.sent(&say::in_focus(&status)).await
        }
        _ => {
            samovar.ask(Request::EndFocus).await?;
            samovar.sent("Your focus is over.").await
        }
    }
}

async fn break_through(samovar: &Samovar<'_>, given: BreakThrough) -> Result<String, Failure> {
    samovar.refresh().await;
    let today = today_of(samovar.ask(Request::Today).await?)?;
    let to = names::resolve(&[given.name], today.people.iter().map(|now| &now.person)).map_err(|error| Failure {
        code: exit::FAILED,
        words: format!("{error}. Nobody was called."),
    })?;
    let mut words = Vec::new();
    for to in to {
        let called = today.people.iter().find(|now| now.person.id == to);
        let reason = given.reason.clone();
        samovar.ask(Request::BreakThrough { to, reason }).await?;
        words.extend(called.map(|now| now.person.name.as_str()));
    }
    samovar.sent(&format!("You called {}.", say::list(&words))).await
}

fn json(value: &impl serde::Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(value).map_err(|error| Failure {
        code: exit::FAILED,
        words: format!("the answer cannot be written as JSON: {error}"),
    })
}

fn unexpected(_: &Response) -> Failure {
    Failure {
        code: exit::FAILED,
        words: "the running Samovar is of another version; what you did may be done; quit it and look again".to_owned(),
    }
}

fn status_of(response: Response) -> Result<Status, Failure> {
    match response {
        Response::Status(status) => Ok(*status),
        other => Err(unexpected(&other)),
    }
}

fn today_of(response: Response) -> Result<Today, Failure> {
    match response {
        Response::Today(today) => Ok(*today),
        other => Err(unexpected(&other)),
    }
}

fn people_of(response: Response) -> Result<PeopleView, Failure> {
    match response {
        Response::People(people) => Ok(*people),
        other => Err(unexpected(&other)),
    }
}

fn settings_of(response: Response) -> Result<Settings, Failure> {
    match response {
        Response::Settings(settings) => Ok(*settings),
        other => Err(unexpected(&other)),
    }
}
