//! `FieldMask`: its paths in lowerCamelCase, with commas between them.

use super::super::decode::Decoder;
use super::super::plan::Show;
use super::super::scan::Level;
use super::decode::out_of_range;
use crate::error::{Code, Fault};
use crate::format::{Sink, Span, utf8};

impl Decoder<'_, '_, dyn Sink + '_> {
    pub(super) fn field_mask(&mut self, index: u32, level: Level, at: Span) -> Result<(), Fault> {
        let verify = self.plan().message(index).fields.first().is_none_or(|f| f.show == Show::Text(true));
        let mut text = std::mem::take(&mut self.scan.scratch.text);
        text.clear();
        let first = self.scan.slot(level, 0).first;
        let mut id = first;
        while id != 0 {
            let o = self.scan.occurrence(id);
            let path = match utf8(self.run(o)) {
                Ok(path) => path,
                Err(e) if verify => return Err(e.at(Code::ProtobufUtf8, o.start())),
                Err(_) => return Err(out_of_range(o.span())),
            };
            if id != first {
                text.push(',');
            }
            camel(path, &mut text).ok_or_else(|| out_of_range(o.span()))?;
            id = o.next;
        }
        self.sink.text(&text, at);
        self.scan.scratch.text = text;
        Ok(())
    }
}

/// A path in lowerCamelCase, or nothing where that could not be undone: a capital, or an underscore that no lower-case
/// letter follows.
fn camel(path: &str, out: &mut String) -> Option<()> {
    let mut chars = path.chars();
    while let Some(c) = chars.next() {
        match c {
            '_' => out.push(chars.next().filter(char::is_ascii_lowercase)?.to_ascii_uppercase()),
            c if c.is_ascii_uppercase() => return None,
            c => out.push(c),
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn paths() {
        let camel = |path| {
            let mut out = String::new();
            super::camel(path, &mut out).map(|()| out)
        };
        assert_eq!(camel("user_id.b_c.d").as_deref(), Some("userId.bC.d"));
        assert_eq!(camel("userId"), None);
        assert_eq!(camel("a__b"), None);
        assert_eq!(camel("a_1"), None);
        assert_eq!(camel("a_"), None);
    }
}
