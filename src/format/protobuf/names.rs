//! Names of fields in the output.

use super::model::Field;
use crate::dialect::FieldNames;
use crate::format::names::convert;
use crate::map::IndexMap;

/// A Protobuf field's JSON name: an underscore goes, and the letter after it becomes a capital.
pub(super) fn json_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut raise = false;
    for c in name.chars() {
        match c {
            '_' => raise = true,
            _ if raise => {
                out.push(c.to_ascii_uppercase());
                raise = false;
            }
            _ => out.push(c),
        }
    }
    out
}

/// The names of a message's fields, or the name that two of them would share.
pub(super) fn of_fields(fields: &[&Field], style: FieldNames) -> Result<Vec<String>, String> {
    let name_of = |f: &Field| match style {
        _ if f.extension => format!("[{}]", f.name),
        FieldNames::Json => f.json_name.to_string(),
        style => convert(&f.name, style),
    };
    let mut names: Vec<String> = fields.iter().map(|f| name_of(f)).collect();
    // A name that falls back may meet another one: twice is more than sane schemas need, then all names fall back.
    for round in 0..3 {
        let mut count: IndexMap<&str, u32> = IndexMap::new();
        for name in &names {
            *count.or_insert_with(name, || 0) += 1;
        }
        let shared: Vec<bool> = names.iter().map(|n| count.get(n.as_str()).is_some_and(|n| *n > 1)).collect();
        let Some(first) = shared.iter().position(|s| *s) else { return Ok(names) };
        if style != FieldNames::Json {
            return Err(names.swap_remove(first));
        }
        for ((name, field), shared) in names.iter_mut().zip(fields).zip(shared) {
            if (shared || round == 2) && !field.extension {
                *name = field.name.to_string();
            }
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversions() {
        assert_eq!(json_name("user_id"), "userId");
        assert_eq!(json_name("_a__b_1_"), "AB1");
    }
}
