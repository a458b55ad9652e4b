//! Rows on their way from one database to another, whatever they hold: which tables there are and what is in them is asked of
//! the database, so that no table is ever forgotten. What was carried is counted and summed up, to be compared at the end.

use sha2::{Digest as _, Sha256};

use super::connection::{Connection, SqlError, SqlResult};
use super::value::{FromSql, Params, ToSql, Value};
use crate::store::StoreResult;

/// The most rows that are written with one statement.
const ROWS: usize = 200;
/// The most values that are, below the limits of both databases.
const VALUES: usize = 8_000;
/// After so many rows it is told how far it has come.
const TELL_AFTER: u64 = 10_000;

/// A table, and what it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) struct Table {
    /// What it is called.
    pub(in crate::store) name: String,
    /// Its columns, in their order.
    pub(in crate::store) columns: Vec<String>,
}

/// What is in a table: how much, and what that comes to in whatever order it is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::store) struct Sum {
    /// How many rows.
    pub(in crate::store) rows: u64,
    digest: u128,
}

impl Sum {
    fn add(&mut self, row: &[Held]) {
        let mut hash = Sha256::new();
        for held in row {
            let (kind, bytes): (u8, &[u8]) = match held {
                Held::Null => (0, &[]),
                Held::Integer(number) => (1, &number.to_be_bytes()),
                Held::Text(text) => (2, text.as_bytes()),
                Held::Blob(bytes) => (3, bytes),
            };
            hash.update([kind]);
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        }
        let digest = hash.finalize();
        let half = digest[..16].try_into().expect("a SHA-256 has 32 bytes");
        self.digest = self.digest.wrapping_add(u128::from_be_bytes(half));
        self.rows += 1;
    }
}

/// A value by itself.
enum Held {
    Null,
    Integer(i64),
    Text(String),
    Blob(Vec<u8>),
}

impl FromSql<'_> for Held {
    fn read(value: Value<'_>) -> SqlResult<Self> {
        Ok(match value {
            Value::Null => Self::Null,
            Value::Integer(number) => Self::Integer(number),
            // PostgreSQL keeps no NUL in words; see its `values`.
            Value::Text(text) => Self::Text(text.replace('\0', "\u{fffd}")),
            Value::Blob(bytes) => Self::Blob(bytes.to_vec()),
        })
    }
}

impl ToSql for Held {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Integer(number) => Value::Integer(*number),
            Self::Text(text) => Value::Text(text),
            Self::Blob(bytes) => Value::Blob(bytes),
        }
    }
}

impl Params for Vec<Held> {
    fn values(&self) -> Vec<Value<'_>> {
        self.iter().map(ToSql::value).collect()
    }
}

impl Params for &Vec<Held> {
    fn values(&self) -> Vec<Value<'_>> {
        (*self).values()
    }
}

impl Table {
    fn columns(&self) -> String {
        let quoted: Vec<String> = self.columns.iter().map(|name| format!("\"{name}\"")).collect();
        quoted.join(", ")
    }

    /// How many rows there are.
    pub(in crate::store) fn count(&self, db: Connection<'_>) -> StoreResult<u64> {
        let sql = format!("SELECT count(*) FROM \"{}\"", self.name);
        let rows: i64 = db.query_row(&sql, [], |row| row.get(0))?;
        Ok(rows.cast_unsigned())
    }

    fn read(&self, db: Connection<'_>, mut each: impl FnMut(Vec<Held>) -> SqlResult<()>) -> SqlResult<()> {
        // Devices are listed in the order in which they came, which no column of theirs says.
        let order = if self.name == "devices" {
            format!(" ORDER BY {}", db.order_of_arrival())
        } else {
            String::new()
        };
        let mut statement = db.prepare(&format!("SELECT {} FROM \"{}\"{order}", self.columns(), self.name))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let values: SqlResult<Vec<Held>> = (0..self.columns.len()).map(|place| row.get(place)).collect();
            each(values?)?;
        }
        Ok(())
    }

    /// What is in it.
    pub(in crate::store) fn sum(&self, db: Connection<'_>) -> StoreResult<Sum> {
        let mut sum = Sum::default();
        self.read(db, |row| {
            sum.add(&row);
            Ok(())
        })?;
        Ok(sum)
    }

    /// Copies all rows, and tells of how many there are so far.
    pub(in crate::store) fn carry(
        &self,
        from: Connection<'_>,
        to: Connection<'_>,
        tell: impl Fn(u64),
    ) -> StoreResult<Sum> {
        let width = self.columns.len();
        let most = ROWS.min(VALUES / width).max(1) * width;
        let (mut sum, mut waiting) = (Sum::default(), Vec::with_capacity(most));
        self.read(from, |mut row| {
            sum.add(&row);
            waiting.append(&mut row);
            if sum.rows.is_multiple_of(TELL_AFTER) {
                tell(sum.rows);
            }
            if waiting.len() == most {
                self.insert(to, &waiting)?;
                waiting.clear();
            }
            Ok(())
        })?;
        if !waiting.is_empty() {
            self.insert(to, &waiting)?;
        }
        Ok(sum)
    }

    fn insert(&self, db: Connection<'_>, values: &Vec<Held>) -> SqlResult<()> {
        let width = self.columns.len();
        let rows: Vec<String> = (0..values.len() / width)
            .map(|row| {
                let places: Vec<String> = (1..=width).map(|place| format!("?{}", row * width + place)).collect();
                format!("({})", places.join(", "))
            })
            .collect();
        let (name, columns) = (&self.name, self.columns());
        let sql = format!("INSERT INTO \"{name}\" ({columns}) VALUES {}", rows.join(", "));
        let written = db.prepare_cached(&sql)?.execute(values)?;
        if written == rows.len() {
            Ok(())
        } else {
            Err(SqlError::Failed(format!(
                "{name} took {written} of {} rows",
                rows.len()
            )))
        }
    }
}
