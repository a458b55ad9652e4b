//! Values as statements take and rows give them, whichever database it is.

use super::connection::{SqlError, SqlResult};

/// One value. Whether something is so is an integer, 0 or 1.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Value<'v> {
    /// Nothing.
    Null,
    /// A number, an instant in milliseconds, or whether something is so.
    Integer(i64),
    /// Words; JSON too.
    Text(&'v str),
    /// Bytes.
    Blob(&'v [u8]),
}

/// Says what kind of value it is and not what it says: a driver of a database may log the values of its statements.
impl std::fmt::Debug for Value<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::Null => "nothing",
            Self::Integer(_) => "a number",
            Self::Text(_) => "words",
            Self::Blob(_) => "bytes",
        })
    }
}

/// What can be put in the place of a `?1`.
pub(in crate::store) trait ToSql {
    /// The value that it is.
    fn value(&self) -> Value<'_>;
}

impl<T: ToSql + ?Sized> ToSql for &T {
    fn value(&self) -> Value<'_> {
        (**self).value()
    }
}

impl<T: ToSql> ToSql for Option<T> {
    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, ToSql::value)
    }
}

impl ToSql for str {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl ToSql for String {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl ToSql for [u8] {
    fn value(&self) -> Value<'_> {
        Value::Blob(self)
    }
}

impl ToSql for Vec<u8> {
    fn value(&self) -> Value<'_> {
        Value::Blob(self)
    }
}

impl ToSql for i64 {
    fn value(&self) -> Value<'_> {
        Value::Integer(*self)
    }
}

impl ToSql for u32 {
    fn value(&self) -> Value<'_> {
        Value::Integer(i64::from(*self))
    }
}

impl ToSql for bool {
    fn value(&self) -> Value<'_> {
        Value::Integer(i64::from(*self))
    }
}

/// What can be read from a column.
pub(in crate::store) trait FromSql<'v>: Sized {
    /// Reads it, or tells that the column holds something else.
    fn read(value: Value<'v>) -> SqlResult<Self>;
}

fn unexpected<T>(value: Value<'_>, wanted: &str) -> SqlResult<T> {
    Err(SqlError::Failed(format!(
        "a column holds {value:?} instead of {wanted}"
    )))
}

impl<'v, T: FromSql<'v>> FromSql<'v> for Option<T> {
    fn read(value: Value<'v>) -> SqlResult<Self> {
        match value {
            Value::Null => Ok(None),
            value => T::read(value).map(Some),
        }
    }
}

impl<'v> FromSql<'v> for &'v str {
    fn read(value: Value<'v>) -> SqlResult<Self> {
        match value {
            Value::Text(text) => Ok(text),
            value => unexpected(value, "words"),
        }
    }
}

impl FromSql<'_> for String {
    fn read(value: Value<'_>) -> SqlResult<Self> {
        <&str>::read(value).map(str::to_owned)
    }
}

impl FromSql<'_> for Vec<u8> {
    fn read(value: Value<'_>) -> SqlResult<Self> {
        match value {
            Value::Blob(bytes) => Ok(bytes.to_vec()),
            value => unexpected(value, "bytes"),
        }
    }
}

impl FromSql<'_> for i64 {
    fn read(value: Value<'_>) -> SqlResult<Self> {
        match value {
            Value::Integer(number) => Ok(number),
            value => unexpected(value, "a number"),
        }
    }
}

impl FromSql<'_> for u32 {
    fn read(value: Value<'_>) -> SqlResult<Self> {
        let number = i64::read(value)?;
        Self::try_from(number).map_err(|_| SqlError::Failed(format!("{number} is no count")))
    }
}

impl FromSql<'_> for bool {
    fn read(value: Value<'_>) -> SqlResult<Self> {
        i64::read(value).map(|number| number != 0)
    }
}

/// The values of a statement, in the order of their places.
pub(in crate::store) trait Params {
    /// All of them.
    fn values(&self) -> Vec<Value<'_>>;
}

impl Params for &[&dyn ToSql] {
    fn values(&self) -> Vec<Value<'_>> {
        self.iter().map(|value| value.value()).collect()
    }
}

// Of one length each, so that an empty array needs no type of what is not in it.
impl Params for [&dyn ToSql; 0] {
    fn values(&self) -> Vec<Value<'_>> {
        Vec::new()
    }
}

macro_rules! params_of_arrays {
    ($($length:literal)*) => {$(
        impl<T: ToSql> Params for [T; $length] {
            fn values(&self) -> Vec<Value<'_>> {
                self.iter().map(ToSql::value).collect()
            }
        }
    )*};
}

params_of_arrays!(1 2 3);

/// Values of different types, each in its place.
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        &[$(&$value as &dyn $crate::store::sql::value::ToSql),*] as &[&dyn $crate::store::sql::value::ToSql]
    };
}
pub(in crate::store) use params;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_value_says_is_in_no_log() {
        let values = [
            Value::Null,
            Value::Integer(4711),
            Value::Text("hush"),
            Value::Blob(b"hush"),
        ];
        assert_eq!(format!("{values:?}"), "[nothing, a number, words, bytes]");
    }
}
