//! .proto text → descriptors: proto2, proto3 and editions, over files that import each other in any order.
//!
//! The text becomes what protoc would make of it, a `FileDescriptorSet`, and goes on as any other set does: there is
//! one way from descriptors to plans. Refused is what protoc refuses.

mod ast;
mod builtin;
mod check;
mod dynamic;
mod features;
mod lex;
mod names;
mod number;
mod options;
mod parse;
mod source;
mod write;

use crate::error::{Code, Error, escape};
use crate::limits::Limits;
use crate::map::{IndexMap, IndexSet};
use ast::File;
use dynamic::{Dyn, Val};
use options::{Interpreter, Pool};
use source::Text;

/// The descriptor set of these files (name and text), in their order, after the built-in files that they import.
/// Imports are looked up among the files, by name.
///
/// # Errors
/// `SCHEMA_INVALID` with file, line and column, and the line as its frame; `SCHEMA_LIMIT`.
pub fn compile(sources: &[(&str, &str)], limits: &Limits) -> Result<Vec<u8>, Error> {
    let total = sources.iter().map(|(_, text)| text.len()).sum::<usize>();
    if total > limits.schema_bytes {
        let message =
            format!("expected at most {} bytes (limit `schemaBytes`), found {total}", limits.schema_bytes);
        return Err(Error::new(Code::SchemaLimit, message));
    }
    let set = Compiler::new(sources)?.compile()?;
    let mut out = Vec::new();
    set.write(&mut out);
    Ok(out)
}

/// Whether text may be .proto text and no base64: whether it has a character that base64 has not.
pub(crate) fn looks_like_text(text: &str) -> bool {
    text.bytes().any(|b| matches!(b, b';' | b'{' | b'"' | b'\''))
}

struct Compiler<'a> {
    texts: Vec<Text<'a>>,
    files: Vec<File>,
    /// The places of the files that each file imports.
    imports: Vec<Vec<usize>>,
    /// How many options were numbered.
    options: usize,
}

impl<'a> Compiler<'a> {
    fn new(sources: &[(&'a str, &'a str)]) -> Result<Self, Error> {
        let mut compiler = Compiler { texts: Vec::new(), files: Vec::new(), imports: Vec::new(), options: 0 };
        let mut places = IndexMap::new();
        // Options are looked up in descriptor.proto, whether it is imported or not.
        let own = sources.iter().any(|(name, _)| *name == builtin::DESCRIPTOR);
        if !own {
            compiler.parse(
                builtin::DESCRIPTOR,
                builtin::text(builtin::DESCRIPTOR).unwrap_or_default(),
                &mut places,
            )?;
        }
        for (name, text) in sources {
            if places.contains_key(name) {
                let message = format!("expected each file once, found `{}` twice", escape(name));
                return Err(Error::new(Code::SchemaInvalid, message));
            }
            compiler.parse(name, text, &mut places)?;
        }
        let mut next = 0;
        while next < compiler.files.len() {
            let mut targets = Vec::new();
            for import in compiler.files[next].imports.clone() {
                targets.push(compiler.import(next, &import, &mut places)?);
            }
            compiler.imports.push(targets);
            next += 1;
        }
        Ok(compiler)
    }

    fn parse(
        &mut self,
        name: &'a str,
        text: &'a str,
        places: &mut IndexMap<&'a str, usize>,
    ) -> Result<(), Error> {
        let text = Text { name, text };
        places.insert(name, self.files.len());
        self.files.push(parse::file(&text, &mut self.options)?);
        self.texts.push(text);
        Ok(())
    }

    /// The place of an imported file; a built-in one is parsed when it is first imported.
    fn import(
        &mut self,
        file: usize,
        import: &ast::Import,
        places: &mut IndexMap<&'a str, usize>,
    ) -> Result<usize, Error> {
        let twice = self.files[file].imports.iter().filter(|i| i.name == import.name).count() > 1;
        if twice {
            return Err(self.texts[file].error(import.at, "each import once", "one twice"));
        }
        if let Some(place) = places.get(import.name.as_str()) {
            return Ok(*place);
        }
        let Some((name, text)) = builtin::file(&import.name) else {
            let found = format!("`{}`, which is not among the files", escape(&import.name));
            let error = self.texts[file].error(import.at, "an import of one of the files", &found);
            return Err(error.with_hint("add the file: as a reference of the schema, or in `files`"));
        };
        self.parse(name, text, places)?;
        Ok(self.files.len() - 1)
    }

    fn compile(mut self) -> Result<Dyn, Error> {
        let order = self.order()?;
        let mut names = names::Names::default();
        names::see(&self.files, &self.imports, &mut names);
        for (i, file) in self.files.iter().enumerate() {
            names.declare(file, i, &self.texts[i])?;
        }
        for (i, file) in self.files.iter_mut().enumerate() {
            names.link(file, i, &self.texts[i])?;
        }
        let mut done = vec![Dyn::default(); self.options + 1];
        let pool = Pool::new(&self.files, &self.texts, &names);
        // Extensions that are used as options have options themselves.
        for &i in &order {
            check::options(&mut Interpreter { pool: &pool, file: i, done: &mut done })?;
        }
        for &i in &order {
            check::file(&pool, i, &self.imports[i], &done)?;
        }
        check::extensions(&pool, &done)?;
        Ok(self.set(&done))
    }

    /// The files that the source brought or that others import; built-in ones first.
    fn set(&self, done: &[Dyn]) -> Dyn {
        let imported: IndexSet<usize> = self.imports.iter().flatten().copied().collect();
        let mut out = Dyn::default();
        let builtin = |i: &usize| builtin::is(self.texts[*i].text);
        for i in (0..self.files.len()).filter(builtin).filter(|i| imported.contains(i)) {
            out.push(1, Val::Message(write::file(&self.files[i], done)));
        }
        for i in (0..self.files.len()).filter(|i| !builtin(i)) {
            out.push(1, Val::Message(write::file(&self.files[i], done)));
        }
        out
    }

    /// Imported files before those that import them.
    fn order(&self) -> Result<Vec<usize>, Error> {
        let mut order = Vec::new();
        // 1: its imports are being walked; 2: done.
        let mut state = vec![0u8; self.files.len()];
        for start in 0..self.files.len() {
            let mut stack = vec![(start, 0)];
            while let Some((file, next)) = stack.pop() {
                if next == 0 {
                    if state[file] == 2 {
                        continue;
                    }
                    state[file] = 1;
                }
                match self.imports[file].get(next) {
                    Some(&target) => {
                        stack.push((file, next + 1));
                        match state[target] {
                            0 => stack.push((target, 0)),
                            1 => {
                                let at = self.files[file].imports[next].at;
                                return Err(self.texts[file].error(at, "imports without a cycle", "one"));
                            }
                            _ => {}
                        }
                    }
                    None => {
                        state[file] = 2;
                        order.push(file);
                    }
                }
            }
        }
        Ok(order)
    }
}
