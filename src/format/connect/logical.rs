//! Logical types of Connect and of Debezium, by the names of their schemas.

use crate::dialect::{Decimals, Style, Timestamps};
use crate::format::avro::{decimal, decimal_of_number};
use crate::format::temporal;
use crate::json::Raw;
use crate::wire::base64;

/// A logical type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Logical {
    /// Bytes of the unscaled value, highest first, in base64; or a number.
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
            "org.apache.kafka.connect.data.Decimal" => Logical::Decimal { scale: scale?.parse().ok()? },
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
        if as_it_is {
            out.extend_from_slice(raw.get().as_bytes());
            return Some(());
        }
        match self {
            Logical::Decimal { scale } => quoted(&decimal_of(raw, scale)?, out),
            Logical::VariableDecimal => {
                let [scale, value] = raw.members(&["scale", "value"])?;
                quoted(&decimal_of(value?, long(scale?)?)?, out)
            }
            Logical::Date => quoted(temporal::date(long(raw)?)?.as_str(), out),
            Logical::Time { digits } => quoted(temporal::time(long(raw)?, digits)?.as_str(), out),
            Logical::Timestamp { digits, utc } => {
                quoted(temporal::timestamp(long(raw)?, digits, utc)?.as_str(), out);
            }
        }
        Some(())
    }
}

fn long(raw: Raw<'_>) -> Option<i64> {
    raw.get().parse().ok()
}

fn quoted(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
}

/// Bytes in base64, or with `decimal.format=NUMERIC` the number itself.
fn decimal_of(raw: Raw<'_>, scale: i64) -> Option<String> {
    let mut digits = String::new();
    match raw.string() {
        Some(text) => {
            let mut bytes = Vec::new();
            base64::decode(&text, &mut bytes).ok()?;
            decimal(&bytes, scale, &mut digits)?;
        }
        None => decimal_of_number(raw.get(), scale, &mut digits)?,
    }
    Some(digits)
}
