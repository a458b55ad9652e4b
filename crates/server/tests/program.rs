//! The program is built and says how it is used. What it does as a process is told in the repository's
//! `tests/tests/endpoint`, which finds it because this test has Cargo build it.

use std::process::Command;

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
