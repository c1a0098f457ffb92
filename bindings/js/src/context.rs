//! What records have in common, in JSON: `[group, topic, keySchemaId, keyDataFormat, valueSchemaId, valueDataFormat, hasKey,
//! hasValue]`, of which the first is the records' key in the event.

use kafkalens::decoder::Alike;
use kafkalens::error::Side;
use kafkalens::json::{Text, Value, Write};
use kafkalens_columns::Common;

/// From JSON; `None` where JavaScript holds a text that JSON can't.
pub(super) fn parse(text: &str) -> Option<Common> {
    let list = Value::parse(text).ok()?;
    let list = list.as_array()?;
    let text = |i: usize| list.get(i)?.as_str().map(str::to_owned);
    let (key, value) = ([text(2), text(3)], [text(4), text(5)]);
    let has = |i: usize| list.get(i).and_then(Value::as_bool).unwrap_or_default();
    let alike = Alike::new(text(1)?, has(6).then_some(key), has(7).then_some(value));
    Some(Common { group: text(0), alike })
}

/// All of these, as a JSON array.
pub(super) fn to_text(contexts: &[Common]) -> String {
    let mut out = Text::default();
    out.array(|out| contexts.iter().for_each(|common| out.array(|out| write(common, out))));
    out.into_string()
}

fn write(Common { group, alike }: &Common, out: &mut Text) {
    group.write(out);
    alike.topic().write(out);
    let told = [Side::Key, Side::Value].map(|side| alike.told(side));
    for told in told {
        let [id, format] = told.map_or([None, None], |told| told.each_ref().map(Option::as_deref));
        id.write(out);
        format.write(out);
    }
    for told in told {
        told.is_some().write(out);
    }
}
