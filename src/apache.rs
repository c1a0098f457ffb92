//! Between this crate and `apache-avro` (feature `apache-avro`): plans from its schemas, its values from ours.

use crate::dialect::{Dialect, Options, Style};
use crate::error::{Code, Error};
use crate::format::avro::schema::{Field, Kind, Logical, Schema, TypeId};
use crate::limits::Limits;
use crate::sink::value::Value;
use apache_avro::types::Value as Apache;
use std::sync::Arc;

impl Schema {
    /// The same schema as `apache-avro` has it.
    ///
    /// # Errors
    /// Those of [`Schema::parse`].
    pub fn from_apache(schema: &apache_avro::Schema, limits: &Limits) -> Result<Schema, Error> {
        let text = serde_json::to_string(schema).map_err(|_| Error::of(Code::SchemaInvalid))?;
        Schema::parse(&text, &[], limits)
    }

    /// A value as `apache-avro` has it: of this schema, decoded in [`apache_style`]. Nothing where it is of another
    /// schema or style.
    pub fn to_apache(&self, value: &Value) -> Option<Apache> {
        convert(self, self.root(), value)
    }
}

/// The style whose values keep what [`Schema::to_apache`] needs: tagged unions, raw logical types.
pub fn apache_style() -> Style {
    Options { dialect: Dialect::AvroJson, ..Options::default() }.style()
}

fn convert(schema: &Schema, id: TypeId, value: &Value) -> Option<Apache> {
    let ty = schema.get(id);
    Some(match (ty.kind(), value) {
        (Kind::Null, Value::Null) => Apache::Null,
        (Kind::Boolean, Value::Boolean(v)) => Apache::Boolean(*v),
        (Kind::Int, Value::Int(v)) => match ty.logical() {
            Some(Logical::Date) => Apache::Date(*v),
            Some(Logical::TimeMillis) => Apache::TimeMillis(*v),
            _ => Apache::Int(*v),
        },
        (Kind::Long, Value::Long(v)) => match ty.logical() {
            Some(Logical::TimeMicros) => Apache::TimeMicros(*v),
            Some(Logical::TimestampMillis) => Apache::TimestampMillis(*v),
            Some(Logical::TimestampMicros) => Apache::TimestampMicros(*v),
            Some(Logical::TimestampNanos) => Apache::TimestampNanos(*v),
            Some(Logical::LocalTimestampMillis) => Apache::LocalTimestampMillis(*v),
            Some(Logical::LocalTimestampMicros) => Apache::LocalTimestampMicros(*v),
            Some(Logical::LocalTimestampNanos) => Apache::LocalTimestampNanos(*v),
            _ => Apache::Long(*v),
        },
        (Kind::Float, Value::Float(v)) => Apache::Float(*v),
        (Kind::Double, Value::Double(v)) => Apache::Double(*v),
        (Kind::String, Value::String(v)) => Apache::String(v.to_string()),
        (Kind::Bytes, Value::Bytes(v)) => match ty.logical() {
            Some(Logical::Decimal { .. }) => Apache::Decimal(apache_avro::Decimal::from(&v[..])),
            _ => Apache::Bytes(v.to_vec()),
        },
        (Kind::Fixed(size), Value::Bytes(v)) => match ty.logical() {
            Some(Logical::Decimal { .. }) => Apache::Decimal(apache_avro::Decimal::from(&v[..])),
            Some(Logical::Duration) => {
                Apache::Duration(apache_avro::Duration::from(<[u8; 12]>::try_from(&v[..]).ok()?))
            }
            _ => Apache::Fixed(*size, v.to_vec()),
        },
        (Kind::Enum { symbols, .. }, Value::Symbol(v)) => {
            Apache::Enum(symbols.iter().position(|s| s == v)? as u32, v.to_string())
        }
        (Kind::Array(item), Value::Array(items)) => {
            Apache::Array(items.iter().map(|v| convert(schema, *item, v)).collect::<Option<_>>()?)
        }
        (Kind::Map(of), Value::Object(entries)) => {
            let entry = |(k, v): &(Arc<str>, Value)| Some((k.to_string(), convert(schema, *of, v)?));
            Apache::Map(entries.iter().map(entry).collect::<Option<_>>()?)
        }
        (Kind::Record(fields), Value::Object(found)) if fields.len() == found.len() => {
            let parts = fields.iter().zip(found);
            let part = |(f, (k, v)): (&Field, &(Arc<str>, Value))| {
                Some((k.to_string(), convert(schema, f.ty(), v)?))
            };
            Apache::Record(parts.map(part).collect::<Option<_>>()?)
        }
        (Kind::Union(branches), Value::Null) => {
            let i = branches.iter().position(|b| *schema.kind(*b) == Kind::Null)?;
            Apache::Union(i as u32, Box::new(Apache::Null))
        }
        (Kind::Union(branches), Value::Object(tagged)) => {
            let (tag, inner) = tagged.first()?;
            let i = branches.iter().position(|b| schema.get(*b).branch_name() == &**tag)?;
            Apache::Union(i as u32, Box::new(convert(schema, branches[i], inner)?))
        }
        _ => return None,
    })
}
