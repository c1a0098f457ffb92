//! Schema and options → plan.

use super::super::model::{self, EnumId, Literal, MessageId, Presence, Schema, Type};
use super::super::{names, wellknown};
use super::{Absent, AnyPlan, EnumPlan, FieldPlan, Form, MessagePlan, Plan, Quick, Read, Show};
use crate::dialect::{Defaults, Place, Rule, Style, UnknownFields};
use crate::error::{Code, Error, escape};
use crate::format::{Field, Lit, Record};
use crate::json::quoted;
use crate::limits::Limits;
use crate::map::{IndexMap, IndexSet};
use crate::order::by_numbers;
use std::sync::Arc;

impl Plan {
    /// Compiles a message and all that it reaches; with an `Any` within reach, all messages of the schema.
    ///
    /// # Errors
    /// `SCHEMA_INVALID` where converted field names collide, `SCHEMA_LIMIT` beyond `limits.plan_steps`.
    pub fn compile(
        schema: &Arc<Schema>,
        message: MessageId,
        style: &Style,
        limits: &Limits,
    ) -> Result<Self, Error> {
        let mut compiler = Compiler {
            schema,
            style,
            numbers: IndexMap::new(),
            queue: Vec::new(),
            enum_places: IndexMap::new(),
            enums: Vec::new(),
        };
        let root = compiler.message(message, style.paths.root());
        let (mut messages, mut steps, mut any) = (Vec::new(), 0, false);
        while let Some(&(id, at)) = compiler.queue.get(messages.len()) {
            let plan = compiler.compile(id, at)?;
            steps += 1 + plan.fields.len();
            if steps > limits.plan_steps {
                let message =
                    format!("expected at most {} steps (limit `planSteps`), found more", limits.plan_steps);
                return Err(Error::new(Code::SchemaLimit, message));
            }
            if plan.well_known == Some(wellknown::WellKnown::Any) && !any {
                any = true;
                compiler.all_messages();
            }
            messages.push(plan);
        }
        let by_name = if any { compiler.by_name() } else { IndexMap::new() };
        Ok(Plan {
            messages,
            enums: compiler.enums,
            root,
            by_name,
            any: any_plan(),
            depth: limits.depth,
            items: limits.items,
            bytes: style.bytes,
            int64: style.int64,
            short_floats: style.short_floats,
        })
    }
}

/// The name of the list that unknown fields are kept in.
const UNKNOWN: &str = "$unknown";

impl FieldPlan {
    /// In the place of all unknown fields: a list of their bytes, each with its tag.
    fn unknown(index: u32) -> Self {
        FieldPlan {
            field: Field::new(UNKNOWN, index),
            tag: u32::MAX,
            read: Read::Length,
            show: Show::Bytes,
            form: Form::Many,
            absent: Absent::Omit,
            oneof: 0,
            closed: None,
            default: Literal::Bits(0),
            quick: Quick::None,
        }
    }
}

fn any_plan() -> AnyPlan {
    AnyPlan {
        record: Record { name: "google.protobuf.Any".into(), fields: 0, reordered: false },
        type_url: Field::new("@type", 0),
        value: Field::new("value", 1),
    }
}

struct Compiler<'a> {
    schema: &'a Schema,
    style: &'a Style,
    /// The number of a message at a place: options by path make it another one elsewhere.
    numbers: IndexMap<(MessageId, Place), u32>,
    /// Messages by number; those behind the last compiled one are still to do.
    queue: Vec<(MessageId, Place)>,
    enum_places: IndexMap<EnumId, u32>,
    enums: Vec<EnumPlan>,
}

impl Compiler<'_> {
    /// The number of a message, compiled or yet to be.
    fn message(&mut self, id: MessageId, at: Place) -> u32 {
        *self.numbers.or_insert_with((id, at), || {
            self.queue.push((id, at));
            self.queue.len() as u32 - 1
        })
    }

    fn all_messages(&mut self) {
        for i in 0..self.schema.messages.len() as u32 {
            if !self.schema.get(MessageId(i)).map_entry {
                self.message(MessageId(i), Place::NOWHERE);
            }
        }
    }

    fn by_name(&self) -> IndexMap<Arc<str>, u32> {
        let told = self.numbers.iter().filter(|((_, at), _)| *at == Place::NOWHERE);
        let named = told.map(|((id, _), number)| (self.schema.get(*id), *number));
        named.filter(|(m, _)| !m.map_entry).map(|(m, number)| (m.full_name.clone(), number)).collect()
    }

    fn compile(&mut self, id: MessageId, at: Place) -> Result<MessagePlan, Error> {
        let schema = self.schema;
        let message = schema.get(id);
        let fields: Vec<&model::Field> = message.fields.iter().chain(schema.extensions_of(id)).collect();
        let keep = self.style.unknown_fields == UnknownFields::Keep && !message.map_entry;
        let names = match names::of_fields(&fields, self.style.field_names) {
            Ok(names) if keep && names.iter().any(|name| name == UNKNOWN) => Err(UNKNOWN.to_owned()),
            names => names,
        };
        let names = names.map_err(|name| {
            let (name, full) = (escape(&name), escape(&message.full_name));
            let found = format!("expected field names that differ as `fieldNames` writes them, found `{name}` twice in `{full}`");
            Error::new(Code::SchemaInvalid, found)
        })?;
        let well_known = wellknown::recognise(schema, message);
        // The one value of a map's entry or a wrapper stands where these stand.
        let alone = message.map_entry || well_known == Some(wellknown::WellKnown::Wrapper);
        let paths = self.style.paths.clone();
        let place = |name: &str| if alone { at } else { paths.field(at, name) };
        let selected = |name: &str| alone || well_known.is_some() || paths.wants(at, place(name));
        // The last member of a oneof that comes is the one that counts: to tell, all of them are read, and so they come.
        let oneofs: IndexSet<u32> =
            names.iter().zip(&fields).filter(|(n, _)| selected(n)).filter_map(|(_, f)| f.oneof).collect();
        let together = |f: &model::Field| f.oneof.is_some_and(|oneof| oneofs.contains(&oneof));
        let wanted = names.iter().zip(&fields).filter(|(name, f)| selected(name) || together(f));
        let (plans, numbers): (Vec<FieldPlan>, Vec<u32>) = (0..)
            .zip(wanted)
            .map(|(index, (name, f))| {
                (self.field(f, Field::new(name, index), message.map_entry, place(name)), f.number)
            })
            .unzip();
        // What `select` leaves out can't be told from what the schema doesn't know.
        let unknown = keep && well_known.is_none() && plans.len() == fields.len();
        let mut plan = MessagePlan {
            record: Record { name: message.full_name.clone(), fields: 0, reordered: false },
            well_known,
            message_set: message.message_set,
            fields: plans,
            unknown,
            dense: Vec::new(),
            sparse: Vec::new(),
            oneofs: message.oneofs.len() as u32,
        };
        plan.index(&numbers);
        if unknown {
            plan.fields.push(FieldPlan::unknown(plan.fields.len() as u32));
        }
        plan.record.fields = plan.fields.len() as u32;
        Ok(plan)
    }

    fn field(&mut self, f: &model::Field, field: Field, in_entry: bool, at: Place) -> FieldPlan {
        let entry = match f.ty {
            Type::Message(id) if f.repeated && self.schema.get(id).map_entry => Some(self.schema.get(id)),
            _ => None,
        };
        let form = match (f.repeated, entry) {
            (_, Some(_)) => Form::Map,
            (true, None) => Form::Many,
            (false, None) => Form::One,
        };
        let paths = &self.style.paths;
        let (read, show) = self.value(
            f,
            match form {
                Form::One => at,
                Form::Many => paths.items(at),
                Form::Map => paths.entries(at),
            },
        );
        // The value of an entry never makes a field of the entry unknown, but the whole entry.
        let valued = entry.and_then(|e| e.fields.get(1)).map_or(f.ty, |value| value.ty);
        let closed = match valued {
            Type::Enum(id) if !in_entry && self.schema.get_enum(id).closed => Some(self.enumeration(id)),
            _ => None,
        };
        let absent = self.absent(f);
        FieldPlan {
            field,
            tag: f.number << 3 | u32::from(read.wire_type()),
            read,
            show,
            form,
            absent,
            oneof: if f.synthetic_oneof { 0 } else { f.oneof.map_or(0, |i| i + 1) },
            closed,
            default: f.default.clone().unwrap_or_else(|| self.zero(f.ty)),
            quick: Quick::of(read, show, form, absent, closed),
        }
    }

    fn absent(&self, f: &model::Field) -> Absent {
        let defaults = self.style.defaults;
        if f.repeated {
            // An extension is no field that its message knows to lack; ProtoJSON leaves it out as well.
            return if f.extension || defaults == Defaults::Omit { Absent::Omit } else { Absent::Default };
        }
        let filled = defaults == Defaults::All
            && !matches!(f.ty, Type::Message(_))
            && (f.oneof.is_none() || f.synthetic_oneof)
            && !f.extension;
        match f.presence {
            Presence::Required if !self.style.allows(Rule::Required) => Absent::Error,
            Presence::Implicit if defaults == Defaults::Omit => Absent::OmitDefault,
            Presence::Implicit => Absent::Default,
            _ if filled => Absent::Default,
            _ => Absent::Omit,
        }
    }

    fn zero(&self, ty: Type) -> Literal {
        match ty {
            Type::String => Literal::Text("".into()),
            Type::Bytes => Literal::Bytes([].into()),
            Type::Enum(id) => {
                let first = self.schema.get_enum(id).values.first().map_or(0, |(_, number)| *number);
                Literal::Bits(i64::from(first) as u64)
            }
            _ => Literal::Bits(0),
        }
    }

    fn value(&mut self, f: &model::Field, at: Place) -> (Read, Show) {
        let int64 = self.style.int64_at(at);
        match f.ty {
            Type::Double => (Read::Fixed64, Show::Double),
            Type::Float => (Read::Fixed32, Show::Float),
            Type::Int32 => (Read::Varint32, Show::Int),
            Type::Int64 => (Read::Varint64, Show::Long(int64)),
            Type::Uint32 => (Read::Varint32, Show::Uint),
            Type::Uint64 => (Read::Varint64, Show::Ulong(int64)),
            Type::Sint32 => (Read::Zigzag32, Show::Int),
            Type::Sint64 => (Read::Zigzag64, Show::Long(int64)),
            Type::Fixed32 => (Read::Fixed32, Show::Uint),
            Type::Fixed64 => (Read::Fixed64, Show::Ulong(int64)),
            Type::Sfixed32 => (Read::Fixed32, Show::Int),
            Type::Sfixed64 => (Read::Fixed64, Show::Long(int64)),
            Type::Bool => (Read::Bool, Show::Boolean),
            Type::String => (Read::Length, Show::Text(f.utf8 && !self.style.allows(Rule::Utf8))),
            Type::Bytes => (Read::Length, Show::Bytes),
            Type::Enum(id) if &*self.schema.get_enum(id).full_name == "google.protobuf.NullValue" => {
                (Read::Varint32, Show::Null)
            }
            Type::Enum(id) => (Read::Varint32, Show::Enum(self.enumeration(id))),
            Type::Message(id) => {
                let read = if f.delimited { Read::Group } else { Read::Length };
                (read, Show::Message(self.message(id, at)))
            }
        }
    }

    fn enumeration(&mut self, id: EnumId) -> u32 {
        if let Some(&place) = self.enum_places.get(&id) {
            return place;
        }
        let e = self.schema.get_enum(id);
        let (mut symbols, mut numbers) = (Vec::new(), IndexMap::new());
        for (name, number) in &e.values {
            // Of several names for a number the first one is shown.
            numbers.or_insert_with(*number, || {
                symbols.push((Lit::new(&quoted(name)), name.clone()));
                symbols.len() as u32 - 1
            });
        }
        let mut numbers: Vec<_> = numbers.into_iter().collect();
        by_numbers(&mut numbers, |(number, _)| (i64::from(*number), 0));
        self.enums.push(EnumPlan { symbols, numbers, closed: e.closed });
        let place = self.enums.len() as u32 - 1;
        self.enum_places.insert(id, place);
        place
    }
}
