// The host of the component in Rust, which `cargo xtask demo` runs.

export default { source: "examples/wasmtime-rust/src/main.rs" };
