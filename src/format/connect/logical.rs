//! Logical types of Connect and of Debezium, by the names of their schemas.

use super::Members;
use crate::dialect::{Decimals, Style, Timestamps};
use crate::format::avro::decimal;
use crate::format::temporal;
use crate::json::Raw;
use crate::wire::base64;

/// Scales beyond this would print more zeros than anyone means.
const SCALE: i64 = 10_000;

/// A logical type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Logical {
    /// Bytes of the unscaled value, highest first, in base64.
    Decimal { scale: i64 },
    /// An object with the scale beside such bytes.
    VariableDecimal,
    /// Days since 1970.
    Date,
    /// Time of day in 10^-digits seconds.
    Time { digits: u32 },
    /// Since 1970, in 10^-digits seconds.
    Timestamp { digits: u32, utc: bool },
}

impl Logical {
    pub(super) fn named(name: &str, scale: Option<&str>) -> Option<Logical> {
        Some(match name {
            "org.apache.kafka.connect.data.Decimal" => {
                let scale: i64 = scale?.parse().ok()?;
                Logical::Decimal { scale: Some(scale).filter(|s| (-SCALE..=SCALE).contains(s))? }
            }
            "org.apache.kafka.connect.data.Date" | "io.debezium.time.Date" => Logical::Date,
            "org.apache.kafka.connect.data.Time" | "io.debezium.time.Time" => Logical::Time { digits: 3 },
            "io.debezium.time.MicroTime" => Logical::Time { digits: 6 },
            "io.debezium.time.NanoTime" => Logical::Time { digits: 9 },
            "org.apache.kafka.connect.data.Timestamp" => Logical::Timestamp { digits: 3, utc: true },
            // Debezium's have no time zone: the column's own values.
            "io.debezium.time.Timestamp" => Logical::Timestamp { digits: 3, utc: false },
            "io.debezium.time.MicroTimestamp" => Logical::Timestamp { digits: 6, utc: false },
            "io.debezium.time.NanoTimestamp" => Logical::Timestamp { digits: 9, utc: false },
            "io.debezium.data.VariableScaleDecimal" => Logical::VariableDecimal,
            _ => return None,
        })
    }

    /// Writes a value. `None` where it is not as its type says.
    pub(super) fn write(self, raw: Raw<'_>, style: &Style, out: &mut Vec<u8>) -> Option<()> {
        let as_it_is = match self {
            Logical::Decimal { .. } | Logical::VariableDecimal => style.decimals == Decimals::Raw,
            _ => style.timestamps == Timestamps::Epoch,
        };
        // With `decimal.format=NUMERIC` the converter has written the number itself.
        let numeric = matches!(self, Logical::Decimal { .. }) && !raw.get().starts_with('"');
        if as_it_is || (numeric && raw.get().parse::<f64>().is_ok()) {
            out.extend_from_slice(raw.get().as_bytes());
            return Some(());
        }
        match self {
            Logical::Decimal { scale } => unscaled(raw, scale, out),
            Logical::VariableDecimal => {
                let members = Members::of(raw)?;
                let scale = members.get("scale")?.get().parse().ok()?;
                let scale = Some(scale).filter(|s| (-SCALE..=SCALE).contains(s))?;
                unscaled(members.get("value")?, scale, out)
            }
            Logical::Date => stamp(temporal::date(long(raw)?)?, out),
            Logical::Time { digits } => stamp(temporal::time(long(raw)?, digits)?, out),
            Logical::Timestamp { digits, utc } => stamp(temporal::timestamp(long(raw)?, digits, utc)?, out),
        }
    }
}

fn long(raw: Raw<'_>) -> Option<i64> {
    raw.get().parse().ok()
}

fn stamp(stamp: temporal::Stamp, out: &mut Vec<u8>) -> Option<()> {
    out.push(b'"');
    out.extend_from_slice(stamp.as_str().as_bytes());
    out.push(b'"');
    Some(())
}

fn unscaled(raw: Raw<'_>, scale: i64, out: &mut Vec<u8>) -> Option<()> {
    let text = raw.string()?;
    let mut bytes = Vec::new();
    base64::decode(&text, &mut bytes).ok()?;
    let mut digits = String::new();
    decimal(&bytes, scale, &mut digits)?;
    out.push(b'"');
    out.extend_from_slice(digits.as_bytes());
    out.push(b'"');
    Some(())
}
