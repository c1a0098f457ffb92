//! Schema resolution: which of the reader's types, branches and fields the writer's are read as
//! (specification, "Schema Resolution"; where it leaves a choice, as Java does).

use super::compile::{Compiler, MAX_COMPARED};
use super::{NONE, Op};
use crate::error::{Code, Error, escape};
use crate::format::Field;
use crate::format::avro::schema::{Field as Declared, Kind, Type, TypeId};
use crate::format::shape::{FieldShape, Node};
use crate::map::{IndexMap, IndexSet};

impl Compiler<'_> {
    /// A record: the writer's fields in their order, each read as the reader's or skipped, then the reader's others
    /// from their defaults.
    pub(super) fn record(&mut self, w: TypeId, r: TypeId, field: u32, node: u32) -> Result<(), Error> {
        let types = self.types.clone();
        let (Kind::Record(written), Kind::Record(read)) = (&types[w as usize].kind, &types[r as usize].kind)
        else {
            self.fail(Code::Internal, field);
            return Ok(());
        };
        let places = self.places(w, r);
        let missing = missing(&places, read.len());
        let mut constants = Vec::with_capacity(missing.len());
        for i in &missing {
            let lacking = &read[*i as usize];
            let Some(constant) = self.constant(lacking)? else {
                let name = escape(&lacking.name);
                let reason = format!(
                    "the writer's record has no field `{name}`, and the reader's no default of its type"
                );
                self.unresolved(reason, field);
                return Ok(());
            };
            constants.push(constant);
        }
        let order: Vec<u32> =
            places.iter().copied().filter(|p| *p != NONE).chain(missing.iter().copied()).collect();
        let reordered = !order.is_sorted();
        let names = self.field_names(read)?;
        let record = self.add_record(types[r as usize].branch_name(), read.len() as u32, reordered);
        self.push(Op::Record(record), field);
        let mut fields = Vec::with_capacity(order.len());
        for (from, &place) in written.iter().zip(&places) {
            let name = names.get(place as usize).map_or("", String::as_str);
            let at = self.style.paths.field(self.at, name);
            if place == NONE || !self.style.paths.wants(self.at, at) {
                self.skip(from.ty)?;
                continue;
            }
            let id = self.add_field(Field { reordered, ..Field::new(name, place) });
            let node = self.within(at, |c| c.value(from.ty, read[place as usize].ty, id))?;
            fields.push(FieldShape {
                name: names[place as usize].clone(),
                node,
                index: place,
                optional: false,
            });
        }
        for (place, constant) in missing.into_iter().zip(constants) {
            let at = self.style.paths.field(self.at, &names[place as usize]);
            if !self.style.paths.wants(self.at, at) {
                continue;
            }
            let id = self.add_field(Field { reordered, ..Field::new(&names[place as usize], place) });
            let node = self.within(at, |c| c.default(read[place as usize].ty, constant, id));
            fields.push(FieldShape {
                name: names[place as usize].clone(),
                node,
                index: place,
                optional: false,
            });
        }
        self.push(Op::RecordEnd(record), NONE);
        self.plan.shape.nodes[node as usize] = Node::Record { fields };
        Ok(())
    }

    /// For each of the writer's fields the reader's that it is read as, by one of the reader's aliases or by name. As in
    /// Java, which rewrites the writer's schema, aliases of fields count where the records' full names match.
    fn places(&self, w: TypeId, r: TypeId) -> Vec<u32> {
        let (Kind::Record(written), Kind::Record(read)) =
            (&self.types[w as usize].kind, &self.types[r as usize].kind)
        else {
            return Vec::new();
        };
        let mut taken = IndexSet::new();
        let by_name: IndexMap<&str, usize> = read.iter().enumerate().map(|(i, f)| (&*f.name, i)).collect();
        let by_alias = if self.is_known(w, r) { by_alias(written, read) } else { IndexMap::new() };
        let mut place = |name: &str| match by_alias.get(name).or_else(|| by_name.get(name)).copied() {
            Some(i) if taken.insert(i) => i as u32,
            _ => NONE,
        };
        written.iter().map(|f| place(&f.name)).collect()
    }

    /// The writer's full name as the reader knows it.
    fn known_as<'t>(&'t self, w: &'t Type) -> &'t str {
        let full = w.name.as_ref().map_or("", |n| n.full());
        self.aliases.get(full).map_or(full, |n| n)
    }

    /// Whether a writer's named type has the reader's full name, perhaps by one of its aliases.
    fn is_known(&self, w: TypeId, r: TypeId) -> bool {
        let (wt, rt) = (&self.types[w as usize], &self.types[r as usize]);
        rt.name.as_ref().is_some_and(|name| self.known_as(wt) == name.full())
    }

    /// "Both schemas are enums whose (unqualified) names match", and so for fixed.
    pub(super) fn names_match(&self, w: &Type, r: &Type) -> bool {
        let short = |name: &str| name.rsplit('.').next().unwrap_or_default().to_owned();
        match &r.name {
            Some(name) => {
                w.name.as_ref().is_some_and(|n| n.short() == name.short())
                    || short(self.known_as(w)) == name.short()
            }
            None => false,
        }
    }

    /// The branch of a reader's union that a writer's type is read as: the same type (of the same full name), then a
    /// record of the same structure, then an enum or fixed of the same unqualified name, then the first that it can be
    /// promoted to.
    pub(super) fn reader_branch(&self, w: TypeId, branches: &[TypeId]) -> Option<TypeId> {
        self.find_branch(w, branches, &mut Vec::new())
    }

    fn find_branch(&self, w: TypeId, branches: &[TypeId], seen: &mut Seen) -> Option<TypeId> {
        let wt = &self.types[w as usize];
        if let Some(same) = branches.iter().find(|b| **b == w) {
            return Some(*same);
        }
        let same_kind = |b: &&TypeId| self.types[**b as usize].kind.word() == wt.kind.word();
        if wt.name.is_some() {
            let known = self.named.get(self.known_as(wt)).into_iter().flatten();
            if let Some(same) = known.filter(same_kind).find(|id| branches.contains(id)) {
                return Some(*same);
            }
        }
        self.compare(branches.len());
        let mut structural = None;
        for b in branches.iter().filter(same_kind) {
            let bt = &self.types[*b as usize];
            let (Some(name), Some(of)) = (&wt.name, &bt.name) else { return Some(*b) };
            let better = structural.is_none() || name.short() == of.short();
            if matches!(wt.kind, Kind::Record(_)) && better && self.same_structure(w, *b, seen) {
                structural = Some(*b);
            }
        }
        let named = |b: &&TypeId| !matches!(wt.kind, Kind::Record(_)) && self.matches(w, **b, seen);
        let unqualified = branches.iter().filter(same_kind).find(named).copied();
        let promoted =
            || branches.iter().find(|b| promotes(&wt.kind, &self.types[**b as usize].kind)).copied();
        structural.or(unqualified).or_else(promoted)
    }

    /// Whether a value written as `w` may be read as `r`, as far as these two types tell. What lies inside them is found
    /// out by the data that hold it: an empty array of what doesn't match is still an empty array.
    pub(super) fn may_read(&self, w: TypeId, r: TypeId) -> bool {
        self.matches(w, r, &mut Vec::new())
    }

    fn matches(&self, w: TypeId, r: TypeId, seen: &mut Seen) -> bool {
        let (wt, rt) = (&self.types[w as usize], &self.types[r as usize]);
        match (&wt.kind, &rt.kind) {
            // Which branch comes is known only from the datum.
            (Kind::Union(_), _) => true,
            (_, Kind::Union(branches)) => self.find_branch(w, branches, seen).is_some(),
            (Kind::Record(written), Kind::Record(read)) => {
                self.compare(written.len() + read.len());
                let places = self.places(w, r);
                missing(&places, read.len()).into_iter().all(|i| read[i as usize].default.is_some())
            }
            (Kind::Array(_), Kind::Array(_)) | (Kind::Map(_), Kind::Map(_)) => true,
            (Kind::Enum { .. }, Kind::Enum { .. }) => self.names_match(wt, rt),
            (Kind::Fixed(a), Kind::Fixed(b)) => a == b && self.names_match(wt, rt),
            (a, b) => a == b || promotes(a, b),
        }
    }

    /// Whether a record can be read as another whose name differs: so can each of its fields.
    fn same_structure(&self, w: TypeId, r: TypeId, seen: &mut Seen) -> bool {
        let (Kind::Record(written), Kind::Record(read)) =
            (&self.types[w as usize].kind, &self.types[r as usize].kind)
        else {
            return false;
        };
        // A pair that is being looked at is taken to match: what contains itself adds no new condition.
        if seen.contains(&(w, r)) {
            return true;
        }
        if seen.len() >= MAX_SEEN || self.compared.get() > MAX_COMPARED {
            self.compared.set(usize::MAX);
            return true;
        }
        seen.push((w, r));
        let mut pairs = self.places(w, r).into_iter().zip(written).filter(|(place, _)| *place != NONE);
        let same = self.matches(w, r, seen)
            && pairs.all(|(place, f)| self.matches(f.ty, read[place as usize].ty, seen));
        seen.pop();
        same
    }

    /// Counts so many types or fields that are looked at: beyond the limit nothing is compared any more, and no plan is made.
    fn compare(&self, count: usize) {
        self.compared.set(self.compared.get().saturating_add(count));
    }
}

/// The reader's fields that are read by their aliases: those whose own name the writer doesn't have, or has for a field that
/// another one is read from, as where a field `b` became `c` and `a` became `b`.
fn by_alias<'t>(written: &[Declared], read: &'t [Declared]) -> IndexMap<&'t str, usize> {
    let exact: IndexSet<&str> = written.iter().map(|f| &*f.name).collect();
    let aliases = || read.iter().enumerate().flat_map(|(i, f)| f.aliases.iter().map(move |a| (&**a, i)));
    let claimed: IndexMap<&str, usize> = aliases().filter(|(a, i)| *a != &*read[*i].name).collect();
    let mut renamed: Vec<Option<bool>> = vec![None; read.len()];
    let mut way = Vec::new();
    for i in 0..read.len() {
        let (mut at, mut found) = (i, renamed[i]);
        while found.is_none() {
            // Fields that change their names in a circle are all renamed.
            renamed[at] = Some(true);
            way.push(at);
            let name = &*read[at].name;
            match claimed.get(name) {
                _ if !exact.contains(name) => found = Some(true),
                Some(by) => (at, found) = (*by, renamed[*by]),
                None => found = Some(false),
            }
        }
        way.drain(..).for_each(|at| renamed[at] = found);
    }
    aliases().filter(|(_, i)| renamed[*i] == Some(true)).collect()
}

/// The reader's fields that none of the writer's is read as.
fn missing(places: &[u32], fields: usize) -> Vec<u32> {
    let there: IndexSet<u32> = places.iter().copied().collect();
    (0..fields as u32).filter(|i| !there.contains(i)).collect()
}

/// How deep a search goes: schemas that refer to each other may chain without end.
const MAX_SEEN: usize = 256;

/// The pairs of types that a search is within.
type Seen = Vec<(TypeId, TypeId)>;

/// The promotions of primitive types.
pub(in crate::format::avro) fn promotes(w: &Kind, r: &Kind) -> bool {
    matches!(
        (w, r),
        (Kind::Int, Kind::Long | Kind::Float | Kind::Double)
            | (Kind::Long, Kind::Float | Kind::Double)
            | (Kind::Float, Kind::Double)
            | (Kind::String, Kind::Bytes)
            | (Kind::Bytes, Kind::String)
    )
}
