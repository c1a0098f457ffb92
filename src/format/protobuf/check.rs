//! Checks of values that never reach the sink: an earlier value of a field, an unset member of a oneof, an entry that
//! is unknown. A parser that builds objects would have parsed them, and refused what is malformed.

use super::plan::{FieldPlan, Show};
use super::scan::{Occurrence, Scan, extent};
use super::wire;
use crate::error::{Code, Fault};

impl Scan<'_, '_> {
    /// Whether a value is well formed, in a message `depth` levels below the root.
    pub(super) fn check(&self, f: &FieldPlan, o: Occurrence, depth: usize) -> Result<(), Fault> {
        let mut c = self.cursor.part(o.start(), o.end());
        match f.show {
            Show::Text(true) => match std::str::from_utf8(c.rest()) {
                Ok(_) => Ok(()),
                Err(e) => Err(Fault::new(Code::ProtobufUtf8, o.start() + e.valid_up_to())),
            },
            Show::Message(index) => self.check_message(index, o, depth + 1),
            _ if o.packed => {
                while c.left() > 0 {
                    f.read.bits(&mut c)?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn check_message(&self, index: u32, o: Occurrence, depth: usize) -> Result<(), Fault> {
        let Some(budget) = self.plan.depth.checked_sub(depth) else {
            return Err(Fault::with(Code::ProtobufDepth, o.start(), self.plan.depth as u64, 0));
        };
        let m = self.plan.message(index);
        let mut c = self.cursor.part(o.start(), o.end());
        while c.left() > 0 {
            let tag = wire::tag(&mut c)?;
            let value = match m.place(tag.0) {
                Some(place) => extent(&m.fields[place], tag, &mut c, budget)?.map(|o| (place, o)),
                None => None,
            };
            match value {
                Some((place, o)) => self.check(&m.fields[place], o, depth)?,
                None => wire::skip(&mut c, tag, budget)?,
            }
        }
        Ok(())
    }
}
