//! What records have in common, in JSON: `[key, topic, keySchemaId, keyDataFormat, valueSchemaId, valueDataFormat, hasKey,
//! hasValue]`, of which the first is the records' key in the event.

use kafkalens::decoder::Common;
use kafkalens::error::Side;
use kafkalens::json::{Text, Value, Write};
use kafkalens_columns::Group;

/// From JSON; `None` where JavaScript holds a text that JSON can't.
pub(super) fn parse(text: &str) -> Option<Group> {
    let list = Value::parse(text).ok()?;
    let list = list.as_array()?;
    let text = |i: usize| list.get(i)?.as_str().map(str::to_owned);
    let (key, value) = ([text(2), text(3)], [text(4), text(5)]);
    let has = |i: usize| list.get(i).and_then(Value::as_bool).unwrap_or_default();
    let common = Common::new(text(1)?, has(6).then_some(key), has(7).then_some(value));
    Some(Group { key: text(0), common })
}

/// All of these, as a JSON array.
pub(super) fn to_text(groups: &[Group]) -> String {
    let mut out = Text::default();
    out.array(|out| groups.iter().for_each(|group| out.array(|out| write(group, out))));
    out.into_string()
}

fn write(Group { key, common }: &Group, out: &mut Text) {
    key.write(out);
    common.topic().write(out);
    let told = [Side::Key, Side::Value].map(|side| common.told(side));
    for told in told {
        let [id, format] = told.map_or([None, None], |told| told.each_ref().map(Option::as_deref));
        id.write(out);
        format.write(out);
    }
    for told in told {
        told.is_some().write(out);
    }
}
