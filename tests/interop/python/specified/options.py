"""Options and dialects: the same payloads under each."""

from types import SimpleNamespace

from cases import avro_string, b64, case, fails, file, ok, zigzag
from protos import SCALARS, compile_text
from specified.avro import SPEC, avro, fixed, logical
from specified.protobuf import protobuf

OPTIONS = "semantics of the options"
ENCODING = SPEC + ", JSON Encoding"
BIG = (1 << 53) + 1


def record(**fields):
    return {"type": "record", "name": "R", "namespace": "n", "fields": [{"name": k, "type": t} for k, t in fields.items()]}


def options(name, about, schema, rows, origin=OPTIONS, **chosen):
    avro(f"options/{name}", about, origin, schema, rows, **chosen)


# 64-bit integers.
PAIR = record(safe="long", big="long")
BOTH, SAFE = zigzag(5) + zigzag(BIG), zigzag(5) + zigzag(BIG - 2)
for mode, text in (("bigint", '{"safe":5,"big":9007199254740993}'), ("auto", '{"safe":5,"big":9007199254740993}'), ("string", '{"safe":"5","big":"9007199254740993"}')):
    options(f"int64-{mode}", f"int64: {mode}", PAIR, [(BOTH, text)], int64=mode)
options("int64-number", "int64: number refuses what it would round", PAIR, [
    (SAFE, '{"safe":5,"big":9007199254740991}'), (BOTH, fails("OUTPUT_INT64_UNSAFE", "output", path="$.big", at=1)), (zigzag(-BIG) + "00", fails("OUTPUT_INT64_UNSAFE", "output", path="$.safe", at=0)),
    (zigzag(1 - BIG + 1) + "00", '{"safe":-9007199254740991,"big":0}')], int64="number")
options("int64-int", "ints of 32 bits are numbers under each mode", "int", [("02", "1")], int64="string")
protobuf("options/int64-string-protobuf", "int64: string for each kind of 64-bit integer", OPTIONS, SimpleNamespace(fds=SCALARS.fds), "kl.Maps",
         [("1a0408051200", '{"byName":{},"byInt":{},"byLong":{"5":{"n":0,"s":""}},"byBool":{},"byUlong":{},"bySint":{},"byFixed":{}}')], int64="string")
protobuf("options/int64-number-protobuf", "int64: number for unsigned integers", OPTIONS, SCALARS, "kl.Optionals", [
    ("2005" + "3006", '{"anInt64":5,"aUint64":6}'), ("30" + "ff" * 9 + "01", fails("OUTPUT_INT64_UNSAFE", "output", path="$.aUint64", at=1))], int64="number")

# 64-bit integers by path.
ITEM = record(id="long", n="long")
NESTED = {"type": "record", "name": "Root", "fields": [{"name": "id", "type": "long"}, {"name": "items", "type": {"type": "array", "items": {**ITEM, "name": "Item"}}},
                                                       {"name": "one", "type": ["null", "n.Item"]}, {"name": "counts", "type": {"type": "map", "values": "long"}}, {"name": "a.b", "type": "long"}]}
PATHS = {"default": "bigint", "paths": {"$.items[].id": "string", "$.one.id": "number", "$.counts{}": "string", '$["a.b"]': "string"}}
options("int64-paths", "int64 by path: of an array's items, of a map's values, of a type that stands in several places", NESTED, [
    (zigzag(BIG) + "02" + zigzag(BIG) * 2 + "00" + "02" + zigzag(7) + zigzag(BIG) + "02026b" + zigzag(BIG) + "00" + zigzag(1),
     f'{{"id":{BIG},"items":[{{"id":"{BIG}","n":{BIG}}}],"one":{{"id":7,"n":{BIG}}},"counts":{{"k":"{BIG}"}},"a.b":"1"}}'),
    (zigzag(1) + "00" + "02" + zigzag(BIG) + zigzag(1) + "00" + "00", fails("OUTPUT_INT64_UNSAFE", "output", path="$.one.id", at=3))], int64=PATHS)
LIST = {"type": "record", "name": "List", "fields": [{"name": "v", "type": "long"}, {"name": "next", "type": ["null", "List"]}]}
options("int64-paths-recursion", "a path leads one level into a type that holds itself", LIST, [(zigzag(1) + "02" + zigzag(2) + "02" + zigzag(3) + "00", '{"v":1,"next":{"v":"2","next":{"v":3,"next":null}}}')],
        int64={"paths": {"$.next.v": "string"}})
options("int64-paths-tagged", "a tag is a step of the path", record(u=["int", "long"]), [("02" + zigzag(5), '{"u":{"long":"5"}}'), ("00" + zigzag(5), '{"u":{"int":5}}')], int64={"paths": {"$.u.long": "string"}}, unions="tagged")
avro("options/int64-paths-reader", "paths go by the reader's names, defaults included", OPTIONS, record(a="int"), [("0a", '{"b":"5","c":"7"}')],
     reader={**record(), "fields": [{"name": "b", "type": "long", "aliases": ["a"]}, {"name": "c", "type": "long", "default": 7}]}, int64={"paths": {"$.b": "string", "$.c": "string"}})
protobuf("options/int64-paths-protobuf", "int64 by path in Protobuf: JSON names, items, a map's values, wrappers", OPTIONS, SimpleNamespace(fds=compile_text(
    'syntax = "proto3"; import "google/protobuf/wrappers.proto"; message M { int64 an_id = 1; repeated uint64 list = 2; map<string, M> more = 3; google.protobuf.Int64Value w = 4; M sub = 5; }')), "M", [
    ("0805" + "12020607" + "1a070a016b12020808" + "22020809" + "2a02080a", '{"anId":"5","list":["6","7"],"more":{"k":{"anId":"8","list":[],"more":{}}},"w":"9","sub":{"anId":10,"list":[],"more":{}}}')],
    int64={"paths": {"$.anId": "string", "$.list[]": "string", "$.more{}.anId": "string", "$.w": "string"}})
case("options/int64-paths-json", "int64 by path in JSON: members by name, else all of an object; what is exact stays a number", OPTIONS,
     config={"value": {"format": "json"}, "int64": {"default": "bigint", "paths": {"$.id": "string", "$.items[].id": "number", "$.counts{}": "string"}}},
     records=[{"value": t.encode().hex()} for t in (f'{{"id":{BIG},"n":{BIG},"items":[{{"id":1,"n":{BIG}}}],"counts":{{"a":{BIG},"b":2}}}}', f'{{"items":[{{"id":{BIG}}}]}}')],
     expect=[{"value": ok(f'{{"id":"{BIG}","n":{BIG},"items":[{{"id":1,"n":{BIG}}}],"counts":{{"a":"{BIG}","b":2}}}}')}, {"value": fails("OUTPUT_INT64_UNSAFE", "output", path="${0}[0]{0}", at=16)}])
case("options/int64-string-json", "int64: string in JSON writes a string only where a number would not be exact", OPTIONS,
     config={"value": {"format": "json"}, "int64": "string"}, records=[{"value": f'{{"id":{BIG},"n":5,"d":1.5}}'.encode().hex()}] * 3,
     expect=[{"value": ok(f'{{"id":"{BIG}","n":5,"d":1.5}}')}] * 3)
case("options/int64-paths-primitive", "int64 at the root, for a payload of Kafka's own serializer", OPTIONS, config={"value": {"format": "primitive", "type": "int64"}, "int64": {"paths": {"$": "string"}}},
     records=[{"value": "0000000000000005"}], expect=[{"value": ok('"5"')}])

# Bytes.
BLOB = record(b="bytes", f={"type": "fixed", "name": "F", "size": 3})
DATA = "04ff00" + "0041e9"
for mode, text in (("base64", '{"b":"/wA=","f":"AEHp"}'), ("hex", '{"b":"ff00","f":"0041e9"}'), ("latin1", '{"b":"ÿ\\u0000","f":"\\u0000Aé"}')):
    options(f"bytes-{mode}", f"bytes: {mode}", BLOB, [(DATA, text)], bytes=mode)
protobuf("options/bytes-hex-protobuf", "bytes: hex", OPTIONS, SCALARS, "kl.Optionals", [("7a02ff00", '{"someBytes":"ff00"}')], bytes="hex")
case("options/bytes-hex-payload", "bytes: hex for a payload of the format bytes", OPTIONS, config={"value": {"format": "bytes"}, "bytes": "hex"},
     records=[{"value": "ff00"}, {"value": ""}], expect=[{"value": ok('"ff00"')}, {"value": ok('""')}])

# Dates and times.
TIMES = record(d=logical("int", "date"), t=logical("int", "time-millis"), u=logical("long", "time-micros"), m=logical("long", "timestamp-millis"), n=logical("long", "timestamp-nanos"),
               l=logical("long", "local-timestamp-millis"))
MOMENT, NANOS = 1_709_214_330_123, 1_709_214_330_123_456_789
DAYS = 19_782
AT = zigzag(DAYS) + zigzag(49_530_123) + zigzag(49_530_123_456) + zigzag(MOMENT) + zigzag(NANOS) + zigzag(MOMENT)
ISO = '{"d":"2024-02-29","t":"13:45:30.123","u":"13:45:30.123456","m":"2024-02-29T13:45:30.123Z","n":"2024-02-29T13:45:30.123456789Z","l":"2024-02-29T13:45:30.123"}'
options("timestamps-iso", "timestamps: iso", TIMES, [(AT, ISO)], timestamps="iso")
options("timestamps-epoch", "timestamps: epoch gives the underlying integers", TIMES, [
    (AT, f'{{"d":{DAYS},"t":49530123,"u":49530123456,"m":{MOMENT},"n":{NANOS},"l":{MOMENT}}}')], timestamps="epoch")
options("timestamps-epoch-string", "timestamps: epoch, the longs by the rule of int64", TIMES, [
    (AT, f'{{"d":{DAYS},"t":49530123,"u":"49530123456","m":"{MOMENT}","n":"{NANOS}","l":"{MOMENT}"}}')], timestamps="epoch", int64="string")
options("timestamps-date", "timestamps: date makes a Date of date and timestamp-millis, whose text is that of Date.prototype.toJSON", TIMES,
        [(AT, ISO.replace('"d":"2024-02-29"', '"d":"2024-02-29T00:00:00.000Z"'))], OPTIONS + "; ECMA-262, Date.prototype.toJSON", timestamps="date")

# Decimals.
MONEY = record(b=logical("bytes", "decimal", precision=9, scale=2), f=fixed(2, "decimal", precision=4, scale=2))
options("decimals-string", "decimals: string", MONEY, [("043039ff9c", '{"b":"123.45","f":"-1.00"}')], decimals="string")
options("decimals-raw", "decimals: raw gives the underlying bytes", MONEY, [("043039ff9c", '{"b":"MDk=","f":"/5w="}')], decimals="raw")
options("decimals-raw-hex", "decimals: raw in the form of bytes", MONEY, [("043039ff9c", '{"b":"3039","f":"ff9c"}')], decimals="raw", bytes="hex")

# Unions.
UNION = record(a=["null", "string"], b=["int", {"type": "record", "name": "In", "fields": [{"name": "x", "type": ["null", "long"]}]}])
ROWS = ["02" + "0278" + "00" + "0a", "00" + "02" + "0206", "00" + "02" + "00"]
options("unions-plain", "unions: plain", UNION, list(zip(ROWS, ('{"a":"x","b":5}', '{"a":null,"b":{"x":3}}', '{"a":null,"b":{"x":null}}'))), unions="plain")
options("unions-tagged", "unions: tagged, named types by full name, null bare", UNION, list(zip(ROWS, (
    '{"a":{"string":"x"},"b":{"int":5}}', '{"a":null,"b":{"n.In":{"x":{"long":3}}}}', '{"a":null,"b":{"n.In":{"x":null}}}'))), unions="tagged")
options("unions-tagged-kinds", "unions: tagged, every kind of branch", ["null", "boolean", "int", "long", "float", "double", "bytes", "string",
        {"type": "array", "items": "int"}, {"type": "map", "values": "int"}, {"type": "enum", "name": "E", "namespace": "n", "symbols": ["A"]}, {"type": "fixed", "name": "F", "size": 1}], [
    ("00", "null"), ("0201", '{"boolean":true}'), ("0402", '{"int":1}'), ("0602", '{"long":1}'), ("080000803f", '{"float":1}'), ("0a000000000000f03f", '{"double":1}'), ("0c02ff", '{"bytes":"/w=="}'),
    ("0e0278", '{"string":"x"}'), ("10020200", '{"array":[1]}'), ("12020278" + "0200", '{"map":{"x":1}}'), ("1400", '{"n.E":"A"}'), ("16ff", '{"F":"/w=="}')], unions="tagged")
options("unions-auto", "unions: auto tags where two branches look the same, and only there",
        record(clear=["int", "string"], optional=["null", "long"], numbers=["int", "long"], texts=["string", "bytes"]), [
            ("0002" + "0204" + "0006" + "000278", '{"clear":1,"optional":2,"numbers":{"int":3},"texts":{"string":"x"}}'),
            ("020261" + "00" + "0206" + "0202ff", '{"clear":"a","optional":null,"numbers":{"long":3},"texts":{"bytes":"/w=="}}')], unions="auto")

MOMENTS = record(clear=[logical("long", "timestamp-millis"), "double"], texts=[logical("int", "date"), "string"])
options("unions-auto-date", "unions: auto looks at the text that a Date has: it differs from a number and not from a string", MOMENTS, [
    ("00" + zigzag(MOMENT) + "00" + zigzag(DAYS), '{"clear":"2024-02-29T13:45:30.123Z","texts":{"int":"2024-02-29T00:00:00.000Z"}}'),
    ("02" + "000000000000f83f" + "020278", '{"clear":1.5,"texts":{"string":"x"}}')], unions="auto", timestamps="date")

# Unknown fields.
KEPT = SimpleNamespace(fds=compile_text('syntax = "proto2"; enum E { A = 0; B = 1; } message M { optional int32 n = 1; optional M child = 2; repeated E list = 3 [packed = true]; '
                                        'map<string, int32> map = 4; optional E one = 5; message Odd { optional int32 x = 1 [json_name = "$unknown"]; } }'))
REST = '"list":[],"map":{}'
for mode in ("keep", "drop"):
    def unknown(*fields):
        return f',"$unknown":[{",".join(chr(34) + b64(f) + chr(34) for f in fields)}]' if mode == "keep" else ""
    protobuf(f"options/unknown-fields-{mode}", f"unknownFields: {mode}: each with its tag, in the order of the payload", OPTIONS, KEPT, "M", [
        ("0805", f'{{"n":5,{REST}}}'),
        ("900601" + "0805" + "9a0602ffff", f'{{"n":5,{REST}{unknown("900601", "9a0602ffff")}}}'),
        ("0a0178" + "2807" + "9306" + "0801" + "9406", f'{{{REST}{unknown("0a0178", "2807", "930608019406")}}}'),
        ("1203" + "900601" + "1205" + "0805" + "900602", f'{{"child":{{"n":5,{REST}{unknown("900601", "900602")}}},{REST}}}'),
        ("1a020107" + "1a0107", f'{{"list":["B"],"map":{{}}{unknown("1a0107")}}}'),
        ("2207" + "0a01781005" + "1801", '{"list":[],"map":{"x":5}}')], unknownFields=mode)
    protobuf(f"options/unknown-fields-{mode}-name", f"unknownFields: {mode}, where a field has the name of the list", OPTIONS, KEPT, "M.Odd",
             [("0801", fails("SCHEMA_INVALID", "schema") if mode == "keep" else '{"$unknown":1}')], unknownFields=mode)
case("options/unknown-fields-select", "unknownFields: keep, where select leaves out fields: what is left out is not unknown", OPTIONS, files={"schema.fds": KEPT.fds},
     config={"value": {"format": "protobuf", "descriptorSet": file("schema.fds"), "message": "M", "select": ["n", "child"]}, "unknownFields": "keep"},
     records=[{"value": "0805" + "2801" + "900601" + "1205" + "2801" + "900601"}], expect=[{"value": ok(f'{{"n":5,"child":{{{REST},"one":"B"{unknown()},"$unknown":["{b64("900601")}"]}}}}')}])

# Names of fields.
NAMES = record(order_id="int", userName="int", plain="int", nested_one=record(inner_field="int") | {"name": "In"})
NUMBERS = "02040608"
for mode, text in (("json", '{"order_id":1,"userName":2,"plain":3,"nested_one":{"inner_field":4}}'), ("declared", '{"order_id":1,"userName":2,"plain":3,"nested_one":{"inner_field":4}}'),
                   ("camel", '{"orderId":1,"userName":2,"plain":3,"nestedOne":{"innerField":4}}'), ("snake", '{"order_id":1,"user_name":2,"plain":3,"nested_one":{"inner_field":4}}')):
    options(f"names-{mode}", f"fieldNames: {mode}", NAMES, [(NUMBERS, text)], fieldNames=mode)
NAMED = SimpleNamespace(fds=compile_text('syntax = "proto3"; message N { int32 order_id = 1; int32 userName = 2; int32 other = 3 [json_name = "@other"]; }'))
for mode, text in (("json", '{"orderId":1,"userName":2,"@other":3}'), ("declared", '{"order_id":1,"userName":2,"other":3}'), ("camel", '{"orderId":1,"userName":2,"other":3}'),
                   ("snake", '{"order_id":1,"user_name":2,"other":3}')):
    protobuf(f"options/names-{mode}-protobuf", f"fieldNames: {mode}", OPTIONS, NAMED, "N", [("080110021803", text)], fieldNames=mode)
# Runs of capitals, digits, and underscores outside: one rule for both formats (docs/options.md).
CAPITALS = ["HTTPServer", "orderID", "_id", "parseHTTP2Body", "item_1"]
CAPITALS_PROTO = SimpleNamespace(fds=compile_text('syntax = "proto3"; message N { ' + " ".join(f"int32 {name} = {i};" for i, name in enumerate(CAPITALS, 1)) + " }"))
for mode, text in (("camel", '{"httpServer":1,"orderId":2,"_id":3,"parseHttp2Body":4,"item1":5}'), ("snake", '{"http_server":1,"order_id":2,"_id":3,"parse_http2_body":4,"item_1":5}')):
    options(f"names-{mode}-capitals", f"fieldNames: {mode}, of names with runs of capitals", record(**{name: "int" for name in CAPITALS}), [("020406080a", text)], fieldNames=mode)
    protobuf(f"options/names-{mode}-capitals-protobuf", f"fieldNames: {mode}, of names with runs of capitals", OPTIONS, CAPITALS_PROTO, "N", [("08011002180320042805", text)], fieldNames=mode)
case("options/names-collide", "converted names that collide are an error of the schema", OPTIONS, config={"value": {"format": "avro", "framing": "confluent"}, "fieldNames": "camel"},
     files={"bad.avsc": '{"type":"record","name":"R","fields":[{"name":"a_b","type":"int"},{"name":"aB","type":"int"}]}\n', "good.avsc": '{"type":"record","name":"R","fields":[{"name":"a_b","type":"int"}]}\n'},
     schemas=[{"ref": "confluent:1", "type": "AVRO", "file": "bad.avsc"}, {"ref": "confluent:2", "type": "AVRO", "file": "good.avsc"}],
     records=[{"value": "00000000010204"}, {"value": "000000000202"}], expect=[{"value": {"error": {"category": "schema", "side": "value"}}}, {"value": ok('{"aB":1}', "confluent:2")}])

# The dialect `avro-json`.
options("avro-json", "the specification's JSON encoding: tagged unions, bytes as ISO-8859-1, logical types raw", record(
    u=["null", "string"], b="bytes", f={"type": "fixed", "name": "F", "size": 2}, e={"type": "enum", "name": "E", "symbols": ["A", "B"]},
    t=logical("long", "timestamp-millis"), d=logical("int", "date"), m=logical("bytes", "decimal", precision=9, scale=2), l="long", x="double"), [
    ("020278" + "04ff00" + "ff41" + "02" + zigzag(MOMENT) + zigzag(DAYS) + "043039" + zigzag(BIG) + "000000000000f03f",
     f'{{"u":{{"string":"x"}},"b":"ÿ\\u0000","f":"ÿA","e":"B","t":{MOMENT},"d":{DAYS},"m":"09","l":9007199254740993,"x":1}}'),
    ("00" + "00" + "0000" + "00" + "00" + "00" + "00" + "00" + "000000000000f87f", '{"u":null,"b":"","f":"\\u0000\\u0000","e":"A","t":0,"d":0,"m":"","l":0,"x":"NaN"}')],
    ENCODING, dialect="avro-json")
options("avro-json-unions", "named branches by full name, logical types by their underlying type", [
    "null", fixed(16, "uuid") | {"name": "Id", "namespace": "n"}, logical("long", "timestamp-micros"), {"type": "map", "values": ["null", "int"]}], [
    ("02" + "41" * 16, '{"n.Id":"' + "A" * 16 + '"}'), ("0402", '{"long":1}'), ("06" + "04" + avro_string("a") + "00" + avro_string("b") + "0202" + "00", '{"map":{"a":null,"b":{"int":1}}}')],
    ENCODING, dialect="avro-json")
options("avro-json-plain-unions", "an option overrides its dialect", record(u=["null", "string"], b="bytes"), [("020278" + "02ff", '{"u":"x","b":"ÿ"}')], OPTIONS, dialect="avro-json", unions="plain")
options("plain-is-default", "the dialect plain by name", record(u=["null", "string"], b="bytes"), [("020278" + "02ff", '{"u":"x","b":"' + b64("ff") + '"}')], OPTIONS, dialect="plain")
