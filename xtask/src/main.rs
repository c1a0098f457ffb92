//! `cargo xtask`: the one place for how kafkalens is built, tested and shown.

mod bench;
mod build;
mod component;
mod conformance;
mod corpus;
mod demo;
mod deny;
mod errors;
mod interop;
mod ledger;
mod matrix;
mod names;
mod notices;
mod outcome;
mod protoc;
mod python;
mod python_host;
mod steps;
mod test;
mod testee;
mod tools;
mod www;

use anyhow::{Result, bail};
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  build              both wasm cores, the npm package and the component, into pkg/
  demo               build, then decode the events of examples/demo in Node and in wasmtime
  www                build, then serve the page on this machine
  test [PART] [--full]  every check, or those of a part: rust, js, component, vectors (on
                     every host: prints their matrix), interop
  bless              write what the vectors and the command line print, and docs/errors.md, anew, for review
  bench [SUITE]      kafkalens against its peers: js, native, component, cold, size; what follows is for the suite,
                     but `--markdown` prints its last tables; `bench docs` puts them into docs/performance.md
  conformance        the official Protobuf conformance suite, over our testee
  corpus avro FILE [--component]  compares with a corpus that Java made (tests/interop/java-avro), plain or .gz
  corpus avro-pairs FILE  the same for verdicts of compatibility
  corpus protobuf FILE --descriptors SET
                     decodes JSON Lines of {type, hex, expect, json}, and prints what differs
  ci                 what CI does: .ci/run in a clean clone of the last commit";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args.iter().map(String::as_str).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[&str]) -> Result<()> {
    let root = tools::root()?;
    match args {
        ["build"] => build::run(&root),
        ["demo"] => demo::run(&root),
        ["www"] => www::run(&root),
        ["test", rest @ ..] => test::run(&root, rest),
        ["bless"] => test::bless(&root),
        ["bench", rest @ ..] => bench::run(&root, rest),
        ["conformance"] => conformance::run(&root),
        ["corpus", "protobuf", file, "--descriptors", set] => testee::corpus(&root, file, set),
        ["corpus", rest @ ..] => corpus::run(&root, rest),
        ["ci"] => test::ci(&root),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => bail!("`{}` is not a command\n\n{USAGE}", args.join(" ")),
    }
}
