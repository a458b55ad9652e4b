//! Node and npm, which build the screens and which no package of this list brings: Debian's own is too old.

use crate::programs::{Failure, find, output};

const ADVICE: &str = "The screens are built with Node 20.19 or newer (not 21, and of 22 at least 22.12) and its npm. Get it from \
     https://nodejs.org, or by a version manager such as nvm or fnm, and run this again.";

/// Fails with words on what to do where Node or npm is missing, or Node is too old.
pub(crate) fn check() -> Result<(), Failure> {
    let version = output("node", &["--version"]);
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let has_npm = find("npm").is_some() || output(npm, &["--version"]).is_some();
    match complaint(version.as_deref(), has_npm) {
        Some(complaint) => Err(format!("{complaint}. {ADVICE}").into()),
        None => Ok(()),
    }
}

fn complaint(version: Option<&str>, has_npm: bool) -> Option<String> {
    let Some(version) = version.map(str::trim) else {
        return Some("Node is not on the PATH".to_owned());
    };
    if !is_new_enough(version) {
        return Some(format!("The Node on the PATH is {version}, which is too old"));
    }
    (!has_npm).then(|| "npm is not on the PATH".to_owned())
}

/// As Vite, which builds the screens, has it.
fn is_new_enough(version: &str) -> bool {
    let mut numbers = version.trim_start_matches('v').split('.').map(str::parse::<u32>);
    let (Some(Ok(major)), Some(Ok(minor))) = (numbers.next(), numbers.next()) else {
        return false;
    };
    matches!((major, minor), (20, 19..) | (22, 12..) | (23.., _))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_or_missing_node_is_said() {
        for version in ["v20.19.0", "v20.20.1\n", "v22.12.0", "v24.0.0"] {
            assert_eq!(complaint(Some(version), true), None, "{version}");
        }
        for version in ["v18.19.0", "v20.18.3", "v21.7.0", "v22.11.0", "tea"] {
            assert!(
                complaint(Some(version), true).is_some_and(|words| words.contains(version)),
                "{version}"
            );
        }
        assert!(complaint(None, true).is_some_and(|words| words.contains("not on the PATH")));
        assert!(complaint(Some("v24.0.0"), false).is_some_and(|words| words.contains("npm")));
    }
}
