//! Plans from descriptors of the crate prost-reflect, for those who hold them already (feature `prost-reflect`).

use super::{Plan, Schema};
use crate::dialect::Style;
use crate::error::{Code, Error};
use crate::limits::Limits;
use prost_reflect::MessageDescriptor;
use std::sync::Arc;

impl Plan {
    /// Compiles the message of a prost-reflect descriptor, and all that it reaches.
    ///
    /// # Errors
    /// Those of [`Plan::compile`] and of [`Schema::from_descriptors`].
    pub fn from_descriptor(
        message: &MessageDescriptor,
        style: &Style,
        limits: &Limits,
    ) -> Result<Plan, Error> {
        let set = message.parent_pool().encode_to_vec();
        let schema = Arc::new(Schema::from_descriptors(&set, limits)?);
        let id = schema.message(message.full_name()).ok_or_else(|| Error::of(Code::MessageUnknown))?;
        Plan::compile(&schema, id, style, limits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::protobuf::{Scratch, proto};
    use crate::sink::json::Json;
    use crate::wire::Cursor;
    use prost_reflect::DescriptorPool;

    #[test]
    fn a_pool_gives_a_plan() {
        let text = "syntax = \"proto3\"; package t; message M { int32 id = 1; N n = 2; } message N { string s = 1; }";
        let set = proto::compile(&[("t.proto", text)], &Limits::default()).unwrap();
        let pool = DescriptorPool::decode(set.as_slice()).unwrap();
        let message = pool.get_message_by_name("t.M").unwrap();
        let style = crate::dialect::Options::from_json("{}").unwrap().style();
        let plan = Plan::from_descriptor(&message, &style, &Limits::default()).unwrap();
        let (mut json, bytes) = (Json::new(), [8, 7, 0x12, 3, 0x0a, 1, b'x']);
        plan.decode(Cursor::new(&bytes, 0, bytes.len()), &mut Scratch::default(), &mut json).unwrap();
        assert_eq!(json.into_string(), r#"{"id":7,"n":{"s":"x"}}"#);
    }
}
