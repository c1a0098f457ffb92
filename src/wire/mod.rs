//! Reading bytes: a cursor, runs of bytes, varints and base64. No `unsafe`.

mod cursor;

pub use cursor::{Cursor, Run, Short, unzigzag};
