"""Protobuf cases whose expectation google.protobuf gives: it writes and reads the message, `plain_protobuf` shows it."""

import jstext
from cases import case, file, varint
from google.protobuf import json_format
from plain_protobuf import Plain
from protos import LEGACY, SCALARS, WELLKNOWN

ORIGIN = "protobuf 7.36.2 (Python)"
INF, NAN = float("inf"), float("nan")


def config(message, **options):
    return {"value": {"format": "protobuf", "descriptorSet": file("schema.fds"), "message": message}, **options}


def made(name, about, proto, message, *data, bad=(), defaults="include", options=None, area="protobuf"):
    """A case. Each datum is a message's fields, hexadecimal, or a list of parts that are written one after another."""
    cls = proto.message(message)
    records, expect = [], []
    for datum in data:
        parts = datum if isinstance(datum, list) else [datum]
        written = [bytes.fromhex(p) if isinstance(p, str) else cls(**p).SerializeToString() for p in parts]
        shown = Plain(proto.pool, order(cls, written), defaults)
        tree = shown.message(cls.FromString(b"".join(written)))
        records.append({"value": b"".join(written).hex()})
        expect.append({"value": {"json": jstext.text(tree)}})
    for data_hex, expected in bad:
        records.append({"value": data_hex})
        expect.append({"value": expected})
    case(f"{area}/{name}", about, ORIGIN, config=config(message, **(options or {})), files={"schema.fds": proto.fds},
         records=records, expect=expect)


def order(cls, parts):
    """The keys of each map in the order of the parts that first bring them."""
    keys = {}
    for part in parts:
        message = cls.FromString(part)
        for field, value in message.ListFields():
            if field.is_repeated and field.message_type and field.message_type.GetOptions().map_entry:
                for key in value:
                    if key not in keys.setdefault(field.name, []):
                        keys[field.name].append(key)
    return keys


def protojson(name, about, proto, message, *data):
    """A case in the dialect `protojson`, shown by json_format alone."""
    cls = proto.message(message)
    records, expect = [], []
    for datum in data:
        written = bytes.fromhex(datum) if isinstance(datum, str) else cls(**datum).SerializeToString()
        tree = json_format.MessageToDict(cls.FromString(written), descriptor_pool=proto.pool)
        records.append({"value": written.hex()})
        expect.append({"value": {"json": jstext.text(tree)}})
    case(f"options/{name}", about, ORIGIN + ", json_format", config=config(message, dialect="protojson"),
         files={"schema.fds": proto.fds}, records=records, expect=expect)


HIGH = {
    "a_double": 1.7976931348623157e308, "a_float": 3.4028234663852886e38, "an_int32": 2147483647, "an_int64": 9223372036854775807,
    "a_uint32": 4294967295, "a_uint64": 18446744073709551615, "a_sint32": 2147483647, "a_sint64": 9223372036854775807,
    "a_fixed32": 4294967295, "a_fixed64": 18446744073709551615, "a_sfixed32": 2147483647, "a_sfixed64": 9223372036854775807,
    "a_bool": True, "a_string": "ë漢😀\"\u0000", "some_bytes": b"\xff\x00", "a_color": 5,
}
LOW = {
    "a_double": 5e-324, "a_float": 1.401298464324817e-45, "an_int32": -2147483648, "an_int64": -9223372036854775808,
    "a_uint32": 2147483648, "a_uint64": 9223372036854775808, "a_sint32": -2147483648, "a_sint64": -9223372036854775808,
    "a_fixed32": 2147483648, "a_fixed64": 9223372036854775808, "a_sfixed32": -2147483648, "a_sfixed64": -9223372036854775808,
    "a_color": -1,
}

# Scalars.
made("scalars-extremes", "every scalar at both ends of its range", SCALARS, "kl.Scalars", HIGH, LOW)
made("scalars-defaults", "absent fields with implicit presence are their defaults", SCALARS, "kl.Scalars", {}, {"an_int32": 1})
made("scalars-floats", "floats as exact doubles; NaN, infinities and the sign of zero", SCALARS, "kl.Scalars",
     {"a_double": NAN, "a_float": NAN}, {"a_double": INF, "a_float": -INF}, {"a_double": -0.0, "a_float": -0.0},
     {"a_double": 0.1, "a_float": 0.1}, {"a_double": 1e21, "a_float": 1e21}, {"a_double": 1e-7, "a_float": 16777216.0})
made("scalars-53-bits", "64-bit integers around 2^53", SCALARS, "kl.Scalars",
     {"an_int64": 9007199254740993, "a_uint64": 9007199254740993, "a_sint64": -9007199254740993, "a_sfixed64": 9007199254740991})
made("scalars-proto2", "absent proto2 scalars are left out; declared defaults do not appear by themselves", LEGACY, "kl2.Legacy",
     {}, {"number": 0, "text": "", "blob": b"", "choice": 1, "ratio": 0.0, "flag": False, "big": 0})
made("presence", "optional fields of proto3 show when they were written, even as zero", SCALARS, "kl.Optionals",
     {}, {"a_double": 0, "an_int32": 0, "an_int64": 0, "a_uint64": 0, "a_bool": False, "a_string": "", "some_bytes": b"", "a_color": 0, "nested": {}},
     {"an_int64": 5})
made("varint-forms", "varints cut to the field's width, with needless groups, and booleans of any number but 0", SCALARS, "kl.Scalars",
     "18ffffffffffffffffff01", "18808080808000", "18818080808080808000", "28ffffffffffffffffff01", "688002", "68ffffffffffffffffff01", "6800",
     "3880808080808080808001", "18ffffffff1f", "20" + varint(-1))
made("last-wins", "the last of several scalars counts", SCALARS, "kl.Scalars", [{"an_int32": 1, "a_string": "a"}, {"an_int32": 2}, {"a_string": "b"}])
made("field-order", "fields in any order on the wire", SCALARS, "kl.Small", "1201780805", "0805120178")
made("declared-order", "output has the order of declaration, not of numbers", SCALARS, "kl.Order", {"first": 1, "second": 2, "third": 3})
made("json-names", "JSON names: made from declared ones, or declared themselves", SCALARS, "kl.Names",
     {"snake_case_name": 1, "camelCase": 2, "custom": 3, "with_1_digit": 4, "constructor": 5, "trailing_": 6, "proto_name": 7})
made("empty", "a message without fields, and one that only holds unknown ones", SCALARS, "kl.Empty", {}, "0805", "120178")

# Repeated fields.
made("repeated", "repeated fields of many types, packed where they can be", SCALARS, "kl.Repeated", {}, {
    "ints": [1, -1, 300], "longs": [-1, 1, -9007199254740993], "doubles": [0.5, -0.0, NAN], "fixeds": [1, 4294967295],
    "bools": [True, False], "colors": [0, 1, 5, -1], "strings": ["", "x", "é"], "blobs": [b"", b"\xff"],
    "smalls": [{}, {"n": 1}, {"s": "x"}], "floats": [0.1], "unpacked": [1, 2, 3], "ulongs": [18446744073709551615]})
made("repeated-either-way", "packed and not packed are read either way, mixed too", SCALARS, "kl.Repeated",
     "0801080208ac02", "0a0401ac0203" + "0804" + "0a00" + "0a0105", "5a03010203" + "5804", "100110020a0101" + "1203030405",
     "19000000000000e03f" + "1a08000000000000f03f", "2501000000" + "220802000000" + "03000000")
made("repeated-enum-packed", "packed enums, an unknown number among them", SCALARS, "kl.Repeated", "3205000105ff07", "30013063")
made("repeated-proto2", "proto2 writes scalars unpacked unless told otherwise, and reads both", LEGACY, "kl2.Legacy",
     {"plain": [1, 2], "packed": [3, 4], "choices": [1, 2]}, "4203010203" + "48044805")
made("repeated-interleaved", "items of one field between those of others", SCALARS, "kl.Repeated", "3a01610801" + "3a01620802" + "3a0163")

# Maps.
made("maps", "maps of every kind of key", SCALARS, "kl.Maps",
     [{"by_name": {"b": 1}}, {"by_name": {"a": 2}}, {"by_name": {"": 3}}, {"by_int": {-1: "x"}}, {"by_int": {2147483647: "y"}},
      {"by_long": {9007199254740993: {"n": 1}}}, {"by_bool": {True: b"\x01"}}, {"by_bool": {False: b""}},
      {"by_ulong": {18446744073709551615: 5}}, {"by_sint": {-5: 0.5}}, {"by_fixed": {1: 0.5}}], {})
made("maps-missing", "an entry without key or value has their defaults", SCALARS, "kl.Maps",
     "0a00", "0a021005", "0a030a0178", "1a00", "1a020805", "2a00", "1200")
made("maps-repeated-key", "the last value of a key counts, at the first one's place", SCALARS, "kl.Maps",
     [{"by_name": {"a": 1}}, {"by_name": {"b": 2}}, {"by_name": {"a": 3}}])
made("maps-entry-order", "value before key, and repeated parts within an entry", SCALARS, "kl.Maps",
     "0a0510050a0178", "0a0a" + "0a01780a017910011002")
made("maps-prototype", "keys that mean something to JavaScript are ordinary keys", SCALARS, "kl.Maps",
     [{"by_name": {"__proto__": 1}}, {"by_name": {"constructor": 2}}, {"by_name": {"10": 3}}, {"by_name": {"2": 4}}])

# Oneofs.
made("oneof", "each member of a oneof, zero values too, and none", SCALARS, "kl.Choice", {}, {"number": 0}, {"text": ""}, {"small": {}},
     {"color": 0}, {"blob": b"", "after": "x"}, {"before": "a", "number": 5, "after": "b"})
made("oneof-last-wins", "the member that comes last counts", SCALARS, "kl.Choice",
     [{"number": 1}, {"text": "x"}], [{"text": "x"}, {"small": {"n": 1}}, {"number": 2}], [{"small": {"n": 1}}, {"small": {"s": "x"}}],
     [{"small": {"n": 1}}, {"number": 5}, {"small": {"s": "x"}}])

# Enums.
made("enum-open", "an open enum keeps a number that it does not know", SCALARS, "kl.Scalars",
     "800163", "8001ffffffffffffffffff01", "8001" + varint(-2), "80018080808008", "800101")
made("enum-closed", "a closed enum's unknown number is an unknown field, in repeated fields and maps too", LEGACY, "kl2.Legacy",
     "2063", "20012063", "200120632002", "500150635002", "5203016302", "5a050a01781063", "5a050a01781002")

# Nesting and merging.
made("nesting", "messages in messages", SCALARS, "kl.Nest",
     {"name": "a", "child": {"name": "b", "child": {"name": "c"}}, "kids": [{"name": "d"}, {"kids": [{}]}]})
made("merging", "a message field that comes twice is merged, at every level", SCALARS, "kl.Nest",
     [{"child": {"name": "a", "small": {"n": 1}}}, {"child": {"small": {"s": "x"}, "kids": [{"name": "k"}]}}, {"child": {"name": "b", "kids": [{}]}}],
     [{"name": "x", "small": {"n": 1, "s": "y"}}, {"small": {"n": 2}}])
made("unknown-fields", "unknown fields of every wire type are passed over", SCALARS, "kl.Small",
     "980601" + "0801", "9906" + "00" * 8 + "0801", "9a0603616263" + "0801", "9d06" + "00" * 4 + "0801", "9b06" + "0805" + "9c06" + "0801",
     "9b06" + "9306" + "9406" + "9c06" + "0801", "f8ffffff0f01" + "0801")
made("wrong-wire-type", "a known number in another wire type is an unknown field", SCALARS, "kl.Small",
     "0a0178", "0d01000000", "1005", "0801" + "0d02000000", "09" + "00" * 8, "120178" + "1205" + "6869212121")

# proto2.
made("groups", "groups, repeated and nested", LEGACY, "kl2.Grouped",
     {"solo": {"n": 5}, "many": [{"s": "a"}, {"deeper": {"solo": {"n": 6}}}], "after": 7}, "0b0c", "0b10010c0b10020c", "0b1001180110050c")
made("required", "required fields that are there", LEGACY, "kl2.Strict",
     {"id": 0}, {"id": 1, "name": "x", "child": {"id": 2}, "kids": [{"id": 3}], "by_name": {"k": {"id": 4}}}, "08010802",
     "1a0408050806" + "0801", "1a03120178" + "1a020805" + "0801")
made("utf8-proto2", "strings of proto2", LEGACY, "kl2.Loose", {"text": "é"}, {})

# Well-known types.
SECOND = 951782400
made("timestamp", "timestamps with 0, 3, 6 or 9 digits, from year 1 to 9999", WELLKNOWN, "kl.WellKnown",
     {"at": {"seconds": 1680631941, "nanos": 751000000}}, {"at": {}}, {"at": {"nanos": 1000}}, {"at": {"nanos": 1}}, {"at": {"seconds": SECOND}},
     {"at": {"seconds": -1, "nanos": 999000000}}, {"at": {"seconds": -62135596800}}, {"at": {"seconds": 253402300799, "nanos": 999999999}},
     {"times": [{"seconds": 1}, {"seconds": 2, "nanos": 500000000}]}, {})
made("duration", "durations with 0, 3, 6 or 9 digits, negative ones too", WELLKNOWN, "kl.WellKnown",
     *[{"span": {"seconds": s, "nanos": n}} for s, n in (
         (0, 0), (1, 500000000), (-1, -500000000), (0, -500000000), (0, 1000), (0, 1), (315576000000, 999999999), (-315576000000, -999999999), (3600, 0))])
made("field-mask", "a field mask is one text in lowerCamelCase", WELLKNOWN, "kl.WellKnown",
     {"mask": {"paths": ["user_id", "a.b_c"]}}, {"mask": {}}, {"mask": {"paths": ["x"]}})


def from_json(tree):
    """A WellKnown as hexadecimal, from its ProtoJSON."""
    return json_format.ParseDict(tree, WELLKNOWN.message("kl.WellKnown")()).SerializeToString().hex()


def value(**kinds):
    return {"value": kinds}


made("struct", "Struct, Value and ListValue are JSON", WELLKNOWN, "kl.WellKnown",
     value(null_value=0), value(bool_value=True), value(number_value=1.5), value(number_value=5), value(number_value=-0.0),
     value(number_value=1e21), value(number_value=9007199254740993), value(string_value="x\n"),
     from_json({"struct": {}}), from_json({"struct": {"a": [1, None, {"__proto__": False}, "x", [[]]]}}),
     from_json({"list": ["a", [], {}]}), from_json({"list": []}), {"values": {"k": {"number_value": 2}}})
made("empty-and-null", "Empty is an object, NullValue is null", WELLKNOWN, "kl.WellKnown", {"empty": {}}, {"nothing": 0})
made("wrappers", "a wrapper follows the row of what it wraps", WELLKNOWN, "kl.Wrapped", {}, {
    "a_double": {"value": 0.5}, "a_float": {"value": 0.1}, "an_int64": {"value": 9007199254740993}, "a_uint64": {"value": 18446744073709551615},
    "an_int32": {"value": -1}, "a_uint32": {"value": 4294967295}, "a_bool": {"value": True}, "a_string": {"value": "x"}, "some_bytes": {"value": b"\xff"},
    "many": [{"value": 1}, {}]},
    {"a_double": {}, "a_float": {}, "an_int64": {}, "a_uint64": {}, "an_int32": {}, "a_uint32": {}, "a_bool": {}, "a_string": {}, "some_bytes": {}})
known = WELLKNOWN.message("kl.Known")(id=9007199254740993, name="x").SerializeToString()
made("any", "an Any of a known type shows its fields, of an unknown one its bytes, of a well-known one its form", WELLKNOWN, "kl.WellKnown",
     {"any": {"type_url": "type.googleapis.com/kl.Known", "value": known}},
     {"any": {"type_url": "type.googleapis.com/no.Such", "value": b"\x08\x01"}},
     {"any": {"type_url": "type.googleapis.com/google.protobuf.Duration", "value": bytes.fromhex("0801")}},
     {"any": {"type_url": "type.googleapis.com/google.protobuf.Int64Value", "value": bytes.fromhex("0801")}},
     {"any": {"type_url": "https://example.com/some/path/kl.Known", "value": b""}})

# The dialect `protojson`.
protojson("protojson-scalars", "64-bit integers as strings, shortest floats, defaults left out", SCALARS, "kl.Scalars",
          HIGH, {**LOW, "a_float": -3.4028234663852886e38}, {}, {"a_float": 0.1, "a_double": 0.1}, {"a_float": NAN, "a_double": -INF}, {"a_float": 1.5}, {"a_float": 1.1754943508222875e-38})
protojson("protojson-repeated", "empty lists are left out", SCALARS, "kl.Repeated", {},
          {"longs": [1, -1], "ulongs": [5], "colors": [1, 77], "floats": [0.1, 0.2], "blobs": [b"\xff\x00"], "smalls": [{}]})
protojson("protojson-presence", "what was written explicitly shows, zero or not", SCALARS, "kl.Optionals", {}, {"an_int64": 0, "a_string": "", "nested": {}})
protojson("protojson-wrappers", "wrapped 64-bit integers are strings as well", WELLKNOWN, "kl.Wrapped", {},
          {"an_int64": {"value": 1}, "a_uint64": {"value": 2}, "a_float": {"value": 0.1}, "many": [{"value": 3}]})
protojson("protojson-well-known", "well-known types are the same in both dialects", WELLKNOWN, "kl.WellKnown",
          {"at": {"seconds": 1, "nanos": 1000000}, "span": {"seconds": -1, "nanos": -1}, "mask": {"paths": ["a_b"]}, "empty": {}})

# The option `defaults`.
for mode, about in (("include", "fields with implicit presence appear"), ("omit", "no absent field appears"),
                    ("all", "scalars with explicit presence appear as well, with their declared defaults")):
    made(f"defaults-{mode}-proto2", f"defaults: {mode}: {about} (proto2)", LEGACY, "kl2.Legacy", {}, {"number": 5, "text": "t"},
         defaults=mode, options={"defaults": mode}, area="options")
    made(f"defaults-{mode}", f"defaults: {mode}: {about}", SCALARS, "kl.Optionals", {}, {"an_int32": 0}, {"nested": {"an_int32": 3}},
         defaults=mode, options={"defaults": mode}, area="options")
