//! Strings (RFC 8259, section 7): handed on as they stand, or unescaped where they must be.

use super::syntax;
use crate::error::{Code, Fault};
use crate::wire::quoted::plain;
use crate::wire::{Cursor, Run};

pub(super) enum Text<'a> {
    /// The bytes between the quotes are the string; not yet known to be UTF-8.
    Plain(Run<'a>),
    /// The string was unescaped into the scratch text.
    Made,
}

/// Reads a string; the cursor stands on its quote.
#[inline]
pub(super) fn read<'a>(lossy: bool, c: &mut Cursor<'a>, text: &mut String) -> Result<Text<'a>, Fault> {
    let start = c.at() + 1;
    c.seek(start);
    let rest = c.rest();
    match plain(c.run()).and_then(|n| Some((n, *rest.get(n)?))) {
        None => Err(Fault::new(Code::JsonTruncated, c.end())),
        Some((n, b'"')) => {
            let run = c.take(n).map_err(|_| syntax(start))?;
            c.seek(start + n + 1);
            Ok(Text::Plain(run))
        }
        Some((_, b'\\')) => unescape(lossy, c, text).map(|()| Text::Made),
        // Control characters must be escaped.
        Some((n, _)) => Err(syntax(start + n)),
    }
}

fn unescape(lossy: bool, c: &mut Cursor<'_>, text: &mut String) -> Result<(), Fault> {
    text.clear();
    loop {
        let rest = c.rest();
        let Some(n) = plain(c.run()) else {
            return Err(Fault::new(Code::JsonTruncated, c.end()));
        };
        match std::str::from_utf8(&rest[..n]) {
            Ok(plain) => text.push_str(plain),
            Err(_) if lossy => text.push_str(&String::from_utf8_lossy(&rest[..n])),
            Err(e) => return Err(Fault::new(Code::JsonUtf8, c.at() + e.valid_up_to())),
        }
        let at = c.at() + n;
        c.seek(at + 1);
        match rest[n] {
            b'"' => return Ok(()),
            b'\\' => escape(lossy, c, at, text)?,
            _ => return Err(syntax(at)),
        }
    }
}

/// One escape; the cursor stands behind its backslash, which is at `at`.
fn escape(lossy: bool, c: &mut Cursor<'_>, at: usize, text: &mut String) -> Result<(), Fault> {
    let byte = c.byte().map_err(|_| Fault::new(Code::JsonTruncated, c.end()))?;
    text.push(match byte {
        b'"' | b'\\' | b'/' => char::from(byte),
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unicode(lossy, c, at, text),
        _ => return Err(syntax(at + 1)),
    });
    Ok(())
}

fn unicode(lossy: bool, c: &mut Cursor<'_>, at: usize, text: &mut String) -> Result<(), Fault> {
    let unit = hex4(c)?;
    let lone = |text: &mut String| {
        if !lossy {
            return Err(Fault::new(Code::JsonSurrogate, at));
        }
        text.push(char::REPLACEMENT_CHARACTER);
        Ok(())
    };
    match unit {
        0xd800..=0xdbff if c.rest().starts_with(b"\\u") => {
            let back = c.at();
            c.seek(back + 2);
            let low = hex4(c)?;
            match char::decode_utf16([unit, low]).next() {
                Some(Ok(pair)) => text.push(pair),
                _ => {
                    // What follows is an escape of its own.
                    c.seek(back);
                    lone(text)?;
                }
            }
        }
        0xd800..=0xdfff => lone(text)?,
        _ => text.push(char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER)),
    }
    Ok(())
}

fn hex4(c: &mut Cursor<'_>) -> Result<u16, Fault> {
    let mut unit = 0;
    for _ in 0..4 {
        let at = c.at();
        let byte = c.byte().map_err(|_| Fault::new(Code::JsonTruncated, at))?;
        let digit = char::from(byte).to_digit(16).ok_or_else(|| syntax(at))?;
        unit = unit << 4 | digit as u16;
    }
    Ok(unit)
}
