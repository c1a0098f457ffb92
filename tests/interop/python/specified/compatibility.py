"""Protobuf schemas against the versions before them, and values encoded for fixtures."""

from cases import call, case

REGISTRY = "Confluent Schema Registry 8, the rules of its SchemaDiff"
PROTO3 = 'syntax = "proto3";\npackage shop;\n'


def order(body):
    return PROTO3 + "message Order {\n" + body + "\n}\nmessage Line {}\n"


def question(new, *history, mode="BACKWARD", references=()):
    return {"type": "PROTOBUF", "mode": mode, "schema": new, **({"references": list(references)} if references else {}), "history": list(history)}


def reason(path, kind, direction="backward", version=0, **more):
    return {"version": version, "direction": direction, "path": path, "kind": kind, **more}


def verdict(*reasons, warnings=(), mode="BACKWARD"):
    told = {"compatible": not reasons, "checked": mode not in ("NONE", "DISABLED"), "mode": mode, "incompatibilities": list(reasons)}
    return {**told, "warnings": list(warnings)} if warnings else told


def compatibility(name, about, *rows, origin=REGISTRY):
    case(f"compatibility/{name}", about, origin, config={}, records=[], expect=[],
         calls=[call("checkCompatibility", expected, asked) if "incompatibilities" in expected else
                {"verb": "checkCompatibility", "args": [asked], "expectError": expected} for asked, expected in rows])


def change(old, new, *reasons, warnings=()):
    """Fields of a message before and after."""
    return question(order(new), order(old)), verdict(*reasons, warnings=warnings)


TOTAL = "shop.Order.total"
compatibility("protobuf-fields", "fields removed, of another type, numbers reused",
              change("int32 id = 1; int32 total = 2;", "int32 id = 1;", warnings=[reason(TOTAL, "FIELD_REMOVED")]),
              change("int32 total = 1;", "string total = 1;", reason(TOTAL, "FIELD_SCALAR_KIND_CHANGED")),
              change("int32 total = 1;", "Line total = 1;", reason(TOTAL, "FIELD_KIND_CHANGED")),
              change("int32 total = 1;", "string name = 1;", reason(TOTAL, "FIELD_NUMBER_REUSED")),
              change("int32 total = 1;", "optional int32 total = 1; Line l = 2;", warnings=[reason(TOTAL, "FIELD_PRESENCE_CHANGED")]),
              change("optional int32 total = 1;", "repeated int32 total = 1;", reason(TOTAL, "FIELD_NUMERIC_LABEL_CHANGED")),
              change("optional string total = 1;", "repeated string total = 1;", warnings=[reason(TOTAL, "FIELD_STRING_OR_BYTES_LABEL_CHANGED")]),
              change("int32 total = 1;", "int64 total = 1;"),
              change("int32 total = 1;", "int32 sum = 1;", warnings=[reason(TOTAL, "FIELD_NAME_CHANGED")]))
TWO = "int32 a = 1; int32 b = 2;"
compatibility("protobuf-oneofs", "fields moved into oneofs, and members removed",
              change(TWO, "oneof x { int32 a = 1; int32 b = 2; }", reason("shop.Order.x", "MULTIPLE_FIELDS_MOVED_TO_ONEOF")),
              change("oneof x { int32 a = 1; } int32 b = 2;", "oneof x { int32 a = 1; int32 b = 2; }", reason("shop.Order.x", "FIELD_MOVED_TO_EXISTING_ONEOF")),
              change("oneof x { int32 a = 1; int32 b = 2; }", "oneof x { int32 a = 1; }", reason("shop.Order.b", "ONEOF_FIELD_REMOVED")),
              change("int32 a = 1;", "oneof x { int32 a = 1; int32 c = 3; }"),
              change("oneof x { int32 a = 1; int32 b = 2; }", TWO))
compatibility("protobuf-messages", "messages removed, packages, and messages of imports",
              (question(PROTO3 + "message Order {}", order("")), verdict(reason("shop.Line", "MESSAGE_REMOVED"))),
              (question(order("").replace("package shop", "package store"), order("")), verdict(reason("shop", "PACKAGE_CHANGED"))),
              (question('syntax = "proto3"; import "line.proto"; message Order { Line line = 1; }',
                        {"schema": 'syntax = "proto3"; import "line.proto"; message Order { Line line = 1; }',
                         "references": [{"name": "line.proto", "schema": 'syntax = "proto3"; message Line { int32 count = 1; }'}]},
                        references=[{"name": "line.proto", "schema": 'syntax = "proto3"; message Line { string count = 1; }'}]),
               verdict(reason("Line.count", "FIELD_SCALAR_KIND_CHANGED"))))
compatibility("protobuf-required", "required fields",
              (question('syntax = "proto2"; message M { required int32 a = 1; }', 'syntax = "proto2"; message M {}'), verdict(reason("M.a", "REQUIRED_FIELD_ADDED"))),
              (question('syntax = "proto2"; message M {}', 'syntax = "proto2"; message M { required int32 a = 1; }'), verdict(reason("M.a", "REQUIRED_FIELD_REMOVED"))))
compatibility("protobuf-syntax", "a change of syntax: zeros that writers left out now read as absent",
              (question('edition = "2023"; message M { int32 a = 1; }', 'syntax = "proto3"; message M { int32 a = 1; }'),
               verdict(warnings=[reason("M.a", "FIELD_PRESENCE_CHANGED", hint="writers with implicit presence, as of proto3, leave zeros out: they now read as absent, not as zero")])),
              (question('syntax = "proto2"; message M { optional int32 a = 1; }', 'syntax = "proto3"; message M { int32 a = 1; }'),
               verdict(warnings=[reason("M.a", "FIELD_PRESENCE_CHANGED")])),
              origin="Protobuf documentation, Field Presence")
A, AB = order("int32 a = 1;"), order("oneof x { int32 a = 1; int32 b = 2; }")
compatibility("protobuf-modes", "each mode compares the versions that it names, in its directions",
              (question(A, AB, A), verdict()),
              (question(A, AB, A, mode="BACKWARD_ALL"), verdict(reason("shop.Order.b", "ONEOF_FIELD_REMOVED"), mode="BACKWARD_ALL")),
              (question(AB, A, mode="FORWARD"), verdict(reason("shop.Order.b", "ONEOF_FIELD_REMOVED", "forward"), mode="FORWARD")),
              (question(AB, A, mode="FULL"), verdict(reason("shop.Order.b", "ONEOF_FIELD_REMOVED", "forward"), mode="FULL")),
              (question(A, AB, mode="NONE"), verdict(mode="NONE")))
compatibility("protobuf-refused", "schemas that don't compile",
              (question("message {", A), {"code": "SCHEMA_INVALID", "category": "schema"}),
              (question({"type": "record"}, A), {"code": "CONFIG_INVALID", "category": "schema"}))
compatibility("avro", "Avro's question is the same",
              ({"type": "AVRO", "mode": "BACKWARD", "schema": {"type": "record", "name": "R", "fields": [{"name": "a", "type": "int"}]}, "history": [{"type": "record", "name": "R", "fields": []}]},
               verdict({"version": 0, "direction": "backward", "path": "$.a", "kind": "READER_FIELD_MISSING_DEFAULT_VALUE"})),
              origin="Avro 1.12, SchemaCompatibility")

WIRE = "Protobuf wire format and ProtoJSON"
ALL = 'syntax = "proto3"; message First { int64 id = 1; repeated int32 list = 2; map<string, bool> flags = 3; bytes raw = 4; oneof o { Second s = 5; } } message Second { E e = 1; } enum E { A = 0; B = 1; }'


def encode(name, about, *rows, origin=WIRE, config=None):
    case(f"encode/{name}", about, origin, config=config or {}, records=[], expect=[],
         calls=[{"verb": "encode", "args": list(args), **({"expect": out} if isinstance(out, str) else {"expectError": out})} for *args, out in rows])


encode("protobuf", "messages from ProtoJSON and from what the dialect `plain` gives",
       ("PROTOBUF", ALL, {"id": "150"}, "089601"), ("PROTOBUF", ALL, {"id": 150}, "089601"), ("PROTOBUF", ALL, {}, ""),
       ("PROTOBUF", ALL, {"list": [1, 2], "flags": {"k": True}, "raw": "AQI=", "s": {"e": "B"}}, "120201021a050a016b100122020102" + "2a020801"),
       ("PROTOBUF", {"schema": ALL, "message": "Second"}, {"e": 1}, "0801"),
       ("PROTOBUF", {"schema": 'syntax = "proto3"; import "a.proto"; message M { First f = 1; }', "references": [{"name": "a.proto", "schema": ALL}]}, {"f": {"id": 1}}, "0a020801"))
encode("protobuf-refused", "what does not fit, with its path",
       ("PROTOBUF", ALL, {"list": [1, "x"]}, {"code": "ENCODE_VALUE", "path": "$.list[1]"}), ("PROTOBUF", ALL, {"other": 1}, {"code": "ENCODE_VALUE"}),
       ("PROTOBUF", {"schema": ALL, "message": "Third"}, {}, {"code": "MESSAGE_UNKNOWN"}), ("PROTOBUF", {"text": ALL}, {}, {"code": "CONFIG_INVALID"}),
       ("PROTOBUF", 'syntax = "proto2"; message M { required int32 a = 1; }', {}, {"code": "ENCODE_VALUE"}), ("JSON", "{}", {}, {"code": "CONFIG_INVALID"}))
encode("avro", "Avro data", ("AVRO", '"long"', 2, "04"), ("AVRO", {"type": "record", "name": "R", "fields": [{"name": "a", "type": ["null", "string"]}]}, {"a": "x"}, "020278"),
       ("AVRO", '"int"', 1e3, "d00f"), ("AVRO", '"long"', -7.0, "0d"), ("AVRO", '"int"', 1.5, {"code": "ENCODE_VALUE", "path": "$"}),
       ("AVRO", '"int"', {}, {"code": "ENCODE_VALUE", "path": "$"}), origin="Avro specification 1.12")
encode("avro-hex", "bytes as two digits each, and nothing else", ("AVRO", '"bytes"', "0aF0", "040af0"), ("AVRO", '"bytes"', "", "00"),
       *(("AVRO", '"bytes"', text, {"code": "ENCODE_VALUE", "path": "$"}) for text in ("+a", "0", "0x0a", " a", "é")),
       origin="Avro specification 1.12", config={"bytes": "hex"})

AB_OF = 'syntax = "proto3"; package t; message B { message N { int32 x = 1; } } message A { int32 y = 1; }'
MAP_BEFORE = 'syntax = "proto3"; package t; message A { int32 y = 1; } message B { map<int32, int32> m = 1; message N { int32 x = 1; } }'
encode("framing", "what serializers make of the schema stands before the datum",
       ("PROTOBUF", {"schema": AB_OF, "message": "t.B", "framing": "confluent"}, {}, "00"),
       ("PROTOBUF", {"schema": AB_OF, "message": "t.A", "framing": "confluent"}, {"y": 1}, "02020801"),
       ("PROTOBUF", {"schema": MAP_BEFORE, "message": "t.B.N", "framing": "confluent"}, {"x": 1}, "0402000801"),
       ("PROTOBUF", {"schema": AB_OF, "message": "t.B.N", "framing": "glue"}, {"x": 1}, "020801"),
       ("PROTOBUF", {"schema": 'syntax = "proto3"; message A { int32 y = 1; }', "framing": "apicurio"}, {"y": 1}, "030a01410801"),
       ("PROTOBUF", {"schema": 'syntax = "proto3"; import "google/protobuf/empty.proto"; message A {}', "message": "google.protobuf.Empty", "framing": "confluent"}, {},
        {"code": "MESSAGE_UNKNOWN"}),
       ("AVRO", {"schema": "int", "framing": "single-object"}, 2, "c3018f5c393f1ad5757204"),
       ("AVRO", {"schema": "bytes", "framing": "confluent"}, "AQI=", "0102"), ("AVRO", {"schema": "bytes", "framing": "glue"}, "AQI=", "040102"),
       ("AVRO", {"schema": "long", "framming": "glue"}, 1, {"code": "CONFIG_INVALID"}),
       origin='Confluent\'s wire format (message indexes, top-level bytes); AWS Glue\'s serializer (messages by full name); Apicurio\'s Ref; Avro specification 1.12 (single-object encoding, CRC-64-AVRO of "int")')
