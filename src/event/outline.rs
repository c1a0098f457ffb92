//! One pass over an event: its own members, and the records under their keys.

use super::list::RecordList;
use super::read;
use super::record::Place;
use super::text::cut;
use crate::error::{Code, Error};
use crate::json::{Flaw, Raw, Scan};
use std::borrow::Cow;

/// Kafka's own limit on topic names, a hyphen, and the digits of a partition: keys are repeated for every record.
const KEY_BYTES: usize = 249 + 1 + 10;

/// An event that is being read.
pub(crate) struct Outline<'a, 'l> {
    pub(super) cluster: Cluster<'a>,
    /// How many records there are; beyond the limit they are counted, not kept.
    pub(super) count: usize,
    records: &'l mut dyn RecordList<'a>,
    /// How many records of other events the list has.
    before: usize,
    found: Found,
}

/// The cluster that an event's records come from, as far as it says so.
#[derive(Default)]
pub(crate) struct Cluster<'a> {
    pub(super) source: Option<Cow<'a, str>>,
    pub(super) source_arn: Option<Cow<'a, str>>,
    pub(super) bootstrap_servers: Option<Cow<'a, str>>,
}

/// What `records` is.
#[derive(Clone, Copy, Default)]
enum Found {
    #[default]
    Missing,
    Readable,
    Wrong(&'static str),
}

impl<'a> Cluster<'a> {
    /// A member that only informs: one of another type is as good as none.
    fn inform(&mut self, name: usize, raw: Raw<'a>) {
        let text = raw.string();
        match name {
            1 => self.source = text,
            2 => self.source_arn = text,
            _ => self.bootstrap_servers = text,
        }
    }
}

impl Outline<'_, '_> {
    fn clear(&mut self) {
        self.records.truncate(self.before);
        self.count = 0;
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
pub(crate) type ReadList = for<'a> fn(Place<'a>, &mut Scan<'a>, &mut Outline<'a, '_>, usize) -> Option<()>;

/// Reads an event into a list, and that its whole text is JSON.
pub(super) fn scan<'a, 'l>(
    text: &'a str,
    records: &'l mut dyn RecordList<'a>,
    limit: usize,
    read_list: ReadList,
) -> Result<Outline<'a, 'l>, Flaw> {
    let before = records.len();
    let found = Found::default();
    let mut outline = Outline { cluster: Cluster::default(), count: 0, records, before, found };
    let mut scan = Scan::new(text);
    let read = scan.members(|name, scan| {
        match NAMES.iter().position(|n| *n == name) {
            Some(0) => {
                // A second `records` replaces the first, as JSON readers do.
                outline.clear();
                outline.found = lists(scan, &mut outline, limit, read_list)?;
            }
            Some(i) => outline.cluster.inform(i, scan.value()?),
            None => drop(scan.value()?),
        }
        Some(())
    });
    scan.whole(read)?;
    Ok(outline)
}

fn lists<'a>(
    scan: &mut Scan<'a>,
    outline: &mut Outline<'a, '_>,
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
    outline: &mut Outline<'a, '_>,
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
    outline: &mut Outline<'a, '_>,
    limit: usize,
) -> Option<()> {
    let Outline { records, count, .. } = outline;
    let mut index = 0;
    scan.items(|scan| {
        if *count < limit {
            records.push(read::item(Place { index: Some(index), ..under.clone() }, scan)?);
        } else {
            scan.value()?;
        }
        *count += 1;
        index += 1;
        Some(())
    })
}
