//! `samovar-server move`, as it is written on the command line.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use samovar_server::blobs::{BlobPlace, check_endpoint, check_place};
use samovar_server::moving::{Side, move_team};

use crate::{Failure, say};

/// Where a team goes from and to.
#[derive(Debug, Args)]
pub(crate) struct Move {
    /// Where the team is: a folder of data, or a PostgreSQL database such as `postgres://samovar@db.example.org/samovar`.
    #[arg(long, env = "SAMOVAR_MOVE_FROM", hide_env_values = true, value_name = "PLACE")]
    from: String,
    /// Where it goes: a PostgreSQL database that is empty, or a folder that is not there yet.
    #[arg(long, env = "SAMOVAR_MOVE_TO", hide_env_values = true, value_name = "PLACE")]
    to: String,
    /// Where its photos lie: a folder, or `s3://bucket/prefix`. Needed for a database; those of a folder lie in it.
    #[arg(long, env = "SAMOVAR_MOVE_FROM_BLOBS", value_name = "PLACE", value_parser = place)]
    from_blobs: Option<String>,
    /// Where its photos are to lie. Where that is the same place, they stay.
    #[arg(long, env = "SAMOVAR_MOVE_TO_BLOBS", value_name = "PLACE", value_parser = place)]
    to_blobs: Option<String>,
    /// The address of what speaks S3; AWS' own when nothing is said.
    #[arg(id = "blobs_endpoint", long, env = "SAMOVAR_BLOBS_ENDPOINT", value_name = "URL", value_parser = endpoint)]
    blobs_endpoint: Option<String>,
    /// The bucket's region.
    #[arg(id = "blobs_region", long, env = "SAMOVAR_BLOBS_REGION", value_name = "REGION")]
    blobs_region: Option<String>,
    /// A file with `aws_access_key_id` and `aws_secret_access_key`.
    #[arg(
        id = "blobs_credentials",
        long,
        env = "SAMOVAR_BLOBS_CREDENTIALS",
        value_name = "FILE"
    )]
    blobs_credentials: Option<PathBuf>,
}

fn place(text: &str) -> Result<String, String> {
    check_place(text).map(|()| text.to_owned())
}

fn endpoint(text: &str) -> Result<String, String> {
    check_endpoint(text).map(|()| text.to_owned())
}

/// Moves the team.
pub(crate) async fn run(asked: Move) -> Result<ExitCode, Failure> {
    let side = |place: String, blobs: Option<String>| Side {
        place,
        blobs: BlobPlace {
            place: blobs,
            endpoint: asked.blobs_endpoint.clone(),
            region: asked.blobs_region.clone(),
            credentials: asked.blobs_credentials.clone(),
        },
    };
    let (from, to) = (side(asked.from, asked.from_blobs), side(asked.to, asked.to_blobs));
    let tell = |words: &str| {
        // Whoever does not listen any more does not stop it.
        let _ = say(words);
    };
    let moved = move_team(from, to, tell).await?;
    if moved.missing > 0 {
        say(&format!(
            "{} photos were missing or damaged before, and are missing still",
            moved.missing
        ))?;
    }
    say(&format!(
        "moved: {} rows and {} photos, all compared. What was moved from is as it was; serve the team from its new place only",
        moved.rows, moved.photos
    ))?;
    Ok(ExitCode::SUCCESS)
}
