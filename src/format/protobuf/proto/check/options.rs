//! Walks a file's declarations and interprets their options.

use super::super::super::scope::join;
use super::super::ast::{Enum, Field, Message};
use super::super::options::{
    ENUM_VALUE, FIELD, FILE, IN_ENUM, IN_MESSAGE, Interpreter, METHOD, ONEOF, RANGE, SERVICE,
};
use crate::error::Error;

/// Interprets all options of a file. Those of extensions come first: they may be options themselves.
pub(in super::super) fn options(run: &mut Interpreter<'_>) -> Result<(), Error> {
    let f = &run.pool.files[run.file];
    for x in &f.extensions {
        field(run, x, &f.package)?;
    }
    for m in &f.messages {
        message(run, m, &f.package)?;
    }
    for e in &f.enums {
        enumeration(run, e, &f.package)?;
    }
    run.run(&f.options, &f.package, FILE)?;
    for s in &f.services {
        run.run(&s.options, &f.package, SERVICE)?;
        let scope = join(&f.package, &s.name);
        for m in &s.methods {
            run.run(&m.options, &scope, METHOD)?;
        }
    }
    Ok(())
}

fn message(run: &mut Interpreter<'_>, m: &Message, scope: &str) -> Result<(), Error> {
    let full = join(scope, &m.name);
    for f in m.fields.iter().chain(&m.extensions) {
        field(run, f, &full)?;
    }
    for n in &m.messages {
        message(run, n, &full)?;
    }
    for e in &m.enums {
        enumeration(run, e, &full)?;
    }
    for o in &m.oneofs {
        run.run(&o.options, &full, ONEOF)?;
    }
    let mut last = 0;
    for r in &m.ranges {
        if r.options.id != last {
            run.run(&r.options, &full, RANGE)?;
        }
        last = r.options.id;
    }
    run.run(&m.options, scope, IN_MESSAGE)
}

fn field(run: &mut Interpreter<'_>, f: &Field, scope: &str) -> Result<(), Error> {
    run.run(&f.options, scope, FIELD)
}

fn enumeration(run: &mut Interpreter<'_>, e: &Enum, scope: &str) -> Result<(), Error> {
    for v in &e.values {
        run.run(&v.options, scope, ENUM_VALUE)?;
    }
    run.run(&e.options, scope, IN_ENUM)
}
