//! Strings (RFC 8259, section 7): handed on as they stand, or unescaped where they must be.

use super::syntax;
use crate::error::{Code, Fault};
use crate::json::{Flaw, Why, unescape};
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
        Some((_, b'\\')) => unescape(lossy, c, text).map(|()| Text::Made).map_err(fault),
        // Control characters must be escaped.
        Some((n, _)) => Err(syntax(start + n)),
    }
}

#[cold]
fn fault(flaw: Flaw) -> Fault {
    let code = match flaw.why {
        Why::End => Code::JsonTruncated,
        Why::Utf8 => Code::JsonUtf8,
        Why::Surrogate => Code::JsonSurrogate,
        _ => Code::JsonSyntax,
    };
    Fault::new(code, flaw.at)
}
