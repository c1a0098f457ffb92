//! 64-bit integers: how they appear, in general and at some paths.

use super::Paths;

/// The largest integer that a double and all its neighbours hold.
pub const MAX_SAFE: u64 = (1 << 53) - 1;

/// How 64-bit integers appear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Int64 {
    /// Digits in JSON text, always a bigint in JavaScript.
    Bigint,
    /// A number; an integer that it would round is an error.
    Number,
    /// Digits in JSON text; in JavaScript a number when exact, else a bigint.
    Auto,
    /// A string of digits.
    String,
}

/// The option as it is configured: a word, or `{ "default": word, "paths": { "$.items[].id": word } }`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Int64Option {
    /// Where no path says otherwise; the dialect's, if absent.
    pub default: Option<Int64>,
    /// At some paths.
    pub paths: Paths,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::Place;

    fn option(text: &str) -> Result<Int64Option, String> {
        let options = crate::dialect::Options::from_json(&format!("{{\"int64\":{text}}}"));
        options.map(|options| options.int64.expect("the option")).map_err(|e| e.message().to_owned())
    }

    #[test]
    fn paths_lead_to_their_places_and_nowhere_else() {
        let text = r#"{"default":"auto","paths":{"$.id":"string","$.items[][\"a.b\"]":"number","$.counts{}":"bigint","$":"number"}}"#;
        let Int64Option { default, paths } = option(text).expect("an option");
        assert_eq!(default, Some(Int64::Auto));
        let root = paths.root();
        let items = paths.items(paths.field(root, "items"));
        assert_eq!(paths.mode(root), Some(Int64::Number));
        assert_eq!(paths.mode(paths.field(root, "id")), Some(Int64::String));
        assert_eq!(paths.mode(paths.field(items, "a.b")), Some(Int64::Number));
        assert_eq!(paths.mode(paths.entries(paths.field(root, "counts"))), Some(Int64::Bigint));
        for nowhere in
            [paths.field(root, "other"), paths.items(root), paths.field(items, "a"), Place::NOWHERE]
        {
            assert_eq!(paths.mode(nowhere), None);
        }
        assert_eq!(Paths::default().root(), Place::NOWHERE);
        assert_eq!(option("\"string\"").expect("a word").default, Some(Int64::String));
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for path in ["", "id", "$id", "$.", "$..a", "$[0]", "$[", "$[\"a\"", "$.a{", "$.a{0}", "$[a]"] {
            let text = serde_json::json!({ "paths": { path: "number" } }).to_string();
            assert!(option(&text).is_err_and(|e| e.contains("$.items[].id")), "{path}");
        }
        assert!(option(r#"{"path":{}}"#).is_err());
        assert!(option("\"float\"").is_err());
        assert!(option("1").is_err());
    }
}
