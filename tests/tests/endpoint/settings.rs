//! Settings as operators write them: by flag, by environment, in a file; and `config`, which tells which of them is
//! believed.

use std::path::Path;
use std::process::{Command, Output};

use samovar_tests::endpoint::Endpoint;
use samovar_tests::process::built;

/// What `samovar-server` says to these words on the command line, with nothing of this machine's environment.
fn says(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut program = Command::new(built("samovar-server").unwrap());
    program.args(arguments).env_clear().envs(environment.iter().copied());
    program.output().unwrap()
}

fn written(folder: &Path, text: &str) -> String {
    let file = folder.join("server.toml");
    std::fs::write(&file, text).unwrap();
    file.to_str().unwrap().to_owned()
}

#[test]
fn a_flag_goes_before_the_environment_and_that_before_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = written(
        folder.path(),
        "data = \"/srv/tea\"\n\
         listen = \"127.0.0.1:1\"\n\
         log = \"warn\"\n\
         blobs = \"s3://tea/photos\"\n\
         connections = 100\n\
         database = \"postgres://samovar:sesame@db.example.org/samovar\"\n",
    );
    let said = says(
        &[
            "config",
            "--config",
            &file,
            "--listen",
            "127.0.0.1:3",
            "--blobs-region",
            "eu-central-1",
        ],
        &[
            ("SAMOVAR_LISTEN", "127.0.0.1:2"),
            ("SAMOVAR_LOG", "debug"),
            ("SAMOVAR_BLOBS_ENDPOINT", "https://s3.example.org"),
            ("AWS_ACCESS_KEY_ID", "AKIATEA"),
            ("AWS_SECRET_ACCESS_KEY", "hush"),
        ],
    );
    let text = String::from_utf8(said.stdout).unwrap();
    let asked = [
        "data",
        "database",
        "blobs",
        "blobs_endpoint",
        "blobs_region",
        "blobs_credentials",
        "listen",
        "public_url",
        "connections",
        "log",
    ];
    let is_asked = |line: &&str| {
        let key = line.trim_start_matches("# ").split(' ').next();
        key.is_some_and(|key| asked.contains(&key))
    };
    let lines: Vec<Vec<&str>> = text
        .lines()
        .filter(is_asked)
        .map(|line| line.split("  # ").map(str::trim).collect())
        .collect();
    assert_eq!(
        lines,
        [
            vec!["data = \"/srv/tea\"", &file],
            vec!["database = \"…\"", &format!("{file}; not shown")],
            vec!["blobs = \"s3://tea/photos\"", &file],
            vec!["blobs_endpoint = \"https://s3.example.org\"", "SAMOVAR_BLOBS_ENDPOINT"],
            vec!["blobs_region = \"eu-central-1\"", "--blobs-region"],
            vec!["# blobs_credentials =", "not set"],
            vec!["listen = \"127.0.0.1:3\"", "--listen"],
            vec!["# public_url =", "not set"],
            vec!["connections = \"100\"", &file],
            vec!["log = \"debug\"", "SAMOVAR_LOG"],
        ]
    );
    assert!(!text.contains("hush") && !text.contains("AKIATEA"), "{text}");
    let help = says(&["serve", "--config", &file, "--help"], &[]);
    assert!(!String::from_utf8(help.stdout).unwrap().contains("sesame"));
}

#[test]
fn without_a_word_it_is_as_it_is() {
    let said = says(&["config"], &[]);
    let text = String::from_utf8(said.stdout).unwrap();
    for (setting, value) in [
        ("listen", "127.0.0.1:7465"),
        ("calls_per_device", "6000"),
        ("drain", "10"),
    ] {
        let line = text
            .lines()
            .find(|line| line.starts_with(&format!("{setting} = \"{value}\"")))
            .unwrap();
        assert!(line.ends_with("  # as it is when nothing is said"), "{text}");
    }
    assert!(text.starts_with("# data ="), "{text}");
}

#[test]
fn a_file_says_where_the_data_is_to_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let file = written(folder.path(), &format!("data = {:?}\n", data.to_str().unwrap()));
    let nothing = says(&["check"], &[("SAMOVAR_CONFIG", &file)]);
    let text = String::from_utf8(nothing.stderr).unwrap();
    assert!(
        text.contains(&format!("no endpoint's data in {}", data.display())),
        "{text}"
    );
    let (_endpoint, _) = Endpoint::new(&data).unwrap();
    let checked = says(&["check"], &[("SAMOVAR_CONFIG", &file)]);
    assert_eq!(String::from_utf8(checked.stdout).unwrap(), "ok\n");
}

#[test]
fn a_file_that_cannot_be_used_starts_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = written(folder.path(), "listne = \"127.0.0.1:0\"\n");
    let data = folder.path().join("data");
    let said = says(&["serve", "--config", &file, "--data", data.to_str().unwrap()], &[]);
    assert_eq!(said.status.code(), Some(1));
    let text = String::from_utf8(said.stderr).unwrap();
    assert!(text.contains("sets `listne`, which is no setting"), "{text}");
    assert!(!data.exists());
}
