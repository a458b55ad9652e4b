//! Both databases hold the same; and what PostgreSQL cannot keep does no harm.

use std::collections::BTreeSet;

use samovar_domain::Kind;
use samovar_domain::wire::{MirrorRequest, MirrorSubject, MirrorTarget};
use serde_json::json;

use super::*;
use crate::mirrors::Outcome;
use crate::store::SqliteStore;
use crate::store::conformance::{ana_and_ben, item_id};

/// What several nodes, or several processes with one file, tell each other.
const OF_NODES: [&str; 3] = ["leases", "migrations", "revocations"];

/// What SQLite has without saying so.
const ROWID: (&str, &str) = ("devices", "arrived");

/// Table, column, type, and whether it must hold something.
type Columns = BTreeSet<(String, String, String, bool)>;

fn of_sqlite() -> Columns {
    let folder = tempfile::tempdir().unwrap();
    let (_photos, blobs) = photos();
    SqliteStore::open(folder.path(), blobs, &Still(start()), Arc::new(|_| {})).unwrap();
    #[expect(clippy::disallowed_methods, reason = "a look at the tables, past the store")]
    let db = rusqlite::Connection::open(folder.path().join(crate::store::DATABASE)).unwrap();
    let sql = "SELECT tables.name, columns.name, columns.type, columns.\"notnull\" OR columns.pk > 0
               FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns
               WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%'";
    let mut statement = db.prepare(sql).unwrap();
    let columns = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)));
    let columns = columns.unwrap().map(Result::unwrap);
    columns
        .filter(|(table, ..): &(String, String, String, bool)| !OF_NODES.contains(&table.as_str()))
        .collect()
}

async fn of_postgres() -> Columns {
    let database = database().await;
    let _node = Node::open(&database.address()).await;
    let sql = "SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'NO'
               FROM information_schema.columns WHERE table_schema = 'public'";
    let rows = database.admin().await.query(sql, &[]).await.unwrap();
    let columns = rows.iter().map(|row| {
        let kind = match row.get(2) {
            "bigint" => "INTEGER",
            "text" => "TEXT",
            "bytea" => "BLOB",
            other => panic!("no column is {other}"),
        };
        (row.get(0), row.get(1), kind.to_owned(), row.get(3))
    });
    columns
        .filter(|(table, column, ..): &(String, String, _, _)| {
            !OF_NODES.contains(&table.as_str()) && (table.as_str(), column.as_str()) != ROWID
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_databases_have_the_same_tables_and_columns() {
    let (sqlite, postgres) = (of_sqlite(), of_postgres().await);
    assert!(sqlite.len() > 50, "the look finds what is there");
    let differing: Vec<_> = sqlite.symmetric_difference(&postgres).collect();
    assert!(differing.is_empty(), "{differing:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_nul_among_the_letters_does_no_harm() {
    let fresh = fresh();
    let (mut ana, ben) = ana_and_ben(&fresh).await;
    // In JSON it is kept.
    let said = json!({ "text": "tea", "lifetime": "24h", "newer": "a\0b" });
    ana.write(Kind::SNAPSHOT, item_id(1), said.clone()).await;
    assert_eq!(ben.reads(item_id(1)).await, Some(said));
    // As a word to look for, it finds nothing.
    let found = fresh.store.older(ben.member(), "snap\0shot", u64::MAX, 10).await;
    assert!(found.unwrap().items.is_empty());
    assert_eq!(fresh.store.caller("no\0token").await.unwrap(), None);
    // Elsewhere it is taken out, or shown as what it is: nothing that can be shown.
    fresh.store.enrol(ana.caller, "de\0sk", "token", start()).await.unwrap();
    let devices = fresh.store.devices(ana.caller).await.unwrap();
    assert!(devices.iter().any(|device| device.name == "desk"), "{devices:?}");
    let request = MirrorRequest {
        name: "every\0one".to_owned(),
        target: MirrorTarget::Teams {
            url: "https://example.org/".to_owned(),
        },
        shows: vec![MirrorSubject::Kudos],
        language: None,
    };
    let mirror = fresh.store.add_mirror(None, request, start()).await.unwrap();
    let health = fresh.store.mirrors(None, start()).await.unwrap().remove(0);
    assert_eq!(health.name, "every\u{fffd}one");
    ana.write(Kind::KUDOS, item_id(2), crate::store::conformance::kudos(&ben))
        .await;
    let load = fresh
        .store
        .take_load(mirror, start())
        .await
        .unwrap()
        .expect("thanks wait");
    let outcome = Outcome::Done {
        reference: Some("what\0ever".to_owned()),
    };
    fresh.store.settle_load(load, outcome, start()).await.unwrap();
}
