//! Where one Samovar keeps everything, and where it can be spoken to.

use std::path::{Path, PathBuf};

use samovar_domain::BlobHash;

/// The system has no folder for applications to keep things in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProfileError {
    /// No home folder.
    #[error("there is no home folder to keep things in; nothing was changed; name a folder with --profile")]
    NoHome,
    /// The folder's name cannot be made absolute.
    #[error("the folder {folder} cannot be used ({error}); nothing was changed; name another with --profile")]
    Unusable {
        /// Which.
        folder: PathBuf,
        /// Why.
        error: std::io::Error,
    },
}

/// The profile's folder, absolute: the one given, or the system's usual place.
pub(crate) fn folder(given: Option<&Path>) -> Result<PathBuf, ProfileError> {
    let folder = match given {
        Some(folder) => folder.to_owned(),
        None => directories::ProjectDirs::from("app", "samovar", "samovar")
            .ok_or(ProfileError::NoHome)?
            .data_local_dir()
            .to_owned(),
    };
    std::path::absolute(&folder).map_err(|error| ProfileError::Unusable { folder, error })
}

/// The longest path that a socket may have on every Unix, with some room.
const LONGEST_SOCKET_PATH: usize = 100;

/// Where the running Samovar of this profile listens: in the profile, or, when that path is too long for a socket, in
/// the person's own runtime folder under a name made from it.
pub(crate) fn socket_path(profile: &Path) -> PathBuf {
    let path = profile.join("samovar.sock");
    if path.as_os_str().len() <= LONGEST_SOCKET_PATH {
        return path;
    }
    let folder = std::env::var_os("XDG_RUNTIME_DIR").map_or_else(std::env::temp_dir, PathBuf::from);
    folder.join(socket_name(profile))
}

/// A short name that belongs to this profile alone.
pub(crate) fn socket_name(profile: &Path) -> String {
    let hash = BlobHash::of(profile.as_os_str().as_encoded_bytes()).to_string();
    format!("samovar-{}.sock", &hash[..24])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_lies_in_its_profile_unless_that_is_too_deep() {
        assert_eq!(socket_path(Path::new("/p")), Path::new("/p/samovar.sock"));
        let deep = PathBuf::from(format!("/{}", "deep/".repeat(40)));
        let deeper = deep.join("er");
        assert!(socket_path(&deep).as_os_str().len() <= LONGEST_SOCKET_PATH);
        assert_ne!(socket_path(&deep), socket_path(&deeper));
    }

    #[test]
    fn a_given_folder_is_made_absolute() {
        assert!(folder(Some(Path::new("somewhere"))).unwrap().is_absolute());
    }
}
