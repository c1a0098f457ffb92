//! Avro object container files (specification, "Object Container Files"): a header with the schema, then blocks of data.

use super::{Body, Budget, Frame, Origin, codec};
use crate::error::{Code, Error, Fault, Space};
use crate::wire::{Cursor, MAX_LENGTH, Run, Short, put_varint};

pub(super) const MAGIC: &[u8] = b"Obj\x01";

/// Reads a file. Its blocks are left in `body`, each as its count, its size and its data, inflated.
pub(super) fn read(payload: &[u8], body: &mut Vec<u8>, budget: &mut Budget) -> Result<Frame, Error> {
    body.clear();
    let at = MAGIC.iter().zip(payload).take_while(|(a, b)| a == b).count();
    if let (Some(&byte), true) = (payload.get(at), at < MAGIC.len()) {
        return Err(super::fault(Fault::with(Code::ContainerInvalid, at, 0, i64::from(byte))));
    }
    let mut c = Cursor::new(payload, MAGIC.len(), payload.len());
    if payload.len() < MAGIC.len() {
        return Err(super::fault(super::truncated(payload, MAGIC.len())));
    }
    let header = header(&mut c).map_err(super::fault)?;
    let schema = header.schema.ok_or_else(|| invalid("the metadata `avro.schema`", "none", MAGIC.len()))?;
    let codec = codec::find(header.codec.as_deref().unwrap_or("null")).ok_or_else(|| {
        let named = |codec: &&&str| Some(**codec) == header.codec.as_deref();
        let found = codec::OTHERS.iter().find(named).map_or("another".to_owned(), |name| format!("`{name}`"));
        Error::new(Code::ContainerCodec, format!("expected the codec `null` or `deflate`, found {found}"))
    })?;
    let mut block = Vec::new();
    while c.left() > 0 {
        let at = c.at();
        let (count, data) = read_block(&mut c).map_err(super::fault)?;
        let sync = take(&mut c, header.sync.len()).map_err(super::fault)?;
        if sync.exact() != header.sync {
            return Err(invalid("the file's sync marker", "another", c.at() - header.sync.len()));
        }
        block.clear();
        let inflate = |out: &mut Vec<u8>, most| codec::inflate(codec, data.exact(), out, most);
        budget.inflate(&mut block, body.len(), at, Code::ContainerBlock, inflate).map_err(super::fault)?;
        put_varint(count, body);
        put_varint(block.len() as u64, body);
        body.extend_from_slice(&block);
    }
    let schema = Some(schema.into());
    Ok(Frame {
        reference: None,
        origin: Origin::None,
        text: false,
        start: 0,
        body: Body::Unpacked,
        schema,
        named: super::Named::Before,
    })
}

/// Where a byte of what [`read`] left is in the data of all blocks, one after the other.
#[cold]
pub(crate) fn place(body: &[u8], at: usize) -> usize {
    let mut c = Cursor::new(body, 0, body.len());
    let mut before = 0;
    while let (Ok(_), Ok(size)) = (c.varint(), c.varint()) {
        let (start, size) = (c.at(), size as usize);
        if at < start + size {
            return before + at.saturating_sub(start);
        }
        before += size;
        c.seek(start + size);
    }
    before
}

struct Header<'a> {
    schema: Option<String>,
    codec: Option<String>,
    sync: &'a [u8],
}

fn header<'a>(c: &mut Cursor<'a>) -> Result<Header<'a>, Fault> {
    let (mut schema, mut codec) = (None, None);
    loop {
        let count = number(c)?;
        if count == 0 {
            break;
        }
        if count < 0 {
            number(c)?;
        }
        // Each entry takes bytes, so that the count alone costs nothing.
        for _ in 0..count.unsigned_abs() {
            let key = bytes(c)?;
            let value = bytes(c)?;
            let text = || Some(String::from_utf8_lossy(value.exact()).into_owned());
            match key.exact() {
                b"avro.schema" => schema = text(),
                b"avro.codec" => codec = text(),
                _ => {}
            }
        }
    }
    let sync = take(c, 16)?;
    Ok(Header { schema, codec, sync: sync.exact() })
}

fn read_block<'a>(c: &mut Cursor<'a>) -> Result<(u64, Run<'a>), Fault> {
    let at = c.at();
    let count = number(c)?;
    let count = u64::try_from(count).map_err(|_| Fault::with(Code::AvroLength, at, 0, count))?;
    Ok((count, bytes(c)?))
}

fn number(c: &mut Cursor<'_>) -> Result<i64, Fault> {
    let at = c.at();
    c.zigzag().map_err(|short| match short {
        Short::End => cut(c, 1),
        Short::Varint => Fault::new(Code::AvroVarint, at),
    })
}

fn bytes<'a>(c: &mut Cursor<'a>) -> Result<Run<'a>, Fault> {
    let at = c.at();
    let n = number(c)?;
    if !(0..=MAX_LENGTH).contains(&n) {
        return Err(Fault::with(Code::AvroLength, at, 0, n));
    }
    take(c, n as usize)
}

fn take<'a>(c: &mut Cursor<'a>, n: usize) -> Result<Run<'a>, Fault> {
    c.take(n).map_err(|_| cut(c, n))
}

fn cut(c: &Cursor<'_>, n: usize) -> Fault {
    let whole = (c.at() as u64).saturating_add(n as u64);
    Fault::with(Code::FramingTruncated, c.end(), whole, c.end() as i64)
}

fn invalid(expected: &str, found: &str, at: usize) -> Error {
    let error = Error::new(Code::ContainerInvalid, format!("expected {expected}, found {found}"));
    error.at_byte(at as u64, Space::Payload)
}
