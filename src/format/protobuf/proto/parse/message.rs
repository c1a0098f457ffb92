//! Messages and enums, their reserved ranges and names.

use super::super::super::features::Edition;
use super::super::super::numbers::{MAX_FIELD, MAX_TYPE_ID};
use super::super::ast::{Enum, EnumValue, ExtensionRange, Field, Message, Oneof, Range, Value};
use super::super::lex::Kind;
use super::{MESSAGES, Parser};
use crate::error::Error;
use crate::map::IndexSet;

/// What `max` stands for until a message is known to be a message set.
pub(in super::super) const MAX_EXTENSION: i64 = -1;

impl Parser<'_> {
    pub(super) fn message(&mut self) -> Result<Message, Error> {
        self.expect_word("message")?;
        let at = self.at();
        let name = self.ident("a message's name")?;
        let mut out = Message { at, name, ..Message::default() };
        self.message_body(&mut out)?;
        Ok(out)
    }

    /// From `{` to `}`.
    pub(super) fn message_body(&mut self, out: &mut Message) -> Result<(), Error> {
        self.expect('{')?;
        self.depth += 1;
        if self.depth > MESSAGES {
            return Err(self.error("messages that nest less deeply"));
        }
        while !self.accept_symbol('}') {
            self.message_statement(out)?;
        }
        self.depth -= 1;
        synthetic_oneofs(out);
        extension_maxima(out);
        Ok(())
    }

    fn message_statement(&mut self, out: &mut Message) -> Result<(), Error> {
        if self.accept_symbol(';') {
            return Ok(());
        }
        let visibility = self.visibility();
        let Kind::Ident(word) = self.peek() else { return self.field_into(out) };
        match word.as_str() {
            "message" if matches!(self.peek_at(1), Kind::Ident(_)) => {
                let mut message = self.message()?;
                message.visibility = visibility;
                out.messages.push(message);
            }
            "enum" => {
                let mut e = self.enumeration()?;
                e.visibility = visibility;
                out.enums.push(e);
            }
            "extensions" => self.extension_ranges(out)?,
            "reserved" => self.message_reserved(out)?,
            "extend" => {
                let (mut fields, mut messages) = (Vec::new(), Vec::new());
                self.extend(&mut fields, &mut messages)?;
                out.extensions.append(&mut fields);
                out.messages.append(&mut messages);
            }
            "option" => {
                let option = self.option_statement()?;
                self.add_option(&mut out.options, option);
            }
            "oneof" => self.oneof(out)?,
            _ => self.field_into(out)?,
        }
        Ok(())
    }

    fn field_into(&mut self, out: &mut Message) -> Result<(), Error> {
        let (field, messages) = self.field()?;
        out.fields.push(field);
        out.messages.extend(messages);
        Ok(())
    }

    fn oneof(&mut self, out: &mut Message) -> Result<(), Error> {
        self.i += 1;
        let at = self.at();
        let mut oneof = Oneof { at, name: self.ident("a oneof's name")?, ..Oneof::default() };
        let index = out.oneofs.len();
        self.expect('{')?;
        let before = out.fields.len();
        while !self.accept_symbol('}') {
            if self.is("option") {
                let option = self.option_statement()?;
                self.add_option(&mut oneof.options, option);
                continue;
            }
            if let Kind::Ident(w) = self.peek()
                && matches!(w.as_str(), "required" | "optional" | "repeated")
            {
                return Err(self.error("a oneof's field without a label"));
            }
            let (mut field, messages) = self.oneof_field()?;
            field.oneof = Some(index);
            out.fields.push(field);
            out.messages.extend(messages);
        }
        if out.fields.len() == before {
            return Err(self.error_at(at, "a field in the oneof", "none"));
        }
        out.oneofs.push(oneof);
        Ok(())
    }

    fn extension_ranges(&mut self, out: &mut Message) -> Result<(), Error> {
        self.i += 1;
        let mut ranges = vec![self.range(false)?];
        while self.accept_symbol(',') {
            ranges.push(self.range(false)?);
        }
        let mut options = super::super::ast::Options::default();
        self.bracket_options(&mut options)?;
        out.ranges.extend(ranges.into_iter().map(|range| ExtensionRange { range, options: options.clone() }));
        self.expect(';')
    }

    /// `2`, `2 to 5` or `2 to max`; in enums, numbers may be negative.
    fn range(&mut self, in_enum: bool) -> Result<Range, Error> {
        let at = self.at();
        let start = self.range_number(in_enum)?;
        if !self.accept("to") {
            return Ok(Range { at, start, end: start });
        }
        let end = if self.accept("max") {
            if in_enum { i64::from(i32::MAX) } else { MAX_EXTENSION }
        } else {
            self.range_number(in_enum)?
        };
        Ok(Range { at, start, end })
    }

    fn range_number(&mut self, in_enum: bool) -> Result<i64, Error> {
        let at = self.at();
        let negative = in_enum && self.accept_symbol('-');
        let Kind::Int(v) = *self.peek() else { return Err(self.error("an integer")) };
        self.i += 1;
        let v = i64::try_from(v).ok().map(|v| if negative { -v } else { v });
        v.filter(|v| i32::try_from(*v).is_ok())
            .ok_or_else(|| self.error_at(at, "an integer of 32 bits", "another"))
    }

    fn message_reserved(&mut self, out: &mut Message) -> Result<(), Error> {
        self.i += 1;
        self.reserved(&mut out.reserved, &mut out.reserved_names, false)
    }

    fn reserved(
        &mut self,
        ranges: &mut Vec<Range>,
        names: &mut Vec<(usize, String)>,
        in_enum: bool,
    ) -> Result<(), Error> {
        let words = self.edition >= Edition::Edition2023;
        match self.peek() {
            Kind::Str(_) if words => {
                return Err(self.error("reserved names as words, as editions have them"));
            }
            Kind::Ident(_) if !words => return Err(self.error("reserved names in quotes, or numbers")),
            Kind::Str(_) | Kind::Ident(_) => loop {
                let at = self.at();
                let name = if words { self.ident("a name")? } else { self.text_string("a name in quotes")? };
                names.push((at, name));
                if !self.accept_symbol(',') {
                    break;
                }
            },
            _ => loop {
                ranges.push(self.range(in_enum)?);
                if !self.accept_symbol(',') {
                    break;
                }
            },
        }
        self.expect(';')
    }

    pub(super) fn enumeration(&mut self) -> Result<Enum, Error> {
        self.expect_word("enum")?;
        let at = self.at();
        let mut out = Enum { at, name: self.ident("an enum's name")?, ..Enum::default() };
        self.expect('{')?;
        while !self.accept_symbol('}') {
            if self.accept_symbol(';') {
            } else if self.is("option") && *self.peek_at(1) != Kind::Symbol('=') {
                let option = self.option_statement()?;
                self.add_option(&mut out.options, option);
            } else if self.is("reserved") && *self.peek_at(1) != Kind::Symbol('=') {
                self.i += 1;
                self.reserved(&mut out.reserved, &mut out.reserved_names, true)?;
            } else {
                out.values.push(self.enum_value()?);
            }
        }
        Ok(out)
    }

    fn enum_value(&mut self) -> Result<EnumValue, Error> {
        let at = self.at();
        let mut out = EnumValue { at, name: self.ident("an enum value's name")?, ..EnumValue::default() };
        self.expect('=')?;
        out.number = self.range_number(true)? as i32;
        self.bracket_options(&mut out.options)?;
        self.expect(';')?;
        Ok(out)
    }

    /// `extend M { … }`.
    pub(super) fn extend(
        &mut self,
        fields: &mut Vec<Field>,
        messages: &mut Vec<Message>,
    ) -> Result<(), Error> {
        self.expect_word("extend")?;
        let at = self.at();
        let extendee = self.dotted(true, "a message's name")?;
        self.expect('{')?;
        if self.is_symbol('}') {
            return Err(self.error("a field in the extension"));
        }
        while !self.accept_symbol('}') {
            if self.is("map") && *self.peek_at(1) == Kind::Symbol('<') {
                return Err(self.error("an extension that is no map"));
            }
            let (mut field, nested) = self.field()?;
            (field.extendee, field.extendee_at) = (extendee.clone(), at);
            fields.push(field);
            messages.extend(nested);
        }
        Ok(())
    }
}

/// Each `optional` of proto3 is in a oneof of its own, behind the declared ones.
fn synthetic_oneofs(out: &mut Message) {
    if !out.fields.iter().any(|f| f.proto3_optional) {
        return;
    }
    let fields = out.fields.iter().chain(&out.extensions).map(|f| &f.name);
    let types = out.messages.iter().map(|m| &m.name).chain(out.enums.iter().map(|e| &e.name));
    let values = out.enums.iter().flat_map(|e| &e.values).map(|v| &v.name);
    let oneofs = out.oneofs.iter().map(|o| &o.name);
    let mut taken: IndexSet<String> = fields.chain(types).chain(values).chain(oneofs).cloned().collect();
    for i in 0..out.fields.len() {
        if !out.fields[i].proto3_optional {
            continue;
        }
        let field = &out.fields[i];
        let mut name =
            if field.name.starts_with('_') { field.name.clone() } else { format!("_{}", field.name) };
        while !taken.insert(name.clone()) {
            name.insert(0, 'X');
        }
        let at = field.at;
        out.fields[i].oneof = Some(out.oneofs.len());
        out.oneofs.push(Oneof { at, name, synthetic: true, ..Oneof::default() });
    }
}

/// `max` is higher in a message set.
fn extension_maxima(out: &mut Message) {
    let set = out.options.entries.iter().any(|o| {
        matches!(o.name.as_slice(), [p] if !p.extension && p.name == "message_set_wire_format")
            && o.value == Value::Ident("true".into())
    });
    let max = if set { MAX_TYPE_ID } else { MAX_FIELD };
    let ends =
        out.ranges.iter_mut().map(|r| &mut r.range.end).chain(out.reserved.iter_mut().map(|r| &mut r.end));
    for end in ends.filter(|end| **end == MAX_EXTENSION) {
        *end = max;
    }
}
