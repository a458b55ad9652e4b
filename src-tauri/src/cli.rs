//! The words of the command line. What they do is in `commands`; a command needs no display and never starts the screens.

mod card;
mod decide;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use samovar_core::api::{FocusEnd, View};
use samovar_domain::kinds::Lifetime;

pub use card::{Card, PrintDesign, PrintFormat, PrintSize};
pub use decide::{Ask, Close, Decide, DecideWhat, Voice, Which};

const EXIT_CODES: &str = "\
Exit codes:
  0  done; also when something was kept to be sent later
  1  refused, or it failed: the message says what was kept and what to do
  2  the command line was not understood; nothing was changed
  3  this Samovar is in no team yet
  4  another Samovar has this profile open and does not answer

Set SAMOVAR_LOG=info (or debug) to see on stderr what it does; no names, words or secrets are logged.";

/// A companion in the tray for people who work apart.
///
/// Without a command Samovar starts in the tray and opens its window.
#[derive(Debug, Parser)]
#[command(name = "samovar", version, about, after_help = EXIT_CODES)]
pub struct Cli {
    /// Keep everything in this folder instead of the usual one; two folders are two Samovars.
    #[arg(long, value_name = "DIR", env = "SAMOVAR_PROFILE", global = true)]
    pub profile: Option<PathBuf>,
    /// Start in the tray only.
    #[arg(long)]
    pub hidden: bool,
    /// Open this view, of the Samovar that runs already when there is one; for keys of the system's own, for example.
    #[arg(long, value_name = "VIEW", conflicts_with = "hidden")]
    pub show: Option<ShownView>,
    /// Show the join page with this link filled in; what a click on a `samovar://` link becomes.
    #[arg(long, value_name = "LINK", hide = true)]
    pub open_link: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// One command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Join a team with an invite link.
    Join(Join),
    /// Start a team whose endpoint is this computer.
    StartTeam(StartTeam),
    /// Share a snapshot: a few words, photos, or both.
    Share(Share),
    /// Thank somebody, or several people at once.
    Kudos(Kudos),
    /// Show the kudos that the team gave, all of them or those with some words.
    KudosWall(KudosWall),
    /// Write kudos as a card to print, PDF or PNG.
    Card(Card),
    /// Start a focus, change when it ends, or end it.
    ///
    /// For a while: `samovar focus 25m`, `samovar focus 1h30m`. Until a time of day: `samovar focus until 15:30`.
    /// `samovar focus end` ends it.
    Focus(Focus),
    /// Reach somebody in focus who lets others through, when something cannot wait.
    BreakThrough(BreakThrough),
    /// Show what the team shared, who is there, and what comes next; or what you may have missed.
    Today(Today),
    /// Show everyone's local time, whether they work, and when they see and answer what you write now.
    People(Format),
    /// Show the gatherings of the coming four weeks.
    Gatherings(Format),
    /// Show this week's pair call; take part in the draw, no more, or skip the next one.
    Pair(Pair),
    /// Ask a question that waits for everyone involved, say what you think, and close it.
    Decide(Decide),
    /// Show how things stand: team, connection, what waits.
    Status(Format),
    /// Make a link that lets others in (admins).
    Invite(Invite),
    /// Print completions for a shell.
    Completions {
        /// Which shell.
        shell: Shell,
    },
    /// Print the manual page.
    Man {
        /// Write a page for Samovar and one for each command into this folder instead.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}

/// See [`Command::Join`].
#[derive(Debug, Args)]
pub struct Join {
    /// The invite, as you received it.
    pub link: String,
    /// Your name, as the team sees it.
    #[arg(long)]
    pub name: String,
    /// Your time zone, such as `Europe/Oslo`; the system's when left out.
    #[arg(long, value_name = "ZONE")]
    pub time_zone: Option<String>,
}

/// See [`Command::StartTeam`].
#[derive(Debug, Args)]
pub struct StartTeam {
    /// The team's name.
    #[arg(value_name = "NAME")]
    pub team: String,
    /// Your name, as the team sees it.
    #[arg(long)]
    pub name: String,
    /// Your time zone, such as `Europe/Oslo`; the system's when left out.
    #[arg(long, value_name = "ZONE")]
    pub time_zone: Option<String>,
}

/// See [`Command::Share`].
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("content").required(true).multiple(true).args(["text", "photo"]))]
pub struct Share {
    /// A few words.
    pub text: Option<String>,
    /// A picture file; up to four.
    #[arg(long, value_name = "FILE")]
    pub photo: Vec<PathBuf>,
    /// How long it lasts; as set in the settings when left out.
    #[arg(long = "for", value_name = "8h|24h|3d", value_parser = lifetime)]
    pub lifetime: Option<Lifetime>,
    /// What the photo shows, for those who do not see it; the first belongs to the first photo.
    #[arg(long, value_name = "TEXT", requires = "photo")]
    pub alt: Vec<String>,
}

/// See [`Command::Kudos`].
#[derive(Debug, Args)]
pub struct Kudos {
    /// Whom to thank; the beginning of a name is enough when it is only one's.
    #[arg(required = true)]
    pub name: Vec<String>,
    /// What for.
    #[arg(short = 'm', long = "message", value_name = "TEXT")]
    pub reason: String,
    /// Which of the team's values for: its name, or the beginning of it.
    #[arg(long, value_name = "VALUE")]
    pub value: Option<String>,
    /// For those alone to see. Whoever likes thanks to stay between you gets them so without it.
    #[arg(long)]
    pub between_us: bool,
}

/// See [`Command::KudosWall`].
#[derive(Debug, Args)]
pub struct KudosWall {
    /// Words, or their beginnings; names count as well.
    pub words: Vec<String>,
    /// Only kudos of or to this person; the beginning of a name is enough when it is only one's.
    #[arg(long = "with", value_name = "NAME")]
    pub name: Option<String>,
    /// Only kudos for this value.
    #[arg(long, value_name = "VALUE")]
    pub value: Option<String>,
    /// As JSON, for programs.
    #[arg(long)]
    pub json: bool,
}

/// See [`Command::Today`].
#[derive(Debug, Args)]
pub struct Today {
    /// Show what you may have missed since then instead: `--since 7d`, `--since 36h`.
    #[arg(long, value_name = "7d|36h", value_parser = since)]
    pub since: Option<i64>,
    /// As JSON, for programs.
    #[arg(long)]
    pub json: bool,
}

/// See [`Command::Focus`].
#[derive(Debug, Args)]
pub struct Focus {
    /// `25m`, `1h30m`, `until 15:30`, or `end`.
    #[arg(required = true, num_args = 1..=2, value_name = "WHEN")]
    pub when: Vec<String>,
    /// What for; the team sees it.
    #[arg(long)]
    pub note: Option<String>,
}

/// See [`Command::BreakThrough`].
#[derive(Debug, Args)]
pub struct BreakThrough {
    /// Whom to reach; the beginning of a name is enough when it is only one's.
    pub name: String,
    /// Why it cannot wait, in ten letters or more.
    #[arg(short = 'm', long = "message", value_name = "REASON")]
    pub reason: String,
}

/// See [`Command::Pair`].
#[derive(Debug, Args)]
pub struct Pair {
    /// Take part every week, take part no more, or skip the next draw.
    #[arg(value_enum)]
    pub what: Option<PairWish>,
    /// As JSON, for programs.
    #[arg(long)]
    pub json: bool,
}

/// What `samovar pair` is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PairWish {
    /// Take part.
    On,
    /// Take part no more.
    Off,
    /// Skip the next draw.
    Skip,
}

/// See [`Command::People`], [`Command::Gatherings`] and [`Command::Status`].
#[derive(Debug, Args)]
pub struct Format {
    /// As JSON, for programs.
    #[arg(long)]
    pub json: bool,
}

/// See [`Command::Invite`].
#[derive(Debug, Args)]
pub struct Invite {
    /// How many people may use it.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub uses: u32,
}

/// The views that `--show` knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ShownView {
    /// The main window.
    Today,
    /// People across zones.
    People,
    /// Gatherings.
    Gatherings,
    /// The kudos wall.
    KudosWall,
    /// Decisions.
    Decisions,
    /// Cards that the team writes together.
    Cards,
    /// The settings.
    Settings,
    /// The popover with a snapshot.
    Snapshot,
    /// The popover with kudos.
    Kudos,
    /// The popover with focus.
    Focus,
}

impl From<ShownView> for View {
    fn from(view: ShownView) -> Self {
        match view {
            ShownView::Today => Self::Today,
            ShownView::People => Self::People,
            ShownView::Gatherings => Self::Gatherings,
            ShownView::KudosWall => Self::KudosWall,
            ShownView::Decisions => Self::Decisions,
            ShownView::Cards => Self::Cards,
            ShownView::Settings => Self::Settings,
            ShownView::Snapshot => Self::Snapshot,
            ShownView::Kudos => Self::Kudos,
            ShownView::Focus => Self::Focus,
        }
    }
}

/// What `samovar focus` is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FocusWish {
    /// Start, or change when it ends.
    Until(FocusEnd),
    /// End it.
    End,
}

impl Share {
    /// What is wrong beyond what clap sees: more descriptions than photos.
    pub fn surplus(&self) -> Option<String> {
        let (alts, photos) = (self.alt.len(), self.photo.len());
        (alts > photos).then(|| format!("there are {alts} texts with --alt, but only {photos} with --photo"))
    }
}

impl Focus {
    /// The wish in the words, or what is wrong with them.
    pub fn wish(&self) -> Result<FocusWish, String> {
        let words: Vec<&str> = self.when.iter().map(String::as_str).collect();
        match words[..] {
            ["end"] => Ok(FocusWish::End),
            ["until", time] => time_of_day(time).map(|time| FocusWish::Until(FocusEnd::TimeOfDay(time))),
            [length] => minutes(length).map(|minutes| FocusWish::Until(FocusEnd::Minutes(minutes))),
            _ => Err(format!(
                "'{}' is not a time: write `25m`, `until 15:30` or `end`",
                self.when.join(" ")
            )),
        }
    }
}

fn time_of_day(text: &str) -> Result<String, String> {
    let (hour, minute) = text.split_once(':').unwrap_or((text, "00"));
    let is_number = |part: &str| !part.is_empty() && part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    match (
        is_number(hour).then(|| hour.parse::<u8>()),
        is_number(minute).then(|| minute.parse::<u8>()),
    ) {
        (Some(Ok(hour @ 0..=23)), Some(Ok(minute @ 0..=59))) => Ok(format!("{hour:02}:{minute:02}")),
        _ => Err(format!("'{text}' is not a time of day: write it as 15:30")),
    }
}

/// `25`, `25m`, `25min`, `1h`, `1h30`, `1h30m` in minutes.
fn minutes(text: &str) -> Result<u32, String> {
    let wrong = || format!("'{text}' is not a length of time: write `25m`, `1h30m` or `until 15:30`");
    let text = text.trim().to_ascii_lowercase();
    let number = |part: &str| match part.trim_end_matches("min").trim_end_matches('m') {
        "" => Some(0),
        digits => digits.parse::<u32>().ok(),
    };
    let total = match text.split_once('h') {
        Some((hours, rest)) => {
            let hours = hours.parse::<u32>().map_err(|_| wrong())?;
            hours
                .checked_mul(60)
                .zip(number(rest))
                .and_then(|(hours, minutes)| hours.checked_add(minutes))
        }
        None => number(&text),
    };
    total
        .filter(|minutes| (1..=24 * 60).contains(minutes))
        .ok_or_else(wrong)
}

/// `7d` or `36h`, in minutes.
fn since(text: &str) -> Result<i64, String> {
    let wrong = || format!("'{text}' is not a length of time: write `7d` or `36h`");
    let lower = text.to_ascii_lowercase();
    let (digits, minutes) = match (lower.strip_suffix('d'), lower.strip_suffix('h')) {
        (Some(days), _) => (days, 24 * 60),
        (_, Some(hours)) => (hours, 60),
        _ => return Err(wrong()),
    };
    let count: i64 = digits.parse().map_err(|_| wrong())?;
    Some(count * minutes)
        .filter(|minutes| (1..=366 * 24 * 60).contains(minutes))
        .ok_or_else(wrong)
}

fn lifetime(text: &str) -> Result<Lifetime, String> {
    match text {
        "8h" => Ok(Lifetime::EightHours),
        "24h" => Ok(Lifetime::Day),
        "3d" => Ok(Lifetime::ThreeDays),
        _ => Err("a snapshot lasts 8h, 24h or 3d".to_owned()),
    }
}

/// The arguments as clap is to read them: a single `samovar://` link, as a desktop hands it over after a click, becomes
/// a switch. With anything beside it, it is an ordinary word: a web page must not be able to add switches.
pub fn arguments(given: impl IntoIterator<Item = std::ffi::OsString>) -> Vec<std::ffi::OsString> {
    let mut given: Vec<_> = given.into_iter().collect();
    let is_link = |argument: &std::ffi::OsString| {
        argument.to_str().is_some_and(|text| {
            text.get(..10)
                .is_some_and(|start| start.eq_ignore_ascii_case("samovar://"))
        })
    };
    if given.len() == 2 && is_link(&given[1]) {
        let mut switch = std::ffi::OsString::from("--open-link=");
        switch.push(&given[1]);
        given[1] = switch;
    }
    given
}
