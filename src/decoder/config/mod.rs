//! The configuration: one JSON document, the same keys in every host.

mod side;

use crate::dialect::{Options, Style};
use crate::error::{Code, Error, Side, escape};
use crate::filter::Criteria;
use crate::json::{Members, Part, Place, Read, Value, Wrong, quoted};
use crate::limits::Limits;
use crate::map::IndexMap;
pub(super) use side::{Format, SideConfig};

/// The sides of one topic, or of all others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sides {
    pub(super) key: u32,
    pub(super) value: u32,
}

/// The configuration, read.
pub(super) struct Config {
    pub(super) style: Style,
    pub(super) limits: Limits,
    /// The configured ones; with criteria, a copy of each follows that selects only what these name.
    pub(super) sides: Vec<SideConfig>,
    /// Which records are left in an event.
    pub(super) criteria: Option<Criteria>,
    default: Sides,
    topics: IndexMap<String, Sides>,
}

#[cold]
pub(super) fn invalid(expected: &str, found: &str) -> Error {
    Error::new(Code::ConfigInvalid, format!("expected {expected}, found {found}"))
}

/// Reads what a verb is asked: one document of a shape.
pub(super) fn question<T: Read>(text: &str, shape: &str) -> Result<T, Error> {
    let found = match Value::parse(text) {
        Ok(value) => T::read(Part::root(&value)).map_err(|wrong| format!("at {}", wrong.place)),
        Err(flaw) => Err(flaw.place(text)),
    };
    found.map_err(|place| invalid(shape, &format!("another document ({place})")))
}

impl Config {
    pub(super) fn parse(text: &str) -> Result<Config, Error> {
        let expected = "the configuration as a JSON object";
        let value =
            Value::parse(text).map_err(|flaw| invalid(expected, &format!("none ({})", flaw.place(text))))?;
        let mut members = Part::root(&value).members().map_err(|wrong| invalid(expected, &wrong.found))?;
        let mut limits = Limits::default();
        members.read("limits", &mut limits)?;
        let criteria = members.get("where").map(|criteria| Criteria::read(&criteria.text())).transpose()?;
        let mut registries = Registries::default();
        members.read("registries", &mut registries)?;
        let Registries(registries) = registries;
        // A reference's scheme ends at its first colon.
        if registries.iter().any(|name| name.is_empty() || name.contains(':')) {
            return Err(invalid("names without a colon in $.registries", "another"));
        }
        let mut sides = Vec::new();
        let [key, value] = own_sides(&mut members, "$", &mut sides)?;
        let default = Sides {
            key: key.unwrap_or_else(|| add(&mut sides, SideConfig::default())),
            value: value.unwrap_or_else(|| add(&mut sides, SideConfig::default())),
        };
        let topics = members.get("topics").map(|topics| by_topic(topics, default, &mut sides));
        let topics = topics.transpose()?.unwrap_or_default();
        let mut named = sides.iter().filter_map(|side| side.registry.as_deref());
        if let Some(name) = named.find(|name| !registries.iter().any(|known| known == name)) {
            let found = format!("`{}`", escape(name));
            return Err(invalid("a `registry` that `registries` has", &found));
        }
        let options = Options::of(&mut members)?;
        members.end()?;
        let mut config = Config { style: options.style(), limits, sides, criteria, default, topics };
        config.add_sides_for_criteria();
        Ok(config)
    }

    /// Adds, for each side, the one that [`Config::for_criteria`] gives.
    fn add_sides_for_criteria(&mut self) {
        let Some(criteria) = &self.criteria else { return };
        let keys: Vec<u32> = self.topics.values().chain([&self.default]).map(|sides| sides.key).collect();
        let copies: Vec<SideConfig> = (0..)
            .zip(&self.sides)
            .map(|(id, side)| {
                let side_name = if keys.contains(&id) { "key" } else { "value" };
                let quoted = |name: &&str| format!("[{}]", quoted(name));
                let fields = criteria.fields_of(side_name).filter(|fields| !fields.is_empty());
                let select =
                    fields.filter(|_| side.has_parts()).map(|names| names.iter().map(quoted).collect());
                SideConfig { select, ..side.clone() }
            })
            .collect();
        self.sides.extend(copies);
    }

    /// The side that reads only what the criteria name, in the place of another.
    pub(super) fn for_criteria(&self, id: u32) -> u32 {
        id + self.sides.len() as u32 / 2
    }

    /// The same, with one side for everything.
    pub(super) fn of_side(&self, side: SideConfig) -> Config {
        Config {
            style: self.style.clone(),
            limits: self.limits.clone(),
            sides: vec![side],
            criteria: None,
            default: Sides { key: 0, value: 0 },
            topics: IndexMap::new(),
        }
    }

    /// The side of a topic.
    pub(super) fn side(&self, topic: &str, side: Side) -> u32 {
        let sides = if self.topics.is_empty() {
            &self.default
        } else {
            self.topics.get(topic).unwrap_or(&self.default)
        };
        if side == Side::Key { sides.key } else { sides.value }
    }
}

/// The registries that references name. The core does no I/O: that they are there is all that it needs to know.
#[derive(Default)]
struct Registries(Vec<String>);

impl Read for Registries {
    fn read(part: Part<'_>) -> Result<Self, Box<Wrong>> {
        let mut names = Vec::new();
        for (name, value) in part.object()?.iter() {
            Part { value, place: part.place }.members()?.end()?;
            names.push(name.to_owned());
        }
        Ok(Registries(names))
    }
}

fn add(sides: &mut Vec<SideConfig>, config: SideConfig) -> u32 {
    sides.push(config);
    sides.len() as u32 - 1
}

/// The sides that an object has itself: key and value.
fn own_sides(
    members: &mut Members<'_>,
    place: &str,
    sides: &mut Vec<SideConfig>,
) -> Result<[Option<u32>; 2], Error> {
    let mut own = [None; 2];
    for (name, id) in ["key", "value"].into_iter().zip(&mut own) {
        let Some(value) = members.get(name) else { continue };
        let place = format!("{place}.{name}");
        let mut config = SideConfig::read(Part { value, place: &Place::named(&place) })?;
        config.place = place;
        config.check()?;
        config.references()?;
        *id = Some(add(sides, config));
    }
    Ok(own)
}

fn by_topic(
    topics: &Value,
    default: Sides,
    sides: &mut Vec<SideConfig>,
) -> Result<IndexMap<String, Sides>, Error> {
    let mut found = IndexMap::new();
    for (name, value) in (Part { value: topics, place: &Place::named("$.topics") }).object()?.iter() {
        let place = format!("$.topics[\"{}\"]", escape(name));
        let here = Place::named(&place);
        let mut members = Part { value, place: &here }.members()?;
        let [key, value] = own_sides(&mut members, &place, sides)?;
        members.end()?;
        let topic = Sides { key: key.unwrap_or(default.key), value: value.unwrap_or(default.value) };
        found.insert(name.to_owned(), topic);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        Config::parse(text).err().expect("an error").message().to_owned()
    }

    #[test]
    fn unknown_names_are_errors() {
        assert!(message(r#"{"vlaue":{}}"#).contains("vlaue"));
        assert!(message(r#"{"value":{"framming":"glue"}}"#).contains("framming"));
        assert!(message(r#"{"limits":{"deepness":1}}"#).contains("deepness"));
        assert!(message(r#"{"topics":{"t":{"header":{}}}}"#).contains("header"));
        assert!(message(r#"{"value":{"format":"json","writer":"int"}}"#).contains("`writer` at $.value"));
        assert!(message(r#"{"value":{"format":"avro","anyId":true}}"#).contains("local schema"));
        assert!(message(r#"{"value":{"format":"json","select":["a","b..c"]}}"#).contains("`b..c`"));
        assert!(message(r#"{"int64":{"paths":{"$.a":"number","b":"number"}}}"#).contains("found `b`"));
        assert!(message("[]").contains("JSON object"));
    }

    #[test]
    fn topics_override_one_side_at_a_time() {
        let config = Config::parse(
            r#"{"key":{"format":"json"},"value":{"format":"avro"},"topics":{"a":{"value":{"format":"bytes"}}}}"#,
        )
        .unwrap();
        let format = |topic, side| config.sides[config.side(topic, side) as usize].format;
        assert_eq!(format("a", Side::Key), Format::Json);
        assert_eq!(format("a", Side::Value), Format::Bytes);
        assert_eq!(format("b", Side::Value), Format::Avro);
    }
}
