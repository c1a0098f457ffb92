//! Declared defaults, from the text that descriptors have them in.

use super::model::{Literal, Schema, Type};
use crate::json::float;

/// The default of a field of this type; the message says what was expected.
pub(super) fn parse(schema: &Schema, ty: Type, text: &str) -> Result<Literal, &'static str> {
    let number = "expected a default value of the field's type, found another";
    Ok(match ty {
        Type::Int32 | Type::Sint32 | Type::Sfixed32 => {
            Literal::Bits(i64::from(text.parse::<i32>().map_err(|_| number)?) as u64)
        }
        Type::Int64 | Type::Sint64 | Type::Sfixed64 => {
            Literal::Bits(text.parse::<i64>().map_err(|_| number)? as u64)
        }
        Type::Uint32 | Type::Fixed32 => Literal::Bits(text.parse::<u32>().map_err(|_| number)?.into()),
        Type::Uint64 | Type::Fixed64 => Literal::Bits(text.parse().map_err(|_| number)?),
        Type::Double => Literal::Bits(float::double(text).ok_or(number)?.to_bits()),
        Type::Float => Literal::Bits(u64::from(float::single(text).ok_or(number)?.to_bits())),
        Type::Bool => match text {
            "true" => Literal::Bits(1),
            "false" => Literal::Bits(0),
            _ => return Err(number),
        },
        Type::String => Literal::Text(text.into()),
        Type::Bytes => {
            Literal::Bytes(unescape(text).ok_or("expected escaped bytes as a default, found others")?.into())
        }
        Type::Enum(id) => {
            let mut values = schema.get_enum(id).values.iter();
            let found = values.find(|(name, _)| &**name == text);
            let (_, v) = found.ok_or("expected a value of the enum as its default, found another name")?;
            Literal::Bits(i64::from(*v) as u64)
        }
        Type::Message(_) => return Err("expected no default for a message, found one"),
    })
}

/// C escapes: letters, one to three octal digits, `\x` and one or two hexadecimal ones.
fn unescape(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        let (&kind, tail) = rest.split_first()?;
        rest = tail;
        out.push(match kind {
            b'a' => 7,
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'v' => 11,
            b'\\' | b'\'' | b'"' | b'?' => kind,
            b'x' | b'X' => digits(&mut rest, 16, 2, None)?,
            b'0'..=b'7' => digits(&mut rest, 8, 2, Some(kind))?,
            _ => return None,
        });
    }
    Some(out)
}

/// At most `most` digits, after a first one that was read.
fn digits(rest: &mut &[u8], base: u32, most: usize, first: Option<u8>) -> Option<u8> {
    let digit = |b: u8| char::from(b).to_digit(base);
    let mut value = first.and_then(digit);
    for _ in 0..most {
        let Some(d) = rest.first().copied().and_then(digit) else { break };
        value = Some(value.unwrap_or(0) * base + d);
        *rest = &rest[1..];
    }
    u8::try_from(value?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_unescape() {
        assert_eq!(unescape(r"a\000\377\xfe\n\\\?"), Some(b"a\0\xff\xfe\n\\?".to_vec()));
        assert_eq!(unescape(r"\777"), None);
        assert_eq!(unescape(r"\x"), None);
        assert_eq!(unescape("\\"), None);
    }

    #[test]
    fn numbers_of_the_declared_type() {
        let schema = Schema::default();
        assert_eq!(parse(&schema, Type::Int32, "-1"), Ok(Literal::Bits(u64::MAX)));
        assert_eq!(parse(&schema, Type::Double, "inf"), Ok(Literal::Bits(f64::INFINITY.to_bits())));
        assert_eq!(
            parse(&schema, Type::Float, "-inf"),
            Ok(Literal::Bits(f32::NEG_INFINITY.to_bits().into()))
        );
        assert!(matches!(parse(&schema, Type::Float, "nan"), Ok(Literal::Bits(_))));
        assert!(parse(&schema, Type::Uint32, "-1").is_err());
        assert!(parse(&schema, Type::Bool, "1").is_err());
    }
}
