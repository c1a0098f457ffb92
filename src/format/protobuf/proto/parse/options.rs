//! Options: `option name = value;`, `[name = value, …]`, and values in text format.

use super::super::ast::{Entry, OptionDecl, Options, Part, Value};
use super::super::lex::Kind;
use super::Parser;
use crate::error::Error;

/// Levels that values may nest.
const VALUES: usize = 64;

impl Parser<'_> {
    pub(super) fn option_statement(&mut self) -> Result<OptionDecl, Error> {
        self.expect_word("option")?;
        let option = self.option()?;
        self.expect(';')?;
        Ok(option)
    }

    /// `[a = 1, b = 2]`, where there is any.
    pub(super) fn bracket_options(&mut self, options: &mut Options) -> Result<(), Error> {
        if !self.accept_symbol('[') {
            return Ok(());
        }
        loop {
            let option = self.option()?;
            self.add_option(options, option);
            if !self.accept_symbol(',') {
                return self.expect(']');
            }
        }
    }

    pub(super) fn option(&mut self) -> Result<OptionDecl, Error> {
        let at = self.at();
        let mut name = Vec::new();
        loop {
            if self.accept_symbol('(') {
                name.push(Part { name: self.dotted(true, "an extension's name")?, extension: true });
                self.expect(')')?;
            } else {
                name.push(Part { name: self.ident("an option's name")?, extension: false });
            }
            if !self.accept_symbol('.') {
                break;
            }
        }
        self.expect('=')?;
        let value_at = self.at();
        let value = if self.is_symbol('{') { self.aggregate('{', 0)? } else { self.scalar(false)? };
        Ok(OptionDecl { at, name, value_at, value })
    }

    /// A scalar; in text format, words may be keywords of numbers in any case.
    fn scalar(&mut self, in_message: bool) -> Result<Value, Error> {
        let at = self.at();
        let negative = self.accept_symbol('-');
        match self.peek().clone() {
            Kind::Ident(word) => {
                self.i += 1;
                if !negative {
                    return Ok(Value::Ident(word));
                }
                let known = matches!(word.as_str(), "inf" | "nan")
                    || in_message && matches!(word.to_ascii_lowercase().as_str(), "inf" | "infinity" | "nan");
                match known {
                    true => Ok(Value::NegativeIdent(word)),
                    false => Err(self.error_at(at, "a number after `-`", "another word")),
                }
            }
            Kind::Int(v) => {
                let based = self.text.text.as_bytes().get(self.at()..self.at() + 2);
                self.i += 1;
                if in_message && based.is_some_and(|t| t[0] == b'0' && t[1].is_ascii_alphanumeric()) {
                    return Ok(Value::Based(if negative { -i128::from(v) } else { i128::from(v) }));
                }
                Ok(if negative { Value::Negative(v) } else { Value::Int(v) })
            }
            Kind::Float(v) => {
                self.i += 1;
                Ok(Value::Float(if negative { -v } else { v }))
            }
            Kind::Str(_) if !negative => Ok(Value::Str(self.string("a string")?)),
            _ => Err(self.error("an option's value")),
        }
    }

    /// `{ … }` or `< … >` in text format.
    fn aggregate(&mut self, open: char, depth: usize) -> Result<Value, Error> {
        if depth > VALUES {
            return Err(self.error("a value that nests less deeply"));
        }
        self.expect(open)?;
        let close = if open == '{' { '}' } else { '>' };
        let mut entries = Vec::new();
        while !self.accept_symbol(close) {
            entries.push(self.entry(depth)?);
            if !self.accept_symbol(';') {
                self.accept_symbol(',');
            }
        }
        Ok(Value::Message(entries))
    }

    fn entry(&mut self, depth: usize) -> Result<Entry, Error> {
        let at = self.at();
        let extension = self.accept_symbol('[');
        let name = if extension {
            let mut name = self.dotted(false, "an extension's name")?;
            while self.accept_symbol('/') {
                name.push('/');
                name.push_str(&self.dotted(false, "a message's name")?);
            }
            self.expect(']')?;
            name
        } else {
            self.ident("a field's name")?
        };
        let colon = self.accept_symbol(':');
        let value = self.value(depth)?;
        Ok(Entry { at, name, extension, value, colon })
    }

    fn value(&mut self, depth: usize) -> Result<Value, Error> {
        match self.peek() {
            Kind::Symbol('{') => self.aggregate('{', depth + 1),
            Kind::Symbol('<') => self.aggregate('<', depth + 1),
            Kind::Symbol('[') => {
                self.i += 1;
                let mut items = Vec::new();
                if self.accept_symbol(']') {
                    return Ok(Value::List(items));
                }
                loop {
                    items.push(match self.peek() {
                        Kind::Symbol('[') => return Err(self.error("an item that is no list")),
                        _ => self.value(depth)?,
                    });
                    if !self.accept_symbol(',') {
                        self.expect(']')?;
                        return Ok(Value::List(items));
                    }
                }
            }
            _ => self.scalar(true),
        }
    }
}
