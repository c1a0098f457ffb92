//! Tokens → [`ast`](super::ast): the grammar of proto2, proto3 and editions.

mod field;
mod message;
mod options;

pub(super) use field::entry_name;

use super::super::features::Edition;
use super::ast::{File, How, Import, Method, Options, Service, Visibility};
use super::lex::{self, Kind, Token};
use super::source::Text;
use crate::error::Error;

/// Levels that messages may nest, as in protoc.
const MESSAGES: usize = 31;

pub(super) struct Parser<'a> {
    text: &'a Text<'a>,
    tokens: Vec<Token>,
    i: usize,
    edition: Edition,
    /// The id that the next options get.
    next_id: &'a mut usize,
    depth: usize,
}

/// Parses a file. `next_id` numbers the options of all files.
pub(super) fn file(text: &Text<'_>, next_id: &mut usize) -> Result<File, Error> {
    let tokens = lex::tokens(text)?;
    let mut parser = Parser { text, tokens, i: 0, edition: Edition::Proto2, next_id, depth: 0 };
    let mut file = File { name: text.name.to_owned(), ..File::default() };
    parser.syntax()?;
    file.edition = parser.edition;
    while *parser.peek() != Kind::End {
        parser.statement(&mut file)?;
    }
    Ok(file)
}

impl<'a> Parser<'a> {
    fn peek(&self) -> &Kind {
        &self.tokens[self.i.min(self.tokens.len() - 1)].kind
    }

    fn peek_at(&self, ahead: usize) -> &Kind {
        &self.tokens[(self.i + ahead).min(self.tokens.len() - 1)].kind
    }

    fn at(&self) -> usize {
        self.tokens[self.i.min(self.tokens.len() - 1)].at
    }

    fn take(&mut self) -> Kind {
        let kind = self.peek().clone();
        self.i += 1;
        kind
    }

    fn is(&self, word: &str) -> bool {
        matches!(self.peek(), Kind::Ident(w) if w == word)
    }

    fn is_symbol(&self, symbol: char) -> bool {
        *self.peek() == Kind::Symbol(symbol)
    }

    fn accept(&mut self, word: &str) -> bool {
        let found = self.is(word);
        self.i += usize::from(found);
        found
    }

    fn accept_symbol(&mut self, symbol: char) -> bool {
        let found = self.is_symbol(symbol);
        self.i += usize::from(found);
        found
    }

    fn error_at(&self, at: usize, expected: &str, found: &str) -> Error {
        self.text.error(at, expected, found)
    }

    /// What is expected here, where something else stands.
    #[cold]
    fn error(&self, expected: &str) -> Error {
        let found = match self.peek() {
            Kind::Ident(_) => "another word",
            Kind::Int(_) | Kind::Float(_) => "a number",
            Kind::Str(_) => "a string",
            Kind::Symbol(_) => "another character",
            Kind::End => "the end of the file",
        };
        self.error_at(self.at(), expected, found)
    }

    fn expect(&mut self, symbol: char) -> Result<(), Error> {
        if self.accept_symbol(symbol) { Ok(()) } else { Err(self.error(&format!("`{symbol}`"))) }
    }

    fn expect_word(&mut self, word: &str) -> Result<(), Error> {
        if self.accept(word) { Ok(()) } else { Err(self.error(&format!("`{word}`"))) }
    }

    fn ident(&mut self, expected: &str) -> Result<String, Error> {
        match self.peek() {
            Kind::Ident(name) => {
                let name = name.clone();
                self.i += 1;
                Ok(name)
            }
            _ => Err(self.error(expected)),
        }
    }

    /// Strings that follow each other are one.
    fn string(&mut self, expected: &str) -> Result<Vec<u8>, Error> {
        let Kind::Str(mut out) = self.peek().clone() else { return Err(self.error(expected)) };
        self.i += 1;
        while let Kind::Str(more) = self.peek() {
            out.extend_from_slice(more);
            self.i += 1;
        }
        Ok(out)
    }

    fn text_string(&mut self, expected: &str) -> Result<String, Error> {
        let at = self.at();
        let bytes = self.string(expected)?;
        String::from_utf8(bytes).map_err(|_| self.error_at(at, "UTF-8 text", "bytes that are none"))
    }

    /// `a.b.c`, with a leading dot where that is allowed.
    fn dotted(&mut self, leading: bool, expected: &str) -> Result<String, Error> {
        let mut out = String::new();
        if leading && self.accept_symbol('.') {
            out.push('.');
        }
        out.push_str(&self.ident(expected)?);
        while self.accept_symbol('.') {
            out.push('.');
            out.push_str(&self.ident(expected)?);
        }
        Ok(out)
    }

    fn new_id(&mut self) -> usize {
        *self.next_id += 1;
        *self.next_id
    }

    fn syntax(&mut self) -> Result<(), Error> {
        let named = |s: &str| match s {
            "proto2" => Some(Edition::Proto2),
            "proto3" => Some(Edition::Proto3),
            _ => None,
        };
        let editions = |s: &str| match s {
            "2023" => Some(Edition::Edition2023),
            "2024" => Some(Edition::Edition2024),
            _ => None,
        };
        let edition = self.is("edition");
        if !edition && !self.is("syntax") {
            return Ok(());
        }
        self.i += 1;
        self.expect('=')?;
        let at = self.at();
        let value = self.text_string("a string")?;
        let (found, expected) = match edition {
            true => (editions(&value), "edition \"2023\" or \"2024\""),
            false => (named(&value), "syntax \"proto2\" or \"proto3\""),
        };
        self.edition = found.ok_or_else(|| self.error_at(at, expected, "another"))?;
        self.expect(';')
    }

    fn statement(&mut self, file: &mut File) -> Result<(), Error> {
        if self.accept_symbol(';') {
            return Ok(());
        }
        let visibility = self.visibility();
        let at = self.at();
        match self.peek() {
            Kind::Ident(word) => match word.as_str() {
                "message" => {
                    let mut message = self.message()?;
                    message.visibility = visibility;
                    file.messages.push(message);
                    return Ok(());
                }
                "enum" => {
                    let mut e = self.enumeration()?;
                    e.visibility = visibility;
                    file.enums.push(e);
                    return Ok(());
                }
                _ if visibility != Visibility::Unset => {
                    return Err(self.error("a message or enum after `export` or `local`"));
                }
                "service" => file.services.push(self.service()?),
                "extend" => {
                    let (mut fields, mut messages) = (Vec::new(), Vec::new());
                    self.extend(&mut fields, &mut messages)?;
                    file.extensions.append(&mut fields);
                    file.messages.append(&mut messages);
                }
                "import" => self.import(file)?,
                "package" => {
                    self.i += 1;
                    if !file.package.is_empty() {
                        return Err(self.error_at(at, "one package", "another"));
                    }
                    file.package_at = at;
                    file.package = self.dotted(false, "a package's name")?;
                    self.expect(';')?;
                }
                "option" => {
                    let option = self.option_statement()?;
                    self.add_option(&mut file.options, option);
                }
                _ => return Err(self.error("a declaration (such as `message`)")),
            },
            _ => return Err(self.error("a declaration (such as `message`)")),
        }
        Ok(())
    }

    fn visibility(&mut self) -> Visibility {
        if self.edition < Edition::Edition2024 {
            return Visibility::Unset;
        }
        let next = matches!(self.peek_at(1), Kind::Ident(w) if w == "message" || w == "enum");
        match self.peek() {
            Kind::Ident(w) if next && w == "export" => {
                self.i += 1;
                Visibility::Export
            }
            Kind::Ident(w) if next && w == "local" => {
                self.i += 1;
                Visibility::Local
            }
            _ => Visibility::Unset,
        }
    }

    fn import(&mut self, file: &mut File) -> Result<(), Error> {
        self.i += 1;
        let at = self.at();
        let how = if self.accept("public") {
            How::Public
        } else if self.is("weak") {
            if self.edition >= Edition::Edition2024 {
                return Err(self.error_at(at, "no weak import in this edition", "one"));
            }
            self.i += 1;
            How::Weak
        } else if self.is("option") {
            if self.edition < Edition::Edition2024 {
                return Err(self.error_at(at, "`import option` in edition 2024 or later", "an earlier one"));
            }
            self.i += 1;
            How::Option
        } else {
            How::Plain
        };
        if how != How::Option && file.imports.iter().any(|i| i.how == How::Option) {
            return Err(self.error_at(at, "every `import option` after the other imports", "one before"));
        }
        let at = self.at();
        let name = self.text_string("the name of a file")?;
        file.imports.push(Import { at, name, how });
        self.expect(';')
    }

    fn service(&mut self) -> Result<Service, Error> {
        self.i += 1;
        let mut out = Service { at: self.at(), name: self.ident("a service's name")?, ..Service::default() };
        self.expect('{')?;
        while !self.accept_symbol('}') {
            if self.accept_symbol(';') {
            } else if self.is("option") {
                let option = self.option_statement()?;
                self.add_option(&mut out.options, option);
            } else if self.is("rpc") {
                out.methods.push(self.method()?);
            } else {
                return Err(self.error("`rpc`, `option` or `}`"));
            }
        }
        Ok(out)
    }

    fn method(&mut self) -> Result<Method, Error> {
        self.i += 1;
        let mut out = Method { at: self.at(), name: self.ident("a method's name")?, ..Method::default() };
        (out.client_streaming, out.input_at, out.input) = self.method_type()?;
        self.expect_word("returns")?;
        (out.server_streaming, out.output_at, out.output) = self.method_type()?;
        if !self.accept_symbol('{') {
            self.expect(';')?;
            return Ok(out);
        }
        // As protoc has it: braces make options, though they be empty.
        out.options.id = self.new_id();
        while !self.accept_symbol('}') {
            if !self.accept_symbol(';') {
                if !self.is("option") {
                    return Err(self.error("`option` or `}`"));
                }
                let option = self.option_statement()?;
                self.add_option(&mut out.options, option);
            }
        }
        Ok(out)
    }

    fn method_type(&mut self) -> Result<(bool, usize, String), Error> {
        self.expect('(')?;
        let streaming = self.accept("stream");
        let at = self.at();
        let name = self.dotted(true, "a message's name")?;
        self.expect(')')?;
        Ok((streaming, at, name))
    }

    fn add_option(&mut self, options: &mut Options, option: super::ast::OptionDecl) {
        if options.id == 0 {
            options.id = self.new_id();
        }
        options.entries.push(option);
    }
}
