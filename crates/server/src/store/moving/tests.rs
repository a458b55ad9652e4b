//! Everything that there is goes there and back, whatever it is; and what cannot go leaves nothing behind.

use std::collections::BTreeMap;

use rusqlite::types::Value as Cell;
use samovar_backing::{Cluster, Database};

use super::*;

fn nobody_listens(_: &str, _: u64, _: u64) {}

fn folder() -> (tempfile::TempDir, rusqlite::Connection) {
    let folder = tempfile::tempdir().unwrap();
    let db = sqlite::make_target(folder.path()).unwrap();
    (folder, db)
}

async fn database() -> Database {
    tokio::task::block_in_place(Cluster::shared).database().await
}

async fn carry(mut from: End, mut to: End) -> Result<u64, CarryError> {
    let runtime = Handle::current();
    let carrying = move || carry_over(&runtime, &mut from, &mut to, &nobody_listens);
    tokio::task::spawn_blocking(carrying).await.unwrap()
}

/// Puts three rows into every table, each of its own, with nothing wherever nothing may be; one into that of the team.
fn fill(db: &rusqlite::Connection) {
    let sql = "SELECT name, type, \"notnull\" OR pk > 0 FROM pragma_table_info(?1) ORDER BY cid";
    for table in sqlite::tables(db).unwrap() {
        let mut columns = db.prepare(sql).unwrap();
        let columns = columns.query_map([&table.name], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        let columns: Vec<(String, String, bool)> = columns.unwrap().map(Result::unwrap).collect();
        for n in if table.name == "team" { 1..=1 } else { 1..=3_i64 } {
            let cell = |(name, kind, must_be): &(String, String, bool)| match kind.as_str() {
                _ if !must_be && n == 2 => Cell::Null,
                "INTEGER" => Cell::Integer(n * 1_000_000_007),
                "TEXT" => Cell::Text(format!("{name} {} “tea” 🫖", 9 - n)),
                "BLOB" => Cell::Blob(vec![0, 255, n as u8]),
                other => panic!("{name} is {other}, which nobody knows how to carry"),
            };
            let cells: Vec<Cell> = columns.iter().map(cell).collect();
            let places = vec!["?"; cells.len()].join(", ");
            let sql = format!("INSERT INTO {} VALUES ({places})", table.name);
            db.execute(&sql, rusqlite::params_from_iter(cells)).unwrap();
        }
    }
}

/// Every row of every table, but for the epoch, which is a new one each time.
fn dump(db: &rusqlite::Connection) -> BTreeMap<String, Vec<Vec<Cell>>> {
    let rows = |table: Table| {
        let columns = table.columns.join(", ").replace("epoch", "'an epoch'");
        let width = table.columns.len();
        let order = if width > 1 { "1, 2" } else { "1" };
        let mut statement = db
            .prepare(&format!("SELECT {columns} FROM {} ORDER BY {order}", table.name))
            .unwrap();
        let rows = statement.query_map([], |row| (0..width).map(|column| row.get(column)).collect());
        let rows = rows.unwrap().map(Result::unwrap).collect();
        (table.name, rows)
    };
    sqlite::tables(db).unwrap().into_iter().map(rows).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_row_of_every_table_goes_there_and_back() {
    let (_from, db) = folder();
    fill(&db);
    let before = dump(&db);
    assert!(before.len() > 20, "the look finds what is there: {:?}", before.keys());
    assert!(
        before
            .iter()
            .all(|(table, rows)| rows.len() == if table == "team" { 1 } else { 3 })
    );
    let database = database().await;
    let there = End::to_postgres(&database.address()).await.unwrap();
    let rows = carry(End(Kind::Folder(db)), there).await.unwrap();
    assert_eq!(rows, before.len() as u64 * 3 - 2);

    let admin = database.admin().await;
    let named = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'";
    let of_nodes = ["leases", "migrations", "revocations"];
    for row in admin.query(named, &[]).await.unwrap() {
        let table: String = row.get(0);
        let count = admin
            .query_one(&format!("SELECT count(*) FROM {table}"), &[])
            .await
            .unwrap();
        assert!(
            of_nodes.contains(&table.as_str()) || count.get::<_, i64>(0) > 0,
            "{table} was not carried"
        );
    }
    drop(admin);
    let (back_in, back) = folder();
    let here = End::in_postgres(&database.address()).await.unwrap();
    carry(here, End(Kind::Folder(back))).await.unwrap();
    let End(Kind::Folder(back)) = End::in_folder(back_in.path()).unwrap() else {
        panic!("a folder is a folder");
    };
    assert_eq!(dump(&back), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_epoch_begins_and_numbers_go_on() {
    let (from, db) = folder();
    fill(&db);
    let database = database().await;
    carry(
        End(Kind::Folder(db)),
        End::to_postgres(&database.address()).await.unwrap(),
    )
    .await
    .unwrap();
    let admin = database.admin().await;
    let epoch: String = admin.query_one("SELECT epoch FROM team", &[]).await.unwrap().get(0);
    assert!(epoch.parse::<samovar_domain::Epoch>().is_ok(), "{epoch}");
    let End(Kind::Folder(before)) = End::in_folder(from.path()).unwrap() else {
        panic!("a folder is a folder");
    };
    let old: String = before
        .query_row("SELECT epoch FROM team", [], |row| row.get(0))
        .unwrap();
    assert!(old.starts_with("epoch "), "the source stays as it was");
    let next = "INSERT INTO mirror_queue (mirror, item, deed, due_at) VALUES ('m', 'i', 'd', 1) RETURNING n";
    let next: i64 = admin.query_one(next, &[]).await.unwrap().get(0);
    assert_eq!(next, 3 * 1_000_000_007 + 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn computers_stay_in_the_order_in_which_they_came() {
    let (_from, db) = folder();
    let rows = "INSERT INTO devices SELECT value, 'm', 'desk', value, 1, 0 FROM json_each('[\"zoe\", \"ana\", \"mia\", \"ben\"]')";
    db.execute(rows, []).unwrap();
    db.execute("INSERT INTO team VALUES ('t', 'e', 1, 0)", []).unwrap();
    let database = database().await;
    carry(
        End(Kind::Folder(db)),
        End::to_postgres(&database.address()).await.unwrap(),
    )
    .await
    .unwrap();
    let (back_in, back) = folder();
    carry(
        End::in_postgres(&database.address()).await.unwrap(),
        End(Kind::Folder(back)),
    )
    .await
    .unwrap();
    let End(Kind::Folder(back)) = End::in_folder(back_in.path()).unwrap() else {
        panic!("a folder is a folder");
    };
    let mut devices = back.prepare("SELECT id FROM devices ORDER BY rowid").unwrap();
    let devices: Vec<String> = devices
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(devices, ["zoe", "ana", "mia", "ben"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_does_not_arrive_as_it_was_leaves_nothing_behind() {
    let (from, db) = folder();
    fill(&db);
    drop(db);
    let database = database().await;
    drop(End::to_postgres(&database.address()).await.unwrap());
    let admin = database.admin().await;
    let again = async || {
        let here = End::in_folder(from.path()).unwrap();
        carry(here, End::to_postgres(&database.address()).await.unwrap()).await
    };
    for trouble in [
        "RAISE EXCEPTION 'no room'",
        "NEW.hash = 'altered'; RETURN NEW",
        "RETURN NULL",
    ] {
        let breaks = format!(
            "CREATE OR REPLACE FUNCTION breaks() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN {trouble}; END$$;
             CREATE OR REPLACE TRIGGER breaks BEFORE INSERT ON blobs FOR EACH ROW
               WHEN (NEW.bytes = 2000000014) EXECUTE FUNCTION breaks()"
        );
        admin.batch_execute(&breaks).await.unwrap();
        let carried = again().await;
        assert!(matches!(carried, Err(CarryError::Store(_))), "{trouble}: {carried:?}");
        let left = "SELECT (SELECT count(*) FROM blobs) + (SELECT count(*) FROM team) + (SELECT count(*) FROM items)";
        let left: i64 = admin.query_one(left, &[]).await.unwrap().get(0);
        assert_eq!(left, 0, "{trouble}");
    }
    admin.batch_execute("DROP TRIGGER breaks ON blobs").await.unwrap();
    again().await.unwrap();
    let twice = again().await;
    assert!(matches!(twice, Err(CarryError::NotEmpty(_))), "{twice:?}");
}
