//! Logical types (specification, "Logical Types"): which annotations are valid where they stand.

use super::Kind;
use crate::error::escape;
use crate::json::{Object, Value};

/// A logical type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Logical {
    /// Bytes or fixed: a two's-complement integer divided by ten to this scale.
    Decimal {
        /// Digits behind the point.
        scale: u32,
    },
    /// Bytes: a decimal that carries its scale.
    BigDecimal,
    /// String, or fixed of 16.
    Uuid,
    /// Int: days since 1970-01-01.
    Date,
    /// Int.
    TimeMillis,
    /// Long.
    TimeMicros,
    /// Long: a point in time, UTC.
    TimestampMillis,
    /// Long: a point in time, UTC.
    TimestampMicros,
    /// Long: a point in time, UTC.
    TimestampNanos,
    /// Long: a time without a zone.
    LocalTimestampMillis,
    /// Long: a time without a zone.
    LocalTimestampMicros,
    /// Long: a time without a zone.
    LocalTimestampNanos,
    /// Fixed of 12: months, days and milliseconds.
    Duration,
}

impl Logical {
    /// The logical type that an object's attributes give to a type of this kind, or what is wrong with them.
    pub(super) fn read(object: &Object, kind: &Kind) -> Result<Option<Logical>, String> {
        let Some(word) = object.get("logicalType").and_then(Value::as_str) else { return Ok(None) };
        let logical = match (word, kind) {
            ("decimal", Kind::Bytes | Kind::Fixed(_)) => return decimal(object, kind).map(Some),
            ("big-decimal", Kind::Bytes) => Logical::BigDecimal,
            ("uuid", Kind::String | Kind::Fixed(16)) => Logical::Uuid,
            ("date", Kind::Int) => Logical::Date,
            ("time-millis", Kind::Int) => Logical::TimeMillis,
            ("time-micros", Kind::Long) => Logical::TimeMicros,
            ("timestamp-millis", Kind::Long) => Logical::TimestampMillis,
            ("timestamp-micros", Kind::Long) => Logical::TimestampMicros,
            ("timestamp-nanos", Kind::Long) => Logical::TimestampNanos,
            ("local-timestamp-millis", Kind::Long) => Logical::LocalTimestampMillis,
            ("local-timestamp-micros", Kind::Long) => Logical::LocalTimestampMicros,
            ("local-timestamp-nanos", Kind::Long) => Logical::LocalTimestampNanos,
            ("duration", Kind::Fixed(12)) => Logical::Duration,
            _ => return Err(format!("logical type `{}` on {}", escape(word), kind.word())),
        };
        Ok(Some(logical))
    }
}

/// Precision from 1, scale from 0 to the precision, and for fixed no more digits than its bytes can hold.
fn decimal(object: &Object, kind: &Kind) -> Result<Logical, String> {
    let number = |name: &str| object.get(name).map(|v| v.as_u64().filter(|n| *n <= i32::MAX as u64));
    let precision =
        number("precision").flatten().filter(|p| *p > 0).ok_or("decimal without a valid precision")?;
    let scale = number("scale").unwrap_or(Some(0)).ok_or("decimal without a valid scale")?;
    if scale > precision {
        return Err("decimal whose scale is above its precision".into());
    }
    if let Kind::Fixed(size) = kind {
        // floor(log10(2^(8n − 1) − 1)); a zero-sized fixed holds no digit.
        let bits = (8.0 * *size as f64 - 1.0).max(0.0);
        if precision as f64 > (bits * std::f64::consts::LOG10_2).floor() {
            return Err("decimal whose precision is above what its bytes hold".into());
        }
    }
    Ok(Logical::Decimal { scale: scale as u32 })
}
