//! Text, bytes, and the primitives of Kafka's own serializers.

use crate::dialect::{self, Int64, MAX_SAFE, Rule, Style};
use crate::error::{Code, Fault};
use crate::format::shape::{Node, Shape};
use crate::format::{Sink, Span};
use crate::json::Word;
use crate::wire::Cursor;

/// How text is encoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8.
    #[default]
    Utf8,
    /// UTF-16: by its byte order mark, big-endian without one.
    Utf16,
    /// ISO 8859-1: a byte a character.
    Latin1,
}

/// What Kafka's own serializers write, big-endian (`org.apache.kafka.common.serialization`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Primitive {
    /// ShortSerializer.
    Int16,
    /// IntegerSerializer.
    Int32,
    /// LongSerializer.
    Int64,
    /// FloatSerializer.
    Float,
    /// DoubleSerializer.
    Double,
    /// UUIDSerializer: the text of a UUID.
    Uuid,
}

impl Word for Encoding {
    const WORDS: &'static [(&'static str, Self)] =
        &[("utf-8", Encoding::Utf8), ("utf-16", Encoding::Utf16), ("iso-8859-1", Encoding::Latin1)];
}

impl Word for Primitive {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("int16", Primitive::Int16),
        ("int32", Primitive::Int32),
        ("int64", Primitive::Int64),
        ("float", Primitive::Float),
        ("double", Primitive::Double),
        ("uuid", Primitive::Uuid),
    ];
}

/// What the payload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Text.
    Text(Encoding),
    /// Bytes as they are.
    Bytes,
    /// One primitive.
    Primitive(Primitive),
}

/// How such payloads are read.
#[derive(Clone, Debug)]
pub struct Plan {
    kind: Kind,
    shape: Shape,
    int64: Int64,
    bytes: dialect::Bytes,
    short_floats: bool,
    lossy: bool,
}

impl Plan {
    /// The plan of a kind under these options.
    pub fn compile(kind: Kind, style: &Style) -> Plan {
        let int64 = style.int64_at(style.paths.root());
        let node = match kind {
            Kind::Bytes => Node::Bytes,
            Kind::Primitive(Primitive::Int16 | Primitive::Int32) => Node::Int,
            Kind::Primitive(Primitive::Int64) if int64 != Int64::String => Node::Long(int64),
            Kind::Primitive(Primitive::Float | Primitive::Double) => Node::Double,
            Kind::Text(_) | Kind::Primitive(_) => Node::Text,
        };
        let mut shape = Shape::default();
        shape.root = shape.push(node);
        Plan {
            kind,
            shape,
            int64,
            bytes: style.bytes,
            short_floats: style.short_floats,
            lossy: style.allows(Rule::Utf8),
        }
    }

    /// What its values look like.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// Decodes one payload: all of the cursor's bytes.
    ///
    /// # Errors
    /// What is wrong and where; the sink then holds nothing of the payload.
    pub fn decode<S: Sink + ?Sized>(&self, mut c: Cursor<'_>, sink: &mut S) -> Result<(), Fault> {
        sink.begin(c.left());
        let result = match self.kind {
            Kind::Text(encoding) => self.text(encoding, &mut c, sink),
            Kind::Bytes => self.whole(&mut c, sink),
            Kind::Primitive(primitive) => self.primitive(primitive, &mut c, sink),
        };
        match result {
            Ok(()) => sink.end(),
            Err(_) => sink.abort(),
        }
        result
    }

    fn whole<S: Sink + ?Sized>(&self, c: &mut Cursor<'_>, sink: &mut S) -> Result<(), Fault> {
        let span = (c.at(), c.end());
        let run = c.take(c.left()).map_err(|_| Fault::new(Code::Internal, span.0))?;
        sink.bytes(run, self.bytes, span);
        Ok(())
    }

    fn text<S: Sink + ?Sized>(
        &self,
        encoding: Encoding,
        c: &mut Cursor<'_>,
        sink: &mut S,
    ) -> Result<(), Fault> {
        let span = (c.at(), c.end());
        match encoding {
            Encoding::Utf8 => self.utf8(c, sink),
            Encoding::Latin1 => {
                sink.text(&c.rest().iter().map(|&b| char::from(b)).collect::<String>(), span);
                Ok(())
            }
            Encoding::Utf16 => {
                sink.text(&self.utf16(c.rest(), span.0)?, span);
                Ok(())
            }
        }
    }

    fn utf8<S: Sink + ?Sized>(&self, c: &mut Cursor<'_>, sink: &mut S) -> Result<(), Fault> {
        let span = (c.at(), c.end());
        let run = c.take(c.left()).map_err(|_| Fault::new(Code::Internal, span.0))?;
        match sink.string(run, span) {
            Ok(()) => Ok(()),
            Err(_) if self.lossy => {
                sink.text(&String::from_utf8_lossy(run.exact()), span);
                Ok(())
            }
            Err(e) => Err(e.at(Code::TextEncoding, span.0)),
        }
    }

    /// As Java's decoder of `UTF-16` reads it: a byte order mark decides and is dropped.
    fn utf16(&self, bytes: &[u8], start: usize) -> Result<String, Fault> {
        let (little, skip) = match bytes {
            [0xff, 0xfe, ..] => (true, 2),
            [0xfe, 0xff, ..] => (false, 2),
            _ => (false, 0),
        };
        let body = bytes.get(skip..).unwrap_or_default();
        let pairs = body.chunks_exact(2);
        let odd = !pairs.remainder().is_empty();
        let unit = |b: &[u8]| {
            if little {
                u16::from(b[1]) << 8 | u16::from(b[0])
            } else {
                u16::from(b[0]) << 8 | u16::from(b[1])
            }
        };
        let mut text = String::with_capacity(body.len() / 2);
        let mut at = start + skip;
        for c in char::decode_utf16(pairs.map(unit)) {
            match c {
                Ok(c) => {
                    text.push(c);
                    at += 2 * c.len_utf16();
                }
                Err(_) if self.lossy => {
                    text.push(char::REPLACEMENT_CHARACTER);
                    at += 2;
                }
                Err(_) => return Err(Fault::new(Code::TextEncoding, at)),
            }
        }
        match odd {
            true if self.lossy => text.push(char::REPLACEMENT_CHARACTER),
            true => return Err(Fault::new(Code::TextEncoding, at)),
            false => {}
        }
        Ok(text)
    }

    fn primitive<S: Sink + ?Sized>(
        &self,
        what: Primitive,
        c: &mut Cursor<'_>,
        sink: &mut S,
    ) -> Result<(), Fault> {
        let span = (c.at(), c.end());
        match what {
            Primitive::Int16 => sink.int(i32::from(i16::from_be_bytes(exactly(c)?)), span),
            Primitive::Int32 => sink.int(i32::from_be_bytes(exactly(c)?), span),
            Primitive::Int64 => return self.long(i64::from_be_bytes(exactly(c)?), span, sink),
            Primitive::Float => sink.float(f32::from_be_bytes(exactly(c)?), self.short_floats, span),
            Primitive::Double => sink.double(f64::from_be_bytes(exactly(c)?), span),
            Primitive::Uuid => {
                let _: [u8; 36] = exactly(&mut c.clone())?;
                return self.utf8(c, sink);
            }
        }
        Ok(())
    }

    fn long<S: Sink + ?Sized>(&self, v: i64, at: Span, sink: &mut S) -> Result<(), Fault> {
        match self.int64 {
            Int64::String => sink.text(&v.to_string(), at),
            Int64::Number if v.unsigned_abs() > MAX_SAFE => {
                return Err(Fault::new(Code::OutputInt64Unsafe, at.0));
            }
            _ => sink.long(v, at),
        }
        Ok(())
    }
}

/// All that is left, when it is `N` bytes.
fn exactly<const N: usize>(c: &mut Cursor<'_>) -> Result<[u8; N], Fault> {
    let wrong = Fault::with(Code::PrimitiveLength, c.at(), N as u64, c.left() as i64);
    if c.left() == N { c.array().map_err(|_| wrong) } else { Err(wrong) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::json::Json;

    fn decode(kind: Kind, bytes: &[u8]) -> Result<String, (Code, usize)> {
        let mut sink = Json::new();
        Plan::compile(kind, &Style::default())
            .decode(Cursor::new(bytes, 0, bytes.len()), &mut sink)
            .map(|()| sink.as_str().to_owned())
            .map_err(|f| (f.code, f.at))
    }

    #[test]
    fn encodings() {
        let text = |e, b: &[u8]| decode(Kind::Text(e), b);
        assert_eq!(text(Encoding::Utf8, "é".as_bytes()).as_deref(), Ok("\"é\""));
        assert_eq!(text(Encoding::Utf8, b"ab\xff"), Err((Code::TextEncoding, 2)));
        assert_eq!(text(Encoding::Latin1, b"\xe9").as_deref(), Ok("\"é\""));
        assert_eq!(text(Encoding::Utf16, b"\xfe\xff\0\xe9").as_deref(), Ok("\"é\""));
        assert_eq!(text(Encoding::Utf16, b"\xff\xfe\xe9\0").as_deref(), Ok("\"é\""));
        assert_eq!(text(Encoding::Utf16, b"\0a\xd8\0"), Err((Code::TextEncoding, 2)));
        assert_eq!(text(Encoding::Utf16, b"\0a\0"), Err((Code::TextEncoding, 2)));
    }

    #[test]
    fn primitives() {
        let one = |p, b: &[u8]| decode(Kind::Primitive(p), b);
        assert_eq!(one(Primitive::Int16, &[0xff, 0xfe]).as_deref(), Ok("-2"));
        assert_eq!(
            one(Primitive::Int64, &[0x80, 0, 0, 0, 0, 0, 0, 0]).as_deref(),
            Ok("-9223372036854775808")
        );
        assert_eq!(one(Primitive::Float, &[0x3f, 0x80, 0, 0]).as_deref(), Ok("1"));
        assert_eq!(one(Primitive::Int32, &[0, 0, 1]), Err((Code::PrimitiveLength, 0)));
    }
}
