//! What a decode loop holds besides its place: what is open, and what may still come.

use super::plan::Plan;
use crate::error::{Code, Fault};

/// Memory that decoding needs, kept between data: zeroing it for each would cost more than decoding a small one.
#[derive(Debug, Default)]
pub struct Scratch {
    frames: Vec<Frame>,
    text: String,
}

/// An open array, map or call.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Frame {
    /// Where an item's steps begin; for a call, where it returns to.
    pub(super) body: u32,
    /// Items left in the block.
    pub(super) left: usize,
    /// Items so far.
    pub(super) done: usize,
    /// The sink's.
    pub(super) mark: usize,
}

/// What one datum has used.
pub(super) struct State<'a> {
    pub(super) frames: &'a mut [Frame],
    pub(super) text: &'a mut String,
    pub(super) open: usize,
    pub(super) depth: usize,
    /// Items without bytes that may still come.
    pub(super) budget: usize,
}

impl Scratch {
    /// That of a datum which begins.
    #[inline]
    pub(super) fn state(&mut self, plan: &Plan) -> State<'_> {
        // A level of the datum is at most one record (a call) and one array or map inside it.
        let frames = 2 * plan.depth + 2;
        if self.frames.len() < frames {
            self.frames.resize(frames, Frame::default());
        }
        State {
            frames: &mut self.frames[..frames],
            text: &mut self.text,
            open: 0,
            depth: 0,
            budget: plan.budget,
        }
    }
}

impl State<'_> {
    #[inline(always)]
    pub(super) fn deeper(&mut self, plan: &Plan, at: usize) -> Result<(), Fault> {
        self.depth += 1;
        if self.depth > plan.depth {
            Err(Fault::with(Code::AvroDepth, at, plan.depth as u64, 0))
        } else {
            Ok(())
        }
    }

    #[inline(always)]
    pub(super) fn push(&mut self, frame: Frame, plan: &Plan, at: usize) -> Result<(), Fault> {
        let Some(slot) = self.frames.get_mut(self.open) else {
            return Err(Fault::with(Code::AvroDepth, at, plan.depth as u64, 0));
        };
        *slot = frame;
        self.open += 1;
        Ok(())
    }

    /// The innermost frame. Steps are laid out so that there is one wherever this is called.
    #[inline(always)]
    pub(super) fn top(&mut self) -> &mut Frame {
        let last = self.open.wrapping_sub(1).min(self.frames.len() - 1);
        &mut self.frames[last]
    }
}
