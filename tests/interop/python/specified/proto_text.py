"""Protobuf schemas as .proto text: references, files in any order, editions, message sets, and texts that are refused."""

from cases import call, case, fails, file, ok

LANGUAGE = "Protobuf language guide, Encoding"
MONEY = """syntax = "proto3";
package shop;

// Whole units and billionths.
message Money { string currency = 1; int64 units = 2; }
"""
ORDER = """syntax = "proto3";
package shop;

import "google/protobuf/timestamp.proto";
import "shop/money.proto";

message Ignored { int32 a = 1; }

/* An order. */
message Order {
  int32 id = 1;
  Money total = 2;
  google.protobuf.Timestamp at = 3;
  map<string, int32> counts = 4; // by product
  oneof state { bool paid = 5; string note = 6; }
  enum Kind { NONE = 0; FIRST = 1; }
  repeated Kind kinds = 7;
}
"""
# Id 42, indexes [1], then id 7, total EUR 12, a second after the epoch, counts, paid, kinds [1, 0].
ROW = "000000002a" + "0202" + "0807" + "1207" + "0a03455552100c" + "1a020801" + "22050a01611002" + "2801" + "3a020100"
SHOWN = ('{"id":7,"total":{"currency":"EUR","units":12},"at":"1970-01-01T00:00:01Z","counts":{"a":2},"paid":true,'
         '"kinds":["FIRST","NONE"]}')

case("protobuf/text-references", "a registered .proto text, what it imports as references, and a well-known import that is built in",
     f"Confluent wire format; {LANGUAGE}", config={"value": {"format": "protobuf", "framing": "confluent"}},
     schemas=[{"ref": "confluent:42", "type": "PROTOBUF", "file": "order.proto",
               "references": [{"name": "shop/money.proto", "file": "money.proto"}]}],
     files={"order.proto": ORDER, "money.proto": MONEY},
     records=[{"value": ROW}], expect=[{"value": ok(SHOWN, "confluent:42")}])

EDITION = """edition = "2023";
package shop;
import public "base.proto";
option features.field_presence = IMPLICIT;
message Line {
  int32 id = 1;
  string name = 2 [features.field_presence = EXPLICIT];
  Base base = 3 [features.message_encoding = DELIMITED];
  repeated int32 packed = 4;
  repeated int32 loose = 5 [features.repeated_field_encoding = EXPANDED];
  Closed closed = 6 [features.field_presence = EXPLICIT];
  map<int32, Base> by_id = 7;
}
enum Closed { option features.enum_type = CLOSED; ONE = 1; TWO = 2; }
"""
BASE = 'edition = "2024"; package shop; export message Base { int64 n = 1; local enum State { UNKNOWN = 0; } State state = 2; }\n'
FILES = [{"name": "line.proto", "text": file("line.proto")}, {"name": "base.proto", "text": file("base.proto")}]
case("protobuf/text-editions", "files of two editions, the imported one last: features set presence, closed enums and delimited messages",
     "Protobuf Editions, Feature Settings for Editions",
     config={"value": {"format": "protobuf", "framing": "none", "message": "shop.Line", "files": FILES}},
     files={"line.proto": EDITION, "base.proto": BASE},
     records=[{"value": h} for h in ("", "0800" + "1200", "1b" + "0805" + "1c" + "22020102" + "2803" + "3002", "1a020805" + "3009",
                                     "3a06080112020803")],
     expect=[{"value": ok(t)} for t in (
         '{"id":0,"packed":[],"loose":[],"byId":{}}', '{"id":0,"name":"","packed":[],"loose":[],"byId":{}}',
         '{"id":0,"base":{},"packed":[1,2],"loose":[3],"closed":"TWO","byId":{}}'.replace('"base":{}', '"base":{"n":5}'),
         '{"id":0,"packed":[],"loose":[],"byId":{}}', '{"id":0,"packed":[],"loose":[],"byId":{"1":{"n":3}}}')])

SET = """package old;
message Set { option message_set_wire_format = true; extensions 4 to max; }
message Item { extend Set { optional Item item = 1547769; } optional string text = 25; }
message Holder { optional Set set = 1; }
"""
# Item group: type_id 1547769, message { text: "hi" }; then the same with its parts the other way round.
CONTENT = "1a05ca01026869"
GROUP = "0b" + "10f9bb5e" + CONTENT + "0c"
TURNED = "0b" + CONTENT + "10f9bb5e" + "0c"
case("protobuf/text-message-set", "a message set: items with their parts in either order, and one that is not known",
     "Protobuf conformance suite, ValidMessageSetEncoding", config={
         "value": {"format": "protobuf", "framing": "none", "message": "old.Holder", "files": [{"name": "old.proto", "text": file("old.proto")}]}},
     files={"old.proto": SET},
     records=[{"value": "0a%02x" % (len(g) // 2) + g} for g in (GROUP, TURNED, "0b" + "1005" + "1a00" + "0c")],
     expect=[{"value": ok('{"set":{"[old.Item.item]":{"text":"hi"}}}')}] * 2 + [{"value": ok('{"set":{}}')}])

case("protobuf/text-message-set-numbers", "type ids of a message set may be greater than field numbers; its unknown fields are counted", "Protobuf, message_set_wire_format; protoc", config={
         "value": {"format": "protobuf", "framing": "none", "message": "H", "files": [{"name": "big.proto", "text": file("big.proto")}]}},
     files={"big.proto": 'syntax = "proto2";\nmessage M { option message_set_wire_format = true; extensions 4 to max; }\n'
                         "message N { extend M { optional N n = 536870912; } optional int32 a = 1; }\nmessage H { optional M m = 1; }\n"},
     records=[{"value": "0a0c0b1080808080021a0208050c"}, {"value": "1005"}], expect=[{"value": ok('{"m":{"[N.n]":{"a":5}}}')}, {"value": ok("{}")}],
     calls=[call("warnings", {"UNKNOWN_FIELDS": 1})])

REGISTERED = {"value": {"format": "protobuf", "framing": "confluent"}}


def refused(name, about, text, marker, row=ROW):
    """A registered text that is refused at the last place of the marker."""
    at = text.encode().rindex(marker.encode())
    case(f"protobuf/text-error-{name}", about, "Protobuf language guide; protoc refuses it there", config=REGISTERED,
         schemas=[{"ref": "confluent:42", "type": "PROTOBUF", "file": "a.proto"}], files={"a.proto": text},
         records=[{"value": row}], expect=[{"value": fails("SCHEMA_INVALID", "schema", at=at, space="schema")}])


refused("syntax", "text that does not parse", 'syntax = "proto3";\nmessage A {\n  int32 id 1;\n}\n', "1;\n}")
refused("type", "a type that is declared nowhere", 'syntax = "proto3";\nmessage A {\n  Missing id = 1;\n}\n', "Missing")
refused("number", "a field number twice", 'syntax = "proto3";\nmessage A {\n  int32 id = 1;\n  string name = 1;\n}\n', "1;\n}")
refused("import", "an import that is not among the references", 'syntax = "proto3";\nimport "missing.proto";\n', '"missing.proto"')
refused("enum", "an open enum that does not begin with 0", 'syntax = "proto3";\nenum E { A = 1; }\n', "A = 1")
case("protobuf/text-error-neither", "a schema that is neither .proto text nor base64", "docs/options.md", config=REGISTERED,
     schemas=[{"ref": "confluent:42", "type": "PROTOBUF", "file": "a.txt"}], files={"a.txt": "no schema!"},
     records=[{"value": ROW}], expect=[{"value": fails("SCHEMA_INVALID", "schema")}])
case("protobuf/text-error-cycle", "files that import each other", "Protobuf language guide; protoc refuses them",
     config={"value": {"format": "protobuf", "message": "A", "files": [
         {"name": "a.proto", "text": 'syntax = "proto3"; import "b.proto"; message A {}'},
         {"name": "b.proto", "text": 'syntax = "proto3"; import "a.proto"; message B {}'}]}},
     records=[{"value": ""}], expectError={"code": "SCHEMA_INVALID", "category": "schema", "space": "schema"})
