//! Names of fields in the output.

use super::model::Field;
use crate::dialect::FieldNames;
use std::collections::HashMap;

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

/// lowerCamelCase.
fn camel(name: &str) -> String {
    let mut out = json_name(name.trim_start_matches('_'));
    if let Some(first) = out.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    out
}

/// snake_case: a capital begins a word, but for those inside a run of capitals.
fn snake(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::with_capacity(name.len() + 4);
    for (i, &c) in chars.iter().enumerate() {
        let before = i.checked_sub(1).map(|j| chars[j]);
        let inside = before.is_some_and(|b| b.is_ascii_uppercase())
            && !chars.get(i + 1).is_some_and(char::is_ascii_lowercase);
        if c.is_ascii_uppercase() && before.is_some_and(|b| b != '_') && !inside {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// The names of a message's fields, or the name that two of them would share.
pub(super) fn of_fields(fields: &[&Field], style: FieldNames) -> Result<Vec<String>, String> {
    let convert = |f: &Field| match style {
        _ if f.extension => format!("[{}]", f.name),
        FieldNames::Json => f.json_name.to_string(),
        FieldNames::Declared => f.name.to_string(),
        FieldNames::Camel => camel(&f.name),
        FieldNames::Snake => snake(&f.name),
    };
    let mut names: Vec<String> = fields.iter().map(|f| convert(f)).collect();
    // A name that falls back may meet another one: twice is more than sane schemas need, then all names fall back.
    for round in 0..3 {
        let mut count: HashMap<&str, u32> = HashMap::new();
        for name in &names {
            *count.entry(name).or_default() += 1;
        }
        let shared: Vec<bool> = names.iter().map(|n| count[n.as_str()] > 1).collect();
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
        assert_eq!(camel("UserID"), "userID");
        assert_eq!(camel("_user_id"), "userId");
        assert_eq!(camel("é_a"), "éA");
        assert_eq!(snake("userId"), "user_id");
        assert_eq!(snake("HTTPServer"), "http_server");
        assert_eq!(snake("already_snake_1"), "already_snake_1");
        assert_eq!(snake("X"), "x");
    }
}
