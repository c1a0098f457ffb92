//! The escapes of strings (RFC 8259, section 7).

use super::{Flaw, Why};
use crate::wire::Cursor;
use crate::wire::quoted::plain;

#[cold]
fn flaw(at: usize, why: Why) -> Flaw {
    Flaw { at, why }
}

/// Reads the rest of a string, its escapes resolved, to behind its closing quote.
///
/// # Errors
/// What is wrong and where.
pub(crate) fn unescape(lossy: bool, c: &mut Cursor<'_>, text: &mut String) -> Result<(), Flaw> {
    text.clear();
    loop {
        let rest = c.rest();
        let Some(n) = plain(c.run()) else {
            return Err(flaw(c.end(), Why::End));
        };
        match std::str::from_utf8(&rest[..n]) {
            Ok(plain) => text.push_str(plain),
            Err(_) if lossy => text.push_str(&String::from_utf8_lossy(&rest[..n])),
            Err(e) => return Err(flaw(c.at() + e.valid_up_to(), Why::Utf8)),
        }
        let at = c.at() + n;
        c.seek(at + 1);
        match rest[n] {
            b'"' => return Ok(()),
            b'\\' => escape(lossy, c, at, text)?,
            _ => return Err(flaw(at, Why::Byte)),
        }
    }
}

/// One escape; the cursor stands behind its backslash, which is at `at`.
fn escape(lossy: bool, c: &mut Cursor<'_>, at: usize, text: &mut String) -> Result<(), Flaw> {
    let byte = c.byte().map_err(|_| flaw(c.end(), Why::End))?;
    text.push(match byte {
        b'"' | b'\\' | b'/' => char::from(byte),
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unicode(lossy, c, at, text),
        _ => return Err(flaw(at + 1, Why::Byte)),
    });
    Ok(())
}

fn unicode(lossy: bool, c: &mut Cursor<'_>, at: usize, text: &mut String) -> Result<(), Flaw> {
    let unit = hex4(c)?;
    let lone = |text: &mut String| {
        if !lossy {
            return Err(flaw(at, Why::Surrogate));
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

fn hex4(c: &mut Cursor<'_>) -> Result<u16, Flaw> {
    let mut unit = 0;
    for _ in 0..4 {
        let at = c.at();
        let byte = c.byte().map_err(|_| flaw(at, Why::End))?;
        let digit = char::from(byte).to_digit(16).ok_or_else(|| flaw(at, Why::Byte))?;
        unit = unit << 4 | digit as u16;
    }
    Ok(unit)
}
