//! Who one is to a bucket: an access key and its secret, from a file in the form that AWS' own tools keep theirs in.

use std::path::Path;

use super::{BlobError, BlobResult};

/// See the module. Never shown: neither in a log nor in an error.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Which key.
    pub key: String,
    /// Its secret.
    pub secret: String,
    /// Of a session, where it is one.
    pub token: Option<String>,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("credentials")
    }
}

impl Credentials {
    /// Reads the part `[default]` of a file, or all of one that has no parts.
    pub fn read(file: &Path) -> BlobResult<Self> {
        let text = std::fs::read_to_string(file)
            .map_err(|error| BlobError::Refused(format!("the credentials in {}: {error}", file.display())))?;
        Self::of(&text).ok_or_else(|| {
            BlobError::Refused(format!(
                "{} does not say `aws_access_key_id = …` and `aws_secret_access_key = …`",
                file.display()
            ))
        })
    }

    fn of(text: &str) -> Option<Self> {
        let (mut key, mut secret, mut token) = (None, None, None);
        let mut is_ours = true;
        for line in text.lines().map(str::trim) {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                is_ours = name.trim() == "default";
            } else if is_ours && let Some((name, value)) = line.split_once('=') {
                let value = Some(value.trim().trim_matches('"').to_owned()).filter(|value| !value.is_empty());
                match name.trim().to_ascii_lowercase().as_str() {
                    "aws_access_key_id" => key = value,
                    "aws_secret_access_key" => secret = value,
                    "aws_session_token" => token = value,
                    _ => {}
                }
            }
        }
        Some(Self {
            key: key?,
            secret: secret?,
            token,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_as_other_tools_keep_it_is_understood() {
        let check = |text: &str, expect: Option<(&str, &str, Option<&str>)>| {
            let expect = expect.map(|(key, secret, token)| Credentials {
                key: key.to_owned(),
                secret: secret.to_owned(),
                token: token.map(str::to_owned),
            });
            assert!(Credentials::of(text) == expect, "{text}");
        };
        let default = "# ours\n[default]\naws_access_key_id = AKIA\naws_secret_access_key=a/b+c==\n";
        check(default, Some(("AKIA", "a/b+c==", None)));
        let other =
            format!("[other]\naws_access_key_id = X\naws_secret_access_key = Y\n{default}aws_session_token = T");
        check(&other, Some(("AKIA", "a/b+c==", Some("T"))));
        check(
            "AWS_ACCESS_KEY_ID=\"A\"\nAWS_SECRET_ACCESS_KEY=\"B\"",
            Some(("A", "B", None)),
        );
        check("[default]\naws_access_key_id = AKIA\n", None);
        check("[other]\naws_access_key_id = A\naws_secret_access_key = B\n", None);
        check("", None);
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said_without_its_words() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("credentials");
        let missing = Credentials::read(&file).unwrap_err().to_string();
        assert!(missing.contains("credentials"), "{missing}");
        std::fs::write(&file, "aws_secret_access_key = hush").unwrap();
        let said = Credentials::read(&file).unwrap_err().to_string();
        assert!(said.contains("aws_access_key_id") && !said.contains("hush"), "{said}");
        let held = Credentials::of("aws_access_key_id=hush\naws_secret_access_key=hush").unwrap();
        assert!(!format!("{held:?}").contains("hush"));
    }
}
