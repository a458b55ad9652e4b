//! The program is built and says how it is used. What it does as a process is told in the repository's
//! `tests/tests/endpoint`, which finds it because this test has Cargo build it.
#![expect(clippy::unwrap_used, reason = "in a test an unwrap that fails is the failure")]

use std::io::Write as _;
use std::process::{Command, Stdio};

#[test]
fn it_says_how_it_is_used() {
    let help = Command::new(env!("CARGO_BIN_EXE_samovar-server"))
        .arg("--help")
        .output()
        .unwrap();
    assert!(help.status.success());
    let text = String::from_utf8(help.stdout).unwrap();
    for command in ["serve", "invite", "backup", "check", "rotation"] {
        assert!(text.contains(command), "{command} in\n{text}");
    }
}

/// Runs a simulation of what is written to its standard input.
fn simulate(command: &[&str], input: &str) -> std::process::Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_samovar-server"))
        .args(command)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn a_rotation_is_tried_out_from_the_standard_input() {
    let rotation = ["rotation", "--simulate", "-", "--weeks", "1"];
    let input = r#"{"start": "2026-11-23", "duration_min": 30, "members": [{"id": "m1", "time_zone": "ZONE"}],
                    "slots": [{"weekday": "wed", "time": "15:00", "time_zone": "Europe/Berlin"}]}"#;
    let done = simulate(&rotation, &input.replace("ZONE", "America/Lima"));
    assert!(done.status.success());
    let expected = "{\"occurrences\":[{\"starts_at\":\"2026-11-25T14:00:00Z\",\"slot\":0,\"costs\":[{\"m1\":0}]}],\"total_cost\":{\"m1\":0}}\n";
    assert_eq!(String::from_utf8(done.stdout).unwrap(), expected);

    let refused = simulate(&rotation, &input.replace("ZONE", "Mars/Base"));
    assert_eq!(refused.status.code(), Some(2));
    assert!(refused.stdout.is_empty());
    let told = String::from_utf8(refused.stderr).unwrap();
    assert!(told.contains("member m1: time_zone: 'Mars/Base'"), "{told}");
}
