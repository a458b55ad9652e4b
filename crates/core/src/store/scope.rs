//! Which items are read at once. Kudos, and reactions and replies, add up as long as a team lives; of everything else there
//! is one for each member, or it is over one day. So everything else is always read, and of what adds up only what somebody
//! asks for.

use std::collections::HashMap;

use rusqlite::{Transaction, params};
use samovar_domain::{Body, Item, ItemId, Kind, MemberId, Owner, Timestamp};

use super::items::{COLUMNS, collect, get, lay_over};
use super::{Store, StoreResult, outbox};

/// What adds up.
pub(super) const ADDING_UP: [&str; 3] = [Kind::KUDOS, Kind::REACTION, Kind::REPLY];
/// The most kudos that stand on a page of today. The wall has all of them, page by page.
const CARDS_MAX: i64 = 1000;
/// To SQLite, no limit.
const ALL: i64 = -1;

/// What is read beside everything that does not add up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Beside {
    /// Nothing.
    Nothing,
    /// The newest kudos since then, at most a thousand, and what stands under them and under snapshots.
    Cards {
        /// Created after this.
        since: Timestamp,
    },
    /// All kudos since then.
    Kudos {
        /// Created after this.
        since: Timestamp,
    },
    /// The kudos that this member gave.
    GivenBy(MemberId),
    /// These, whatever they are, deleted ones too; and what they stand under.
    These(Vec<ItemId>),
}

impl Store {
    /// The items of this scope as the person sees them: own waiting ops laid over what the endpoint has (those have
    /// seq 0).
    pub(crate) async fn items(&self, beside: Beside, me: MemberId, now: Timestamp) -> StoreResult<Vec<Item>> {
        self.read(move |tx| read(tx, &beside, me, now)).await
    }
}

fn read(tx: &Transaction<'_>, beside: &Beside, me: MemberId, now: Timestamp) -> StoreResult<Vec<Item>> {
    let mut items = of_now(tx)?;
    match beside {
        Beside::Nothing => {}
        Beside::Cards { since } => {
            kudos_since(tx, *since, CARDS_MAX, &mut items)?;
            let bearers = items
                .values()
                .filter(|item| [Kind::SNAPSHOT, Kind::KUDOS].contains(&item.kind.as_str()));
            let bearers: Vec<ItemId> = bearers.map(|item| item.id).collect();
            add(&mut items, under(tx, &bearers)?);
        }
        Beside::Kudos { since } => kudos_since(tx, *since, ALL, &mut items)?,
        Beside::GivenBy(member) => {
            let owner = Owner::Member(*member).to_string();
            add(&mut items, collect(tx, &given_by_sql(), [owner])?);
        }
        Beside::These(wanted) => {
            for id in wanted {
                let found = one(tx, *id, &mut items)?;
                if let Some(target) = found.and_then(|item| target_of(&item)) {
                    one(tx, target, &mut items)?;
                }
            }
        }
    }
    // What waits is laid over what it changes, and so that has to be there.
    for queued in outbox::all(tx)? {
        if ADDING_UP.contains(&queued.op.kind.as_str()) {
            one(tx, queued.op.id, &mut items)?;
        }
    }
    lay_over(tx, &mut items, me, now)?;
    Ok(items.into_values().collect())
}

fn of_now(tx: &Transaction<'_>) -> StoreResult<HashMap<ItemId, Item>> {
    let mut items = HashMap::new();
    add(&mut items, collect(tx, &of_now_sql(), ())?);
    Ok(items)
}

/// What is read at once.
pub(super) fn of_now_sql() -> String {
    let kinds = ADDING_UP.map(|kind| format!("'{kind}'")).join(", ");
    format!("SELECT {COLUMNS} FROM items INDEXED BY items_of_now WHERE body IS NOT NULL AND kind NOT IN ({kinds})")
}

fn under_sql() -> String {
    format!(
        "SELECT {COLUMNS} FROM items
         WHERE body ->> '$.target' = ?1 AND kind IN ('reaction', 'reply') AND body IS NOT NULL"
    )
}

fn given_by_sql() -> String {
    format!("SELECT {COLUMNS} FROM items WHERE owner = ?1 AND kind = 'kudos' AND body IS NOT NULL")
}

const KUDOS_SINCE: &str = "SELECT item FROM kudos_places WHERE place >= ?1 << 20 ORDER BY place DESC LIMIT ?2";

fn kudos_since(
    tx: &Transaction<'_>,
    since: Timestamp,
    most: i64,
    items: &mut HashMap<ItemId, Item>,
) -> StoreResult<()> {
    let mut statement = tx.prepare_cached(KUDOS_SINCE)?;
    let mut rows = statement.query(params![since.millis(), most])?;
    while let Some(row) = rows.next()? {
        if let Ok(id) = row.get::<_, String>(0)?.parse() {
            one(tx, id, items)?;
        }
    }
    Ok(())
}

/// Reactions and replies under these.
pub(super) fn under(tx: &Transaction<'_>, bearers: &[ItemId]) -> StoreResult<Vec<Item>> {
    let sql = under_sql();
    let mut found = Vec::new();
    for bearer in bearers {
        found.append(&mut collect(tx, &sql, [bearer.to_string()])?);
    }
    Ok(found)
}

/// Reads one item, unless it is there.
fn one(tx: &Transaction<'_>, id: ItemId, items: &mut HashMap<ItemId, Item>) -> StoreResult<Option<Item>> {
    if let Some(item) = items.get(&id) {
        return Ok(Some(item.clone()));
    }
    let found = get(tx, id)?;
    add(items, found.clone());
    Ok(found)
}

fn target_of(item: &Item) -> Option<ItemId> {
    Body::read(&item.kind, item.body.as_ref()?).ok()?.target()
}

fn add(items: &mut HashMap<ItemId, Item>, more: impl IntoIterator<Item = Item>) {
    items.extend(more.into_iter().map(|item| (item.id, item)));
}

#[cfg(test)]
mod tests;
