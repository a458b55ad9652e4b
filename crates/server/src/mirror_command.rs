//! `samovar-server mirror`. Addresses and tokens are read from a file or the standard input: what stands on a command line
//! is seen by everybody on the machine.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use samovar_domain::wire::{MirrorHealth, MirrorRequest, MirrorState, MirrorSubject, MirrorTarget};
use samovar_domain::{Clock, MirrorId};
use samovar_server::operate_mirrors;
use samovar_server::store::MirrorChange;

use super::{Data, Failure, say};

/// Where else kudos and gatherings are shown.
#[derive(Debug, Subcommand)]
pub(crate) enum Mirror {
    /// Sets a mirror up. Its address (for a bot or Matrix: its token) is read from a file or the standard input.
    Add(Add),
    /// Tells how the mirrors are, a line each.
    List(List),
    /// Shows nothing there until it is resumed.
    Pause(One),
    /// Shows what there is again, after a pause or when what broke it is mended.
    Resume(One),
    /// Forgets it and its address.
    Remove(One),
    /// Shows a test there. Exits with 1 when it did not arrive.
    Test(One),
}

#[derive(Debug, Args)]
pub(crate) struct List {
    #[command(flatten)]
    data: Data,
    /// As JSON, for programs.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct One {
    #[command(flatten)]
    data: Data,
    /// The mirror's id, as `list` tells it.
    id: MirrorId,
}

#[derive(Debug, Args)]
pub(crate) struct Add {
    #[command(flatten)]
    data: Data,
    /// Which service it is.
    service: Service,
    /// What admins call it.
    #[arg(long)]
    name: String,
    /// What is shown there.
    #[arg(long, value_delimiter = ',', default_values_t = [Shown::Kudos, Shown::Gatherings])]
    shows: Vec<Shown>,
    /// In which language: `en` or `de`.
    #[arg(long, default_value = "en")]
    language: String,
    /// The file with the webhook's address, or with the token of a bot or of Matrix; `-` reads the standard input.
    #[arg(long, value_name = "FILE", default_value = "-")]
    secret_file: PathBuf,
    /// Slack's channel by its id (slack-bot).
    #[arg(long, required_if_eq("service", "slack-bot"))]
    channel: Option<String>,
    /// The homeserver, such as `https://matrix.example.org` (matrix).
    #[arg(long, required_if_eq("service", "matrix"))]
    server: Option<String>,
    /// The room's id (matrix).
    #[arg(long, required_if_eq("service", "matrix"))]
    room: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Service {
    SlackWebhook,
    SlackBot,
    Teams,
    Mattermost,
    Discord,
    Matrix,
    Webhook,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shown {
    Kudos,
    Gatherings,
}

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Kudos => "kudos",
            Self::Gatherings => "gatherings",
        })
    }
}

fn read_secret(file: &Path) -> std::io::Result<String> {
    let mut secret = String::new();
    if file == Path::new("-") {
        std::io::stdin().take(64 * 1024).read_to_string(&mut secret)?;
    } else {
        secret = std::fs::read_to_string(file)?;
    }
    Ok(secret.trim().to_owned())
}

impl Add {
    fn target(&self) -> std::io::Result<MirrorTarget> {
        let secret = read_secret(&self.secret_file)?;
        // Clap has seen to it that what a service needs is there.
        let given = |option: &Option<String>| option.clone().unwrap_or_default();
        Ok(match self.service {
            Service::SlackWebhook => MirrorTarget::SlackWebhook { url: secret },
            Service::SlackBot => MirrorTarget::SlackBot {
                token: secret,
                channel: given(&self.channel),
                server: self.server.clone(),
            },
            Service::Teams => MirrorTarget::Teams { url: secret },
            Service::Mattermost => MirrorTarget::Mattermost { url: secret },
            Service::Discord => MirrorTarget::Discord { url: secret },
            Service::Matrix => MirrorTarget::Matrix {
                server: given(&self.server),
                room: given(&self.room),
                token: secret,
            },
            Service::Webhook => MirrorTarget::Webhook {
                url: secret,
                secret: None,
            },
        })
    }
}

pub(crate) async fn run(command: Mirror, clock: &dyn Clock) -> Result<ExitCode, Failure> {
    match command {
        Mirror::Add(add) => {
            let subject = |shown: &Shown| match shown {
                Shown::Kudos => MirrorSubject::Kudos,
                Shown::Gatherings => MirrorSubject::Gatherings,
            };
            let request = MirrorRequest {
                name: add.name.clone(),
                target: add.target()?,
                shows: add.shows.iter().map(subject).collect(),
                language: Some(add.language.clone()),
            };
            let made = operate_mirrors::add(add.data.place(), request, super::mirrors_reach(), clock).await?;
            say(&made.id.to_string())?;
            if let Some(secret) = made.secret {
                say(&format!("calls are signed with {secret}; this is not told again"))?;
            }
        }
        Mirror::List(List { data, json }) => {
            let mirrors = operate_mirrors::list(data.place(), clock).await?;
            if json {
                say(&serde_json::to_string_pretty(&mirrors)?)?;
                return Ok(ExitCode::SUCCESS);
            }
            for health in mirrors {
                say(&line(&health))?;
            }
        }
        Mirror::Pause(one) => change(&one, MirrorChange::Pause, clock).await?,
        Mirror::Resume(one) => change(&one, MirrorChange::Resume, clock).await?,
        Mirror::Remove(one) => change(&one, MirrorChange::Remove, clock).await?,
        Mirror::Test(one) => {
            let tried = operate_mirrors::test(one.data.place(), one.id, super::mirrors_reach(), clock).await?;
            if let Some(trouble) = tried.trouble {
                say(&format!("it did not arrive: {trouble}"))?;
                return Ok(ExitCode::FAILURE);
            }
            say("it has arrived")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn change(one: &One, change: MirrorChange, clock: &dyn Clock) -> Result<(), Failure> {
    operate_mirrors::change(one.data.place(), one.id, change, clock).await?;
    say("done")?;
    Ok(())
}

/// How a mirror is, in a line.
fn line(health: &MirrorHealth) -> String {
    let state = match health.state {
        MirrorState::Running => "running",
        MirrorState::Paused => "paused",
        MirrorState::Broken => "broken",
    };
    let mut line = format!(
        "{}  {}  {} at {}  {state}, {} waiting",
        health.id, health.name, health.service, health.host, health.waiting
    );
    let counts = [(health.uncertain, "uncertain"), (health.refused, "refused")];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let more = counts
        .map(|(count, word)| format!(", {count} {word}"))
        .chain(health.trouble.iter().map(|trouble| format!(", trouble: {trouble}")))
        .chain(health.failing_since.map(|since| format!(" since {since}")))
        .chain(health.next_try_at.map(|next| format!(", tried again at {next}")))
        .chain(health.delivered_at.map(|at| format!(", last arrived at {at}")));
    line.extend(more);
    line
}
