//! The exit codes and pages that `samovar --help` promises.

use std::io;
use std::process::Stdio;

use samovar_tests::desktop::{Computer, Lacks};
use samovar_tests::process::built;

/// The command line needs neither a tray nor notifications.
const NOTHING: Lacks = Lacks {
    tray: true,
    notifications: true,
};

#[tokio::test]
async fn how_a_command_ended_is_in_its_exit_code() -> io::Result<()> {
    let computer = Computer::without(NOTHING).await?;
    let ends = async |arguments: &[&str], code: i32, words: &str| {
        let said = computer.samovar(arguments).await.expect("samovar can be started");
        assert_eq!(said.code, code, "samovar {arguments:?}: {said:?}");
        assert!(
            (said.out + &said.complaint).contains(words),
            "samovar {arguments:?} says {words:?}"
        );
    };
    ends(&["--help"], 0, "Exit codes:").await;
    ends(&["--version"], 0, "samovar ").await;
    for wrong in [
        &["shar"][..],
        &["share"],
        &["--tea"],
        &["focus", "soon"],
        &["kudos", "Ben"],
    ] {
        ends(wrong, 2, "").await;
    }
    ends(
        &["share", "--photo", "a.jpg", "--alt", "one", "--alt", "two"],
        2,
        "2 texts",
    )
    .await;
    ends(&["status"], 3, "no team").await;
    ends(&["share", "Hello"], 3, "no team").await;
    ends(
        &["join", "https://example.org/", "--name", "Ana"],
        1,
        "not an invite link",
    )
    .await;
    // There is no display.
    ends(&[], 1, "no display").await;

    computer.done(&["start-team", "Kettle", "--name", "Ana"]).await?;
    ends(&["kudos", "Nobody", "-m", "Thank you for being there"], 1, "Nobody").await;
    ends(&["share", "--photo", "not-there.jpg"], 1, "Nothing was shared").await;
    ends(&["share", "Hello"], 0, "Shared.").await;
    Ok(())
}

#[tokio::test]
async fn a_reader_that_goes_away_ends_the_printing_quietly() -> io::Result<()> {
    let computer = Computer::without(NOTHING).await?;
    for arguments in [&["completions", "zsh"][..], &["man"]] {
        let mut child = computer
            .command(built("samovar")?)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        // As `head` does once it has seen enough.
        drop(child.stdout.take());
        let ended = child.wait_with_output()?;
        assert!(ended.status.success(), "samovar {arguments:?}: {ended:?}");
        assert!(ended.stderr.is_empty(), "samovar {arguments:?}: {ended:?}");
    }
    Ok(())
}
