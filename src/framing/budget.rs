//! How much may be inflated: of one body, and of an event in all.

use super::zlib::Bad;
use crate::error::{Code, Fault};
use crate::limits::Limits;

/// What an event's payloads may still inflate to. Damaged bodies count as far as they were inflated: they took the time.
#[derive(Clone, Debug)]
pub struct Budget {
    left: usize,
    one: usize,
    all: usize,
}

impl Budget {
    /// The budget of an event of which nothing has been inflated yet.
    pub fn new(limits: &Limits) -> Self {
        let (one, all) = (limits.inflated_bytes, limits.event_inflated_bytes);
        Budget { left: all, one, all }
    }

    /// The budget of an event of which so much has been inflated.
    pub fn after(limits: &Limits, spent: usize) -> Self {
        let fresh = Budget::new(limits);
        Budget { left: fresh.all.saturating_sub(spent), ..fresh }
    }

    /// How much of it is spent.
    pub fn spent(&self) -> usize {
        self.all - self.left
    }

    /// Inflates into `out`, of a body of which `done` bytes are inflated already. `at` is where the compressed bytes begin.
    pub(super) fn inflate(
        &mut self,
        out: &mut Vec<u8>,
        done: usize,
        at: usize,
        damaged: Code,
        inflate: impl FnOnce(&mut Vec<u8>, usize) -> Result<(), Bad>,
    ) -> Result<(), Fault> {
        let body = self.one.saturating_sub(done);
        let most = body.min(self.left);
        let result = inflate(out, most);
        self.left -= out.len().min(most);
        result.map_err(|bad| {
            out.clear();
            match bad {
                Bad::Stream => Fault::new(damaged, at),
                Bad::Limit if most < body => Fault::with(Code::EventInflateLimit, at, self.all as u64, 0),
                Bad::Limit => Fault::with(Code::InflateLimit, at, self.one as u64, 0),
            }
        })
    }
}
