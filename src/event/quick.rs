//! Reads a record as Lambda writes them: each member where it stands, in one pass over its text.
//!
//! Whatever is unusual, wrong or only rare, gives `None`: [`super::read`] reads every record, and says what is wrong.

use super::record::{Header, Payload, Record, SchemaMetadata};
use crate::error::Side;
use crate::json::Scan;
use std::borrow::Cow;

/// Members that may come once, by the bits of a set.
#[derive(Default)]
struct Once(u16);

impl Once {
    #[inline]
    fn note(&mut self, member: u16) -> Option<()> {
        let seen = self.0 & 1 << member != 0;
        self.0 |= 1 << member;
        (!seen).then_some(())
    }
}

/// Reads the record on which the scan stands into one that has its place and nothing else; tells whether each of its headers
/// stands in an object alone. Where that fails, neither is of use any more.
#[inline]
pub(super) fn record<'a>(record: &mut Record<'a>, scan: &mut Scan<'a>) -> Option<bool> {
    let mut once = Once::default();
    let mut alone = true;
    scan.members(|name, scan| {
        match &*name {
            "topic" => {
                once.note(0)?;
                record.topic = Some(text(scan)?);
            }
            "partition" => {
                once.note(1)?;
                record.partition = Some(integer(scan)?.try_into().ok()?);
            }
            "offset" => {
                once.note(2)?;
                record.offset = Some(integer(scan)?);
            }
            "timestamp" => {
                once.note(3)?;
                record.timestamp = present(scan, integer)?;
            }
            "timestampType" => {
                once.note(4)?;
                record.timestamp_type = present(scan, text)?;
            }
            "headers" => {
                once.note(5)?;
                record.headers = present(scan, |scan| headers(scan, &mut alone))?;
            }
            "key" => {
                once.note(6)?;
                record.key = payload(scan)?;
            }
            "value" => {
                once.note(7)?;
                record.value = payload(scan)?;
            }
            "keySchemaMetadata" => {
                once.note(8)?;
                record.key_schema_metadata = metadata(record, Side::Key, scan)?;
            }
            "valueSchemaMetadata" => {
                once.note(9)?;
                record.value_schema_metadata = metadata(record, Side::Value, scan)?;
            }
            _ => drop(scan.value()?),
        }
        Some(())
    })?;
    let whole = record.topic.is_some() && record.partition.is_some() && record.offset.is_some();
    whole.then_some(alone)
}

#[inline]
fn text<'a>(scan: &mut Scan<'a>) -> Option<Cow<'a, str>> {
    scan.string()
}

#[inline(never)]
fn integer(scan: &mut Scan<'_>) -> Option<i64> {
    scan.integer()
}

/// A value that may be null.
#[inline(always)]
fn present<'a, T>(scan: &mut Scan<'a>, read: impl FnOnce(&mut Scan<'a>) -> Option<T>) -> Option<Option<T>> {
    if scan.peek()? == b'n' {
        return scan.value().map(|_| None);
    }
    read(scan).map(Some)
}

#[inline]
fn payload<'a>(scan: &mut Scan<'a>) -> Option<Payload<'a>> {
    Some(present(scan, text)?.map_or(Payload::Null, Payload::Base64))
}

#[inline]
fn metadata<'a>(record: &Record<'a>, side: Side, scan: &mut Scan<'a>) -> Option<Option<SchemaMetadata<'a>>> {
    present(scan, |scan| {
        let mut once = Once::default();
        let (mut schema_id, mut data_format) = (None, None);
        scan.members(|name, scan| {
            match &*name {
                "schemaId" => {
                    once.note(0)?;
                    schema_id = present(scan, text)?;
                }
                "dataFormat" => {
                    once.note(1)?;
                    data_format = present(scan, text)?;
                }
                _ => drop(scan.value()?),
            }
            Some(())
        })?;
        Some(SchemaMetadata { schema_id, data_format, side, place: record.place.clone() })
    })
}

#[inline]
fn headers(scan: &mut Scan<'_>, alone: &mut bool) -> Option<Vec<Header>> {
    let mut headers = Vec::new();
    scan.items(|scan| {
        let before = headers.len();
        header(scan, &mut headers)?;
        *alone &= headers.len() <= before + 1;
        Some(())
    })?;
    Some(headers)
}

/// Appends the members of one header object: one as a rule, and each as a header of its own where there are more.
#[inline]
pub(super) fn header(scan: &mut Scan<'_>, headers: &mut Vec<Header>) -> Option<()> {
    scan.members(|name, scan| {
        let value = present(scan, |scan| {
            let mut bytes = Vec::with_capacity(LIKELY_BYTES);
            scan.items(|scan| {
                bytes.push(byte(scan.integer()?)?);
                Some(())
            })?;
            Some(bytes)
        })?;
        headers.push(Header { name: name.into_owned(), value });
        Some(())
    })
}

/// Room for a header's value at first: that of a trace's id. Most are no longer.
const LIKELY_BYTES: usize = 16;

/// A byte's number: Lambda writes bytes as Java has them, from −128; others write them from 0 to 255.
#[inline(always)]
fn byte(n: i64) -> Option<u8> {
    (-128..=255).contains(&n).then_some((n & 0xff) as u8)
}
