//! Names of all files: declared once, looked up in the scopes around their use, seen only through imports.

use super::super::features::Edition;
use super::super::numbers::kind::{ENUM, GROUP, MESSAGE};
use super::super::scope::{join, outer};
use super::ast::{Enum, Field, File, How, Message, Value, Visibility};
use super::source::Text;
use crate::error::{Error, escape};
use crate::limits::{check_name, check_package};
use crate::map::{IndexMap, IndexSet};

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Message,
    Enum,
    Service,
    /// A package; names are looked up in it.
    Package,
    Extension,
    /// A field, oneof, enum value or method.
    Other,
}

/// A declared name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Symbol {
    pub what: What,
    pub file: usize,
    /// Whether other files may use it.
    exported: bool,
}

/// What a name is looked up for: it decides what is seen and what is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A type, which nothing else in an inner scope hides.
    Type,
    /// An option, or what belongs to one: what is imported for options only is seen too.
    Option,
}

/// All names.
#[derive(Default)]
pub(super) struct Names {
    symbols: IndexMap<String, Symbol>,
    packages: IndexMap<String, IndexSet<usize>>,
    /// The files whose names a file sees, itself included.
    visible: Vec<IndexSet<usize>>,
    /// Those and the files that it imports for options.
    options: Vec<IndexSet<usize>>,
}

/// Which of the files each file sees; `imports` are places in `files`.
pub(super) fn see(files: &[File], imports: &[Vec<usize>], names: &mut Names) {
    for (i, file) in files.iter().enumerate() {
        let (mut plain, mut option) = (IndexSet::from_iter([i]), IndexSet::new());
        for (import, &target) in file.imports.iter().zip(&imports[i]) {
            let set = if import.how == How::Option { &mut option } else { &mut plain };
            let mut queue = vec![target];
            while let Some(next) = queue.pop() {
                if set.insert(next) {
                    let public = files[next].imports.iter().zip(&imports[next]);
                    queue.extend(public.filter(|(i, _)| i.how == How::Public).map(|(_, t)| *t));
                }
            }
        }
        option.extend(plain.iter().copied());
        names.visible.push(plain);
        names.options.push(option);
    }
}

impl Names {
    /// Declares everything that a file names.
    pub(super) fn declare(&mut self, file: &File, index: usize, text: &Text<'_>) -> Result<(), Error> {
        let mut d = Declare { names: self, text, index, nested: true, top: true };
        if file.edition >= Edition::Edition2024 {
            (d.top, d.nested) = default_visibility(file);
        }
        d.package(file)?;
        for m in &file.messages {
            d.message(m, &file.package, true)?;
        }
        for e in &file.enums {
            d.enumeration(e, &file.package, true)?;
        }
        for f in &file.extensions {
            d.add(f.at, join(&file.package, &f.name), What::Extension, true)?;
        }
        for s in &file.services {
            let scope = join(&file.package, &s.name);
            d.add(s.at, scope.clone(), What::Service, true)?;
            for m in &s.methods {
                d.add(m.at, join(&scope, &m.name), What::Other, true)?;
            }
        }
        Ok(())
    }

    fn find(&self, name: &str, file: usize, wanted: Wanted) -> Option<Symbol> {
        let sees = match wanted {
            Wanted::Type => &self.visible[file],
            Wanted::Option => &self.options[file],
        };
        if let Some(files) = self.packages.get(name) {
            let seen = files.iter().find(|f| sees.contains(f));
            return seen.map(|f| Symbol { what: What::Package, file: *f, exported: true });
        }
        self.symbols.get(name).copied().filter(|s| sees.contains(&s.file))
    }

    /// Looks a name up in a scope and those around it: its first part decides the scope.
    pub(super) fn resolve(
        &self,
        name: &str,
        scope: &str,
        file: usize,
        wanted: Wanted,
    ) -> Option<(String, Symbol)> {
        if let Some(full) = name.strip_prefix('.') {
            return self.find(full, file, wanted).map(|s| (full.to_owned(), s));
        }
        let first = name.split('.').next().unwrap_or(name);
        let mut scope = scope;
        loop {
            let candidate = join(scope, first);
            if let Some(found) = self.find(&candidate, file, wanted) {
                let aggregate =
                    matches!(found.what, What::Message | What::Enum | What::Package | What::Service);
                if first.len() == name.len() {
                    if wanted == Wanted::Option || matches!(found.what, What::Message | What::Enum) {
                        return Some((candidate, found));
                    }
                } else if aggregate {
                    let full = join(scope, name);
                    return self.find(&full, file, wanted).map(|s| (full, s));
                }
            }
            if scope.is_empty() {
                return None;
            }
            scope = outer(scope);
        }
    }

    /// Resolves the types that a file names.
    pub(super) fn link(&self, file: &mut File, index: usize, text: &Text<'_>) -> Result<(), Error> {
        let link = Link { names: self, index, text };
        let package = file.package.clone();
        for m in &mut file.messages {
            link.message(m, &package)?;
        }
        for f in &mut file.extensions {
            link.field(f, &package)?;
        }
        for s in &mut file.services {
            let scope = join(&package, &s.name);
            for m in &mut s.methods {
                for (at, name) in [(m.input_at, &mut m.input), (m.output_at, &mut m.output)] {
                    let (full, found) = link.type_of(at, name, &scope)?;
                    if found != What::Message {
                        return Err(text.error(at, "a message", "an enum"));
                    }
                    *name = full;
                }
            }
        }
        Ok(())
    }
}

/// Whether top-level and nested symbols of an edition 2024 file may be used elsewhere.
fn default_visibility(file: &File) -> (bool, bool) {
    let mut found = "EXPORT_TOP_LEVEL".to_owned();
    for o in &file.options.entries {
        let names: Vec<&str> = o.name.iter().map(|p| p.name.as_str()).collect();
        match (names.as_slice(), &o.value) {
            (["features", "default_symbol_visibility"], Value::Ident(v)) => found.clone_from(v),
            (["features"], Value::Message(entries)) => {
                for e in entries {
                    if let ("default_symbol_visibility", Value::Ident(v)) = (e.name.as_str(), &e.value) {
                        found.clone_from(v);
                    }
                }
            }
            _ => {}
        }
    }
    match found.as_str() {
        "EXPORT_ALL" => (true, true),
        "LOCAL_ALL" | "STRICT" => (false, false),
        _ => (true, false),
    }
}

struct Declare<'a> {
    names: &'a mut Names,
    text: &'a Text<'a>,
    index: usize,
    top: bool,
    nested: bool,
}

impl Declare<'_> {
    fn twice(&self, at: usize, name: &str) -> Error {
        self.text.error(at, "each name once", &format!("`{}` twice", escape(name)))
    }

    fn package(&mut self, file: &File) -> Result<(), Error> {
        check_package(&file.package)?;
        let mut end = 0;
        while end < file.package.len() {
            end += file.package[end..].find('.').unwrap_or(file.package.len() - end);
            let name = &file.package[..end];
            if self.names.symbols.contains_key(name) {
                return Err(self.twice(file.package_at, name));
            }
            self.names.packages.or_insert_with(name.to_owned(), IndexSet::new).insert(self.index);
            end += 1;
        }
        Ok(())
    }

    fn add(&mut self, at: usize, name: String, what: What, exported: bool) -> Result<(), Error> {
        if self.names.packages.contains_key(&name) || self.names.symbols.contains_key(&name) {
            return Err(self.twice(at, &name));
        }
        self.names.symbols.insert(name, Symbol { what, file: self.index, exported });
        Ok(())
    }

    fn exported(&self, visibility: Visibility, top: bool) -> bool {
        match visibility {
            Visibility::Export => true,
            Visibility::Local => false,
            Visibility::Unset if top => self.top,
            Visibility::Unset => self.nested,
        }
    }

    fn message(&mut self, m: &Message, scope: &str, top: bool) -> Result<(), Error> {
        let full = join(scope, &m.name);
        check_name(full.len())?;
        self.add(m.at, full.clone(), What::Message, self.exported(m.visibility, top))?;
        for f in &m.fields {
            self.add(f.at, join(&full, &f.name), What::Other, true)?;
        }
        for o in &m.oneofs {
            self.add(o.at, join(&full, &o.name), What::Other, true)?;
        }
        for n in &m.messages {
            self.message(n, &full, false)?;
        }
        for e in &m.enums {
            self.enumeration(e, &full, false)?;
        }
        for f in &m.extensions {
            self.add(f.at, join(&full, &f.name), What::Extension, true)?;
        }
        Ok(())
    }

    /// Values of an enum are declared beside it, not in it.
    fn enumeration(&mut self, e: &Enum, scope: &str, top: bool) -> Result<(), Error> {
        self.add(e.at, join(scope, &e.name), What::Enum, self.exported(e.visibility, top))?;
        for v in &e.values {
            self.add(v.at, join(scope, &v.name), What::Other, true)?;
        }
        Ok(())
    }
}

struct Link<'a> {
    names: &'a Names,
    index: usize,
    text: &'a Text<'a>,
}

impl Link<'_> {
    fn type_of(&self, at: usize, name: &str, scope: &str) -> Result<(String, What), Error> {
        let found = self.names.resolve(name, scope, self.index, Wanted::Type);
        let Some((full, symbol)) = found.filter(|(_, s)| matches!(s.what, What::Message | What::Enum)) else {
            let found = format!("`{}`, which they don't declare", escape(name));
            let error = self.text.error(at, "a type of this file or of those that it imports", &found);
            return Err(error.with_hint("add the files that the schema imports, and check its `import`s"));
        };
        if symbol.file != self.index && !symbol.exported {
            let found = format!("`{}`, which is local to its file", escape(&full));
            return Err(self.text.error(at, "a type that its file exports", &found));
        }
        Ok((format!(".{full}"), symbol.what))
    }

    fn message(&self, m: &mut Message, scope: &str) -> Result<(), Error> {
        let full = join(scope, &m.name);
        for f in m.fields.iter_mut().chain(&mut m.extensions) {
            self.field(f, &full)?;
        }
        m.messages.iter_mut().try_for_each(|n| self.message(n, &full))
    }

    fn field(&self, f: &mut Field, scope: &str) -> Result<(), Error> {
        if !f.type_name.is_empty() {
            let (full, what) = self.type_of(f.type_at, &f.type_name, scope)?;
            f.type_name = full;
            f.kind = match what {
                What::Enum => ENUM,
                _ if f.kind == GROUP => GROUP,
                _ => MESSAGE,
            };
        }
        if f.extendee_at != 0 || !f.extendee.is_empty() {
            let (full, what) = self.type_of(f.extendee_at, &f.extendee, scope)?;
            if what != What::Message {
                return Err(self.text.error(f.extendee_at, "a message to extend", "an enum"));
            }
            f.extendee = full;
        }
        Ok(())
    }
}
