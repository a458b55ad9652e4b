//! The words of `samovar decide`.

use clap::{ArgGroup, Args, Subcommand, ValueEnum};
use samovar_domain::kinds::Stance;

/// See [`super::Command::Decide`].
#[derive(Debug, Args)]
pub struct Decide {
    /// What to do.
    #[command(subcommand)]
    pub what: DecideWhat,
}

/// What `samovar decide` is to do. A decision is named by any part of its question that no other one has, or by its id.
#[derive(Debug, Subcommand)]
pub enum DecideWhat {
    /// Show the decisions: who is heard, who is awaited and why, and when each may be closed.
    List(super::Format),
    /// Ask a question that waits for everyone involved.
    Ask(Ask),
    /// Say what you think, or something else than before.
    ///
    /// To a question for or against: `samovar decide voice teatime for`. To options in order, by their numbers:
    /// `samovar decide voice teatime --rank 2 --rank 1`. In words: `samovar decide voice teatime -m "Rather at ten."`
    Voice(Voice),
    /// Close a decision of yours, once everyone was heard or had their time.
    Close(Close),
    /// Take a question of yours back.
    Withdraw(Which),
}

/// See [`DecideWhat::Ask`].
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("who").required(true).args(["of", "everyone"]))]
pub struct Ask {
    /// The question.
    pub question: String,
    /// Who is to be heard; the beginning of a name is enough when it is only one's.
    #[arg(long, value_name = "NAME")]
    pub of: Vec<String>,
    /// Everyone is to be heard, you too.
    #[arg(long)]
    pub everyone: bool,
    /// What one must know for it, in Markdown.
    #[arg(long, value_name = "TEXT")]
    pub context: Option<String>,
    /// An option to be put into an order; two to twelve. Without any, the question is for or against.
    #[arg(long, value_name = "TEXT", conflicts_with = "words")]
    pub option: Vec<String>,
    /// It is answered in words.
    #[arg(long)]
    pub words: bool,
    /// Voices are sealed until it is closed.
    #[arg(long)]
    pub hidden: bool,
}

/// See [`DecideWhat::Voice`].
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("said").required(true).multiple(true).args(["stance", "rank", "message", "take_back"]))]
pub struct Voice {
    /// Which decision.
    pub which: String,
    /// Where you stand.
    #[arg(value_enum)]
    pub stance: Option<SpokenStance>,
    /// The number of an option, the dearest first.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=12), conflicts_with = "stance")]
    pub rank: Vec<u32>,
    /// Words.
    #[arg(short = 'm', long, value_name = "TEXT")]
    pub message: Option<String>,
    /// Take back what you have said.
    #[arg(long, conflicts_with_all = ["stance", "rank", "message"])]
    pub take_back: bool,
}

/// See [`DecideWhat::Close`].
#[derive(Debug, Args)]
pub struct Close {
    /// Which decision.
    pub which: String,
    /// What has been decided, in ten letters or more.
    #[arg(short = 'm', long, value_name = "TEXT")]
    pub message: String,
}

/// See [`DecideWhat::Withdraw`].
#[derive(Debug, Args)]
pub struct Which {
    /// Which decision.
    pub which: String,
}

/// Where somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SpokenStance {
    /// For it.
    For,
    /// Against it.
    Against,
    /// Leave it to the others.
    Abstain,
    /// It needs more talk.
    MoreTalk,
}

impl From<SpokenStance> for Stance {
    fn from(stance: SpokenStance) -> Self {
        match stance {
            SpokenStance::For => Self::For,
            SpokenStance::Against => Self::Against,
            SpokenStance::Abstain => Self::Abstain,
            SpokenStance::MoreTalk => Self::MoreTalk,
        }
    }
}
