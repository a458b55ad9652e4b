//! The rules of docs/ARCHITECTURE.md that a machine can hold: who imports whom, where SQL, the clock and the network may
//! appear, and that the map names what is there.
#![expect(clippy::unwrap_used, reason = "a rule that cannot be checked does not hold")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Which of our packages each of them may build on.
const MAY_IMPORT: [(&str, &[&str]); 12] = [
    ("samovar-backing", &[]),
    ("samovar-blocking", &[]),
    ("samovar-domain", &[]),
    ("samovar-pictures", &[]),
    ("samovar-cards", &[]),
    (
        "samovar-core",
        &[
            "samovar-blocking",
            "samovar-cards",
            "samovar-domain",
            "samovar-pictures",
        ],
    ),
    (
        "samovar-server",
        &[
            "samovar-backing",
            "samovar-blocking",
            "samovar-domain",
            "samovar-pictures",
        ],
    ),
    ("samovar", &["samovar-core", "samovar-domain", "samovar-server"]),
    (
        "samovar-fuzzing",
        &["samovar-core", "samovar-domain", "samovar-pictures", "samovar-server"],
    ),
    (
        "samovar-testkit",
        &[
            "samovar-backing",
            "samovar-core",
            "samovar-domain",
            "samovar-pictures",
            "samovar-server",
        ],
    ),
    (
        "samovar-tests",
        &[
            "samovar-backing",
            "samovar-blocking",
            "samovar-cards",
            "samovar-core",
            "samovar-domain",
            "samovar-pictures",
            "samovar-server",
            "samovar-testkit",
        ],
    ),
    ("xtask", &[]),
];

/// Crates that belong to one part alone, and the packages that may depend on them.
const BELONGS_TO: [(&str, &[&str]); 13] = [
    ("tauri", &["samovar"]),
    ("tauri-plugin", &["samovar"]),
    ("gtk", &["samovar"]),
    ("gdkx11", &["samovar"]),
    ("notify-rust", &["samovar"]),
    ("axum", &["samovar-server", "samovar-testkit", "samovar-tests"]),
    (
        "reqwest",
        &["samovar-core", "samovar-server", "samovar-testkit", "samovar-tests"],
    ),
    ("rusqlite", &["samovar-core", "samovar-server", "samovar-tests"]),
    ("deadpool", &["samovar-server"]),
    ("tokio-postgres", &["samovar-backing", "samovar-server"]),
    ("object_store", &["samovar-server"]),
    ("s3s", &["samovar-backing"]),
    (
        "tokio",
        &[
            "samovar",
            "samovar-backing",
            "samovar-blocking",
            "samovar-core",
            "samovar-server",
            "samovar-testkit",
            "samovar-tests",
        ],
    ),
];

fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap().to_owned()
}

/// Every package of the workspace with the names of what it depends on, however it does.
fn packages() -> BTreeMap<String, BTreeSet<String>> {
    let answer = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    let metadata: Value = serde_json::from_slice(&answer.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages
        .map(|package| {
            let dependencies = package["dependencies"].as_array().unwrap().iter();
            let names = dependencies.map(|one| one["name"].as_str().unwrap().to_owned());
            (package["name"].as_str().unwrap().to_owned(), names.collect())
        })
        .collect()
}

/// The files below a folder of the repository with one of these endings, as paths from its top, with their text.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() {
                if !["node_modules", "dist", "target", "test-results"].contains(&name) {
                    folders.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                let inside = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
                found.push((inside, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty(), "{folder} has no such files, so nothing is checked");
    found
}

/// Our Rust sources, but for this file, which names everything that is forbidden.
fn sources() -> Vec<(String, String)> {
    let folders = ["crates", "src-tauri", "tests", "xtask"];
    let mut sources: Vec<_> = folders.iter().flat_map(|folder| files(folder, &[".rs"])).collect();
    sources.retain(|(path, _)| path != "tests/tests/architecture.rs");
    sources
}

/// Those of `files` in which one of `words` appears, in code or comment, and whose path is not `allowed`.
fn where_not_allowed<'a>(
    files: &'a [(String, String)],
    words: &[&str],
    allowed: impl Fn(&str) -> bool,
) -> Vec<&'a str> {
    let forbidden = files
        .iter()
        .filter(|(path, text)| !allowed(path) && words.iter().any(|word| text.contains(word)));
    forbidden.map(|(path, _)| path.as_str()).collect()
}

#[test]
fn each_part_builds_on_those_below_it_only() {
    for (package, dependencies) in packages() {
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == package) else {
            panic!("{package} is new: say in this test, and in docs/ARCHITECTURE.md, what it may import");
        };
        for dependency in &dependencies {
            let is_ours = MAY_IMPORT.iter().any(|(name, _)| name == dependency);
            assert!(
                !is_ours || allowed.contains(&dependency.as_str()),
                "{package} must not import {dependency}"
            );
        }
    }
}

#[test]
fn windows_network_and_databases_stay_where_they_belong() {
    for (package, dependencies) in packages() {
        for dependency in &dependencies {
            for (name, allowed) in BELONGS_TO {
                let is_it = dependency == name || dependency.starts_with(&format!("{name}-"));
                assert!(
                    !is_it || allowed.contains(&package.as_str()),
                    "{package} must not import {dependency}"
                );
            }
        }
    }
}

#[test]
fn sql_is_written_in_store_modules_only() {
    let is_store = |path: &str| {
        path.contains("/src/store/")
            || path.starts_with("tests/tests/")
            || path.starts_with("crates/backing/")
            || path.starts_with("crates/server/tests/")
            || path.starts_with("tests/src/bin/bench/")
    };
    let words = ["rusqlite", "tokio_postgres", "deadpool", "SELECT ", "INSERT INTO"];
    let elsewhere = where_not_allowed(&sources(), &words, is_store).join(", ");
    assert!(elsewhere.is_empty(), "{elsewhere}");
}

#[test]
fn one_place_reads_the_clock_on_the_wall() {
    let is_the_clock = |path: &str| path == "crates/domain/src/clock.rs";
    let words = ["Utc::now", "Local::now", "SystemTime::now"];
    let elsewhere = where_not_allowed(&sources(), &words, is_the_clock).join(", ");
    assert!(elsewhere.is_empty(), "{elsewhere}");
}

#[test]
fn the_domain_does_nothing_but_think() {
    let domain = files("crates/domain/src", &[".rs"]);
    let words = [
        "std::fs",
        "std::net",
        "std::process",
        "std::thread",
        "std::env",
        "tokio",
    ];
    let doing = where_not_allowed(&domain, &words, |_| false).join(", ");
    assert!(doing.is_empty(), "{doing}");
}

#[test]
fn screens_reach_the_core_by_the_one_interface_only() {
    let screens = files("ui/src", &[".ts", ".svelte"]);
    let words = ["@tauri-apps/", "fetch(", "XMLHttpRequest", "EventSource", "WebSocket"];
    let elsewhere = where_not_allowed(&screens, &words, |path| path.starts_with("ui/src/ipc/")).join(", ");
    assert!(elsewhere.is_empty(), "{elsewhere}");
}

/// What stands between backticks in a document, and looks like a path from the top of the repository.
fn paths_in(document: &str) -> Vec<String> {
    let quoted = document.split('`').skip(1).step_by(2);
    let is_path = |text: &&str| {
        text.contains('/') && !text.contains([' ', ':', '*', '{', '<', '$']) && !text.starts_with(['/', '-', '@'])
    };
    quoted.filter(is_path).map(ToOwned::to_owned).collect()
}

#[test]
fn the_map_names_what_is_there() {
    let map = std::fs::read_to_string(root().join("docs/ARCHITECTURE.md")).unwrap();
    for path in paths_in(&map) {
        assert!(
            root().join(&path).exists(),
            "docs/ARCHITECTURE.md names {path}, which is not there"
        );
    }
    for crate_ in std::fs::read_dir(root().join("crates")).unwrap() {
        let name = format!("`crates/{}`", crate_.unwrap().file_name().to_str().unwrap());
        assert!(map.contains(&name), "docs/ARCHITECTURE.md does not name {name}");
    }
}

#[test]
fn every_point_of_security_has_a_test_that_is_there_or_a_reason() {
    let page = std::fs::read_to_string(root().join("docs/SECURITY.md")).unwrap();
    let (_, points) = page.split_once("## OWASP").unwrap();
    let rows = points.lines().take_while(|line| !line.starts_with("## "));
    let rows: Vec<_> = rows
        .filter(|line| line.starts_with("| ") && line.contains('.'))
        .collect();
    assert!(rows.len() > 60, "the table is there");
    for row in rows {
        let told = row.trim_end_matches(" |").rsplit_once(" | ").unwrap().1;
        let names = told.split('`').skip(1).step_by(2);
        let files: Vec<_> = names
            .filter(|name| name.contains('/') || name.contains(".rs"))
            .collect();
        let is_elsewhere = ["reason", "](", ".toml", "cargo xtask"]
            .iter()
            .any(|word| told.contains(word));
        assert!(is_elsewhere || !files.is_empty(), "{row}");
        for file in files.into_iter().filter(|file| !file.contains('%')) {
            let is_there = root().join(file).exists() || root().join("tests/tests/endpoint").join(file).exists();
            assert!(is_there, "docs/SECURITY.md names {file}, which is not there");
        }
    }
}

#[test]
fn every_page_that_is_linked_to_is_there() {
    let mut pages = files("docs", &[".md"]);
    pages.push((
        "README.md".into(),
        std::fs::read_to_string(root().join("README.md")).unwrap(),
    ));
    for (page, text) in pages {
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.contains("://") && !target.starts_with('#')) {
            let file = target.split('#').next().unwrap();
            let there = root().join(&page).parent().unwrap().join(file);
            assert!(there.exists(), "{page} links to {target}, which is not there");
        }
    }
}

#[tokio::test]
async fn the_api_is_documented_whole() {
    let clock = samovar_testkit::FakeClock::at("2026-11-23T15:00:00Z");
    let endpoint = samovar_testkit::Endpoint::start(clock).await;
    let answer = samovar_testkit::client()
        .get(format!("{}/v1/openapi.json", endpoint.base_url))
        .send();
    let description: Value = answer.await.unwrap().json().await.unwrap();
    let page = std::fs::read_to_string(root().join("docs/API.md")).unwrap();
    let paths = description["paths"].as_object().unwrap();
    assert!(paths.len() > 8, "the description names hardly anything");
    for (path, methods) in paths {
        for method in methods.as_object().unwrap().keys() {
            let (verb, place) = (method.to_uppercase(), format!(" {path}`"));
            let is_named = page.lines().any(|line| line.contains(&verb) && line.contains(&place));
            assert!(is_named, "docs/API.md does not name {verb} {path}");
        }
    }
}
