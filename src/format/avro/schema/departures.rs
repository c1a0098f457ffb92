//! The strict check: every departure from the specification that reading tolerates, with its place.

use super::parse::json;
use super::{Field, Kind, Name, Schema};
use crate::error::{Error, escape};
use crate::format::avro::encode;
use crate::json::{Object, Place, Value};
use crate::limits::Limits;
use crate::map::{IndexMap, IndexSet};

/// Where a schema departs from the specification, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departure {
    /// Which of the referenced texts it is in; none for the schema's own.
    pub reference: Option<usize>,
    /// The place in that text's JSON: `$.fields[0].type`.
    pub path: String,
    /// What the specification asks for, and what stands there.
    pub message: String,
}

impl Schema {
    /// Every departure from the specification that parsing tolerates, in a schema's text and in the texts that it refers
    /// to: names, logical types, defaults, aliases, attributes of the wrong type. Those of the references come first.
    ///
    /// ```
    /// use kafkalens::format::avro::Schema;
    /// use kafkalens::limits::Limits;
    ///
    /// let money = r#"{"type":"fixed","name":"Money","size":2,"logicalType":"decimal","precision":9}"#;
    /// let order = r#"{"type":"record","name":"Order","fields":[{"name":"unit-price","type":"Money"}]}"#;
    /// let found = Schema::departures(order, &[money], &Limits::default())?;
    /// let places: Vec<_> = found.iter().map(|d| (d.reference, &*d.path)).collect();
    /// assert_eq!(places, [(Some(0), "$.logicalType"), (None, "$.fields[0].name")]);
    /// # Ok::<(), kafkalens::error::Error>(())
    /// ```
    ///
    /// # Errors
    /// What [`Schema::parse`] refuses.
    pub fn departures(text: &str, references: &[&str], limits: &Limits) -> Result<Vec<Departure>, Error> {
        let schema = Schema::parse(text, references, limits)?;
        let mut check =
            Check { schema: &schema, records: records(&schema), reference: None, found: Vec::new() };
        for (i, reference) in references.iter().enumerate() {
            check.reference = Some(i);
            check.ty(&json(reference)?, "", &Place::ROOT);
        }
        check.reference = None;
        check.ty(&json(text)?, "", &Place::ROOT);
        Ok(check.found)
    }
}

/// The fields of each record, by its full name.
fn records(schema: &Schema) -> IndexMap<&str, &[Field]> {
    let named = schema.types.iter().filter_map(|ty| match (&ty.kind, &ty.name) {
        (Kind::Record(fields), Some(name)) => Some((name.full(), fields.as_slice())),
        _ => None,
    });
    named.collect()
}

struct Check<'a> {
    schema: &'a Schema,
    records: IndexMap<&'a str, &'a [Field]>,
    /// Which of the referenced texts is looked at.
    reference: Option<usize>,
    found: Vec<Departure>,
}

impl Check<'_> {
    fn tell(&mut self, place: &Place<'_>, message: String) {
        self.found.push(Departure { reference: self.reference, path: place.text(), message });
    }

    /// The parser has bounded the depth.
    fn ty(&mut self, v: &Value, namespace: &str, place: &Place<'_>) {
        match v {
            Value::Array(branches) => {
                for (i, branch) in branches.iter().enumerate() {
                    self.ty(branch, namespace, &place.index(i));
                }
            }
            Value::Object(object) => self.object(object, namespace, place),
            _ => {}
        }
    }

    fn object(&mut self, object: &Object, namespace: &str, place: &Place<'_>) {
        let word = match object.get("type") {
            Some(Value::String(word)) => word.as_str(),
            Some(inner) => {
                // `{"type": {"type": …}}`: the specification wants a name there.
                self.tell(&place.key("type"), "expected a type's name, found a nested type".into());
                return self.ty(inner, namespace, &place.key("type"));
            }
            None => return,
        };
        self.logical(object, word, place);
        match word {
            "array" => self.part(object, "items", namespace, place),
            "map" => self.part(object, "values", namespace, place),
            "record" | "error" | "enum" | "fixed" => self.named(object, word, namespace, place),
            _ => {}
        }
    }

    fn part(&mut self, object: &Object, key: &str, namespace: &str, place: &Place<'_>) {
        if object.get("name").is_some() {
            self.tell(&place.key("name"), "expected no `name` on a type without one, found one".into());
        }
        if let Some(v) = object.get(key) {
            self.ty(v, namespace, &place.key(key));
        }
    }

    fn named(&mut self, object: &Object, word: &str, outer: &str, place: &Place<'_>) {
        let text = |key: &str| object.get(key).and_then(Value::as_str);
        let name = Name::new(text("name").unwrap_or_default(), text("namespace").unwrap_or(outer));
        if Kind::primitive(name.full()).is_some() {
            let message = format!("expected a name that is no primitive type's, found `{}`", name.full());
            self.tell(&place.key("name"), message);
        }
        self.names(name.full(), &place.key("name"));
        if object.get("namespace").is_some_and(|v| v.as_str().is_none()) {
            self.tell(&place.key("namespace"), "expected a string, found another type".into());
        }
        self.aliases(object, place, true);
        self.documentation(object, place);
        match word {
            "enum" => self.symbols(object, place),
            "fixed" => {}
            _ => self.fields(object, &name, place),
        }
    }

    /// Each part of a full name: a letter or underscore, then letters, digits and underscores.
    fn names(&mut self, full: &str, place: &Place<'_>) {
        if !full.split('.').all(is_name) {
            let message = format!("expected names of [A-Za-z_][A-Za-z0-9_]*, found `{}`", escape(full));
            self.tell(place, message);
        }
    }

    fn aliases(&mut self, object: &Object, place: &Place<'_>, dots: bool) {
        let place = place.key("aliases");
        let list = match object.get("aliases") {
            None => return,
            Some(Value::Array(list)) => list,
            Some(_) => return self.tell(&place, "expected an array of names, found another type".into()),
        };
        let mut seen = IndexSet::new();
        for (i, alias) in list.iter().enumerate() {
            match alias.as_str() {
                None => self.tell(&place.index(i), "expected a name, found another type".into()),
                Some(alias) => {
                    if !seen.insert(alias) {
                        let message = format!("expected an alias once, found `{}` again", escape(alias));
                        self.tell(&place.index(i), message);
                    }
                    let good = if dots { alias.split('.').all(is_name) } else { is_name(alias) };
                    if !good {
                        let message =
                            format!("expected a name of [A-Za-z_][A-Za-z0-9_]*, found `{}`", escape(alias));
                        self.tell(&place.index(i), message);
                    }
                }
            }
        }
    }

    fn documentation(&mut self, object: &Object, place: &Place<'_>) {
        if object.get("doc").is_some_and(|v| v.as_str().is_none()) {
            self.tell(&place.key("doc"), "expected a string, found another type".into());
        }
    }

    fn symbols(&mut self, object: &Object, place: &Place<'_>) {
        let list = object.get("symbols").and_then(Value::as_array);
        for (i, symbol) in list.into_iter().flatten().enumerate() {
            let symbol = symbol.as_str().unwrap_or_default();
            if !is_name(symbol) {
                let message =
                    format!("expected a symbol of [A-Za-z_][A-Za-z0-9_]*, found `{}`", escape(symbol));
                self.tell(&place.key("symbols").index(i), message);
            }
        }
    }

    fn fields(&mut self, object: &Object, record: &Name, place: &Place<'_>) {
        let known = self.records.get(record.full()).copied().unwrap_or_default();
        let place = place.key("fields");
        let mut aliased = IndexSet::new();
        let list = object.get("fields").and_then(Value::as_array);
        for (i, v) in list.into_iter().flatten().enumerate() {
            let (place, Some(field)) = (place.index(i), v.as_object()) else { continue };
            let name = field.get("name").and_then(Value::as_str).unwrap_or_default();
            if !is_name(name) {
                let message = format!("expected a name of [A-Za-z_][A-Za-z0-9_]*, found `{}`", escape(name));
                self.tell(&place.key("name"), message);
            }
            self.aliases(field, &place, false);
            for alias in field.get("aliases").and_then(Value::as_array).into_iter().flatten() {
                if !aliased.insert(alias.as_str().unwrap_or_default().to_owned()) {
                    self.tell(&place.key("aliases"), "expected an alias of one field, found it again".into());
                }
            }
            self.documentation(field, &place);
            let order = field.get("order");
            if order.is_some_and(|o| !matches!(o.as_str(), Some("ascending" | "descending" | "ignore"))) {
                self.tell(
                    &place.key("order"),
                    "expected ascending, descending or ignore, found another".into(),
                );
            }
            if let (Some(default), Some(known)) = (field.get("default"), known.get(i))
                && encode::default(&self.schema.types, known.ty, default).is_ok_and(|datum| datum.is_none())
            {
                let kind = self.schema.kind(known.ty).word();
                let message = format!("expected a default of the field's type {kind}, found another value");
                self.tell(&place.key("default"), message);
            }
            if let Some(ty) = field.get("type") {
                self.ty(ty, record.namespace(), &place.key("type"));
            }
        }
    }

    /// Logical types that are unknown or not valid where they stand are read as the underlying type.
    fn logical(&mut self, object: &Object, word: &str, place: &Place<'_>) {
        let kind = match word {
            "fixed" => {
                let size = object.get("size").and_then(Value::as_u64).unwrap_or(0);
                Kind::Fixed(usize::try_from(size).unwrap_or(usize::MAX))
            }
            "record" | "error" => Kind::Record(Vec::new()),
            "enum" => Kind::Enum { symbols: Vec::new(), default: None },
            "array" => Kind::Array(0),
            "map" => Kind::Map(0),
            _ => match Kind::primitive(word) {
                Some(kind) => kind,
                None => return,
            },
        };
        if object.get("logicalType").is_some_and(|v| v.as_str().is_none()) {
            self.tell(&place.key("logicalType"), "expected a string, found another type".into());
        }
        if let Err(why) = super::Logical::read(object, &kind) {
            self.tell(&place.key("logicalType"), format!("expected a valid logical type, found {why}"));
        }
    }
}

fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str) -> Vec<String> {
        let found = Schema::departures(text, &[], &Limits::default()).unwrap();
        found.into_iter().map(|d| d.path).collect()
    }

    #[test]
    fn every_departure_is_told_with_its_place() {
        let text = r#"{"type":"record","name":"R","namespace":"Order V1","doc":1,"aliases":["a-b"],"fields":[
            {"name":"x-y","type":"int","default":"no int"},
            {"name":"d","type":{"type":"long","logicalType":"date"},"order":"up"},
            {"name":"e","type":{"type":"enum","name":"E","symbols":["A","B-C"]}},
            {"name":"u","type":["null","string"],"default":"any branch is fine"},
            {"name":"v","type":["null","string"],"default":7},
            {"name":"n","type":{"type":"array","items":{"type":"int","logicalType":"mine"},"name":"stray"}}]}"#;
        assert_eq!(
            places(text),
            [
                "$.name",
                "$.aliases[0]",
                "$.doc",
                "$.fields[0].name",
                "$.fields[0].default",
                "$.fields[1].order",
                "$.fields[1].type.logicalType",
                // The namespace of the record is the enum's.
                "$.fields[2].type.name",
                "$.fields[2].type.symbols[1]",
                "$.fields[4].default",
                "$.fields[5].type.name",
                "$.fields[5].type.items.logicalType",
            ]
        );
    }

    #[test]
    fn defaults_are_checked_where_a_name_says_its_namespace() {
        let text = r#"{"type":"record","name":"R","namespace":"a","fields":[
            {"name":"inner","type":{"type":"record","name":"b.R","fields":[
                {"name":"x","type":"int","default":"no int"}]}},
            {"name":"x","type":"string","default":"a text"}]}"#;
        assert_eq!(places(text), ["$.fields[0].type.fields[0].default"]);
    }

    #[test]
    fn a_schema_by_the_book_has_none() {
        let text = r#"{"type":"record","name":"a.R","aliases":["b.Q"],"fields":[
            {"name":"x","type":{"type":"bytes","logicalType":"decimal","precision":4,"scale":2},"default":"\u00ff"},
            {"name":"r","type":["null","R"],"default":null,"order":"ignore"}]}"#;
        assert_eq!(places(text), Vec::<String>::new());
    }
}
