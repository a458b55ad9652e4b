//! Values on their way into the database and out of it.

use std::borrow::Cow;
use std::error::Error;

use tokio_postgres::Row;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

use crate::store::sql::value::Value;

/// PostgreSQL keeps no NUL in words. In JSON it is written as an escape and passes; anywhere else it stands for nothing
/// that anybody has typed, and becomes the sign for what cannot be shown.
fn storable(text: &str) -> Cow<'_, str> {
    if text.contains('\0') {
        Cow::Owned(text.replace('\0', "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match *self {
            Self::Null => Ok(IsNull::Yes),
            Self::Integer(number) => match *kind {
                Type::INT8 => number.to_sql(kind, out),
                Type::INT4 => i32::try_from(number)?.to_sql(kind, out),
                Type::BOOL => (number != 0).to_sql(kind, out),
                _ => Err(format!("a number is no {kind}").into()),
            },
            Self::Text(text) => match *kind {
                Type::TEXT | Type::VARCHAR => storable(text).as_ref().to_sql(kind, out),
                _ => Err(format!("words are no {kind}").into()),
            },
            Self::Blob(bytes) => match *kind {
                Type::BYTEA => bytes.to_sql(kind, out),
                _ => Err(format!("bytes are no {kind}").into()),
            },
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// A value as it comes.
struct Read<'v>(Value<'v>);

impl<'v> FromSql<'v> for Read<'v> {
    fn from_sql(kind: &Type, raw: &'v [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(match *kind {
            Type::INT8 => Value::Integer(i64::from_sql(kind, raw)?),
            Type::INT4 => Value::Integer(i64::from(i32::from_sql(kind, raw)?)),
            Type::BOOL => Value::Integer(i64::from(bool::from_sql(kind, raw)?)),
            Type::BYTEA => Value::Blob(raw),
            _ => Value::Text(<&str>::from_sql(kind, raw)?),
        }))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(Value::Null))
    }

    fn accepts(kind: &Type) -> bool {
        matches!(
            *kind,
            Type::INT8 | Type::INT4 | Type::BOOL | Type::BYTEA | Type::TEXT | Type::VARCHAR | Type::NAME
        )
    }
}

/// What a column of a row holds.
pub(super) fn read(row: &Row, place: usize) -> Result<Value<'_>, tokio_postgres::Error> {
    row.try_get::<_, Read<'_>>(place).map(|read| read.0)
}
