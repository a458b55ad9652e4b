//! The UI's TypeScript types, generated from the Rust ones and committed.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use crate::programs::{Failure, cargo, root};

const FOLDER: &str = "ui/src/bindings";

/// Writes them anew.
pub(crate) fn generate() -> Result<(), Failure> {
    // Of the whole workspace, so that everything is built as it is for the tests.
    cargo(&["test", "--quiet", "--workspace", "--lib", "export_bindings"])
}

/// Fails when those in the tree are not what the Rust types say. They are written anew on the way.
pub(crate) fn check() -> Result<(), Failure> {
    let before = texts()?;
    // What no type writes any more would stay for ever, so the folder starts empty.
    for path in before.keys() {
        fs::remove_file(path)?;
    }
    let generated = generate();
    let after = texts()?;
    if generated.is_err() {
        for (path, text) in &before {
            fs::write(path, text)?;
        }
        return generated;
    }
    let different: Vec<String> = before
        .keys()
        .chain(after.keys())
        .filter(|path| before.get(*path) != after.get(*path))
        .map(|path| path.display().to_string())
        .collect();
    if different.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{FOLDER} was not up to date, and is now; look at it and commit:\n{}",
        different.join("\n")
    )
    .into())
}

fn texts() -> Result<BTreeMap<PathBuf, Vec<u8>>, Failure> {
    let mut texts = BTreeMap::new();
    let mut folders = vec![root().join(FOLDER)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                texts.insert(path.clone(), fs::read(&path)?);
            }
        }
    }
    Ok(texts)
}
