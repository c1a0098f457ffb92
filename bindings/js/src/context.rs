//! What the records of columns have in common, as JavaScript tells it.

use kafkalens::json::Value;
use kafkalens_columns::Context;

/// From `[group, topic, keySchemaId, keyDataFormat, valueSchemaId, valueDataFormat, hasKey, hasValue]`. `None` where
/// JavaScript holds a text that JSON can't.
pub(super) fn parse(text: &str) -> Option<Context> {
    let list = Value::parse(text).ok()?;
    let list = list.as_array()?;
    let text = |i: usize| list.get(i)?.as_str().map(str::to_owned);
    let (group, topic) = (text(0)?, text(1)?);
    let (key, value) = ([text(2), text(3)], [text(4), text(5)]);
    let has = |i: usize| list.get(i).and_then(Value::as_bool).unwrap_or_default();
    Some(Context::new(group, topic, has(6).then_some(key), has(7).then_some(value)))
}
