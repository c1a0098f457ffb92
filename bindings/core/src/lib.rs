//! What is linked to `kafkalens_core.wasm`: the exports of kafkalens-js.
//!
//! A crate of its own, since the level that it is compiled at is that of the link-time pass over the whole module: at "z" that
//! would leave loops as they are, which costs Protobuf 4 %, and at "s" the exports would be larger.

pub use kafkalens_js::*;
