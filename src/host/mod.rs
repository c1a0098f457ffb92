//! Hosts: the crate's verbs in other worlds. Translation only; no decision is taken here.

#[cfg(feature = "js")]
mod columns;
#[cfg(feature = "component")]
mod component;
#[cfg(feature = "js")]
pub mod js;
