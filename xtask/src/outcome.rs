//! How a step of `cargo xtask test` ended.

/// How a step ended, where it didn't fail.
pub(crate) enum Outcome {
    /// With a note on what was checked.
    Passed(String),
    /// And why.
    Skipped(String),
}
