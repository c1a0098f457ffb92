//! Declarations → model: names linked, features resolved, the rules checked that decoding relies on.

use super::builtin;
use super::declared::{EnumDecl, FieldDecl, FileDecl, Label, MessageDecl};
use super::descriptor::invalid;
use super::features::{Edition, Features, Presence};
use super::literal;
use super::model::{Enum, EnumId, Extension, Field, File, FileId, Message, MessageId, Schema, Symbol, Type};
use super::names::json_name;
use super::numbers::{MAX_FIELD, MAX_TYPE_ID, kind};
use super::scope::{join, outer};
use crate::error::{Error, escape};
use crate::limits::{check_name, check_package};
use crate::map::IndexSet;
use crate::order::by_numbers;
use crate::order::sort;
use std::sync::Arc;

/// Links the files of a source.
pub(super) fn link(files: Vec<FileDecl>) -> Result<Schema, Error> {
    let mut linker = Linker::default();
    let declared: IndexSet<String> = files
        .iter()
        .flat_map(|f| {
            let messages = f.messages.iter().map(|m| join(&f.package, &m.name));
            messages.chain(f.enums.iter().map(|e| join(&f.package, &e.name)))
        })
        .collect();
    let imported: IndexSet<&str> = files.iter().flat_map(|f| &f.dependencies).map(String::as_str).collect();
    let builtin = builtin::file(&|name| !declared.contains(name));
    for (decl, is_builtin) in std::iter::once((&builtin, true)).chain(files.iter().map(|f| (f, false))) {
        linker.declare_file(decl, is_builtin, !imported.contains(decl.name.as_str()))?;
    }
    linker.link_file(&builtin)?;
    for file in &files {
        linker.link_file(file)?;
    }
    linker.check_maps(&files)?;
    by_numbers(&mut linker.schema.extensions, |e| (i64::from(e.extendee.0), 0));
    Ok(linker.schema)
}

#[derive(Default)]
struct Linker {
    schema: Schema,
    /// The next message that `link_message` fills: it walks in the order of `declare_message`.
    next: usize,
}

impl Linker {
    fn name(&mut self, at: usize, name: &str, symbol: Symbol) -> Result<Arc<str>, Error> {
        check_name(name.len())?;
        let name: Arc<str> = name.into();
        if self.schema.names.insert(name.clone(), symbol).is_some() {
            return Err(invalid(at, format!("expected each name once, found `{}` twice", escape(&name))));
        }
        Ok(name)
    }

    fn declare_file(&mut self, d: &FileDecl, builtin: bool, root: bool) -> Result<(), Error> {
        check_package(&d.package)?;
        let id = FileId(self.schema.files.len() as u32);
        let first = self.schema.messages.len() as u32;
        let features = d.edition.defaults().with(&d.features);
        for e in &d.enums {
            self.declare_enum(e, &d.package, features)?;
        }
        let mut messages = Vec::new();
        for m in &d.messages {
            messages.push(self.declare_message(m, &d.package, id, features)?);
        }
        self.declare_extensions(&d.extensions, &d.package)?;
        let mut sorted: Vec<_> = (first..self.schema.messages.len() as u32).map(MessageId).collect();
        sort(&mut sorted, |a, b| {
            let (a, b) = (&self.schema.get(*a).full_name, &self.schema.get(*b).full_name);
            a.encode_utf16().cmp(b.encode_utf16())
        });
        let (name, package) = (d.name.as_str().into(), d.package.as_str().into());
        self.schema.files.push(File { name, package, edition: d.edition, messages, sorted, root, builtin });
        Ok(())
    }

    fn declare_message(
        &mut self,
        d: &MessageDecl,
        scope: &str,
        file: FileId,
        features: Features,
    ) -> Result<MessageId, Error> {
        let id = MessageId(self.schema.messages.len() as u32);
        let full_name = self.name(d.at, &join(scope, &d.name), Symbol::Message(id))?;
        let features = features.with(&d.features);
        self.schema.messages.push(Message {
            full_name: full_name.clone(),
            file,
            fields: Vec::new(),
            oneofs: d.oneofs.iter().map(|o| o.name.as_str().into()).collect(),
            nested: Vec::new(),
            map_entry: d.map_entry,
            message_set: d.message_set,
        });
        for e in &d.enums {
            self.declare_enum(e, &full_name, features)?;
        }
        for m in &d.messages {
            let nested = self.declare_message(m, &full_name, file, features)?;
            self.schema.messages[id.0 as usize].nested.push(nested);
        }
        self.declare_extensions(&d.extensions, &full_name)?;
        Ok(id)
    }

    fn declare_enum(&mut self, d: &EnumDecl, scope: &str, features: Features) -> Result<(), Error> {
        let id = EnumId(self.schema.enums.len() as u32);
        let full_name = self.name(d.at, &join(scope, &d.name), Symbol::Enum(id))?;
        if d.values.is_empty() {
            return Err(invalid(
                d.at,
                format!("expected values in enum `{}`, found none", escape(&full_name)),
            ));
        }
        let values = d.values.iter().map(|(name, number)| (name.as_str().into(), *number)).collect();
        let closed = features.with(&d.features).closed;
        self.schema.enums.push(Enum { full_name, values, closed });
        Ok(())
    }

    fn declare_extensions(&mut self, fields: &[FieldDecl], scope: &str) -> Result<(), Error> {
        for f in fields {
            self.name(f.at, &join(scope, &f.name), Symbol::Extension)?;
        }
        Ok(())
    }

    fn link_file(&mut self, d: &FileDecl) -> Result<(), Error> {
        let features = d.edition.defaults().with(&d.features);
        self.link_extensions(&d.extensions, &d.package, d.edition, features)?;
        for m in &d.messages {
            self.link_message(m, d.edition, features)?;
        }
        Ok(())
    }

    fn link_message(&mut self, d: &MessageDecl, edition: Edition, features: Features) -> Result<(), Error> {
        let id = self.next;
        self.next += 1;
        let scope = self.schema.messages[id].full_name.clone();
        let features = features.with(&d.features);
        let mut fields = Vec::with_capacity(d.fields.len());
        let mut numbers = IndexSet::new();
        for f in &d.fields {
            let outer = match f.oneof {
                None => features,
                Some(i) => match d.oneofs.get(i) {
                    Some(oneof) => features.with(&oneof.features),
                    None => return Err(invalid(f.at, "expected the index of a oneof, found another")),
                },
            };
            let mut field = self.field(f, &scope, edition, outer, MAX_FIELD)?;
            // A map's entry is length-prefixed through and through, whatever its file says.
            field.delimited &= !d.map_entry;
            if !numbers.insert(field.number) {
                let message = format!("expected each field number once, found {} twice", field.number);
                return Err(invalid(f.at, message));
            }
            fields.push(field);
        }
        self.schema.messages[id].fields = fields;
        for m in &d.messages {
            self.link_message(m, edition, features)?;
        }
        self.link_extensions(&d.extensions, &scope, edition, features)
    }

    fn link_extensions(
        &mut self,
        fields: &[FieldDecl],
        scope: &str,
        edition: Edition,
        features: Features,
    ) -> Result<(), Error> {
        for f in fields {
            let Some(Symbol::Message(extendee)) = self.resolve(&f.extendee, scope) else {
                return Err(unknown_name(f.at, &f.extendee));
            };
            let most = if self.schema.get(extendee).message_set { MAX_TYPE_ID } else { MAX_FIELD };
            let mut field = self.field(f, scope, edition, features, most)?;
            field.extension = true;
            field.name = join(scope, &f.name).into();
            if !field.repeated {
                field.presence = Presence::Explicit;
            }
            self.schema.extensions.push(Extension { extendee, field });
        }
        Ok(())
    }

    fn field(
        &self,
        d: &FieldDecl,
        scope: &str,
        edition: Edition,
        outer: Features,
        most: i64,
    ) -> Result<Field, Error> {
        if !(1..=most).contains(&d.number) {
            return Err(invalid(
                d.at,
                format!("expected a field number from 1 to {most}, found {}", d.number),
            ));
        }
        let ty = self.field_type(d, scope)?;
        let features = outer.with(&d.features);
        let repeated = d.label == Label::Repeated;
        let is_message = matches!(ty, Type::Message(_));
        let is_map = matches!(ty, Type::Message(id) if self.schema.get(id).map_entry);
        let presence = if d.label == Label::Required || features.presence == Presence::Required {
            Presence::Required
        } else if is_message || d.oneof.is_some() || d.proto3_optional {
            Presence::Explicit
        } else {
            features.presence
        };
        let default = match &d.default {
            Some(text) => Some(literal::parse(&self.schema, ty, text).map_err(|m| invalid(d.at, m))?),
            None => None,
        };
        Ok(Field {
            name: d.name.as_str().into(),
            json_name: d.json_name.clone().unwrap_or_else(|| json_name(&d.name)).into(),
            number: d.number as u32,
            ty,
            repeated,
            presence,
            packed: repeated && d.packed.unwrap_or(features.packed),
            utf8: features.utf8,
            delimited: d.kind == i64::from(kind::GROUP) || features.delimited && is_message && !is_map,
            oneof: d.oneof.map(|i| i as u32),
            synthetic_oneof: d.proto3_optional && edition <= Edition::Proto3,
            extension: false,
            default,
        })
    }

    fn field_type(&self, d: &FieldDecl, scope: &str) -> Result<Type, Error> {
        let kind = u8::try_from(d.kind).unwrap_or(u8::MAX);
        if let Some(scalar) = Type::scalar(kind) {
            return Ok(scalar);
        }
        match (kind, self.resolve(&d.type_name, scope)) {
            (0 | kind::GROUP | kind::MESSAGE, Some(Symbol::Message(id))) => Ok(Type::Message(id)),
            (0 | kind::ENUM, Some(Symbol::Enum(id))) => Ok(Type::Enum(id)),
            (0 | kind::GROUP | kind::MESSAGE | kind::ENUM, _) => Err(unknown_name(d.at, &d.type_name)),
            _ => Err(invalid(d.at, format!("expected a field type from 1 to 18, found {}", d.kind))),
        }
    }

    /// A name with a leading dot is full; another is looked up in its scope and those around it.
    fn resolve(&self, name: &str, scope: &str) -> Option<Symbol> {
        if let Some(full) = name.strip_prefix('.') {
            return self.schema.names.get(full).copied();
        }
        let mut scope = scope;
        loop {
            if let Some(symbol) = self.schema.names.get(join(scope, name).as_str()) {
                return Some(*symbol);
            }
            if scope.is_empty() {
                return None;
            }
            scope = outer(scope);
        }
    }

    /// A map's entry has a key of an integer, bool or string type, and a value.
    fn check_maps(&self, files: &[FileDecl]) -> Result<(), Error> {
        for m in self.schema.messages.iter().filter(|m| m.map_entry) {
            let sound = match m.fields.as_slice() {
                [key, value] => {
                    let numbers = (key.number, value.number) == (1, 2) && !key.repeated && !value.repeated;
                    let key = !matches!(
                        key.ty,
                        Type::Double | Type::Float | Type::Bytes | Type::Enum(_) | Type::Message(_)
                    );
                    numbers && key
                }
                _ => false,
            };
            if !sound {
                let at = files.get((m.file.0 as usize).saturating_sub(1)).map_or(0, |f| f.at);
                return Err(invalid(
                    at,
                    format!("expected a map entry's fields in `{}`, found others", escape(&m.full_name)),
                ));
            }
        }
        Ok(())
    }
}

#[cold]
fn unknown_name(at: usize, name: &str) -> Error {
    invalid(at, format!("expected a type of the schema, found `{}`, which it does not declare", escape(name)))
        .with_hint("add the files that the schema imports, as `protoc --include_imports` does")
}
