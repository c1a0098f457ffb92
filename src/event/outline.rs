//! One pass over an event: its own members, and the raw text of each record under its key.

use crate::error::{Code, Error};
use crate::json::{Flaw, Raw, Scan};
use std::borrow::Cow;

/// Kafka's own limit on topic names, a hyphen, and the digits of a partition.
const KEY_BYTES: usize = 249 + 1 + 10;

/// The parts of an event.
#[derive(Default)]
pub(super) struct Outline<'a> {
    pub(super) source: Option<Cow<'a, str>>,
    pub(super) source_arn: Option<Cow<'a, str>>,
    pub(super) bootstrap_servers: Option<Cow<'a, str>>,
    pub(super) groups: Vec<Group<'a>>,
    /// How many records there are; beyond the limit they are counted, not kept.
    pub(super) count: usize,
    records: Records,
}

/// What `records` is.
#[derive(Clone, Copy, Default)]
enum Records {
    #[default]
    Missing,
    Readable,
    Wrong(&'static str),
}

/// The list under one key of `records`.
pub(super) struct Group<'a> {
    pub(super) key: Cow<'a, str>,
    pub(super) list: Result<Vec<Raw<'a>>, &'static str>,
}

impl<'a> Outline<'a> {
    fn clear(&mut self) {
        (self.groups, self.count) = (Vec::new(), 0);
    }

    /// The list under a key, and how many records it counts for.
    fn group(
        &mut self,
        key: Cow<'a, str>,
        list: Result<Vec<Raw<'a>>, &'static str>,
        count: usize,
        limit: usize,
    ) {
        self.count += count;
        // Neither empty lists nor those past the limit take memory.
        if count > 0 && self.count <= limit {
            self.groups.push(Group { key, list });
        }
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
        match self.records {
            Records::Readable => Ok(()),
            Records::Missing => Err(super::part::no_records(None)),
            Records::Wrong(found) => Err(Error::new(
                Code::EventShape,
                format!("expected an object of lists at $.records, found {found}"),
            )
            .at_path("$.records")),
        }
    }
}

const NAMES: [&str; 4] = ["records", "eventSource", "eventSourceArn", "bootstrapServers"];

/// Reads the outline of an event, and that its whole text is JSON.
pub(super) fn scan(text: &str, limit: usize) -> Result<Outline<'_>, Flaw> {
    let mut outline = Outline::default();
    let mut scan = Scan::new(text);
    let read = scan.members(|name, scan| {
        match NAMES.iter().position(|n| *n == name) {
            Some(0) => {
                // A second `records` replaces the first, as JSON readers do.
                outline.clear();
                outline.records = records(scan, &mut outline, limit)?;
            }
            Some(i) => outline.inform(i, scan.value()?),
            None => drop(scan.value()?),
        }
        Some(())
    });
    scan.whole(read)?;
    Ok(outline)
}

fn records<'a>(scan: &mut Scan<'a>, outline: &mut Outline<'a>, limit: usize) -> Option<Records> {
    Some(match scan.peek()? {
        b'{' => {
            scan.members(|key, scan| {
                let (list, count) = group(scan, limit.saturating_sub(outline.count))?;
                outline.group(named(key), list, count, limit);
                Some(())
            })?;
            Records::Readable
        }
        _ => match scan.value()?.kind() {
            // The event of a batch without records.
            "null" => Records::Readable,
            found => Records::Wrong(found),
        },
    })
}

/// A list, and how many records it counts for: one where it is no list, so that its error is told.
type List<'a> = (Result<Vec<Raw<'a>>, &'static str>, usize);

fn group<'a>(scan: &mut Scan<'a>, left: usize) -> Option<List<'a>> {
    if scan.peek()? == b'[' {
        return scan.list(left).map(|(list, count)| (Ok(list), count));
    }
    Some(match scan.value()?.kind() {
        "null" => (Ok(Vec::new()), 0),
        found => (Err(found), 1),
    })
}

/// A key of `records`, cut where it is longer than any that Kafka could make: it is repeated for every record.
fn named(key: Cow<'_, str>) -> Cow<'_, str> {
    if key.len() > KEY_BYTES { cut(&key) } else { key }
}

/// The ellipsis also keeps a cut key from naming a partition.
fn cut<'a>(key: &str) -> Cow<'a, str> {
    let end = key.floor_char_boundary(KEY_BYTES);
    Cow::Owned(format!("{}…", key.get(..end).unwrap_or_default()))
}
