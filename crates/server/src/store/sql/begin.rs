//! How a team begins.

use samovar_domain::{Audience, Epoch, Item, Kind, Owner, TeamId, Timestamp};

use super::connection::{Connection, OptionalExtension as _, params};
use super::{StoreResult, mirrors, rows};

/// Begins a new life of the sequence: whoever knows the one before pages anew.
pub(in crate::store) fn begin_epoch(db: Connection<'_>) -> StoreResult<String> {
    let epoch = new_epoch();
    db.execute("UPDATE team SET epoch = ?1", [&epoch])?;
    mirrors::pause_restored(db)?;
    Ok(epoch)
}

/// The same where the team has moved: there is one of it as before, so its mirrors go on.
pub(in crate::store) fn begin_epoch_of_moved(db: Connection<'_>) -> StoreResult<()> {
    db.execute("UPDATE team SET epoch = ?1", [new_epoch()])?;
    Ok(())
}

fn new_epoch() -> String {
    Epoch(uuid::Uuid::new_v4()).to_string()
}

/// Makes the team in a new database, and begins a new epoch in one that comes from a backup.
pub(in crate::store) fn begin_team(db: Connection<'_>, now: Timestamp) -> StoreResult<()> {
    let known: Option<String> = db
        .query_row("SELECT epoch FROM team", [], |row| row.get(0))
        .optional()?;
    match known.as_deref() {
        Some("") => begin_epoch(db).map(|_| ()),
        Some(_) => Ok(()),
        None => {
            let id = TeamId::new(now);
            db.execute(
                "INSERT INTO team (id, epoch, head, low_water) VALUES (?1, ?2, 1, 0)",
                params![id.to_string(), new_epoch()],
            )?;
            let item = Item {
                id: id.into(),
                kind: Kind::new(Kind::TEAM),
                owner: Owner::Team,
                seq: 1,
                audience: Audience::Team,
                created_at: now,
                updated_at: now,
                expires_at: None,
                body: Some(serde_json::json!({ "name": "Samovar" })),
            };
            rows::put(db, &item)
        }
    }
}
