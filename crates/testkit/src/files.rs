//! What lies in the files of a folder, whoever is writing them meanwhile.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::PATIENCE;
use crate::desktop::LOOK_AGAIN;

/// The files below a folder that hold these bytes. Write-ahead logs are read first: their pages move into the database,
/// never back, so that nothing slips by while a log is emptied. A file that goes meanwhile holds nothing; sockets, which a
/// profile has too, are no files.
pub fn files_with(folder: &Path, bytes: impl AsRef<[u8]>) -> Vec<PathBuf> {
    let bytes = bytes.as_ref();
    let files = files_below(folder).into_iter();
    let holds = |file: &PathBuf| read(file).windows(bytes.len()).any(|window| window == bytes);
    files.filter(holds).collect()
}

/// Waits until no file below a folder holds these bytes: logs of databases are emptied right after an answer.
pub async fn lets_go_of(folder: &Path, bytes: impl AsRef<[u8]>) {
    let bytes = bytes.as_ref();
    let gone = async {
        while !files_with(folder, bytes).is_empty() {
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    };
    let waited = tokio::time::timeout(PATIENCE, gone).await;
    assert!(waited.is_ok(), "still in {:?}", files_with(folder, bytes));
}

/// Write-ahead logs first, then all others.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let (mut logs, mut others) = (Vec::new(), Vec::new());
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => panic!("{}: {error}", folder.display()),
        };
        for path in entries.map(|entry| entry.expect("a folder can be listed").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with("-wal") {
                logs.push(path);
            } else if path.is_file() {
                others.push(path);
            }
        }
    }
    logs.append(&mut others);
    logs
}

fn read(file: &Path) -> Vec<u8> {
    match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        Err(error) => panic!("{}: {error}", file.display()),
    }
}
