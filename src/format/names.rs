//! Field names as the option `fieldNames` asks for them: one rule for all formats.
//!
//! A name is taken apart into words, which underscores part, and capitals: a capital begins a word, but for those inside a
//! run of them, whose last one begins a word where a small letter follows (`HTTPServer` is `HTTP` and `Server`). What
//! stands before the first word and after the last one, as the underscore of `_id`, stays. Letters beyond ASCII have
//! no case here: formats allow none in names.

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

/// `order_id`, `OrderID` → `orderId`.
fn camel(name: &str) -> String {
    joined(name, |word, first, out| {
        let mut letters = word.chars();
        match letters.next() {
            Some(letter) if first => out.push(letter.to_ascii_lowercase()),
            Some(letter) => out.push(letter.to_ascii_uppercase()),
            None => {}
        }
        out.extend(letters.map(|c| c.to_ascii_lowercase()));
    })
}

/// `orderId`, `OrderID` → `order_id`.
fn snake(name: &str) -> String {
    joined(name, |word, first, out| {
        if !first {
            out.push('_');
        }
        out.extend(word.chars().map(|c| c.to_ascii_lowercase()));
    })
}

/// A name whose words are written anew.
fn joined(name: &str, write: impl Fn(&str, bool, &mut String)) -> String {
    let inner = name.trim_matches('_');
    let (before, after) = match inner.is_empty() {
        true => (name, ""),
        false => {
            let before = name.len() - name.trim_start_matches('_').len();
            (&name[..before], &name[before + inner.len()..])
        }
    };
    let mut out = String::with_capacity(name.len() + 4);
    out.push_str(before);
    for (i, word) in inner.split('_').filter(|part| !part.is_empty()).flat_map(words).enumerate() {
        write(word, i == 0, &mut out);
    }
    out.push_str(after);
    out
}

/// The words of a part without underscores.
fn words(part: &str) -> Vec<&str> {
    let letters: Vec<(usize, char)> = part.char_indices().collect();
    let begins = |i: usize| {
        let (capital, after_capital) =
            (letters[i].1.is_ascii_uppercase(), letters[i - 1].1.is_ascii_uppercase());
        capital && (!after_capital || letters.get(i + 1).is_some_and(|(_, next)| next.is_ascii_lowercase()))
    };
    let mut out = Vec::new();
    let mut from = 0;
    for i in (1..letters.len()).filter(|i| begins(*i)) {
        out.push(&part[from..letters[i].0]);
        from = letters[i].0;
    }
    out.push(&part[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_convert() {
        for (name, in_camel, in_snake) in [
            ("order_id", "orderId", "order_id"),
            ("OrderId", "orderId", "order_id"),
            ("orderID", "orderId", "order_id"),
            ("HTTPServer", "httpServer", "http_server"),
            ("parseHTTP2Server", "parseHttp2Server", "parse_http2_server"),
            ("_id", "_id", "_id"),
            ("__userName_", "__userName_", "__user_name_"),
            ("a__b", "aB", "a_b"),
            ("item_1", "item1", "item_1"),
            ("Éa_Ωb", "ÉaΩb", "Éa_Ωb"),
            ("X", "x", "x"),
            ("_", "_", "_"),
            ("", "", ""),
        ] {
            assert_eq!((camel(name).as_str(), snake(name).as_str()), (in_camel, in_snake), "{name}");
        }
    }
}
