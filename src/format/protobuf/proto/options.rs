//! Options: names looked up in the options messages and their extensions, values made into fields.

use super::super::numbers::features_in;
use super::super::numbers::kind::{self, ENUM, GROUP, MESSAGE};
use super::super::scope::join;
use super::ast::{Entry, Enum, Field, File, Label, Message, OptionDecl, Options, Value};
use super::dynamic::{Dyn, Val};
use super::features::{DELIMITED, ENCODING, LEGACY_REQUIRED, PRESENCE};
use super::names::{Names, Wanted, What};
use super::number;
use super::source::Text;
use crate::error::{Error, escape};
use crate::map::IndexMap;
use crate::wire::zigzag;

/// Everything that files declare, by full name.
pub(super) struct Pool<'a> {
    pub files: &'a [File],
    pub texts: &'a [Text<'a>],
    pub names: &'a Names,
    pub messages: IndexMap<String, &'a Message>,
    pub enums: IndexMap<String, &'a Enum>,
    pub extensions: IndexMap<String, &'a Field>,
}

/// What an option is set on: `FieldOptions.OptionTargetType`, and the name of its options message.
pub(super) type Target = (u64, &'static str);

pub(super) const FILE: Target = (1, "FileOptions");
pub(super) const RANGE: Target = (2, "ExtensionRangeOptions");
pub(super) const IN_MESSAGE: Target = (3, "MessageOptions");
pub(super) const FIELD: Target = (4, "FieldOptions");
pub(super) const ONEOF: Target = (5, "OneofOptions");
pub(super) const IN_ENUM: Target = (6, "EnumOptions");
pub(super) const ENUM_VALUE: Target = (7, "EnumValueOptions");
pub(super) const SERVICE: Target = (8, "ServiceOptions");
pub(super) const METHOD: Target = (9, "MethodOptions");

impl<'a> Pool<'a> {
    pub(super) fn new(files: &'a [File], texts: &'a [Text<'a>], names: &'a Names) -> Self {
        let mut pool = Pool {
            files,
            texts,
            names,
            messages: IndexMap::new(),
            enums: IndexMap::new(),
            extensions: IndexMap::new(),
        };
        for f in files {
            for m in &f.messages {
                pool.message(m, &f.package);
            }
            pool.others(&f.enums, &f.extensions, &f.package);
        }
        pool
    }

    fn message(&mut self, m: &'a Message, scope: &str) {
        let full = join(scope, &m.name);
        for n in &m.messages {
            self.message(n, &full);
        }
        self.others(&m.enums, &m.extensions, &full);
        self.messages.insert(full, m);
    }

    fn others(&mut self, enums: &'a [Enum], extensions: &'a [Field], scope: &str) {
        self.enums.extend(enums.iter().map(|e| (join(scope, &e.name), e)));
        self.extensions.extend(extensions.iter().map(|f| (join(scope, &f.name), f)));
    }

    /// The message of a resolved type name.
    pub(super) fn message_of(&self, type_name: &str) -> Option<&'a Message> {
        self.messages.get(type_name.trim_start_matches('.')).copied()
    }
}

/// The option whose value is read: where it stands and what it is set on.
#[derive(Clone, Copy)]
struct Setting<'a> {
    scope: &'a str,
    o: &'a OptionDecl,
    target: Target,
}

/// Interprets the options of the declarations of one file.
pub(super) struct Interpreter<'a> {
    pub pool: &'a Pool<'a>,
    pub file: usize,
    /// What was interpreted, by the id of the options.
    pub done: &'a mut Vec<Dyn>,
}

impl Interpreter<'_> {
    fn error(&self, at: usize, expected: &str, found: &str) -> Error {
        self.pool.texts[self.file].error(at, expected, found)
    }

    /// Interprets options set on a declaration in a scope.
    pub(super) fn run(&mut self, options: &Options, scope: &str, target: Target) -> Result<(), Error> {
        if options.id == 0 {
            return Ok(());
        }
        let mut out = Dyn::default();
        for o in &options.entries {
            self.option(o, scope, target, &mut out)?;
        }
        if let Some(slot) = self.done.get_mut(options.id) {
            *slot = out;
        }
        Ok(())
    }

    fn option(&self, o: &OptionDecl, scope: &str, target: Target, out: &mut Dyn) -> Result<(), Error> {
        let mut message = format!("google.protobuf.{}", target.1);
        let mut out = out;
        for (i, part) in o.name.iter().enumerate() {
            let field = if part.extension {
                self.extension(&part.name, scope, &message)
            } else {
                let declared = self
                    .pool
                    .messages
                    .get(&message)
                    .and_then(|m| m.fields.iter().find(|f| f.name == part.name));
                declared.filter(|f| f.name != "uninterpreted_option")
            };
            let Some(field) = field else {
                let found = format!("`{}`", escape(&part.name));
                return Err(self.error(o.at, "an option that is declared", &found));
            };
            self.check_target(o.at, field, target)?;
            let number = field.number as u32;
            if i + 1 == o.name.len() {
                if field.label != Label::Repeated && out.has(number) {
                    return Err(self.error(
                        o.at,
                        "each option once",
                        &format!("`{}` twice", escape(&part.name)),
                    ));
                }
                let v = self.option_value(field, Setting { scope, o, target })?;
                out.push(number, v);
                return Ok(());
            }
            if field.kind != MESSAGE && field.kind != GROUP {
                return Err(self.error(o.at, "an option that is a message before the point", "another"));
            }
            if field.label == Label::Repeated {
                return Err(self.error(o.at, "a repeated option set as a whole", "one field of it"));
            }
            field.type_name.trim_start_matches('.').clone_into(&mut message);
            out = out.entry(number, self.is_group(field));
        }
        Ok(())
    }

    /// Whether a message is written as a group: by its type, or by the features of the field that declares it.
    fn is_group(&self, f: &Field) -> bool {
        f.kind == GROUP || self.feature(f, ENCODING) == Some(DELIMITED)
    }

    /// Some options, such as features, are for some kinds of declarations only.
    fn check_target(&self, at: usize, field: &Field, target: Target) -> Result<(), Error> {
        let Some(options) = self.done.get(field.options.id) else { return Ok(()) };
        let mut targets = options.fields.iter().filter(|(n, _)| *n == 19).map(|(_, v)| v).peekable();
        if targets.peek().is_none() || targets.any(|v| *v == Val::Varint(target.0)) {
            return Ok(());
        }
        Err(self.error(at, "an option for declarations of this kind", "one for others"))
    }

    fn extension(&self, name: &str, scope: &str, message: &str) -> Option<&Field> {
        let (full, symbol) = self.pool.names.resolve(name, scope, self.file, Wanted::Option)?;
        let field = self.pool.extensions.get(&full).copied().filter(|_| symbol.what == What::Extension)?;
        (field.extendee.trim_start_matches('.') == message).then_some(field)
    }

    fn option_value(&self, field: &Field, setting: Setting<'_>) -> Result<Val, Error> {
        let o = setting.o;
        if matches!(field.kind, MESSAGE | GROUP) {
            let Value::Message(entries) = &o.value else {
                return Err(self.error(o.value_at, "a message as `{ … }`", "another value"));
            };
            let m = self.entries(entries, &field.type_name, setting)?;
            return Ok(if self.is_group(field) { Val::Group(m) } else { Val::Message(m) });
        }
        let plain = match (&o.value, field.kind) {
            (Value::Message(_) | Value::List(_), _) => None,
            // Only text format takes numbers for enums and booleans, and other words for booleans.
            (Value::Int(_) | Value::Negative(_) | Value::Float(_), ENUM | kind::BOOL) => None,
            (Value::Ident(w), kind::BOOL) if w != "true" && w != "false" => None,
            (Value::Ident(w) | Value::NegativeIdent(w), kind::DOUBLE | kind::FLOAT)
                if w != "inf" && w != "nan" =>
            {
                None
            }
            (v, _) => self.scalar(field, v),
        };
        plain.ok_or_else(|| self.error(o.value_at, "a value of the option's type", "another"))
    }

    /// A value of a message in text format.
    fn entries(&self, entries: &[Entry], type_name: &str, setting: Setting<'_>) -> Result<Dyn, Error> {
        let Setting { scope, o, target } = setting;
        let mut out = Dyn::default();
        let name = type_name.trim_start_matches('.');
        let Some(message) = self.pool.messages.get(name) else {
            return Err(self.error(o.at, "a message", "another type"));
        };
        let mut oneofs = Vec::new();
        for e in entries {
            if e.extension && e.name.contains('/') {
                self.any(e, setting, &mut out)?;
                continue;
            }
            let field = if e.extension {
                self.extension(&e.name, scope, name)
            } else {
                message.fields.iter().find(|f| text_name(f) == e.name)
            };
            let Some(field) = field else {
                let found = format!("`{}`", escape(&e.name));
                return Err(self.error(e.at, "a field of the option's message", &found));
            };
            if let Some(oneof) = field.oneof {
                if oneofs.contains(&oneof) {
                    return Err(self.error(e.at, "one member of a oneof", "two"));
                }
                oneofs.push(oneof);
            }
            self.check_target(e.at, field, target)?;
            self.field_value(field, e, setting, &mut out)?;
        }
        if message.fields.iter().any(|f| self.is_required(f) && !out.has(f.number as u32)) {
            return Err(self.error(o.value_at, "every required field of the option's message", "not all"));
        }
        Ok(out)
    }

    fn is_required(&self, f: &Field) -> bool {
        f.label == Label::Required || self.feature(f, PRESENCE) == Some(LEGACY_REQUIRED)
    }

    /// A feature that a field sets itself.
    fn feature(&self, f: &Field, number: u32) -> Option<u64> {
        self.done.get(f.options.id)?.message(features_in::FIELD)?.int(number)
    }

    fn any(&self, e: &Entry, setting: Setting<'_>, out: &mut Dyn) -> Result<(), Error> {
        let name = e.name.rsplit('/').next().unwrap_or_default();
        let (Value::Message(entries), true) = (&e.value, self.pool.messages.contains_key(name)) else {
            return Err(self.error(e.at, "a message of the schema in an `Any`", "another"));
        };
        let mut bytes = Vec::new();
        self.entries(entries, name, setting)?.write(&mut bytes);
        out.text(1, &e.name);
        out.push(2, Val::Bytes(bytes));
        Ok(())
    }

    fn field_value(&self, f: &Field, e: &Entry, setting: Setting<'_>, out: &mut Dyn) -> Result<(), Error> {
        let wrong = || self.error(e.at, "a value of the field's type", "another");
        let number = f.number as u32;
        let values = match &e.value {
            Value::List(items) if f.label == Label::Repeated => items.as_slice(),
            Value::List(_) => return Err(wrong()),
            one => std::slice::from_ref(one),
        };
        if f.label != Label::Repeated && out.has(number) {
            return Err(self.error(e.at, "each field once", "one twice"));
        }
        for v in values {
            let v = match (f.kind, v) {
                (MESSAGE | GROUP, Value::Message(entries)) => {
                    let m = self.entries(entries, &f.type_name, setting)?;
                    if self.is_group(f) { Val::Group(m) } else { Val::Message(m) }
                }
                (MESSAGE | GROUP, _) => return Err(wrong()),
                _ if !e.colon => return Err(self.error(e.at, "a colon after the field's name", "none")),
                (_, v) => self.scalar(f, v).ok_or_else(wrong)?,
            };
            out.push(number, v);
        }
        Ok(())
    }

    /// A scalar as the field's type has it on the wire.
    fn scalar(&self, f: &Field, v: &Value) -> Option<Val> {
        let word = |w: &str| match w.to_ascii_lowercase().as_str() {
            "inf" | "infinity" => Some(f64::INFINITY),
            "nan" => Some(f64::NAN),
            _ => None,
        };
        match f.kind {
            kind::DOUBLE | kind::FLOAT => {
                let v = match v {
                    Value::Int(v) => *v as f64,
                    Value::Negative(v) => -(*v as f64),
                    Value::Float(v) => *v,
                    Value::Ident(w) => word(w)?,
                    Value::NegativeIdent(w) => -word(w)?,
                    _ => return None,
                };
                Some(match f.kind {
                    kind::DOUBLE => Val::Fixed64(v.to_bits()),
                    _ => Val::Fixed32((v as f32).to_bits()),
                })
            }
            kind::BOOL => match v {
                Value::Ident(w) if matches!(w.as_str(), "true" | "True" | "t") => Some(Val::Varint(1)),
                Value::Ident(w) if matches!(w.as_str(), "false" | "False" | "f") => Some(Val::Varint(0)),
                v => integer(v).filter(|v| (0..2).contains(v)).map(|v| Val::Varint(v as u64)),
            },
            kind::STRING | kind::BYTES => match v {
                Value::Str(bytes) => Some(Val::Bytes(bytes.clone())),
                _ => None,
            },
            ENUM => self.enum_value(f, v),
            kind => {
                let v = integer(v)?;
                let (min, max) = number::range(kind);
                (min..=max).contains(&v).then(|| wire(kind, v))
            }
        }
    }

    fn enum_value(&self, f: &Field, v: &Value) -> Option<Val> {
        let e = self.pool.enums.get(f.type_name.trim_start_matches('.'))?;
        let number = match v {
            Value::Ident(w) => e.values.iter().find(|v| v.name == *w)?.number,
            v => i32::try_from(integer(v)?).ok()?,
        };
        Some(Val::Varint(i64::from(number) as u64))
    }
}

/// A group goes by the name of its message.
fn text_name(f: &Field) -> &str {
    if f.kind == GROUP { f.type_name.rsplit('.').next().unwrap_or(&f.name) } else { &f.name }
}

fn integer(v: &Value) -> Option<i128> {
    match v {
        Value::Int(v) => Some(i128::from(*v)),
        Value::Negative(v) => Some(-i128::from(*v)),
        Value::Based(v) => Some(*v),
        _ => None,
    }
}

/// An integer in the encoding of its type.
fn wire(kind: u8, v: i128) -> Val {
    let v = v as i64;
    match kind {
        kind::SINT32 | kind::SINT64 => Val::Varint(zigzag(v)),
        kind::FIXED32 | kind::SFIXED32 => Val::Fixed32(v as u32),
        kind::FIXED64 | kind::SFIXED64 => Val::Fixed64(v as u64),
        _ => Val::Varint(v as u64),
    }
}
