//! `samovar-server`: the endpoint on a machine of one's own.

mod mirror_command;
mod move_command;
mod oidc;
mod operation_arguments;
mod settings;
mod table;
mod team_command;

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use samovar_domain::SystemClock;
use samovar_server::blobs::BlobPlace;
use samovar_server::operate::Place;
use samovar_server::operate_mirrors::Reach;
use samovar_server::operation::Operation;
use samovar_server::simulate::rotation::RotationArguments;
use samovar_server::{Config, Endpoint, Server, operate, simulate};
use tracing_subscriber::EnvFilter;

/// The endpoint of a Samovar team.
#[derive(Debug, Parser)]
#[command(name = "samovar-server", version, about, arg_required_else_help = true)]
struct Arguments {
    /// A TOML file of settings; `samovar-server config` prints which there are. Flags and the environment go before it.
    #[arg(long, global = true, env = "SAMOVAR_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// How much is said on stderr: `warn`, `info`, `debug`.
    #[arg(
        long,
        global = true,
        env = "SAMOVAR_LOG",
        default_value = "info",
        value_name = "LEVEL",
        value_parser = settings::log_filter
    )]
    log: String,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves a team until it is told to stop (SIGTERM or Ctrl+C).
    Serve(Serve),
    /// Prints an invite link; also while the endpoint runs.
    Invite(Invite),
    /// Packs database and photos into a new zip file; also while the endpoint runs.
    Backup(Backup),
    /// Unpacks a backup into an empty folder and checks it; served from there, it begins a new epoch.
    Restore(Restore),
    /// Moves the team from a folder into PostgreSQL, or back, while it is not served; served from there, it begins a new epoch.
    Move(move_command::Move),
    /// Prints the settings that `serve` would have with the same flags, as TOML, and where each comes from.
    Config(Serve),
    /// Checks the data: database, sequence and photos. Exits with 1 when something is wrong.
    Check(Data),
    /// Where else kudos and gatherings are shown: Slack, Teams, Mattermost, Discord, Matrix, a webhook.
    #[command(subcommand, visible_alias = "mirrors")]
    Mirror(mirror_command::Mirror),
    /// Who is in the team: listed, removed, erased. Like all that follows, also while the endpoint runs.
    #[command(subcommand)]
    Members(team_command::Members),
    /// Makes members owners, admins or coordinators, or takes that from them.
    #[command(subcommand)]
    Roles(team_command::Roles),
    /// Invites: listed, made, taken back.
    #[command(subcommand)]
    Invites(team_command::Invites),
    /// Computers of members: listed, ended.
    #[command(subcommand)]
    Devices(team_command::Devices),
    /// Tells what is kept until when. It follows from what things are; there is nothing to be set.
    Retention(team_command::Retention),
    /// What admins and the command line did in the last 180 days: when, who, what, to what kind of thing.
    Audit(team_command::Audit),
    /// Prints whom the weekly draw of pair calls would bring together, as JSON; changes nothing.
    Pairs(Pairs),
    /// Tries out which slots a series would meet at, also in two sittings, and prints that as JSON.
    Rotation(RotationArguments),
}

#[derive(Debug, Args)]
struct Pairs {
    /// A JSON file of members and whom they met before; `-` reads the standard input.
    #[arg(long, value_name = "FILE")]
    simulate: PathBuf,
    /// How many weeks are drawn, one after the other.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1040))]
    weeks: u32,
    /// Decides between what is as good; the same seed draws the same.
    #[arg(long, default_value_t = 0)]
    seed: u64,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_field_names, reason = "the flag is called --data")]
struct Data {
    /// The folder of the endpoint's data; made when it is not there.
    #[arg(long, env = "SAMOVAR_DATA", value_name = "DIR")]
    data: PathBuf,
    /// A PostgreSQL database in the place of the one in the folder, such as `postgres://samovar@db.example.org/samovar`.
    #[arg(long, env = "SAMOVAR_DATABASE", hide_env_values = true, value_name = "ADDRESS")]
    database: Option<String>,
    #[command(flatten)]
    blobs: BlobPlace,
}

impl Data {
    fn place(&self) -> Place<'_> {
        Place {
            data: &self.data,
            database: self.database.as_deref(),
            blobs: &self.blobs,
        }
    }
}

#[derive(Debug, Args)]
struct Serve {
    #[command(flatten)]
    data: Data,
    /// The address to listen on; port 0 takes any free one.
    #[arg(
        long,
        env = "SAMOVAR_LISTEN",
        default_value = "127.0.0.1:7465",
        value_name = "ADDRESS"
    )]
    listen: SocketAddr,
    /// The address that people reach the endpoint by, for links, such as `https://tea.example.org`.
    #[arg(long, env = "SAMOVAR_PUBLIC_URL", value_name = "URL", value_parser = web_address)]
    public_url: Option<String>,
    #[command(flatten)]
    operation: operation_arguments::OperationArguments,
    #[command(flatten)]
    sign_in: oidc::SignInArguments,
}

#[derive(Debug, Args)]
struct Invite {
    #[command(flatten)]
    data: Data,
    /// The address that people reach the endpoint by; without it, the one that it was last served at.
    #[arg(long, env = "SAMOVAR_PUBLIC_URL", value_name = "URL", value_parser = web_address)]
    public_url: Option<String>,
    /// How many people it lets in.
    #[arg(long, env = "SAMOVAR_USES", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000))]
    uses: u32,
    /// For how many hours it works.
    #[arg(long, env = "SAMOVAR_HOURS", default_value_t = 120, value_parser = clap::value_parser!(u32).range(1..=8760))]
    hours: u32,
}

#[derive(Debug, Args)]
struct Backup {
    #[command(flatten)]
    data: Data,
    /// The zip file to make; it must not be there yet.
    file: PathBuf,
}

#[derive(Debug, Args)]
struct Restore {
    #[command(flatten)]
    data: Data,
    /// The zip file that `backup` made.
    file: PathBuf,
}

/// The form of an address that links can be made with.
fn web_address(text: &str) -> Result<String, &'static str> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_plain = |rest: &str| !rest.is_empty() && !rest.contains(['?', '#', ' ', '"', '<', '>']);
    if rest.is_some_and(is_plain) {
        Ok(text.to_owned())
    } else {
        Err("it looks like https://tea.example.org")
    }
}

/// Every connection takes a file descriptor: take as many as the system lets this process have.
fn raise_descriptor_limit() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};
        let limit = getrlimit(Resource::Nofile);
        let raised = rustix::process::Rlimit {
            current: limit.maximum,
            maximum: limit.maximum,
        };
        if let Err(error) = setrlimit(Resource::Nofile, raised) {
            tracing::debug!(%error, "the limit of open files stays as it is");
        }
    }
}

fn main() -> ExitCode {
    let arguments = match arguments() {
        Ok(Ok(arguments)) => arguments,
        Ok(Err(settings)) => {
            return finish(
                say(settings.trim_end())
                    .map(|()| ExitCode::SUCCESS)
                    .map_err(Failure::from),
            );
        }
        Err(error) => return finish(Err(error)),
    };
    SystemClock::start_ahead(std::env::var(SystemClock::AHEAD).ok().as_deref());
    let filter = EnvFilter::new(&arguments.log);
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = match runtime {
        Ok(runtime) => {
            let done = runtime.block_on(run(arguments.command));
            // A read that hangs must not keep a service from stopping.
            runtime.shutdown_timeout(LAST_READS);
            done
        }
        Err(error) => Err(error.into()),
    };
    finish(done)
}

fn finish(done: Result<ExitCode, Failure>) -> ExitCode {
    match done {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "samovar-server: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What is asked, with what the file of settings says where nothing else does; or the settings, when those are asked for.
fn arguments() -> Result<Result<Arguments, String>, Failure> {
    let file = settings::file_of(std::env::args_os());
    let values = file.as_deref().map(settings::read).transpose()?.unwrap_or_default();
    let command = settings::fall_back(Arguments::command(), &values);
    let command = command.mut_subcommand("config", |config| config.mut_arg("data", |data| data.required(false)));
    let matches = command.get_matches();
    if let Some(("config", asked)) = matches.subcommand() {
        let file = file.as_deref().map(|file| (file, &*values));
        return Ok(Err(settings::describe(asked, file)));
    }
    Ok(Ok(Arguments::from_arg_matches(&matches)?))
}

/// How long reads that are under way may take to end when everything else has.
const LAST_READS: std::time::Duration = std::time::Duration::from_secs(2);

type Failure = Box<dyn std::error::Error>;

/// How far mirrors may reach.
fn mirrors_reach() -> Reach {
    if std::env::var_os(Reach::HERE).is_some() {
        Reach::AlsoLoopback
    } else {
        Reach::Public
    }
}

async fn run(command: Command) -> Result<ExitCode, Failure> {
    let clock = Arc::new(SystemClock);
    match command {
        Command::Serve(serve) => {
            raise_descriptor_limit();
            let sign_in = serve.sign_in.settings()?;
            let config = Config {
                data: serve.data.data,
                database: serve.data.database,
                blobs: serve.data.blobs,
                listen: serve.listen,
                public_url: serve.public_url,
            };
            let mut server = Server::bind_with(config, Operation::try_from(serve.operation)?, clock).await?;
            if let Some(settings) = sign_in {
                server = server.with_sign_in(settings)?;
            }
            if mirrors_reach() == Reach::AlsoLoopback {
                server = server.mirroring_to_this_computer();
            }
            say(&format!("listening on {}", server.base_url()))?;
            if let Some(invite) = server.owner_invite().await? {
                say(&format!("owner invite: {invite}"))?;
            }
            renew_when_told_to(server.endpoint());
            server.run(told_to_stop()).await;
        }
        Command::Invite(invite) => team_command::create_invite(invite, &*clock).await?,
        Command::Config(_) => {} // answered before anything begins
        Command::Backup(backup) => {
            if backup.data.database.is_some() {
                return Err(
                    "what lies in PostgreSQL is backed up with its own pg_dump; docs/SELF-HOSTING.md says how".into(),
                );
            }
            operate::back_up(backup.data.place(), &backup.file, &*clock).await?;
            say(&format!("backed up to {}", backup.file.display()))?;
        }
        Command::Restore(restore) => {
            if restore.data.database.is_some() {
                return Err(
                    "what lay in PostgreSQL is restored with its own tools; docs/SELF-HOSTING.md says how".into(),
                );
            }
            let photos = operate::restore(&restore.file, restore.data.place(), &*clock).await?;
            say(&format!(
                "restored with {photos} photos to {}; serve it from there",
                restore.data.data.display()
            ))?;
        }
        Command::Move(asked) => return move_command::run(asked).await,
        Command::Check(data) => {
            let faults = operate::check(data.place(), &*clock).await?;
            for fault in &faults {
                say(fault)?;
            }
            if !faults.is_empty() {
                return Ok(ExitCode::FAILURE);
            }
            say("ok")?;
        }
        Command::Members(members) => team_command::members(members, &*clock).await?,
        Command::Roles(roles) => team_command::roles(roles, &*clock).await?,
        Command::Invites(invites) => team_command::invites(invites, &*clock).await?,
        Command::Devices(devices) => team_command::devices(devices, &*clock).await?,
        Command::Retention(retention) => team_command::retention(&retention)?,
        Command::Audit(audit) => team_command::audit(audit, &*clock).await?,
        Command::Mirror(mirror) => return mirror_command::run(mirror, &*clock).await,
        Command::Pairs(pairs) => {
            let simulated = simulate::read_input(&pairs.simulate)
                .and_then(|input| simulate::pairs::simulate(&input, pairs.weeks, pairs.seed));
            return Ok(simulate::finish(simulated)?);
        }
        Command::Rotation(arguments) => return Ok(simulate::finish(simulate::rotation::run(&arguments))?),
    }
    Ok(ExitCode::SUCCESS)
}

fn say(line: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

/// SIGHUP has the files of the TLS certificate read anew. Nothing is missed once this has returned.
fn renew_when_told_to(endpoint: Endpoint) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut hangups) = signal(SignalKind::hangup()) else {
            return;
        };
        tokio::spawn(async move {
            while hangups.recv().await.is_some() {
                endpoint.renew_certificate().await;
            }
        });
    }
    #[cfg(not(unix))]
    let _ = endpoint;
}

async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
