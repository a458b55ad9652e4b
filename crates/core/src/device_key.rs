//! The key that others seal addresses and hidden voices to for this very computer. Its private half lies in the system's
//! keyring, or in a file that only its person can read where there is none, and never leaves this computer.

use std::cmp::Reverse;
use std::sync::Arc;

use age::secrecy::ExposeSecret as _;
use age::x25519::Identity;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use samovar_domain::check::View as _;
use samovar_domain::kinds::{DeviceKey, device_key_id};
use samovar_domain::{Audience, Body, DeviceId, Kind, MemberId, Problem};
use serde::{Deserialize, Serialize};

use crate::account;
use crate::core::{Inner, io_problem};
use crate::secrets::SecretsError;
use crate::store::fact;
use crate::writes::{self, LocalView};

/// Its name in the keyring.
const NAME: &str = "device-key";
/// The file that it lies in where there is no keyring.
const FILE: &str = "device-key.json";

/// What is known of the key of this computer, beside the key itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Known {
    /// Whose: another device of this profile needs another one.
    device: DeviceId,
    /// What others seal to.
    recipient: String,
    in_file: bool,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    identity: String,
}

/// Makes the key when there is none, and tells the team what to seal to, when it does not know.
pub(crate) async fn ensure(inner: &Arc<Inner>, view: &LocalView) -> Result<(), Problem> {
    let account = inner.member_account()?;
    if !view.is_member(account.member) {
        return Ok(()); // the team is not here yet
    }
    let known = match known(inner).await? {
        Some(known) if known.device == account.device => known,
        _ => make(inner, account.device).await?,
    };
    let id = device_key_id(account.member, account.device);
    let key = DeviceKey {
        device: account.device,
        recipient: known.recipient,
    };
    if matches!(view.body(id), Some(Body::DeviceKey(there)) if there == key) {
        return Ok(());
    }
    let body = Some(writes::json(&key));
    writes::queue(
        inner,
        Kind::DEVICE_KEY,
        id,
        Audience::Team,
        body,
        Vec::new(),
        Vec::new(),
    )
    .await
}

/// What can be sealed to of a member: the keys of their computers, newest first.
pub(crate) fn of(view: &LocalView, member: MemberId) -> Vec<DeviceKey> {
    let keys = view.items_of(member).filter(|item| item.kind == Kind::DEVICE_KEY);
    let mut keys: Vec<_> = keys
        .filter_map(|item| match view.body(item.id)? {
            Body::DeviceKey(key) => Some((item.created_at, key)),
            _ => None,
        })
        .collect();
    keys.sort_by_key(|(told_at, key)| (Reverse(*told_at), key.device));
    keys.into_iter().map(|(_, key)| key).collect()
}

async fn known(inner: &Inner) -> Result<Option<Known>, Problem> {
    let known = inner.store.fact(fact::DEVICE_KEY).await;
    known.map_err(|error| inner.problem(error))
}

async fn make(inner: &Inner, device: DeviceId) -> Result<Known, Problem> {
    let identity = Identity::generate();
    let secret = identity.to_string();
    let in_file = match inner.parts.secrets.keep(NAME, secret.expose_secret()).await {
        Ok(()) => false,
        Err(error) => {
            if error != SecretsError::NoKeyring {
                tracing::warn!(%error, "the keyring did not keep the key of this computer");
            }
            keep_in_file(inner, secret.expose_secret()).await?;
            true
        }
    };
    let known = Known {
        device,
        recipient: identity.to_public().to_string(),
        in_file,
    };
    // A crash before this leaves a key that nobody has heard of; the next one takes its place.
    inner.kept(inner.store.set_fact(fact::DEVICE_KEY, Some(known.clone())).await)?;
    Ok(known)
}

async fn keep_in_file(inner: &Inner, identity: &str) -> Result<(), Problem> {
    let (folder, identity) = (inner.parts.folder.clone(), identity.to_owned());
    let written = samovar_blocking::run(move || {
        let bytes = serde_json::to_vec(&Stored { identity }).map_err(std::io::Error::other)?;
        account::write_whole(&folder, FILE, &bytes)
    });
    let written = written.await.expect("writing a file does not panic");
    written.map_err(|error| io_problem(&error))
}

/// What this computer can open sealed words with; `None` when the keyring is locked, or has lost it.
async fn identity(inner: &Inner) -> Result<Option<Identity>, Problem> {
    let Some(known) = known(inner).await? else {
        return Ok(None);
    };
    let secret = if known.in_file {
        let path = inner.parts.folder.join(FILE);
        let read = samovar_blocking::run(move || std::fs::read(path)).await;
        let stored = read.ok().and_then(Result::ok);
        let stored: Option<Stored> = stored.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        stored.map(|stored| stored.identity)
    } else {
        match inner.parts.secrets.read(NAME).await {
            // Somebody has emptied the keyring: a new key is made with the next look, and sealed to anew by the others.
            Ok(None) => {
                inner.kept(inner.store.set_fact(fact::DEVICE_KEY, None::<Known>).await)?;
                inner.packages.looked.notify_one();
                None
            }
            Ok(secret) => secret,
            Err(error) => {
                tracing::info!(%error, "the keyring does not give the key of this computer");
                None
            }
        }
    };
    let identity = secret.and_then(|secret| secret.parse::<Identity>().ok());
    Ok(identity.filter(|identity| identity.to_public().to_string() == known.recipient))
}

/// Opens what was sealed for this computer. The words are nowhere but in the answer.
pub(crate) async fn open(inner: &Inner, sealed: &str) -> Result<Vec<u8>, Problem> {
    let identity = identity(inner).await?.ok_or_else(|| {
        Problem::new(
            "no_key_here",
            "The key of this computer cannot be reached, so this cannot be opened now. Unlock the keyring and try again.",
        )
    })?;
    let opened = STANDARD.decode(sealed).ok();
    let opened = opened.and_then(|sealed| age::decrypt(&identity, &sealed).ok());
    opened.ok_or_else(|| {
        Problem::new(
            "not_for_this_key",
            "This was sealed for another key. Their computer seals it anew as soon as it has heard of this one.",
        )
    })
}

/// Takes the key away from wherever it lies: whoever has left opens nothing any more.
pub(crate) async fn forget(inner: &Inner) {
    if let Err(error) = inner.parts.secrets.remove(NAME).await
        && error != SecretsError::NoKeyring
    {
        tracing::warn!(%error, "the keyring did not let go of the key of this computer");
    }
    let path = inner.parts.folder.join(FILE);
    // It is rarely there.
    let _ = samovar_blocking::run(move || std::fs::remove_file(path)).await;
}
