//! What the records of columns have in common, as JavaScript tells it.

use kafkalens_columns::Context;
use serde_json::Value;

/// From `[group, topic, keySchemaId, keyDataFormat, valueSchemaId, valueDataFormat, hasKey, hasValue]`. `None` where
/// JavaScript holds a text that JSON can't.
pub(super) fn parse(text: &str) -> Option<Context> {
    let Value::Array(mut list) = text.parse().ok()? else { return None };
    let mut text = |i: usize| match list.get_mut(i).map(Value::take) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    };
    let (group, topic) = (text(0)?, text(1)?);
    let (key, value) = ([text(2), text(3)], [text(4), text(5)]);
    let has = |i: usize| list.get(i).and_then(Value::as_bool).unwrap_or_default();
    Some(Context::new(group, topic, has(6).then_some(key), has(7).then_some(value)))
}
