//! Databases, read beside whoever writes them.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};

/// Opens one.
pub(crate) fn reads(file: &Path) -> Connection {
    Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

/// Some items of a database.
pub(crate) fn items(database: &Connection, which: &str) -> Vec<Value> {
    let sql = format!("SELECT id, kind, owner, seq, audience, body FROM items WHERE {which} ORDER BY seq");
    let mut statement = database.prepare(&sql).unwrap();
    let json = |text: &str| serde_json::from_str(text).unwrap_or(Value::Null);
    let rows = statement.query_map([], |row| {
        Ok(json!({
            "id": row.get::<_, String>(0)?,
            "kind": row.get::<_, String>(1)?,
            "owner": row.get::<_, String>(2)?,
            "seq": row.get::<_, i64>(3)?,
            "audience": json(&row.get::<_, String>(4)?),
            "body": row.get::<_, Option<String>>(5)?.map(|body| json(&body)),
        }))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

/// The newest seq.
pub(crate) fn head(database: &Connection) -> u64 {
    let head = database.query_row("SELECT head FROM team", [], |row| row.get::<_, i64>(0));
    head.unwrap().cast_unsigned()
}
