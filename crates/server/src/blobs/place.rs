//! Where photos lie, as settings say it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{BlobError, BlobResult, Blobs, Bucket, Credentials, Folder};

/// How an address of a bucket begins.
const SCHEME: &str = "s3://";

/// Where photos lie. Holds no secret: those are in the file of credentials, or in the environment.
#[derive(Debug, Clone, Default, PartialEq, Eq, clap::Args)]
pub struct BlobPlace {
    /// Where photos lie: a folder, or `s3://bucket/prefix`; the folder `blobs` in that of the data when nothing is said.
    #[arg(id = "blobs", long = "blobs", env = "SAMOVAR_BLOBS", value_name = "PLACE", value_parser = parsed(check_place))]
    pub place: Option<String>,
    /// The address of what speaks S3, such as `https://s3.example.org`; AWS' own when nothing is said.
    #[arg(
        id = "blobs_endpoint",
        long = "blobs-endpoint",
        env = "SAMOVAR_BLOBS_ENDPOINT",
        value_name = "URL",
        value_parser = parsed(check_endpoint)
    )]
    pub endpoint: Option<String>,
    /// The bucket's region.
    #[arg(
        id = "blobs_region",
        long = "blobs-region",
        env = "SAMOVAR_BLOBS_REGION",
        value_name = "REGION"
    )]
    pub region: Option<String>,
    /// A file with `aws_access_key_id` and `aws_secret_access_key`; without it they are looked for where AWS' own tools
    /// look.
    #[arg(
        id = "blobs_credentials",
        long = "blobs-credentials",
        env = "SAMOVAR_BLOBS_CREDENTIALS",
        value_name = "FILE"
    )]
    pub credentials: Option<PathBuf>,
}

/// A check as something that reads arguments.
fn parsed(check: fn(&str) -> Result<(), String>) -> impl Fn(&str) -> Result<String, String> + Clone + Send + Sync {
    move |text| check(text).map(|()| text.to_owned())
}

impl BlobPlace {
    /// The folder `blobs` in that of the data.
    pub const IN_THE_FOLDER: Self = Self {
        place: None,
        endpoint: None,
        region: None,
        credentials: None,
    };

    /// Photos in this place; `data` is the folder of the endpoint's data. Nobody is called yet.
    pub fn open(&self, data: &Path) -> BlobResult<Arc<dyn Blobs>> {
        let Some(place) = &self.place else {
            return Ok(Arc::new(Folder::open(data.join("blobs"))?));
        };
        let Some(address) = place.strip_prefix(SCHEME) else {
            return Ok(Arc::new(Folder::open(place.into())?));
        };
        let (bucket, prefix) = address.split_once('/').unwrap_or((address, ""));
        let credentials = self.credentials.as_deref().map(Credentials::read).transpose()?;
        let bucket = Bucket::open(
            bucket,
            prefix,
            self.endpoint.as_deref(),
            self.region.as_deref(),
            credentials,
        )?;
        Ok(Arc::new(bucket))
    }
}

/// Why this cannot be a place of photos, in words.
pub fn check_place(place: &str) -> Result<(), String> {
    if place.is_empty() {
        return Err("it names no folder".to_owned());
    }
    match place.split_once("://") {
        None => Ok(()),
        Some(("s3", rest)) if is_bucket(rest.split('/').next().unwrap_or_default()) => Ok(()),
        Some(_) => Err("it is a folder, or looks like s3://bucket/prefix".to_owned()),
    }
}

fn is_bucket(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
}

/// Why this cannot be the address of what speaks S3, in words.
pub fn check_endpoint(address: &str) -> Result<(), String> {
    let is_one = url::Url::parse(address).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
    });
    if is_one {
        Ok(())
    } else {
        Err("it looks like https://s3.example.org; who one is to it is said elsewhere".to_owned())
    }
}

impl BlobError {
    /// Of a setting that cannot be.
    pub(super) fn setting(name: &str, why: &str) -> Self {
        Self::Refused(format!("{name}: {why}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_folder_or_a_bucket() {
        for good in ["/srv/photos", "photos", "s3://tea", "s3://tea-photos/team/one"] {
            assert_eq!(check_place(good), Ok(()), "{good}");
        }
        for bad in ["", "s3://", "s3:///x", "https://tea.example.org", "s3://key:secret@tea"] {
            assert!(check_place(bad).is_err(), "{bad}");
        }
        for good in [
            "https://s3.example.org",
            "http://127.0.0.1:9000",
            "https://s3.example.org/path",
        ] {
            assert_eq!(check_endpoint(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "s3.example.org",
            "ftp://x",
            "https://key:secret@s3.example.org",
            "https://x?y=z",
        ] {
            let said = check_endpoint(bad).unwrap_err();
            assert!(!said.contains("secret"), "{said}");
        }
    }
}
