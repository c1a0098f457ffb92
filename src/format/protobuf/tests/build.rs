//! Protobuf messages by hand, and descriptors made of them.

/// The bytes of a message.
#[derive(Clone, Default)]
pub(crate) struct Msg(Vec<u8>);

pub(crate) fn msg() -> Msg {
    Msg::default()
}

impl Msg {
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
    pub(crate) fn raw(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }
    pub(crate) fn uvarint(mut self, mut v: u64) -> Self {
        while v >= 0x80 {
            self.0.push(v as u8 | 0x80);
            v >>= 7;
        }
        self.0.push(v as u8);
        self
    }
    pub(crate) fn tag(self, number: u32, wire: u32) -> Self {
        self.uvarint(u64::from(number << 3 | wire))
    }
    pub(crate) fn int(self, number: u32, v: i64) -> Self {
        self.tag(number, 0).uvarint(v as u64)
    }
    pub(crate) fn fixed32(self, number: u32, v: u32) -> Self {
        self.tag(number, 5).raw(&v.to_le_bytes())
    }
    pub(crate) fn fixed64(self, number: u32, v: u64) -> Self {
        self.tag(number, 1).raw(&v.to_le_bytes())
    }
    pub(crate) fn len(self, number: u32, bytes: &[u8]) -> Self {
        self.tag(number, 2).uvarint(bytes.len() as u64).raw(bytes)
    }
    pub(crate) fn str(self, number: u32, text: &str) -> Self {
        self.len(number, text.as_bytes())
    }
    pub(crate) fn sub(self, number: u32, m: Msg) -> Self {
        self.len(number, &m.0)
    }
    pub(crate) fn group(self, number: u32, m: Msg) -> Self {
        self.tag(number, 3).raw(&m.0).tag(number, 4)
    }
}

pub(crate) fn set(files: impl IntoIterator<Item = Msg>) -> Vec<u8> {
    files.into_iter().fold(msg(), |m, f| m.sub(1, f)).0
}

/// A proto3 file of package `t`.
pub(crate) fn proto3() -> Msg {
    msg().str(1, "t.proto").str(2, "t").str(12, "proto3")
}

/// A proto2 file of package `t`.
pub(crate) fn proto2() -> Msg {
    msg().str(1, "t.proto").str(2, "t")
}

/// An edition 2023 file of package `t`.
pub(crate) fn edition2023() -> Msg {
    msg().str(1, "t.proto").str(2, "t").str(12, "editions").int(14, 1000)
}

/// A message of a file (or, with 3 as its number, of a message).
pub(crate) fn message(name: &str) -> Msg {
    msg().str(1, name)
}

pub(crate) const OPTIONAL: i64 = 1;
pub(crate) const REQUIRED: i64 = 2;
pub(crate) const REPEATED: i64 = 3;

/// A field of a scalar type by its number in `FieldDescriptorProto.Type`.
pub(crate) fn field(name: &str, number: i64, label: i64, kind: i64) -> Msg {
    msg().str(1, name).int(3, number).int(4, label).int(5, kind)
}

/// A field of a message (11), group (10) or enum (14) type.
pub(crate) fn typed(name: &str, number: i64, label: i64, kind: i64, type_name: &str) -> Msg {
    field(name, number, label, kind).str(6, type_name)
}

pub(crate) fn enumeration(name: &str, values: &[(&str, i64)]) -> Msg {
    values.iter().fold(message(name), |m, (name, n)| m.sub(2, msg().str(1, name).int(2, *n)))
}

/// The entry of a map: key and value.
pub(crate) fn entry(name: &str, key: i64, value: Msg) -> Msg {
    message(name).sub(2, field("key", 1, OPTIONAL, key)).sub(2, value).sub(7, msg().int(7, 1))
}

pub(crate) const DOUBLE: i64 = 1;
pub(crate) const FLOAT: i64 = 2;
pub(crate) const INT64: i64 = 3;
pub(crate) const UINT64: i64 = 4;
pub(crate) const INT32: i64 = 5;
pub(crate) const FIXED64: i64 = 6;
pub(crate) const FIXED32: i64 = 7;
pub(crate) const BOOL: i64 = 8;
pub(crate) const STRING: i64 = 9;
pub(crate) const GROUP: i64 = 10;
pub(crate) const MESSAGE: i64 = 11;
pub(crate) const BYTES: i64 = 12;
pub(crate) const UINT32: i64 = 13;
pub(crate) const ENUM: i64 = 14;
pub(crate) const SFIXED32: i64 = 15;
pub(crate) const SFIXED64: i64 = 16;
pub(crate) const SINT32: i64 = 17;
pub(crate) const SINT64: i64 = 18;
