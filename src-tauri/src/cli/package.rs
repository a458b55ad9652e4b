//! The words of `samovar package`.

use clap::{Args, Subcommand};

/// See [`super::Command::Package`].
#[derive(Debug, Args)]
pub struct Package {
    /// What to do.
    #[command(subcommand)]
    pub what: PackageWhat,
}

/// What `samovar package` is to do. A package is named by any part of its words or of the other's name that no other one
/// has, or by its id.
#[derive(Debug, Subcommand)]
pub enum PackageWhat {
    /// Show what is on its way to you and from you, and what asks for your address.
    List(super::Format),
    /// Ask somebody whether they would like something.
    Ask(AskPackage),
    /// Agree, with your address: sealed for the sender's computers, for 14 days at most.
    Agree(Agree),
    /// Say no. The sender does not hear of it.
    Decline(WhichPackage),
    /// Show the address for a package of yours. Its recipient sees that you opened it.
    Address(WhichPackage),
    /// Say that a package of yours is on its way.
    Sent(SentPackage),
    /// Say that a package is there. Your address is erased.
    Here(Here),
}

/// See [`PackageWhat::Ask`].
#[derive(Debug, Args)]
pub struct AskPackage {
    /// For whom; the beginning of a name is enough when it is only one's.
    pub name: String,
    /// What you say about it.
    #[arg(short = 'm', long, value_name = "TEXT")]
    pub message: String,
}

/// See [`PackageWhat::Agree`].
#[derive(Debug, Args)]
pub struct Agree {
    /// Which package.
    pub which: String,
    /// Where it is to go, each line by itself; the address that this computer keeps when left out.
    #[arg(long, value_name = "TEXT")]
    pub line: Vec<String>,
}

/// One package.
#[derive(Debug, Args)]
pub struct WhichPackage {
    /// Which package.
    pub which: String,
}

/// See [`PackageWhat::Sent`].
#[derive(Debug, Args)]
pub struct SentPackage {
    /// Which package.
    pub which: String,
    /// Who carries it.
    #[arg(long, value_name = "CARRIER")]
    pub by: String,
    /// Where to follow it: `https://…`.
    #[arg(long, value_name = "LINK")]
    pub link: Option<String>,
}

/// See [`PackageWhat::Here`].
#[derive(Debug, Args)]
pub struct Here {
    /// Which package.
    pub which: String,
    /// A word of thanks.
    #[arg(short = 'm', long, value_name = "TEXT")]
    pub message: Option<String>,
}
