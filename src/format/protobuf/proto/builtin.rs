//! Well-known imports, built in: `google/protobuf/*.proto` and those that Confluent's registry brings.
//!
//! A line a file, name and text, made by `tests/interop/protoc/builtin.py` from what protoc ships.

/// Where options are declared.
pub(super) const DESCRIPTOR: &str = "google/protobuf/descriptor.proto";

const FILES: &str = include_str!("builtin.txt");

/// The name and text of a built-in file.
pub(super) fn file(name: &str) -> Option<(&'static str, &'static str)> {
    FILES.lines().filter_map(|line| line.split_once('\t')).find(|(n, _)| *n == name)
}

/// The text of a built-in file.
pub(super) fn text(name: &str) -> Option<&'static str> {
    file(name).map(|(_, text)| text)
}

/// Whether a text is that of a built-in file: whether it stands where they do.
pub(super) fn is(text: &str) -> bool {
    FILES.as_bytes().as_ptr_range().contains(&text.as_ptr())
}
