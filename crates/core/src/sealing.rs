//! Seals words so that only those read them who hold one of some keys. The format is age's, in base64.

use std::io::Write as _;

use age::x25519::Recipient;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use samovar_domain::Problem;

/// Seals `words` to keys as they stand in items. Keys that are none are left out; when none is left, that is a problem.
pub(crate) fn seal<'a>(words: &[u8], keys: impl IntoIterator<Item = &'a str>) -> Result<String, Problem> {
    let keys: Vec<Recipient> = keys.into_iter().filter_map(|key| key.parse().ok()).collect();
    let keys = keys.iter().map(|key| key as &dyn age::Recipient);
    let seal = || -> Option<Vec<u8>> {
        let mut sealed = Vec::new();
        let mut writer = age::Encryptor::with_recipients(keys)
            .ok()?
            .wrap_output(&mut sealed)
            .ok()?;
        writer.write_all(words).ok()?;
        writer.finish().ok()?;
        Some(sealed)
    };
    seal().map(|sealed| STANDARD.encode(sealed)).ok_or_else(|| {
        Problem::new(
            "no_key",
            "There is no key yet to seal this with. What you wrote is kept; try again when Samovar is online.",
        )
    })
}

#[cfg(test)]
mod tests {
    use age::x25519::Identity;

    use super::*;

    #[test]
    fn each_of_the_keys_opens_it_and_no_other() {
        let (one, other, stranger) = (Identity::generate(), Identity::generate(), Identity::generate());
        let keys = [one.to_public().to_string(), other.to_public().to_string()];
        let sealed = seal(b"Tuesdays I sing.", keys.iter().map(String::as_str)).unwrap();
        let sealed = STANDARD.decode(sealed).unwrap();
        for key in [&one, &other] {
            assert_eq!(age::decrypt(key, &sealed).unwrap(), b"Tuesdays I sing.");
        }
        assert!(age::decrypt(&stranger, &sealed).is_err());
        assert_eq!(seal(b"lost", ["not a key"]).unwrap_err().code, "no_key");
    }
}
