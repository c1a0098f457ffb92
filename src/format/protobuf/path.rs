//! Where in a value a failure was: steps are noted while it unwinds, innermost first.

use super::plan::Plan;
use crate::format::path::push_name;
use std::fmt::Write;

/// One step of a path.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// A field of a message: its places in the plan.
    Field(u32, u32),
    /// An item of an array.
    Item(usize),
    /// An entry of a map. Its key is data and stays out.
    Entry(usize),
}

/// The path of these steps, such as `$.items[2].price`.
pub(super) fn text(plan: &Plan, steps: &[Step]) -> String {
    let mut out = String::from("$");
    for step in steps.iter().rev() {
        // Writing to a String cannot fail.
        let _ = match *step {
            Step::Field(m, f) => {
                if let Some(field) = plan.message(m).fields.get(f as usize) {
                    push_name(&mut out, &field.field.name);
                }
                Ok(())
            }
            Step::Item(i) => write!(out, "[{i}]"),
            Step::Entry(i) => write!(out, "{{{i}}}"),
        };
    }
    out
}
