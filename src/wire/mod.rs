//! Reading bytes: a cursor, runs of bytes, varints and base64. No `unsafe`.

pub mod base64;
mod cursor;

pub use cursor::{Cursor, Run, Short, unzigzag};
