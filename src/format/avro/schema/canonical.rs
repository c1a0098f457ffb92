//! The parsing canonical form (specification, "Transforming into Parsing Canonical Form"), as Java gives it.

use super::{Kind, Schema, TypeId};
use crate::map::IndexSet;

/// What is still to be written. A list and not recursion: referenced schemas may chain deeper than any one nests.
enum Part<'a> {
    Text(&'static str),
    Name(&'a str),
    Number(usize),
    Type(TypeId),
}

impl Schema {
    /// The parsing canonical form: full names, only what matters to who reads data, no white space. A named type stands
    /// where it comes first, also where it is defined elsewhere, and by its name from there on.
    pub fn canonical_form(&self) -> String {
        let mut out = String::new();
        let mut seen = IndexSet::new();
        let mut parts = vec![Part::Type(self.root)];
        while let Some(part) = parts.pop() {
            match part {
                Part::Text(text) => out.push_str(text),
                // As in Java, names are written as they are: what would need an escape is no name.
                Part::Name(name) => out.extend(["\"", name, "\""]),
                Part::Number(n) => out.push_str(&n.to_string()),
                Part::Type(id) => {
                    let first = parts.len();
                    self.canonical_type(id, &mut seen, &mut parts);
                    parts[first..].reverse();
                }
            }
        }
        out
    }

    fn canonical_type<'a>(&'a self, id: TypeId, seen: &mut IndexSet<&'a str>, parts: &mut Vec<Part<'a>>) {
        use Part::{Name, Number, Text, Type};
        let ty = self.get(id);
        if let Some(name) = &ty.name {
            if !seen.insert(name.full()) {
                parts.push(Name(name.full()));
                return;
            }
            parts.extend([Text("{\"name\":"), Name(name.full()), Text(",\"type\":"), Name(ty.kind.word())]);
        }
        match &ty.kind {
            Kind::Union(branches) => {
                parts.push(Text("["));
                for (i, branch) in branches.iter().enumerate() {
                    parts.extend([Text(if i > 0 { "," } else { "" }), Type(*branch)]);
                }
                parts.push(Text("]"));
            }
            Kind::Array(item) => {
                parts.extend([Text("{\"type\":\"array\",\"items\":"), Type(*item), Text("}")]);
            }
            Kind::Map(value) => {
                parts.extend([Text("{\"type\":\"map\",\"values\":"), Type(*value), Text("}")]);
            }
            Kind::Enum { symbols, .. } => {
                parts.push(Text(",\"symbols\":["));
                for (i, symbol) in symbols.iter().enumerate() {
                    parts.extend([Text(if i > 0 { "," } else { "" }), Name(symbol)]);
                }
                parts.push(Text("]}"));
            }
            Kind::Fixed(size) => parts.extend([Text(",\"size\":"), Number(*size), Text("}")]),
            Kind::Record(fields) => {
                parts.push(Text(",\"fields\":["));
                for (i, field) in fields.iter().enumerate() {
                    parts.extend([Text(if i > 0 { ",{\"name\":" } else { "{\"name\":" }), Name(&field.name)]);
                    parts.extend([Text(",\"type\":"), Type(field.ty), Text("}")]);
                }
                parts.push(Text("]}"));
            }
            primitive => parts.push(Name(primitive.word())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn form(text: &str, references: &[&str]) -> String {
        Schema::parse(text, references, &Limits::default()).unwrap().canonical_form()
    }

    #[test]
    fn only_what_matters_stays_in_its_order() {
        let text = r#"{"fields":[{"default":1,"type":{"type":"int","logicalType":"date"},"name":"d","order":"ignore"},
            {"name":"f","type":{"type":"fixed","size":4,"name":"F","namespace":"b"}},
            {"name":"g","type":["null","b.F",{"type":"array","items":"R"},{"type":"map","values":{"type":"string"}}]},
            {"name":"e","type":{"type":"enum","name":"E","symbols":["A","B"],"default":"A"}}],
            "doc":"x","name":"R","namespace":"a","type":"error"}"#;
        assert_eq!(
            form(text, &[]),
            concat!(
                r#"{"name":"a.R","type":"record","fields":[{"name":"d","type":"int"},"#,
                r#"{"name":"f","type":{"name":"b.F","type":"fixed","size":4}},"#,
                r#"{"name":"g","type":["null","b.F",{"type":"array","items":"a.R"},{"type":"map","values":"string"}]},"#,
                r#"{"name":"e","type":{"name":"a.E","type":"enum","symbols":["A","B"]}}]}"#
            )
        );
    }

    #[test]
    fn referenced_types_stand_where_they_come_first() {
        let other = r#"{"type":"enum","name":"E","symbols":["A"]}"#;
        assert_eq!(
            form(r#"{"type":"map","values":["E","null"]}"#, &[other]),
            r#"{"type":"map","values":[{"name":"E","type":"enum","symbols":["A"]},"null"]}"#
        );
    }
}
