//! Field names as the option `fieldNames` asks for them. Letters beyond ASCII have no case here: formats allow none in names.

use crate::dialect::FieldNames;

/// A declared name in another style. `json` is the declared name here: formats with JSON names of their own convert
/// first.
pub fn convert(name: &str, style: FieldNames) -> String {
    match style {
        FieldNames::Json | FieldNames::Declared => name.to_owned(),
        FieldNames::Camel => camel(name),
        FieldNames::Snake => snake(name),
    }
}

/// `snake_case` → `snakeCase`: a letter behind underscores becomes upper-case.
fn camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut upper = false;
    for c in name.chars() {
        if c == '_' && !out.is_empty() {
            upper = true;
        } else if upper {
            out.push(c.to_ascii_uppercase());
            upper = false;
        } else if out.is_empty() {
            out.push(c.to_ascii_lowercase());
        } else {
            out.push(c);
        }
    }
    out
}

/// `camelCase` → `camel_case`: an underscore before each upper-case letter that follows another kind.
fn snake(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut before = '_';
    for c in name.chars() {
        if c.is_ascii_uppercase() && before != '_' && !before.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_convert() {
        assert_eq!(camel("order_id"), "orderId");
        assert_eq!(camel("OrderId"), "orderId");
        assert_eq!(snake("orderId"), "order_id");
        assert_eq!(snake("orderID"), "order_id");
        assert_eq!(snake("order_id"), "order_id");
    }
}
