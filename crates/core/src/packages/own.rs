//! What only this computer knows of packages: one's own address, with which address one has agreed to what, and whom one
//! lets send surprises. Nothing of it is ever in an item but sealed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use samovar_domain::{ItemId, MemberId, Problem};
use serde::{Deserialize, Serialize};

use crate::core::Inner;
use crate::sealing::seal;
use crate::store::fact;

/// What is sealed is as long as the next multiple of this many bytes, so that its length tells nothing of the address.
const PADDED_TO: usize = 512;

/// A package that one has agreed to on this computer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Agreed {
    /// Where it is to go.
    pub(crate) address: String,
    /// The keys that it was sealed to; none before there was one.
    #[serde(default)]
    pub(crate) sealed_to: BTreeSet<String>,
}

/// See the module.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Own {
    /// One's own address.
    pub(crate) address: Option<String>,
    /// By package.
    pub(crate) agreed: HashMap<ItemId, Agreed>,
    /// Who may send without asking, and the keys of theirs that the present address was sealed to.
    pub(crate) surprises: BTreeMap<MemberId, BTreeSet<String>>,
}

pub(crate) async fn own(inner: &Inner) -> Result<Own, Problem> {
    let own = inner.store.fact(fact::OWN_ADDRESS).await;
    own.map_err(|error| inner.problem(error))
}

pub(crate) async fn change(inner: &Inner, change: impl FnOnce(&mut Own) + Send + 'static) -> Result<(), Problem> {
    inner.kept(inner.store.change_fact(fact::OWN_ADDRESS, change).await)
}

/// Remembers with which address one has agreed. It becomes one's own where there was none.
pub(crate) async fn agree(inner: &Inner, package: ItemId, agreed: Agreed) -> Result<(), Problem> {
    change(inner, move |own: &mut Own| {
        own.address.get_or_insert_with(|| agreed.address.clone());
        own.agreed.insert(package, agreed);
    })
    .await
}

/// Forgets with which address one has agreed, in the files as well.
pub(crate) async fn forget(inner: &Inner, package: ItemId) -> Result<(), Problem> {
    change(inner, move |own: &mut Own| {
        own.agreed.remove(&package);
    })
    .await?;
    if let Err(error) = inner.store.empty_log().await {
        // Another program reads it; the log is emptied by what comes next.
        tracing::debug!(%error, "the log was not emptied");
    }
    Ok(())
}

/// What is sealed.
#[derive(Serialize, Deserialize)]
struct Letter {
    address: String,
}

/// Seals an address to one key.
pub(crate) fn seal_address(address: &str, recipient: &str) -> Result<String, Problem> {
    seal(&letter(address), [recipient])
}

/// What is sealed of an address.
fn letter(address: &str) -> Vec<u8> {
    let letter = Letter {
        address: address.to_owned(),
    };
    let mut words = crate::writes::json(&letter).to_string().into_bytes();
    // Blanks after JSON say nothing.
    words.resize(words.len().next_multiple_of(PADDED_TO), b' ');
    words
}

/// The address in an opened letter.
pub(crate) fn read_sealed(words: &[u8]) -> Result<String, Problem> {
    let letter: Result<Letter, _> = serde_json::from_slice(words);
    letter.map(|letter| letter.address).map_err(|_| {
        Problem::new(
            "bad_sealed",
            "What was sealed is no address that this Samovar can read. Ask for it again.",
        )
    })
}

#[cfg(test)]
mod tests {
    use age::x25519::Identity;
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    use super::*;

    #[test]
    fn a_short_and_a_long_address_look_alike_when_sealed() {
        let identity = Identity::generate();
        let key = identity.to_public().to_string();
        // What age adds to it is of another length each time.
        let long = "Calle Larga 7\n".repeat(20);
        assert_eq!(letter("Lima").len(), letter(&long).len());
        let short = seal_address("Lima", &key).unwrap();
        let opened = age::decrypt(&identity, &STANDARD.decode(short).unwrap()).unwrap();
        assert_eq!(read_sealed(&opened).unwrap(), "Lima");
        assert_eq!(read_sealed(b"not a letter").unwrap_err().code, "bad_sealed");
    }
}
