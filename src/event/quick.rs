//! Reads a record as Lambda writes them: each member where it stands, in one pass over its text.
//!
//! Whatever is unusual, wrong or only rare, gives `None`: [`super::read`] reads every record, and says what is wrong.

use super::record::{Header, Payload, Record, SchemaMetadata};
use crate::error::Side;
use crate::json::{Expected, Scan};
use std::borrow::Cow;

/// The members of a record.
#[derive(Clone, Copy)]
enum Member {
    Topic,
    Partition,
    Offset,
    Timestamp,
    TimestampType,
    Key,
    Value,
    Headers,
    KeyMetadata,
    ValueMetadata,
}

/// In the order in which Lambda writes them.
const MEMBERS: [Expected<Member>; 10] = [
    Expected::new("topic", Member::Topic),
    Expected::new("partition", Member::Partition),
    Expected::new("offset", Member::Offset),
    Expected::new("timestamp", Member::Timestamp),
    Expected::new("timestampType", Member::TimestampType),
    Expected::new("key", Member::Key),
    Expected::new("value", Member::Value),
    Expected::new("headers", Member::Headers),
    Expected::new("keySchemaMetadata", Member::KeyMetadata),
    Expected::new("valueSchemaMetadata", Member::ValueMetadata),
];

/// The members of a side's metadata.
#[derive(Clone, Copy)]
enum MetadataMember {
    SchemaId,
    DataFormat,
}

const METADATA: [Expected<MetadataMember>; 2] = [
    Expected::new("dataFormat", MetadataMember::DataFormat),
    Expected::new("schemaId", MetadataMember::SchemaId),
];

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
    scan.expected(&MEMBERS, |member, scan| {
        let Some(member) = member else { return scan.value().map(drop) };
        once.note(member as u16)?;
        match member {
            Member::Topic => record.topic = Some(text(scan)?),
            Member::Partition => record.partition = Some(integer(scan)?.try_into().ok()?),
            Member::Offset => record.offset = Some(integer(scan)?),
            Member::Timestamp => record.timestamp = present(scan, integer)?,
            Member::TimestampType => record.timestamp_type = present(scan, text)?,
            Member::Headers => record.headers = present(scan, |scan| headers(scan, &mut alone))?,
            Member::Key => record.key = payload(scan)?,
            Member::Value => record.value = payload(scan)?,
            Member::KeyMetadata => record.key_schema_metadata = metadata(record, Side::Key, scan)?,
            Member::ValueMetadata => record.value_schema_metadata = metadata(record, Side::Value, scan)?,
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
        scan.expected(&METADATA, |member, scan| {
            let Some(member) = member else { return scan.value().map(drop) };
            once.note(member as u16)?;
            match member {
                MetadataMember::SchemaId => schema_id = present(scan, text)?,
                MetadataMember::DataFormat => data_format = present(scan, text)?,
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
        let value = present(scan, bytes)?;
        headers.push(Header { name: name.into_owned(), value });
        Some(())
    })
}

#[inline]
fn bytes(scan: &mut Scan<'_>) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(LIKELY_BYTES);
    if let Some(length) = compact(scan.rest(), &mut bytes) {
        scan.advance(length);
        return Some(bytes);
    }
    bytes.clear();
    scan.items(|scan| {
        bytes.push(byte(scan.integer()?)?);
        Some(())
    })?;
    Some(bytes)
}

/// Reads a list of bytes where it has no white space and holds one at least; gives its length. For each the place is in a
/// register here, where a scan's is in memory.
#[inline]
fn compact(text: &[u8], bytes: &mut Vec<u8>) -> Option<usize> {
    let digit =
        |at: usize| text.get(at).filter(|byte| byte.is_ascii_digit()).map(|byte| i64::from(byte - b'0'));
    if text.first() != Some(&b'[') {
        return None;
    }
    let mut at = 1;
    loop {
        let (first, negative) = match digit(at) {
            Some(first) => (first, false),
            None if text.get(at) == Some(&b'-') => {
                at += 1;
                (digit(at)?, true)
            }
            None => return None,
        };
        let mut n = first;
        at += 1;
        // No number of a byte is longer, and none that is begins with 0.
        while let (1..100, Some(next)) = (n, digit(at)) {
            n = 10 * n + next;
            at += 1;
        }
        if negative && n == 0 {
            return None;
        }
        bytes.push(byte(if negative { -n } else { n })?);
        at += 1;
        match text.get(at - 1) {
            Some(b',') => {}
            Some(b']') => return Some(at),
            _ => return None,
        }
    }
}

/// Room for a header's value at first: that of a trace's id. Most are no longer.
const LIKELY_BYTES: usize = 16;

/// A byte's number: Lambda writes bytes as Java has them, from −128; others write them from 0 to 255.
#[inline(always)]
fn byte(n: i64) -> Option<u8> {
    (-128..=255).contains(&n).then_some((n & 0xff) as u8)
}
