//! The keys that hidden voices are sealed to. A key lies in a table of its own, never in an item, and only while its
//! decision is open.

use age::secrecy::ExposeSecret as _;
use age::x25519::Identity;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use samovar_domain::ItemId;
use samovar_domain::kinds::Said;

use super::changes::Changes;
use super::connection::{Connection, OptionalExtension as _, params};
use super::{StoreError, StoreResult};

/// The recipient that the voices of an open decision are sealed to; a new one when it has none yet.
pub(super) fn recipient(db: Connection<'_>, decision: ItemId) -> StoreResult<String> {
    if let Some(identity) = identity(db, decision)? {
        return Ok(identity.to_public().to_string());
    }
    let identity = Identity::generate();
    db.execute(
        "INSERT INTO decision_seals (decision, identity) VALUES (?1, ?2)",
        params![decision.to_string(), identity.to_string().expose_secret()],
    )?;
    Ok(identity.to_public().to_string())
}

pub(super) fn identity(db: Connection<'_>, decision: ItemId) -> StoreResult<Option<Identity>> {
    let sql = "SELECT identity FROM decision_seals WHERE decision = ?1";
    let found: Option<String> = db.query_row(sql, [decision.to_string()], |row| row.get(0)).optional()?;
    let damaged = |error: &str| StoreError::Failed(format!("a damaged key: {error}"));
    found.map(|identity| identity.parse().map_err(damaged)).transpose()
}

/// Erases a key, from the write-ahead log too.
pub(super) fn erase(db: Connection<'_>, changes: &mut Changes, decision: ItemId) -> StoreResult<()> {
    let mut statement = db.prepare_cached("DELETE FROM decision_seals WHERE decision = ?1")?;
    changes.forget |= statement.execute([decision.to_string()])? > 0;
    Ok(())
}

/// What a sealed voice says; `None` when it was not sealed to this key, or says nothing that a voice can say.
pub(super) fn open(identity: &Identity, sealed: &str) -> Option<Said> {
    let ciphertext = STANDARD.decode(sealed).ok()?;
    let said = age::decrypt(identity, &ciphertext).ok()?;
    serde_json::from_slice(&said).ok()
}
