//! The words of `samovar pulse`.

use clap::Args;

/// See [`super::Command::Pulse`].
#[derive(Debug, Args)]
pub struct Pulse {
    /// Your answer, 1 to 5; what there is to see when left out.
    #[arg(value_name = "ANSWER", value_parser = clap::value_parser!(u8).range(1..=5), conflicts_with = "json")]
    pub answer: Option<u8>,
    /// How it is shown.
    #[command(flatten)]
    pub format: super::Format,
}
