"""Protobuf data that must fail, and where; what no Python decoder shows."""

from types import SimpleNamespace

from cases import case, delimited, fails, file, ok, varint
from protos import LEGACY, SCALARS, WELLKNOWN, Proto, compile_text

ENCODING = "Protobuf encoding"


def protobuf(name, about, origin, proto, message, rows, **options):
    """A case of (hex, expectation) of one message."""
    case(name if "/" in name else f"protobuf/{name}", about, origin,
         config={"value": {"format": "protobuf", "descriptorSet": file("schema.fds"), "message": message}, **options}, files={"schema.fds": proto.fds},
         records=[{"value": h} for h, _ in rows], expect=[{"value": x if isinstance(x, dict) else ok(x)} for _, x in rows])


def cut(path=None, at=None, lacks=None):
    """`lacks`: how many bytes the value takes at least, and how many of them are there."""
    message = lacks and f"expected {lacks[0]} more byte{'' if lacks[0] == 1 else 's'} at {path}, found {lacks[1]} left in the message"
    return fails("PROTOBUF_TRUNCATED", path=path, at=at, message=message)


def small(n, s):
    return f'{{"n":{n},"s":"{s}"}}'


GOOD = ("0801120178", small(1, "x"))
protobuf("error-truncated", "a message that is cut: the value that is cut is named by where it begins", ENCODING, SCALARS, "kl.Small", [
    ("08", cut("$.n", 1, (1, 0))), ("0880", cut("$.n", 1, (2, 1))), ("12", cut("$.s", 1)), ("12056869", cut("$.s", 2, (5, 2))), ("0801" + "1280", cut("$.s", 3)), ("80", cut("$", 0)), GOOD])
protobuf("error-truncated-nested", "a message that is cut inside another, and one that claims more than is left", ENCODING, SCALARS, "kl.Nest", [
    ("12050a0361", cut("$.child", 2)), ("12030a0561", cut("$.child.name", 4)), ("1a021200" + "1a03120508", cut("$.kids[1].child", 8)),
    ("12020801", '{"name":"","child":{"name":"","kids":[]},"kids":[]}')])
protobuf("error-truncated-unknown", "an unknown field that is cut", ENCODING, SCALARS, "kl.Small", [
    ("9806", cut()), ("99060000", cut()), ("9a06056162", cut()), ("9d06000000", cut()), GOOD])
protobuf("error-truncated-fixed", "numbers of fixed width that are cut", ENCODING, SCALARS, "kl.Repeated", [
    ("19" + "00" * 7, cut(at=1)), ("25000000", cut(at=1)), ("5500", cut(at=1))])
protobuf("error-packed", "packed fields whose items do not fill them", ENCODING, SCALARS, "kl.Repeated", [
    ("0a0180", cut("$.ints[0]", 2, (2, 1))), ("1a07" + "00" * 7, cut()), ("22050000000000", cut())])
protobuf("error-varint", "varints of more than ten bytes", ENCODING, SCALARS, "kl.Small", [
    ("08" + "ff" * 10 + "01", fails("PROTOBUF_VARINT", path="$.n", at=1)), ("08" + "80" * 10 + "00", fails("PROTOBUF_VARINT", path="$.n", at=1)), GOOD])
protobuf("error-tag", "field number 0, wire types 6 and 7, numbers beyond 2^29 − 1", ENCODING, SCALARS, "kl.Small", [
    ("00", fails("PROTOBUF_TAG", path="$", at=0)), ("0001", fails("PROTOBUF_TAG", path="$", at=0)), ("0801" + "0201", fails("PROTOBUF_TAG", path="$", at=2)), ("0e", fails("PROTOBUF_TAG", path="$", at=0)),
    ("0f", fails("PROTOBUF_TAG", path="$", at=0)), ("0801" + "9e06", fails("PROTOBUF_TAG", path="$", at=2)), ("808080801001", fails("PROTOBUF_TAG", path="$", at=0)), GOOD])
protobuf("error-group", "groups that are closed by another number, by nothing, or never opened", ENCODING, LEGACY, "kl2.Grouped", [
    ("0c", fails("PROTOBUF_GROUP", at=0)), ("0b14", fails("PROTOBUF_GROUP", at=1)), ("0b", fails("PROTOBUF_GROUP")), ("0b1005", fails("PROTOBUF_GROUP")),
    ("9b06" + "0c", fails("PROTOBUF_GROUP", at=2)), ("9b06", fails("PROTOBUF_GROUP")), ("1b1c", '{"many":[{}]}')])
protobuf("error-utf8", "strings that are not UTF-8, in proto3", "Protobuf language guide (proto3); RFC 3629", SCALARS, "kl.Small", [
    ("1202c328", fails("PROTOBUF_UTF8", path="$.s", at=2)), ("12036162ff", fails("PROTOBUF_UTF8", path="$.s", at=4)), ("1201c3", fails("PROTOBUF_UTF8", path="$.s", at=2)), GOOD])
protobuf("error-utf8-key", "a map's key that is not UTF-8", "Protobuf language guide (proto3); RFC 3629", SCALARS, "kl.Maps", [("0a050a01ff1001", fails("PROTOBUF_UTF8", path="$.byName{0}", at=4))])
protobuf("lenient-utf8", "the rule utf8 puts U+FFFD in place of each bad sequence", "Unicode 15, Substitution of Maximal Subparts", SCALARS, "kl.Small",
         [("1202c328", small(0, "\ufffd(")), ("1203eda080", small(0, "\ufffd\ufffd\ufffd"))], lenient=["utf8"])
protobuf("error-required", "required fields that are absent, at the top and within", "Protobuf language guide (proto2)", LEGACY, "kl2.Strict", [
    ("", fails("PROTOBUF_REQUIRED")), ("120178", fails("PROTOBUF_REQUIRED")), ("0801" + "1a00", fails("PROTOBUF_REQUIRED")), ("0801" + "2200", fails("PROTOBUF_REQUIRED")),
    ("0801" + "2a030a016b", fails("PROTOBUF_REQUIRED")), ("0801", '{"id":1,"kids":[],"byName":{}}')])
protobuf("lenient-required", "the rule required leaves them out", "Protobuf language guide (proto2)", LEGACY, "kl2.Strict", [
    ("", '{"kids":[],"byName":{}}'), ("1a00", '{"child":{"kids":[],"byName":{}},"kids":[],"byName":{}}')], lenient=["required"])


def nested(levels):
    """A Nest with so many levels as hexadecimal."""
    data = ""
    for _ in range(levels - 1):
        data = "12" + delimited(data)
    return data


def nested_text(levels):
    return '{"name":"",' + '"child":{"name":"",' * (levels - 1) + '"kids":[]}' + ',"kids":[]}' * (levels - 1)


protobuf("limit-depth", "a hundred levels below the root are fine, as in the reference implementations, one more is an error", "Protobuf's recursion limit", SCALARS, "kl.Nest", [
    (nested(101), nested_text(101)), (nested(102), fails("PROTOBUF_DEPTH", "limit")), (nested(3000), fails("PROTOBUF_DEPTH", "limit")), (nested(2), nested_text(2))])
protobuf("limit-depth-groups", "100,000 open groups, known and not", "Protobuf's recursion limit", LEGACY, "kl2.Grouped", [
    ({"repeat": [["9b06", 100000]]}, fails("PROTOBUF_DEPTH", "limit")), ("1b2a04" + "1b2a00" + "1c" + "1c", '{"many":[{"deeper":{"many":[{"deeper":{"many":[]}}]}}]}')])
protobuf("limit-depth-option", "the limit on depth is the configuration's", "Protobuf's recursion limit", SCALARS, "kl.Nest",
         [(nested(4), nested_text(4)), (nested(5), fails("PROTOBUF_DEPTH", "limit", path="$.child.child.child.child"))], limits={"depth": 3})
protobuf("limit-depth-most", "the limit on depth may be 500, and then every host bears it", "Protobuf's recursion limit", SCALARS, "kl.Nest",
         [(nested(501), nested_text(501)), (nested(502), fails("PROTOBUF_DEPTH", "limit"))], limits={"depth": 500})
SPARSE = SimpleNamespace(
    fds=compile_text('syntax = "proto2"; message R { repeated S s = 1; } message S { ' + " ".join(f"optional int32 f{i} = {i};" for i in range(1, 101)) + " }"))
protobuf("limit-items-absent", "what wide messages lack is counted, an item for eight fields", "limits of kafkalens", SPARSE, "R",
         [("0a00" * 8, '{"s":[' + ",".join(["{}"] * 8) + "]}"), ("0a00" * 9, fails("PROTOBUF_ITEMS", "limit")), ("0a020801" * 9, '{"s":[' + ",".join(['{"f1":1}'] * 9) + "]}")], limits={"items": 100})
LENGTH = varint((1 << 63) - 1)
protobuf("hostile-lengths", "lengths beyond anything", ENCODING, SCALARS, "kl.Repeated", [
    ("0a" + LENGTH, cut(at=10)), ("3a" + LENGTH, cut(at=10)), ("4a" + LENGTH, cut(at=10)), ("0a" + varint(1 << 31) + "01", cut(at=6)), ("9a06" + LENGTH, cut())])
protobuf("maps-unknown", "an unknown field within a map's entry is passed over", ENCODING + ", Java and C++", SCALARS, "kl.Maps", [
    ("0a07" + "0a01781005" + "1801", '{"byName":{"x":5},"byInt":{},"byLong":{},"byBool":{},"byUlong":{},"bySint":{},"byFixed":{}}')])
protobuf("extensions", "an extension's key is its full name in brackets", "ProtoJSON", LEGACY, "kl2.Open", [
    ("0801" + "a2060178", '{"own":1,"[kl2.remark]":"x"}'), ("b206020805", '{"[kl2.Scope.inside]":{"n":5}}')])
protobuf("error-timestamp", "timestamps outside year 1 to 9999, and nanoseconds that are none", "timestamp.proto", WELLKNOWN, "kl.WellKnown", [
    ("0a" + delimited("08" + varint(253402300800)), fails("PROTOBUF_WELL_KNOWN", path="$.at")), ("0a" + delimited("08" + varint(-62135596801)), fails("PROTOBUF_WELL_KNOWN", path="$.at")),
    ("0a" + delimited("10" + varint(-1)), fails("PROTOBUF_WELL_KNOWN", path="$.at")), ("0a" + delimited("10" + varint(10**9)), fails("PROTOBUF_WELL_KNOWN", path="$.at"))])
protobuf("error-duration", "durations beyond 10,000 years, and parts of different signs", "duration.proto", WELLKNOWN, "kl.WellKnown", [
    ("12" + delimited("08" + varint(315576000001)), fails("PROTOBUF_WELL_KNOWN", path="$.span")), ("12" + delimited("0801" + "10" + varint(-1)), fails("PROTOBUF_WELL_KNOWN", path="$.span")),
    ("12" + delimited("10" + varint(10**9)), fails("PROTOBUF_WELL_KNOWN", path="$.span"))])
protobuf("error-value", "a Value has no NaN and no infinity", "struct.proto", WELLKNOWN, "kl.WellKnown", [
    ("2a0911000000000000f87f", fails("PROTOBUF_WELL_KNOWN", path="$.value")), ("2a0911000000000000f07f", fails("PROTOBUF_WELL_KNOWN", path="$.value"))])
protobuf("scalars-smallest-float", "the exact double of the least float", "IEEE 754", SCALARS, "kl.Repeated", [
    ("5501000000", '{"ints":[],"longs":[],"doubles":[],"fixeds":[],"bools":[],"colors":[],"strings":[],"blobs":[],"smalls":[],"floats":[1.401298464324817e-45],"unpacked":[],"ulongs":[]}')])
protobuf("options/protojson-smallest-float", "the shortest text of the least float", "ProtoJSON: enough digits to give the float back", SCALARS, "kl.Repeated", [
    ("5501000000", '{"floats":[1e-45]}')], dialect="protojson")
TWO = SimpleNamespace(fds=compile_text('syntax = "proto2"; message A { optional int32 foo_bar = 1; optional int32 fooBar = 2; optional int32 other_one = 3; }'))
protobuf("json-names-collide", "JSON names that collide fall back to the declared ones", "semantics of the option fieldNames", TWO, "A",
         [("080110021803", '{"foo_bar":1,"fooBar":2,"otherOne":3}')])
protobuf("no-package", "a message without a package", "Protobuf language guide", Proto(compile_text('syntax = "proto3"; message M { int32 n = 1; }')), "M", [("0805", '{"n":5}')])
