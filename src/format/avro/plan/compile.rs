//! The compiler: walks writer and reader types side by side and lays out the steps.

use super::{Items, NONE, Op, Other, Plan, Routine, Step};
use crate::dialect::{FieldNames, Place, Style};
use crate::error::{Code, Error, escape};
use crate::format::avro::schema::{self, Kind, Schema, Type, TypeId};
use crate::format::names::convert;
use crate::format::shape::Node;
use crate::format::{Field, Record};
use crate::limits::Limits;
use crate::map::{IndexMap, IndexSet};
use std::cell::Cell;
use std::sync::Arc;

/// How deep the search for a type's least size goes; schemas that refer to each other may chain without end.
const MIN_DEPTH: usize = 64;

/// How many types and fields are looked at for all branches of a plan, for the same reason.
pub(super) const MAX_COMPARED: usize = 1_000_000;

/// Places of which it is kept why they can't be resolved.
const MAX_REASONS: usize = 100;

/// How deep records are laid out inside each other before they become calls.
pub(super) const INLINE_DEPTH: usize = 48;

pub(super) fn compile(
    writer: &Schema,
    reader: Option<&Schema>,
    style: &Style,
    limits: &Limits,
) -> Result<Plan, Error> {
    let (types, root) = merge(writer, reader);
    let mut c = Compiler::new(types, style, limits);
    c.aliases = reader.map(aliases).unwrap_or_default();
    c.plan.shape.root = c.value(root.0, root.1, NONE)?;
    c.push(Op::Return, NONE);
    c.plan.weight = if c.min(root.0) == 0 { c.here() } else { 0 };
    while let Some(id) = c.queue.pop() {
        c.within_limit()?;
        c.routine(id)?;
    }
    c.within_limit()?;
    Ok(c.plan)
}

/// A reader's aliases: from the full name that a writer may use to the reader's.
fn aliases(reader: &Schema) -> IndexMap<Arc<str>, Arc<str>> {
    let named = reader.types.iter().filter_map(|ty| ty.name.as_ref().map(|name| (ty, name)));
    named.flat_map(|(ty, name)| ty.aliases.iter().map(|a| (a.clone(), name.shared()))).collect()
}

/// Writer and reader types in one arena: a default is compiled as the reader's type against itself.
fn merge(writer: &Schema, reader: Option<&Schema>) -> (Vec<Type>, (TypeId, TypeId)) {
    let mut types = writer.types.clone();
    let Some(reader) = reader else { return (types, (writer.root, writer.root)) };
    let base = types.len() as TypeId;
    types.extend(reader.types.iter().cloned().map(|mut ty| {
        match &mut ty.kind {
            Kind::Array(id) | Kind::Map(id) => *id += base,
            Kind::Union(ids) => ids.iter_mut().for_each(|id| *id += base),
            Kind::Record(fields) => fields.iter_mut().for_each(|f| f.ty += base),
            _ => {}
        }
        ty
    }));
    (types, (writer.root, reader.root + base))
}

/// What a routine compiles: a writer's record into a reader's at a place, or one that is skipped, or a reader's default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Job {
    Value(TypeId, TypeId, Place),
    Skip(TypeId),
}

pub(super) struct Compiler<'a> {
    pub(super) types: Arc<[Type]>,
    pub(super) plan: Plan,
    pub(super) style: &'a Style,
    limits: &'a Limits,
    /// How often a named type is referred to: one that is shared becomes a routine.
    pub(super) uses: Vec<u32>,
    min: Vec<Option<u32>>,
    min_depth: usize,
    jobs: IndexMap<Job, u32>,
    work: Vec<(Job, u32)>,
    queue: Vec<u32>,
    pub(super) depth: usize,
    /// The last place that steps may go to.
    pub(super) label: usize,
    /// Where the value is that is being compiled, for options by path.
    pub(super) at: Place,
    /// Reader aliases: from the full name that a writer may use to the reader's.
    pub(super) aliases: IndexMap<Arc<str>, Arc<str>>,
    /// The types of a full name: the writer's and the reader's.
    pub(super) named: IndexMap<Arc<str>, Vec<TypeId>>,
    /// How many types and fields have been looked at to find the branches of unions.
    pub(super) compared: Cell<usize>,
}

impl<'a> Compiler<'a> {
    fn new(types: Vec<Type>, style: &'a Style, limits: &'a Limits) -> Self {
        let mut uses = vec![0; types.len()];
        for ty in &types {
            match &ty.kind {
                Kind::Array(id) | Kind::Map(id) => uses[*id as usize] += 1,
                Kind::Union(ids) => ids.iter().for_each(|id| uses[*id as usize] += 1),
                Kind::Record(fields) => fields.iter().for_each(|f| uses[f.ty as usize] += 1),
                _ => {}
            }
        }
        let mut named: IndexMap<Arc<str>, Vec<TypeId>> = IndexMap::new();
        for (id, ty) in (0..).zip(&types) {
            if let Some(name) = &ty.name {
                named.or_insert_with(name.shared(), Vec::new).push(id);
            }
        }
        let min = vec![None; types.len()];
        Compiler {
            types: types.into(),
            plan: Plan::empty(style, limits),
            style,
            limits,
            uses,
            min,
            min_depth: 0,
            jobs: IndexMap::new(),
            work: Vec::new(),
            queue: Vec::new(),
            depth: 0,
            label: 0,
            at: style.paths.root(),
            aliases: IndexMap::new(),
            named,
            compared: Cell::new(0),
        }
    }

    pub(super) fn push(&mut self, op: impl Into<Op>, field: u32) -> usize {
        self.plan.steps.push(Step { op: op.into(), field });
        self.plan.steps.len() - 1
    }

    /// The place of the next step, for who goes there.
    pub(super) fn here(&mut self) -> u32 {
        self.label = self.plan.steps.len();
        self.label as u32
    }

    pub(super) fn node(&mut self, node: Node) -> u32 {
        self.plan.shape.push(node)
    }

    pub(super) fn within_limit(&self) -> Result<(), Error> {
        let most = self.limits.plan_steps;
        if self.plan.steps.len() > most {
            let message = format!("expected a plan of at most {most} steps (limit `planSteps`), found more");
            return Err(Error::new(Code::SchemaLimit, message));
        }
        if self.compared.get() > MAX_COMPARED {
            let message =
                "expected at most 1,000,000 comparisons of the reader's types with the writer's, found more";
            return Err(Error::new(Code::SchemaLimit, message)
                .with_hint("give the reader's types the names of the writer's, or those as aliases"));
        }
        Ok(())
    }

    /// The steps of a value that is written as `w` and read as `r`; gives its node.
    pub(super) fn value(&mut self, w: TypeId, r: TypeId, field: u32) -> Result<u32, Error> {
        self.within_limit()?;
        let types = self.types.clone();
        let (wt, rt) = (&types[w as usize], &types[r as usize]);
        if let Kind::Union(branches) = &wt.kind {
            return self.union(branches, r, field);
        }
        if let Kind::Union(branches) = &rt.kind {
            return match self.reader_branch(w, branches) {
                Some(branch) => self.branch(w, branches, branch, field),
                None => Ok(self.mismatch(wt, rt, field)),
            };
        }
        match (&wt.kind, &rt.kind) {
            (Kind::Record(_), Kind::Record(_)) => self.record_or_call(w, r, field),
            (Kind::Array(a), Kind::Array(b)) => self.array(*a, *b, field),
            (Kind::Map(a), Kind::Map(b)) => self.map(*a, *b, field),
            (Kind::Enum { symbols, .. }, Kind::Enum { symbols: of, default }) if self.names_match(wt, rt) => {
                Ok(self.enumeration(symbols, of, *default, field))
            }
            (Kind::Fixed(size), Kind::Fixed(of)) if size == of && self.names_match(wt, rt) => {
                let to = self.as_bytes(rt.logical);
                self.push(Other::Fixed(*size as u32, to), field);
                Ok(self.bytes_node(to))
            }
            _ => Ok(self.scalar(wt, rt, field)),
        }
    }

    /// The step of what can't be resolved; gives its node.
    pub(super) fn unresolved(&mut self, reason: String, field: u32) -> u32 {
        let number = self.plan.reasons.len();
        if number < MAX_REASONS {
            self.plan.reasons.push(reason.into());
        }
        self.push(Other::Unresolved(number as u32), field);
        self.node(Node::Null)
    }

    /// The same for a type that can't be read as another.
    pub(super) fn mismatch(&mut self, w: &Type, r: &Type, field: u32) -> u32 {
        let [w, r] = [w, r].map(|ty| escape(ty.branch_name()));
        self.unresolved(format!("the writer's `{w}` can't be read as the reader's `{r}`"), field)
    }

    pub(super) fn fail(&mut self, code: Code, field: u32) -> u32 {
        self.push(Other::Fail(code), field);
        self.node(Node::Null)
    }

    /// Compiles what is at another place.
    pub(super) fn within<T>(&mut self, at: Place, compile: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.at, at);
        let made = compile(self);
        self.at = outer;
        made
    }

    fn array(&mut self, w: TypeId, r: TypeId, field: u32) -> Result<u32, Error> {
        let items = self.open_items();
        self.push(Op::Array(items), field);
        let within = self.style.paths.items(self.at);
        let node = self.within(within, |c| c.value(w, r, NONE))?;
        self.push(Op::Next(items), NONE);
        let min = self.min(w);
        self.close_items(items, min);
        Ok(self.node(Node::Array(node)))
    }

    fn map(&mut self, w: TypeId, r: TypeId, field: u32) -> Result<u32, Error> {
        let items = self.open_items();
        self.push(Op::Map(items), field);
        let within = self.style.paths.entries(self.at);
        let node = self.within(within, |c| c.value(w, r, NONE))?;
        self.push(Op::NextEntry(items), NONE);
        let min = self.min(w).saturating_add(1);
        self.close_items(items, min);
        Ok(self.node(Node::Map(node)))
    }

    pub(super) fn open_items(&mut self) -> u32 {
        let weight = self.here();
        self.plan.items.push(Items { end: 0, min: 0, weight, records: false });
        self.plan.items.len() as u32 - 1
    }

    pub(super) fn close_items(&mut self, items: u32, min: u32) {
        let end = self.here();
        let slot = &mut self.plan.items[items as usize];
        // The steps between the one that opens and the one that goes on.
        *slot = Items { end, min, weight: end - slot.weight - 2, records: false };
    }

    /// A record in its place, or a call where its type is used in several places (or in itself).
    fn record_or_call(&mut self, w: TypeId, r: TypeId, field: u32) -> Result<u32, Error> {
        if self.uses[w as usize] <= 1 && self.uses[r as usize] <= 1 && self.depth < INLINE_DEPTH {
            self.depth += 1;
            let node = self.node(Node::Null);
            self.record(w, r, field, node)?;
            self.depth -= 1;
            return Ok(node);
        }
        let id = self.call(Job::Value(w, r, self.at));
        self.push(Op::Call(id), field);
        Ok(self.work[id as usize].1)
    }

    /// The routine of a job; a new one is queued.
    pub(super) fn call(&mut self, job: Job) -> u32 {
        if let Some(id) = self.jobs.get(&job) {
            return *id;
        }
        let id = self.work.len() as u32;
        let node = self.node(Node::Null);
        self.jobs.insert(job, id);
        self.work.push((job, node));
        self.plan.routines.push(Routine { start: 0, weight: 0 });
        self.queue.push(id);
        id
    }

    /// The node of a routine.
    pub(super) fn routine_node(&self, id: u32) -> u32 {
        self.work[id as usize].1
    }

    fn routine(&mut self, id: u32) -> Result<(), Error> {
        let (job, node) = self.work[id as usize];
        let start = self.here();
        if let Job::Value(_, _, at) = job {
            self.at = at;
        }
        let min = match job {
            Job::Value(w, r, _) if matches!(self.types[w as usize].kind, Kind::Record(_)) => {
                self.record(w, r, NONE, node)?;
                self.min(w)
            }
            Job::Value(w, r, _) => {
                let made = self.value(w, r, NONE)?;
                self.plan.shape.nodes[node as usize] = self.plan.shape.nodes[made as usize].clone();
                self.min(w)
            }
            Job::Skip(w) => {
                self.skip_record(w)?;
                self.min(w)
            }
        };
        self.push(Op::Return, NONE);
        let weight = if min == 0 { self.here() - start } else { 0 };
        self.plan.routines[id as usize] = Routine { start, weight };
        Ok(())
    }

    pub(super) fn add_record(&mut self, name: &str, fields: u32, reordered: bool) -> u32 {
        self.plan.records.push(Record { name: name.into(), fields, reordered });
        self.plan.records.len() as u32 - 1
    }

    pub(super) fn add_field(&mut self, field: Field) -> u32 {
        self.plan.fields.push(field);
        self.plan.fields.len() as u32 - 1
    }

    /// The names of a record's fields as they appear.
    pub(super) fn field_names(&self, fields: &[schema::Field]) -> Result<Vec<String>, Error> {
        let names: Vec<String> = fields.iter().map(|f| convert(&f.name, self.style.field_names)).collect();
        let mut seen = IndexSet::new();
        match names.iter().find(|n| !seen.insert(n.as_str())) {
            Some(name) if !matches!(self.style.field_names, FieldNames::Json | FieldNames::Declared) => {
                let message = format!(
                    "expected field names that differ after `fieldNames`, found `{}` twice",
                    escape(name)
                );
                Err(Error::new(Code::SchemaInvalid, message))
            }
            _ => Ok(names),
        }
    }

    /// The least bytes that a value takes. A type inside itself counts as nothing there: a lower bound.
    pub(super) fn min(&mut self, id: TypeId) -> u32 {
        if let Some(min) = self.min[id as usize] {
            return min;
        }
        if self.min_depth >= MIN_DEPTH {
            return 0;
        }
        self.min_depth += 1;
        self.min[id as usize] = Some(0);
        let types = self.types.clone();
        let min = match &types[id as usize].kind {
            Kind::Null | Kind::Reference(_) => 0,
            Kind::Float => 4,
            Kind::Double => 8,
            Kind::Fixed(size) => *size as u32,
            Kind::Record(fields) => fields.iter().fold(0, |sum: u32, f| sum.saturating_add(self.min(f.ty))),
            _ => 1,
        };
        self.min[id as usize] = Some(min);
        self.min_depth -= 1;
        min
    }
}
