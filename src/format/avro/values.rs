//! Values as the sink gets them: what an int, a long, text and bytes become.

use super::blocks::{run_of, short};
use super::logical;
use super::plan::{FromBytes, FromLong, Plan, Temporal};
use crate::dialect::MAX_SAFE;
use crate::error::{Code, Fault};
use crate::format::temporal::{self, Stamp};
use crate::format::{Sink, Span};
use crate::wire::{Cursor, Run};

/// What an ECMAScript `Date` can hold, in milliseconds.
const MAX_INSTANT: u64 = 8_640_000_000_000_000;

#[inline(always)]
pub(super) fn int(plan: &Plan, c: &mut Cursor<'_>) -> Result<i32, Fault> {
    let at = c.at();
    let v = c.zigzag().map_err(|e| short(e, c, 1))?;
    match i32::try_from(v) {
        Ok(v) => Ok(v),
        Err(_) if plan.lenient.int => Ok(v as i32),
        Err(_) => Err(Fault::new(Code::AvroIntRange, at)),
    }
}

pub(super) fn long_as<S: Sink + ?Sized>(to: FromLong, v: i64, at: Span, sink: &mut S) -> Result<(), Fault> {
    match to {
        FromLong::Long => sink.long(v, at),
        FromLong::Checked if v.unsigned_abs() > MAX_SAFE => {
            return Err(Fault::new(Code::OutputInt64Unsafe, at.0));
        }
        FromLong::Checked => sink.long(v, at),
        FromLong::Text => sink.text(&v.to_string(), at),
        FromLong::Float => sink.float(v as f32, false, at),
        FromLong::Double => sink.double(v as f64, at),
        FromLong::Time(to) => return time(to, v, at, sink),
    }
    Ok(())
}

pub(super) fn time<S: Sink + ?Sized>(to: Temporal, v: i64, at: Span, sink: &mut S) -> Result<(), Fault> {
    let (stamp, instant): (Option<Stamp>, _) = match to {
        Temporal::Date { instant: false } => (temporal::date(v), None),
        Temporal::Date { instant: true } => {
            (temporal::timestamp(v * 86_400_000, 3, true), Some(v * 86_400_000))
        }
        Temporal::Time(digits) => (temporal::time(v, digits), None),
        Temporal::Timestamp { digits, utc } => (temporal::timestamp(v, digits, utc), None),
        Temporal::Instant => (temporal::timestamp(v, 3, true), Some(v)),
    };
    match (stamp, instant) {
        (Some(stamp), None) => sink.text(stamp.as_str(), at),
        (Some(stamp), Some(ms)) if ms.unsigned_abs() <= MAX_INSTANT => sink.instant(ms, stamp.as_str(), at),
        _ => return Err(Fault::new(Code::AvroLogicalRange, at.0)),
    }
    Ok(())
}

/// Text with U+FFFD for what is not UTF-8, once for each piece that Java's `String` would take for one: as the Unicode
/// standard recommends, but for a surrogate, which is one piece.
#[cold]
fn lossy(mut bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    while let Err(e) = std::str::from_utf8(bytes) {
        let (valid, bad) = bytes.split_at(e.valid_up_to());
        text.push_str(std::str::from_utf8(valid).unwrap_or_default());
        text.push(char::REPLACEMENT_CHARACTER);
        let n = match bad {
            [0xed, 0xa0..=0xbf, 0x80..=0xbf, ..] => 3,
            [0xed, 0xa0..=0xbf, ..] => 2,
            _ => e.error_len().unwrap_or(bad.len()),
        };
        bytes = &bad[n.min(bad.len())..];
    }
    text.push_str(std::str::from_utf8(bytes).unwrap_or_default());
    text
}

#[inline(always)]
pub(super) fn string<S: Sink + ?Sized>(plan: &Plan, v: Run<'_>, at: Span, sink: &mut S) -> Result<(), Fault> {
    match sink.string(v, at) {
        Ok(()) => Ok(()),
        Err(_) if plan.lenient.utf8 => {
            sink.text(&lossy(v.exact()), at);
            Ok(())
        }
        Err(e) => Err(e.at(Code::AvroUtf8, at.1 - v.len())),
    }
}

#[inline(always)]
pub(super) fn key<S: Sink + ?Sized>(
    plan: &Plan,
    c: &mut Cursor<'_>,
    index: usize,
    sink: &mut S,
) -> Result<(), Fault> {
    let at = c.at();
    let k = run_of(c)?;
    match sink.key(index, k, (at, c.at())) {
        Ok(()) => Ok(()),
        Err(e) if plan.lenient.utf8 => {
            let lossy = lossy(k.exact());
            sink.key(index, Run::new(lossy.as_bytes()), (at, c.at())).map_err(|_| e.at(Code::Internal, at))
        }
        Err(e) => Err(e.at(Code::AvroUtf8, c.at() - k.len())),
    }
}

pub(super) fn bytes<S: Sink + ?Sized>(
    plan: &Plan,
    to: FromBytes,
    v: Run<'_>,
    at: Span,
    sink: &mut S,
    text: &mut String,
) -> Result<(), Fault> {
    let range = || Fault::new(Code::AvroLogicalRange, at.0);
    match to {
        FromBytes::Bytes => {
            sink.bytes(v, plan.bytes, at);
            return Ok(());
        }
        FromBytes::Decimal(scale) => logical::decimal(v.exact(), i64::from(scale), text).ok_or_else(range)?,
        FromBytes::BigDecimal => big_decimal(v, at.1, text)?,
        FromBytes::Uuid => logical::uuid(v.exact(), text),
        FromBytes::Duration => logical::duration(v.exact(), text),
    }
    sink.text(text, at);
    Ok(())
}

/// Bytes that hold an integer as Avro bytes and its scale as an Avro int (specification, "Big Decimal").
fn big_decimal(v: Run<'_>, end: usize, text: &mut String) -> Result<(), Fault> {
    let start = end - v.len();
    let at = |f: Fault| Fault { at: start + f.at, ..f };
    let mut c = Cursor::new(v.exact(), 0, v.len());
    let unscaled = run_of(&mut c).map_err(at)?;
    let scale_at = c.at();
    let scale = c.zigzag().map_err(|e| at(short(e, &c, 1)))?;
    if c.left() > 0 {
        return Err(Fault::with(Code::AvroTrailing, start + c.at(), 0, c.left() as i64));
    }
    logical::decimal(unscaled.exact(), scale, text)
        .ok_or(Fault::new(Code::AvroLogicalRange, start + scale_at))
}
