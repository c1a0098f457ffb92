// The example in the documentation of the crate, which `cargo test` runs.

export default { source: "src/lib.rs" };
