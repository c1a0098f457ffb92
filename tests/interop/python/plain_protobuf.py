"""Messages of google.protobuf in the dialect `plain`; `defaults` as the option of that name."""

import base64

from google.protobuf import json_format
from google.protobuf.descriptor import FieldDescriptor as F

AS_PROTOJSON = {f"google.protobuf.{n}" for n in ("Timestamp", "Duration", "FieldMask", "Struct", "Value", "ListValue", "Empty")}
WRAPPERS = {f"google.protobuf.{n}Value" for n in ("Double", "Float", "Int64", "UInt64", "Int32", "UInt32", "Bool", "String", "Bytes")}


class Plain:
    """A way to show messages. `order` gives the keys of each map field in wire order, which Python does not keep."""

    def __init__(self, pool, order=None, defaults="include"):
        self.pool, self.order, self.defaults = pool, order or {}, defaults

    def message(self, message):
        """The message as a tree for `jstext.text`."""
        name = message.DESCRIPTOR.full_name
        if name in AS_PROTOJSON:
            return json_format.MessageToDict(message)
        if name in WRAPPERS:
            return self.single(message.DESCRIPTOR.fields_by_name["value"], message.value)
        if name == "google.protobuf.Any":
            return self.any(message)
        out = {}
        for field in message.DESCRIPTOR.fields:
            if self.shown(message, field):
                out[field.json_name] = self.field(field, getattr(message, field.name))
        return out

    def shown(self, message, field):
        if not field.has_presence:
            return self.defaults != "omit" or field in [f for f, _ in message.ListFields()]
        if message.HasField(field.name):
            return True
        return self.defaults == "all" and field.type not in (F.TYPE_MESSAGE, F.TYPE_GROUP) and not real_oneof(field)

    def field(self, field, value):
        entry = field.message_type if field.is_repeated and field.message_type else None
        if entry and entry.GetOptions().map_entry:
            item = entry.fields_by_name["value"]
            keys = self.order.get(field.name, [])
            if set(keys) != set(value):
                assert len(value) < 2, f"order of {field.full_name}"
                keys = list(value)
            return {key(k): self.single(item, value[k]) for k in keys}
        if field.is_repeated:
            return [self.single(field, item) for item in value]
        return self.single(field, value)

    def single(self, field, value):
        if field.type in (F.TYPE_MESSAGE, F.TYPE_GROUP):
            return self.message(value)
        if field.type == F.TYPE_ENUM:
            if field.enum_type.full_name == "google.protobuf.NullValue":
                return None
            symbol = field.enum_type.values_by_number.get(value)
            return symbol.name if symbol else value
        if field.type == F.TYPE_BYTES:
            return base64.b64encode(value).decode()
        return value

    def any(self, message):
        """An Any in the form of ProtoJSON, its content plain; base64 where the type is unknown."""
        url = message.type_url
        if not url:
            return {}
        try:
            content = self.pool.FindMessageTypeByName(url.rpartition("/")[2])
        except KeyError:
            return {"@type": url, "value": base64.b64encode(message.value).decode()}
        from google.protobuf import message_factory
        inner = message_factory.GetMessageClass(content).FromString(message.value)
        tree = self.message(inner)
        if content.full_name in AS_PROTOJSON | WRAPPERS | {"google.protobuf.Any"}:
            return {"@type": url, "value": tree}
        return {"@type": url, **tree}


def real_oneof(field):
    """Whether the field is a member of a oneof that the author wrote, not of one that `optional` makes."""
    oneof = field.containing_oneof
    return oneof is not None and not (len(oneof.fields) == 1 and oneof.name.startswith("_"))


def key(k):
    if isinstance(k, bool):
        return "true" if k else "false"
    return str(k)
