//! The parser: walks the schema's JSON once, and leaves names to be linked.

use super::{Field, Kind, Logical, Name, Schema, Type, TypeId};
use crate::error::{Code, Error, Space, escape};
use crate::json::{Object, Place, Value, Why};
use crate::limits::{Limits, check_name};
use crate::map::{IndexMap, IndexSet};
use std::sync::Arc;

pub(super) fn parse(text: &str, references: &[&str], limits: &Limits) -> Result<Schema, Error> {
    let mut parser = Parser { types: Vec::new(), names: IndexMap::new(), warnings: Vec::new(), limits };
    let mut root = 0;
    for source in references.iter().chain([&text]) {
        root = parser.source(source)?;
    }
    let root = parser.link(root)?;
    Ok(Schema { types: parser.types, root, warnings: parser.warnings })
}

pub(super) struct Parser<'a> {
    pub(super) types: Vec<Type>,
    pub(super) names: IndexMap<Arc<str>, TypeId>,
    warnings: Vec<String>,
    limits: &'a Limits,
}

/// A schema's text as JSON. A bare name of a primitive type is taken as well.
pub(super) fn json(text: &str) -> Result<Value, Error> {
    if Kind::primitive(text.trim()).is_some() {
        return Ok(Value::from(text.trim()));
    }
    // Editors of some systems begin files with a byte order mark.
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    Value::parse(bare).map_err(|flaw| {
        if flaw.why == Why::Depth {
            let message = "expected a schema of at most 256 levels of JSON, found more";
            return Error::new(Code::SchemaLimit, message).with_hint("refer to inner types by name");
        }
        let what = match flaw.why {
            Why::End => "the end of the text",
            _ => "a character that JSON does not allow there",
        };
        let error = Error::new(Code::SchemaInvalid, format!("expected the JSON of a schema, found {what}"));
        let (number, _) = flaw.line_and_column(bare);
        let line = bare.lines().nth(number - 1).unwrap_or_default();
        let start: String = line.chars().take(200).collect();
        let at = text.len() - bare.len() + flaw.at;
        error.at_byte(at as u64, Space::Schema).with_frame(format!("{number} | {start}"))
    })
}

impl Place<'_> {
    /// Something else than expected stands here.
    #[cold]
    pub(super) fn invalid(&self, expected: &str, found: &str) -> Error {
        let path = self.text();
        Error::new(Code::SchemaInvalid, format!("expected {expected} at {path} of the schema, found {found}"))
            .at_path(path)
    }
}

impl Parser<'_> {
    fn source(&mut self, text: &str) -> Result<TypeId, Error> {
        if text.len() > self.limits.schema_bytes {
            let limit = self.limits.schema_bytes;
            let message = format!(
                "expected a schema of at most {limit} bytes (limit `schemaBytes`), found {}",
                text.len()
            );
            return Err(Error::new(Code::SchemaLimit, message));
        }
        let json = json(text)?;
        self.ty(&json, "", &Place::ROOT)
    }

    fn push(&mut self, kind: Kind) -> TypeId {
        self.types.push(Type { kind, name: None, aliases: Vec::new(), logical: None });
        self.types.len() as TypeId - 1
    }

    fn ty(&mut self, v: &Value, namespace: &str, place: &Place<'_>) -> Result<TypeId, Error> {
        let place = &Place { depth: place.depth + 1, step: place.step, up: place.up };
        if place.depth > self.limits.schema_depth {
            let limit = self.limits.schema_depth;
            let message =
                format!("expected a schema of at most {limit} levels (limit `schemaDepth`), found more");
            return Err(Error::new(Code::SchemaLimit, message));
        }
        match v {
            Value::String(word) => self.word(word, namespace, place),
            Value::Array(branches) => self.union(branches, namespace, place),
            Value::Object(object) => self.object(object, namespace, place),
            _ => Err(place.invalid("a type", v.kind())),
        }
    }

    fn word(&mut self, word: &str, namespace: &str, place: &Place<'_>) -> Result<TypeId, Error> {
        if word.is_empty() {
            return Err(place.invalid("a type's name", "an empty string"));
        }
        Ok(match Kind::primitive(word) {
            Some(kind) => self.push(kind),
            None => {
                check_name(namespace.len() + word.len())?;
                self.push(Kind::Reference(Name::new(word, namespace)))
            }
        })
    }

    fn union(&mut self, branches: &[Value], namespace: &str, place: &Place<'_>) -> Result<TypeId, Error> {
        let id = self.push(Kind::Null);
        let mut ids = Vec::with_capacity(branches.len());
        for (i, branch) in branches.iter().enumerate() {
            let place = place.index(i);
            let branch = self.ty(branch, namespace, &place)?;
            if let Kind::Union(_) = self.types[branch as usize].kind {
                return Err(place.invalid("a branch that is no union", "a union"));
            }
            ids.push(branch);
        }
        self.types[id as usize].kind = Kind::Union(ids);
        Ok(id)
    }

    fn object(&mut self, object: &Object, namespace: &str, place: &Place<'_>) -> Result<TypeId, Error> {
        let id = match object.get("type") {
            None => return Err(place.invalid("an object with a `type`", "one without")),
            Some(Value::String(word)) => match word.as_str() {
                "record" | "error" | "enum" | "fixed" => return self.named(object, word, namespace, place),
                "array" => {
                    let id = self.push(Kind::Null);
                    let items = self.part(object, "items", namespace, place)?;
                    self.types[id as usize].kind = Kind::Array(items);
                    id
                }
                "map" => {
                    let id = self.push(Kind::Null);
                    let values = self.part(object, "values", namespace, place)?;
                    self.types[id as usize].kind = Kind::Map(values);
                    id
                }
                _ => self.word(word, namespace, &place.key("type"))?,
            },
            Some(inner) => self.ty(inner, namespace, &place.key("type"))?,
        };
        self.annotate(object, id, place);
        Ok(id)
    }

    fn part(
        &mut self,
        object: &Object,
        key: &str,
        namespace: &str,
        place: &Place<'_>,
    ) -> Result<TypeId, Error> {
        match object.get(key) {
            Some(v) => self.ty(v, namespace, &place.key(key)),
            None => Err(place.invalid(&format!("an object with `{key}`"), "one without")),
        }
    }

    /// Gives a type its logical type. One that isn't valid is ignored, as the specification asks, with a warning.
    fn annotate(&mut self, object: &Object, id: TypeId, place: &Place<'_>) {
        let ty = &mut self.types[id as usize];
        match Logical::read(object, &ty.kind) {
            Ok(Some(logical)) => ty.logical = Some(logical),
            Ok(None) => {}
            Err(why) => self.warnings.push(format!("ignored {why} at {}", place.text())),
        }
    }

    fn named(
        &mut self,
        object: &Object,
        word: &str,
        outer: &str,
        place: &Place<'_>,
    ) -> Result<TypeId, Error> {
        let written = match object.get("name") {
            Some(Value::String(name)) if !name.is_empty() => name,
            other => return Err(place.invalid("a `name`", other.map_or("none", Value::kind))),
        };
        let namespace = object.get("namespace").and_then(Value::as_str).unwrap_or(outer);
        check_name(namespace.len() + written.len())?;
        let name = Name::new(written, namespace);
        let id = self.push(Kind::Null);
        if self.names.insert(name.shared(), id).is_some() {
            let name = escape(name.full());
            return Err(place.key("name").invalid("a name defined once", &format!("`{name}` defined again")));
        }
        self.types[id as usize].aliases =
            aliases(object).map(|a| Name::new(a, name.namespace()).shared()).collect();
        self.types[id as usize].name = Some(name.clone());
        let kind = match word {
            "enum" => enumeration(object, place)?,
            "fixed" => fixed(object, place)?,
            _ => self.record(object, name.namespace(), place)?,
        };
        self.types[id as usize].kind = kind;
        self.annotate(object, id, place);
        Ok(id)
    }

    fn record(&mut self, object: &Object, namespace: &str, place: &Place<'_>) -> Result<Kind, Error> {
        let list = match object.get("fields") {
            Some(Value::Array(list)) => list,
            other => return Err(place.invalid("an array `fields`", other.map_or("none", Value::kind))),
        };
        let place = place.key("fields");
        let mut seen = IndexSet::new();
        let mut fields = Vec::with_capacity(list.len());
        for (i, v) in list.iter().enumerate() {
            let place = place.index(i);
            let Value::Object(field) = v else { return Err(place.invalid("a field", v.kind())) };
            let name = match field.get("name") {
                Some(Value::String(name)) if !name.is_empty() => name.as_str(),
                other => {
                    return Err(place.invalid("a field with a `name`", other.map_or("none", Value::kind)));
                }
            };
            check_name(name.len())?;
            if !seen.insert(name) {
                return Err(
                    place.invalid("a field name that is used once", &format!("`{}` again", escape(name)))
                );
            }
            let ty = self.part(field, "type", namespace, &place)?;
            let aliases = aliases(field).map(Arc::from).collect();
            fields.push(Field { name: name.into(), aliases, ty, default: field.get("default").cloned() });
        }
        Ok(Kind::Record(fields))
    }
}

fn aliases(object: &Object) -> impl Iterator<Item = &str> {
    object.get("aliases").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

fn enumeration(object: &Object, place: &Place<'_>) -> Result<Kind, Error> {
    let list = match object.get("symbols") {
        Some(Value::Array(list)) => list,
        other => return Err(place.invalid("an array `symbols`", other.map_or("none", Value::kind))),
    };
    let place = place.key("symbols");
    let mut seen = IndexSet::new();
    let mut symbols: Vec<Arc<str>> = Vec::with_capacity(list.len());
    for (i, v) in list.iter().enumerate() {
        let Value::String(symbol) = v else { return Err(place.index(i).invalid("a symbol", v.kind())) };
        if !seen.insert(symbol) {
            return Err(place
                .index(i)
                .invalid("a symbol that is used once", &format!("`{}` again", escape(symbol))));
        }
        symbols.push(symbol.as_str().into());
    }
    let default = match object.get("default") {
        None => None,
        Some(v) => {
            let known = v.as_str().and_then(|d| symbols.iter().position(|s| &**s == d));
            let Some(at) = known else {
                return Err(place.invalid("a `default` among the symbols", "another"));
            };
            Some(at as u32)
        }
    };
    Ok(Kind::Enum { symbols, default })
}

fn fixed(object: &Object, place: &Place<'_>) -> Result<Kind, Error> {
    // As in Java, a size is an int.
    match object.get("size").and_then(Value::as_u64) {
        Some(size) if size <= i32::MAX as u64 => Ok(Kind::Fixed(size as usize)),
        _ => Err(place.invalid("a `size` from 0 to 2147483647", "another or none")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Schema, Error> {
        Schema::parse(text, &[], &Limits::default())
    }

    fn message(text: &str) -> String {
        parse(text).unwrap_err().message().to_owned()
    }

    #[test]
    fn names_are_lenient_and_unknown_attributes_tolerated() {
        let text = r#"{"type":"record","name":"Order","namespace":"Order V1","compatibility":"BACKWARD","fields":[
            {"name":"a-b","type":{"type":"array","items":"long","name":"stray"}}]}"#;
        let schema = parse(text).unwrap();
        assert_eq!(schema.get(schema.root).branch_name(), "Order V1.Order");
    }

    #[test]
    fn references_resolve_in_any_order() {
        let main = r#"{"type":"record","name":"a.R","fields":[{"name":"x","type":"E"},{"name":"y","type":["null","R"]}]}"#;
        let other = r#"{"type":"enum","name":"a.E","symbols":["A"]}"#;
        assert!(Schema::parse(main, &[other], &Limits::default()).is_ok());
        assert!(message(main).contains("`a.E`, which is not"));
    }

    #[test]
    fn errors_tell_the_place() {
        let text = r#"{"type":"record","name":"R","fields":[{"name":"x","type":{"type":"array"}}]}"#;
        assert_eq!(
            message(text),
            "expected an object with `items` at $.fields[0].type of the schema, found one without"
        );
        let error = parse("{\"type\":\n  oops}").unwrap_err();
        assert_eq!((error.byte_offset(), error.space()), (Some(11), Space::Schema));
    }

    #[test]
    fn hostile_schemas_are_errors() {
        let deep =
            format!("{}\"null\"{}", "{\"type\":\"array\",\"items\":".repeat(100_000), "}".repeat(100_000));
        assert!(parse(&deep).is_err());
        let deep = format!("{}\"null\"{}", "{\"type\":\"array\",\"items\":".repeat(110), "}".repeat(110));
        assert_eq!(parse(&deep).unwrap_err().code(), Code::SchemaLimit);
        let inline = |n| {
            (0..n).fold(String::from("\"int\""), |ty, i| {
                format!(r#"{{"type":"record","name":"R{i}","fields":[{{"name":"f","type":{ty}}}]}}"#)
            })
        };
        assert!(parse(&inline(85)).is_ok());
        let error = parse(&inline(86)).unwrap_err();
        assert!(error.message().contains("256 levels of JSON"), "{}", error.message());
        assert!(parse(r#"{"type":"fixed","name":"f","size":1000000000000000000}"#).is_err());
    }

    #[test]
    fn invalid_logical_types_are_ignored_with_a_warning() {
        let schema = parse(r#"{"type":"bytes","logicalType":"decimal","precision":2,"scale":3}"#).unwrap();
        assert_eq!(schema.get(schema.root).logical, None);
        assert_eq!(schema.warnings().len(), 1);
        let schema =
            parse(r#"{"type":"fixed","size":4,"name":"f","logicalType":"decimal","precision":9}"#).unwrap();
        assert_eq!(schema.get(schema.root).logical, Some(Logical::Decimal { scale: 0 }));
        let schema =
            parse(r#"{"type":"fixed","size":4,"name":"f","logicalType":"decimal","precision":10}"#).unwrap();
        assert_eq!(schema.get(schema.root).logical, None);
    }
}
