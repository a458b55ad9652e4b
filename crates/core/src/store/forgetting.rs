//! When the person in front of this desktop has left their team with everything: nothing of it stays here.

use serde::Serialize;

use super::{Store, StoreResult, fact, get_fact, set_fact};

/// Every table of this database.
const TABLES: [&str; 11] = [
    "items",
    "fresh_items",
    "outbox",
    "refused",
    "prepared",
    "seen",
    "delivered",
    "held",
    "snoozed",
    "facts",
    "arrived",
];

/// What is found by words goes with the items; made anew, not even the places are left where words had been.
const INDEXES: [&str; 2] = ["kudos_words", "member_names"];

impl Store {
    /// Forgets everything but these settings, from the write-ahead log too.
    pub(crate) async fn forget_everything<S: Serialize + Send + 'static>(&self, settings: S) -> StoreResult<()> {
        self.write(move |tx| {
            // That one leaves is known until nothing else is: whoever is interrupted goes on from here.
            let is_leaving: bool = get_fact(tx, fact::LEAVING)?;
            for table in TABLES {
                tx.execute(&format!("DELETE FROM {table}"), [])?;
            }
            if is_leaving {
                set_fact(tx, fact::LEAVING, &true)?;
            }
            for index in INDEXES {
                tx.execute(&format!("INSERT INTO {index} ({index}) VALUES ('rebuild')"), [])?;
            }
            set_fact(tx, fact::SETTINGS, &settings)
        })
        .await?;
        self.empty_log().await
    }

    /// Forgets that one leaves, once that is through.
    pub(crate) async fn forget_leaving(&self) -> StoreResult<()> {
        self.write(|tx| {
            tx.execute("DELETE FROM facts WHERE name = ?1", [fact::LEAVING])?;
            Ok(())
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use rusqlite::Connection;
    use samovar_domain::{Audience, Item, Kind, MemberId, Owner, Timestamp};
    use serde_json::json;

    use super::super::Cursor;
    use super::*;

    const WORDS: &str = "zwirnquitte";

    fn rows(db: &Connection) -> Vec<(String, u32)> {
        let mut tables = db
            .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE '%VIRTUAL%'")
            .unwrap();
        let names: Vec<String> = tables
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        // FTS5 keeps how it is set up, and what its index looks like when it is empty.
        let own = names
            .into_iter()
            .filter(|name| !["_config", "_data"].iter().any(|suffix| name.ends_with(suffix)));
        own.map(|name| {
            let count = db.query_row(&format!("SELECT count(*) FROM {name}"), [], |row| row.get(0));
            (name, count.unwrap())
        })
        .collect()
    }

    #[tokio::test]
    #[expect(
        clippy::disallowed_methods,
        reason = "a look at the file from outside is what is wanted"
    )]
    async fn nothing_of_a_team_that_was_left_is_in_the_files() {
        let folder = tempfile::tempdir().unwrap();
        let opened = Store::open(folder.path(), 0, Duration::from_secs(1));
        let store = opened.unwrap_or_else(|error| panic!("{error}")).store;
        let ana = MemberId::derived(&["Ana"]);
        let item = |kind: &str, body| Item {
            id: samovar_domain::ItemId::derived(&[kind]),
            kind: Kind::new(kind),
            owner: Owner::Member(ana),
            seq: 1,
            audience: Audience::Team,
            created_at: Timestamp::default(),
            updated_at: Timestamp::default(),
            expires_at: None,
            body: Some(body),
        };
        let items = vec![
            item(Kind::KUDOS, json!({ "to": [], "reason": WORDS })),
            Item {
                id: ana.into(),
                ..item(Kind::MEMBER, json!({ "name": WORDS }))
            },
        ];
        store
            .apply(items, Cursor::default(), Some(Timestamp::from_millis(0)))
            .await
            .unwrap();
        store.set_fact(fact::DRAFT, WORDS).await.unwrap();
        let holds = || {
            let files = ["samovar.db", "samovar.db-wal"].map(|file| folder.path().join(file));
            files.into_iter().any(|file| {
                let bytes = std::fs::read(file).unwrap_or_default();
                String::from_utf8_lossy(&bytes).contains(WORDS)
            })
        };
        assert!(holds());
        store.forget_everything(json!({ "theme": "dark" })).await.unwrap();
        assert!(!holds());
        let db = Connection::open(folder.path().join("samovar.db")).unwrap();
        let left: Vec<_> = rows(&db).into_iter().filter(|(_, count)| *count > 0).collect();
        assert_eq!(left, [("facts".to_owned(), 1)], "the settings alone");
    }

    #[tokio::test]
    async fn whoever_is_interrupted_while_leaving_can_go_on() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), 0, Duration::from_secs(1)).unwrap().store;
        store.set_fact(fact::LEAVING, true).await.unwrap();
        store.set_fact(fact::DRAFT, WORDS).await.unwrap();
        store.forget_everything(json!({ "theme": "dark" })).await.unwrap();
        // The photos are next, and what is not gone from the disk may not be forgotten to be gone.
        assert!(store.fact::<bool>(fact::LEAVING).await.unwrap());
        assert!(store.fact::<Option<String>>(fact::DRAFT).await.unwrap().is_none());
        store.forget_leaving().await.unwrap();
        assert!(!store.fact::<bool>(fact::LEAVING).await.unwrap());
    }
}
