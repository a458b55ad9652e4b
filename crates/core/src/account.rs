//! Which team this desktop is in, and the secret that opens its endpoint. A file of its own (0600), apart from the
//! database: when the database is damaged, everything can be fetched again with it.

use std::io::Write as _;
use std::path::Path;

use samovar_domain::{DeviceId, MemberId, TeamId};
use serde::{Deserialize, Serialize};
use url::Url;

/// See the module.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Account {
    /// Where the endpoint is.
    pub(crate) endpoint: Url,
    /// The device's secret.
    pub(crate) token: String,
    /// Oneself.
    pub(crate) member: MemberId,
    /// This computer.
    pub(crate) device: DeviceId,
    /// The team.
    pub(crate) team: TeamId,
    /// The team's name when one joined; the `team` item has the present one.
    pub(crate) team_name: String,
    /// One's name when one joined; the `member` item has the present one.
    pub(crate) name: String,
    /// Whether the endpoint runs on this computer, inside Samovar.
    pub(crate) is_local: bool,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account")
            .field("member", &self.member)
            .field("team", &self.team)
            .finish_non_exhaustive()
    }
}

const FILE: &str = "account.json";

/// Reads the account; `None` before there is a team.
pub(crate) fn read(folder: &Path) -> std::io::Result<Option<Account>> {
    match std::fs::read(folder.join(FILE)) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(std::io::Error::other),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes the account so that a crash leaves the old one or the new one.
pub(crate) fn write(folder: &Path, account: &Account) -> std::io::Result<()> {
    let bytes = serde_json::to_vec_pretty(account).map_err(std::io::Error::other)?;
    write_whole(folder, FILE, &bytes)
}

/// Removes the account, for good when it returns.
pub(crate) fn remove(folder: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(folder.join(FILE)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => sync_folder(folder),
    }
}

/// Writes a file of the profile, readable by its owner only, whole or not at all.
pub(crate) fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    let partial = folder.join(format!(".{name}.part-{}", std::process::id()));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(&partial)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    std::fs::rename(&partial, folder.join(name))?;
    sync_folder(folder)
}

/// Makes a rename durable. Only Unix needs it, and only Unix can.
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    std::fs::File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
