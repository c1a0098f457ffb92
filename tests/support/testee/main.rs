//! What tests against reference implementations talk to: `cargo run --example testee -- COMMAND`.

mod compile;
mod conformance;
mod corpus;
mod schema;

use std::process::ExitCode;

const USAGE: &str = "usage: testee compile | conformance INCLUDE | corpus FILE --descriptors SET";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    // The suite starts its testee without arguments.
    let include = std::env::var("CONFORMANCE_INCLUDE").ok();
    let result = match (args.as_slice(), include) {
        (["compile"], _) => compile::run(),
        (["conformance", include], _) => conformance::run(include),
        (["corpus", file, "--descriptors", set], _) => corpus::run(file, set),
        ([], Some(include)) => conformance::run(&include),
        _ => Err(USAGE.into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("testee: {error}");
            ExitCode::FAILURE
        }
    }
}
