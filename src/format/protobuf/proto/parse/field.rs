//! Fields: labels, types, groups, maps, defaults.

use super::super::super::features::Edition;
use super::super::super::numbers::kind::{self, GROUP, MESSAGE};
use super::super::ast::{Field, Label, Message, OptionDecl};
use super::super::lex::Kind;
use super::super::number;
use super::Parser;
use crate::error::Error;
use crate::format::protobuf::names::json_name;

/// The name of a map field's entry.
pub(in super::super) fn entry_name(field: &str) -> String {
    // As in a JSON name, and the first letter is raised too.
    json_name(&format!("_{field}")) + "Entry"
}

impl Parser<'_> {
    /// A field of a message or of an `extend`; a group or a map brings a message with it.
    pub(super) fn field(&mut self) -> Result<(Field, Vec<Message>), Error> {
        let at = self.at();
        let mut field = Field::default();
        let mut labelled = true;
        if self.accept("optional") {
            if self.edition >= Edition::Edition2023 {
                return Err(self.error_at(
                    at,
                    "no label `optional` in editions (`features.field_presence` sets presence)",
                    "one",
                ));
            }
            field.proto3_optional = self.edition == Edition::Proto3;
        } else if self.accept("required") {
            if self.edition != Edition::Proto2 {
                return Err(self.error_at(at, "no label `required` outside proto2", "one"));
            }
            field.label = Label::Required;
        } else if self.accept("repeated") {
            field.label = Label::Repeated;
        } else {
            labelled = false;
        }
        if self.is("map") && *self.peek_at(1) == Kind::Symbol('<') {
            if labelled {
                return Err(self.error_at(at, "a map field without a label", "one"));
            }
            return self.map(field);
        }
        if !labelled && self.edition == Edition::Proto2 {
            return Err(self.error_at(
                at,
                "`required`, `optional` or `repeated`, as proto2 wants it",
                "no label",
            ));
        }
        self.typed(field)
    }

    pub(super) fn oneof_field(&mut self) -> Result<(Field, Vec<Message>), Error> {
        if self.is("map") && *self.peek_at(1) == Kind::Symbol('<') {
            return Err(self.error("a oneof's field that is no map"));
        }
        self.typed(Field::default())
    }

    fn typed(&mut self, mut field: Field) -> Result<(Field, Vec<Message>), Error> {
        field.type_at = self.at();
        if self.is("group") {
            return self.group(field);
        }
        self.type_name(&mut field)?;
        field.at = self.at();
        field.name = self.ident("a field's name")?;
        self.number_and_options(&mut field)?;
        self.expect(';')?;
        Ok((field, Vec::new()))
    }

    fn type_name(&mut self, field: &mut Field) -> Result<(), Error> {
        if let Kind::Ident(word) = self.peek() {
            field.kind = kind::scalar(word);
            if field.kind != 0 {
                self.i += 1;
                return Ok(());
            }
        }
        field.type_name = self.dotted(true, "a type")?;
        Ok(())
    }

    fn number_and_options(&mut self, field: &mut Field) -> Result<(), Error> {
        if !self.accept_symbol('=') {
            return Err(self.error("`=` and the field's number"));
        }
        field.number_at = self.at();
        let Kind::Int(v) = *self.peek() else { return Err(self.error("the field's number")) };
        self.i += 1;
        field.number = i64::try_from(v)
            .ok()
            .filter(|v| *v <= i64::from(i32::MAX))
            .ok_or_else(|| self.error_at(field.number_at, "a field number of 29 bits", "another"))?;
        self.field_options(field)
    }

    fn field_options(&mut self, field: &mut Field) -> Result<(), Error> {
        if !self.accept_symbol('[') {
            return Ok(());
        }
        loop {
            let named = *self.peek_at(1) == Kind::Symbol('=');
            if named && self.is("default") {
                self.default(field)?;
            } else if named && self.is("json_name") {
                let at = self.at();
                self.i += 2;
                if field.json_name.is_some() {
                    return Err(self.error_at(at, "`json_name` once", "it twice"));
                }
                field.json_name = Some((at, self.text_string("a string")?));
            } else {
                let option = self.option()?;
                self.add_option(&mut field.options, option);
            }
            if !self.accept_symbol(',') {
                return self.expect(']');
            }
        }
    }

    fn group(&mut self, mut field: Field) -> Result<(Field, Vec<Message>), Error> {
        if self.edition != Edition::Proto2 {
            return Err(self.error("no group outside proto2 (editions have `features.message_encoding`)"));
        }
        self.i += 1;
        let at = self.at();
        let name = self.ident("a group's name")?;
        if !name.starts_with(|c: char| c.is_ascii_uppercase()) {
            return Err(self.error_at(at, "a group's name with a capital", "another"));
        }
        (field.at, field.kind, field.name) = (at, GROUP, name.to_ascii_lowercase());
        field.type_name.clone_from(&name);
        self.number_and_options(&mut field)?;
        let mut message = Message { at, name, ..Message::default() };
        self.message_body(&mut message)?;
        Ok((field, vec![message]))
    }

    fn map(&mut self, mut field: Field) -> Result<(Field, Vec<Message>), Error> {
        let type_at = self.at();
        self.i += 2;
        let key = self.map_part("key", 1)?;
        self.expect(',')?;
        let value = self.map_part("value", 2)?;
        self.expect('>')?;
        (field.label, field.at, field.type_at) = (Label::Repeated, self.at(), type_at);
        field.name = self.ident("a field's name")?;
        self.number_and_options(&mut field)?;
        self.expect(';')?;
        let name = entry_name(&field.name);
        (field.kind, field.type_name) = (MESSAGE, name.clone());
        let at = field.at;
        let mut entry = Message { at, name, fields: vec![key, value], map_entry: true, ..Message::default() };
        self.entry_features(&field, &mut entry);
        Ok((field, vec![entry]))
    }

    fn map_part(&mut self, name: &str, number: i64) -> Result<Field, Error> {
        let at = self.at();
        let mut f = Field { name: name.to_owned(), number, at, type_at: at, ..Field::default() };
        if self.is("group") {
            return Err(self.error("a type that is no group"));
        }
        self.type_name(&mut f)?;
        Ok(f)
    }

    /// The features of a map field are those of its entry's fields too.
    fn entry_features(&mut self, field: &Field, entry: &mut Message) {
        let feature = |o: &&OptionDecl| o.name.first().is_some_and(|p| !p.extension && p.name == "features");
        let wanted: Vec<OptionDecl> = field.options.entries.iter().filter(feature).cloned().collect();
        for f in &mut entry.fields {
            for o in &wanted {
                self.add_option(&mut f.options, o.clone());
            }
        }
    }

    /// `default = …`, as the text that descriptors have it in.
    fn default(&mut self, field: &mut Field) -> Result<(), Error> {
        field.default_at = self.at();
        self.i += 2;
        if field.default.is_some() {
            return Err(self.error_at(field.default_at, "`default` once", "it twice"));
        }
        let at = self.at();
        field.default = Some(match field.kind {
            kind::STRING => self.text_string("a string")?,
            kind::BYTES => number::escape_bytes(&self.string("a string")?),
            kind::BOOL if self.is("true") || self.is("false") => self.ident("a boolean")?,
            kind::BOOL => return Err(self.error("`true` or `false`")),
            kind::DOUBLE | kind::FLOAT => {
                let value = self.float(at)?;
                if field.kind == kind::FLOAT { number::float(value as f32) } else { number::double(value) }
            }
            // Whether it is an enum's value is seen once names are resolved.
            0 => self.ident("an enum value's name")?,
            GROUP => return Err(self.error("no default for a group")),
            kind => self.integer(kind, at)?,
        });
        Ok(())
    }

    fn float(&mut self, at: usize) -> Result<f64, Error> {
        let negative = self.accept_symbol('-');
        let value = match self.take() {
            Kind::Int(v) => v as f64,
            Kind::Float(v) => v,
            Kind::Ident(w) if w == "inf" => f64::INFINITY,
            Kind::Ident(w) if w == "nan" => f64::NAN,
            _ => return Err(self.error_at(at, "a number", "another value")),
        };
        Ok(if negative { -value } else { value })
    }

    fn integer(&mut self, kind: u8, at: usize) -> Result<String, Error> {
        let (min, max) = number::range(kind);
        let negative = min < 0 && self.accept_symbol('-');
        let Kind::Int(v) = self.take() else { return Err(self.error_at(at, "an integer", "another value")) };
        let v = if negative { -i128::from(v) } else { i128::from(v) };
        if v < min || v > max {
            return Err(self.error_at(at, "an integer of the field's type", "one out of its range"));
        }
        Ok(if negative && v == 0 { "-0".to_owned() } else { v.to_string() })
    }
}
