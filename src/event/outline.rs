//! One pass over an event: its own members, and the records under their keys.

use super::read;
use super::record::{Place, Record};
use crate::error::{Code, Error};
use crate::json::{Flaw, Raw, Scan};
use std::borrow::Cow;

/// Kafka's own limit on topic names, a hyphen, and the digits of a partition: keys are repeated for every record.
const KEY_BYTES: usize = 249 + 1 + 10;

/// The parts of an event.
#[derive(Default)]
pub(crate) struct Outline<'a> {
    pub(super) source: Option<Cow<'a, str>>,
    pub(super) source_arn: Option<Cow<'a, str>>,
    pub(super) bootstrap_servers: Option<Cow<'a, str>>,
    pub(super) records: Vec<Record<'a>>,
    /// How many records there are; beyond the limit they are counted, not kept.
    pub(super) count: usize,
    found: Found,
}

/// What `records` is.
#[derive(Clone, Copy, Default)]
enum Found {
    #[default]
    Missing,
    Readable,
    Wrong(&'static str),
}

impl<'a> Outline<'a> {
    fn clear(&mut self) {
        (self.records, self.count) = (Vec::new(), 0);
    }

    /// A member that only informs: one of another type is as good as none.
    fn inform(&mut self, name: usize, raw: Raw<'a>) {
        let text = raw.string();
        match name {
            1 => self.source = text,
            2 => self.source_arn = text,
            _ => self.bootstrap_servers = text,
        }
    }

    /// Whether `records` is there and of a type that it may have.
    pub(super) fn check(&self) -> Result<(), Error> {
        match self.found {
            Found::Readable => Ok(()),
            Found::Missing => Err(super::part::no_records(None)),
            Found::Wrong(found) => Err(Error::new(
                Code::EventShape,
                format!("expected an object of lists at $.records, found {found}"),
            )
            .at_path("$.records")),
        }
    }
}

const NAMES: [&str; 4] = ["records", "eventSource", "eventSourceArn", "bootstrapServers"];

/// What reads a list of records. The outer parts of an event are read by one copy of their code, each record of it by one that
/// is compiled with whoever asks for the event: some modules are compiled for size, and few of them for speed.
pub(crate) type ReadList = for<'a> fn(Place<'a>, &mut Scan<'a>, &mut Outline<'a>, usize) -> Option<()>;

/// Reads the outline of an event, and that its whole text is JSON.
pub(super) fn scan(text: &str, limit: usize, read_list: ReadList) -> Result<Outline<'_>, Flaw> {
    let mut outline = Outline::default();
    let mut scan = Scan::new(text);
    let read = scan.members(|name, scan| {
        match NAMES.iter().position(|n| *n == name) {
            Some(0) => {
                // A second `records` replaces the first, as JSON readers do.
                outline.clear();
                outline.found = records(scan, &mut outline, limit, read_list)?;
            }
            Some(i) => outline.inform(i, scan.value()?),
            None => drop(scan.value()?),
        }
        Some(())
    });
    scan.whole(read)?;
    Ok(outline)
}

fn records<'a>(
    scan: &mut Scan<'a>,
    outline: &mut Outline<'a>,
    limit: usize,
    read_list: ReadList,
) -> Option<Found> {
    Some(match scan.peek()? {
        b'{' => {
            scan.members(|key, scan| group(cut(key, KEY_BYTES), scan, outline, limit, read_list))?;
            Found::Readable
        }
        _ => match scan.value()?.kind() {
            // The event of a batch without records.
            "null" => Found::Readable,
            found => Found::Wrong(found),
        },
    })
}

/// What stands under a key. What is no list counts for one record, so that its error is told.
fn group<'a>(
    key: Cow<'a, str>,
    scan: &mut Scan<'a>,
    outline: &mut Outline<'a>,
    limit: usize,
    read_list: ReadList,
) -> Option<()> {
    if scan.peek()? == b'[' {
        return read_list(Place { key: Some(key), index: None }, scan, outline, limit);
    }
    let found = scan.value()?.kind();
    if found != "null" {
        if outline.count < limit {
            outline.records.push(read::misshapen(key, found));
        }
        outline.count += 1;
    }
    Some(())
}

/// The list under a key.
#[inline]
pub(crate) fn read_list<'a>(
    under: Place<'a>,
    scan: &mut Scan<'a>,
    outline: &mut Outline<'a>,
    limit: usize,
) -> Option<()> {
    let Outline { records, count, .. } = outline;
    let mut index = 0;
    scan.items(|scan| {
        if *count < limit {
            read::item(Place { index: Some(index), ..under.clone() }, scan, records)?;
        } else {
            scan.value()?;
        }
        *count += 1;
        index += 1;
        Some(())
    })
}

/// A text that is repeated, cut where it is longer than any should be. The ellipsis also keeps a cut key from naming a
/// partition.
pub(super) fn cut(text: Cow<'_, str>, most: usize) -> Cow<'_, str> {
    if text.len() <= most {
        return text;
    }
    let end = text.floor_char_boundary(most);
    Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default()))
}
