//! Samovar in the files that Linux desktops start programs by.

use std::path::{Path, PathBuf};

/// The program as it can be started again: an `AppImage` runs from a folder that is gone with it.
pub(crate) fn program() -> std::io::Result<PathBuf> {
    match std::env::var_os("APPIMAGE") {
        Some(image) if cfg!(target_os = "linux") && !image.is_empty() => Ok(image.into()),
        _ => std::env::current_exe(),
    }
}

/// As the desktop entry specification quotes an argument, inside a value where a backslash is itself escaped.
pub(crate) fn quoted(path: &Path) -> String {
    let mut quoted = String::from("\"");
    for char in path.to_string_lossy().chars() {
        match char {
            '"' | '`' | '$' => quoted.push_str("\\\\"),
            '\\' => quoted.push_str("\\\\\\"),
            '%' => quoted.push('%'),
            _ => {}
        }
        quoted.push(char);
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_argument_whatever_is_in_it() {
        let check = |path: &str, expected: &str| assert_eq!(quoted(Path::new(path)), expected, "{path}");
        check("/opt/samovar", r#""/opt/samovar""#);
        check("/opt/tea $ room/50% off", r#""/opt/tea \\$ room/50%% off""#);
        check(r#"/opt/a"b`c\d"#, r#""/opt/a\\"b\\`c\\\\d""#);
    }
}
