"""Avro where schemas differ from each other: resolution, defaults, references; Avro's own framings; hostile schemas."""

import json

import fastavro

from cases import avro_string, case, fails, file, ok, schema_text, zigzag
from specified.avro import SPEC, avro, fixed, logical
from specified.common import AVRO, AVSC, CONFLUENT_42, JSON, avro as product

RESOLUTION = SPEC + ", Schema Resolution"
RECORDS = SPEC + ", Complex Types, Records"
# fastavro prints the bytes as they stand in the header: lowest first.
FINGERPRINT = fastavro.schema.fingerprint(fastavro.schema.to_parsing_canonical_form(json.loads(AVSC)), "CRC-64-AVRO")


def record(name, *fields, **more):
    return {"type": "record", "name": name, **more, "fields": [
        {"name": f[0], "type": f[1], **({"default": f[2]} if len(f) > 2 else {})} for f in fields]}


# Resolution.
avro("resolve-union-default", "a union's default is of the first branch that it is a value of", RECORDS, record("R"), [
    ("", '{"a":"x","b":20.625,"c":null,"d":[1]}')], reader=record(
    "R", ("a", ["null", "string"], "x"), ("b", ["int", "double"], 20.625), ("c", ["null", "int"], None),
    ("d", [{"type": "map", "values": "int"}, {"type": "array", "items": "int"}], [1])))
avro("resolve-default-bytes", "defaults of bytes and fixed are ISO-8859-1", RECORDS, record("R"), [("", '{"b":"AP8=","f":"/0E="}')], reader=record(
    "R", ("b", "bytes", "\u0000\u00ff"), ("f", {"type": "fixed", "name": "F", "size": 2}, "\u00ffA")))
avro("resolve-default-unused", "a writer's default that does not fit its type is never looked at", RECORDS, record("R", ("a", "int", "no int")),
     [("02", '{"b":1}')], reader={"type": "record", "name": "R", "fields": [{"name": "b", "type": "int", "aliases": ["a"]}]})
avro("resolve-type-alias", "a reader's alias of a type, in another namespace, and of its field", RESOLUTION, record("Old", ("x", "int"), namespace="a"),
     [("02", '{"y":1}')], reader={"type": "record", "name": "New", "namespace": "b", "aliases": ["a.Old"], "fields": [
         {"name": "y", "type": "long", "aliases": ["x"]}]})
def renamed(*fields):
    """A reader's record of ints, each with its alias and, where there is one, its default."""
    return {"type": "record", "name": "R", "fields": [
        {"name": name, "type": "int", "aliases": aliases, **({"default": default[0]} if default else {})} for name, aliases, *default in fields]}


TWO_INTS = record("R", ("a", "int"), ("b", "int"))
for name, reader, expected in (
        ("shift", renamed(("b", ["a"]), ("c", ["b"])), '{"b":1,"c":2}'), ("shift-defaults", renamed(("b", ["a"], -1), ("c", ["b"], -1)), '{"b":1,"c":2}'),
        ("swap", renamed(("b", ["a"]), ("a", ["b"])), '{"b":1,"a":2}'), ("own-name", renamed(("b", ["a"]), ("a", [])), '{"b":2,"a":1}')):
    avro(f"resolve-alias-{name}", "names that move from field to field: an alias counts where the writer's field of the own name is read as another",
         "Avro specification 1.12, Aliases; Java Avro 1.12.1" if name in ("shift", "swap") else "Avro specification 1.12, Aliases", TWO_INTS, [("0204", expected)], reader=reader)
WHY = "; `checkCompatibility` lists every reason"
avro("resolve-reasons", "why the data can't be read is told", RESOLUTION, record("R", ("a", "string")),
     [("0278", fails("SCHEMA_INCOMPATIBLE", "schema", path="$.a", at=0, hint="the writer's `string` can't be read as the reader's `int`" + WHY))], reader=record("R", ("a", "int")))
avro("resolve-reasons-field", "the reader's field that the writer doesn't have is named", RESOLUTION, record("R", ("a", "string")),
     [("0278", fails("SCHEMA_INCOMPATIBLE", "schema", path="$", at=0, hint="the writer's record has no field `b`, and the reader's no default of its type" + WHY))],
     reader=record("R", ("a", "string"), ("b", "int")))
BRANCHES = 300
avro("resolve-many-branches", "a branch among hundreds that are called otherwise", RESOLUTION,
     [record(f"W{i}", (f"a{i}", "int")) for i in range(BRANCHES)], [(zigzag(BRANCHES - 1) + "0a", f'{{"a{BRANCHES - 1}":5}}')],
     reader=[record(f"R{i}", (f"a{i}", "int")) for i in range(BRANCHES)])
case("avro/schema-byte-order-mark", "a byte order mark before a schema is passed over", "kafkalens: text files of other systems",
     config={"value": {"format": "avro", "writer": file("writer.avsc")}}, files={"writer.avsc": '\ufeff"int"'}, records=[{"value": "02"}], expect=[{"value": ok("1")}])
avro("resolve-unqualified", "enum and fixed of a union match by their unqualified names", RESOLUTION, record(
    "R", ("e", {"type": "enum", "name": "a.E", "symbols": ["A", "B"]}), ("f", {"type": "fixed", "name": "a.F", "size": 1})),
     [("0241", '{"e":"B","f":"QQ=="}')], reader=record(
    "R", ("e", ["null", {"type": "enum", "name": "b.E", "symbols": ["B", "A"]}]), ("f", ["null", {"type": "fixed", "name": "b.F", "size": 1}])))
avro("resolve-top-level-name", "records are read whatever they are called", "Java Avro 1.12.1", record("Order", ("x", "int")), [("02", '{"x":1}')],
     reader=record("OrderMore", ("x", "long")))
avro("resolve-empty-items", "what can't be resolved is an error of the data that hold it", "Java Avro 1.12.1", {"type": "array", "items": "string"}, [
    ("00", "[]"), ("02" + avro_string("x") + "00", fails("SCHEMA_INCOMPATIBLE", "schema", path="$[0]", at=1))], reader={"type": "array", "items": "int"})

# Every logical type in the dialect `avro-json` is its underlying type.
avro("options/avro-json-logical", "logical types are their underlying types", SPEC + ", JSON Encoding", record(
    "R", ("date", logical("int", "date")), ("tm", logical("int", "time-millis")), ("tu", logical("long", "time-micros")),
    *((f"t{i}", logical("long", name)) for i, name in enumerate((
        "timestamp-millis", "timestamp-micros", "timestamp-nanos", "local-timestamp-millis", "local-timestamp-micros", "local-timestamp-nanos"))),
    ("dec", logical("bytes", "decimal", precision=4, scale=2)), ("big", logical("bytes", "big-decimal")), ("uuid", logical("string", "uuid")),
    ("fu", fixed(16, "uuid") | {"name": "U"}), ("fd", fixed(2, "decimal", precision=4, scale=1) | {"name": "D"}), ("dur", fixed(12, "duration") | {"name": "P"})), [
    ("".join(zigzag(i) for i in range(1, 10)) + "0230" + "06" + "0230" + "02" + avro_string("id") + "41" * 16 + "4142" + "43" * 12,
     '{"date":1,"tm":2,"tu":3,"t0":4,"t1":5,"t2":6,"t3":7,"t4":8,"t5":9,"dec":"0","big":"\\u00020\\u0002","uuid":"id","fu":"' + "A" * 16 + '","fd":"AB","dur":"' + "C" * 12 + '"}')],
    dialect="avro-json")

# References, each before and behind the one that it refers to.
LINE = schema_text(record("Line", ("product", "Product"), ("tag", "Tag")))
TAG = schema_text(record("Tag", ("of", ["null", "Product"]), ("name", "string")))
for name, order in (("references-order", ["product", "tag"]), ("references-reversed", ["tag", "product"])):
    case(f"contracts/{name}", "schemas that a schema refers to, in any order", "contracts of kafkalens",
         config={"value": {"format": "avro", "framing": "confluent"}}, files={"product.avsc": AVSC, "tag.avsc": TAG, "line.avsc": LINE},
         schemas=[{"ref": "confluent:42", "type": "AVRO", "file": "line.avsc", "references": [{"name": n.capitalize(), "file": f"{n}.avsc"} for n in order]}],
         records=[{"value": CONFLUENT_42 + AVRO + "00" + avro_string("x")}],
         expect=[{"value": ok('{"product":' + JSON + ',"tag":{"of":null,"name":"x"}}', "confluent:42")}])

# Avro's own framings.
SINGLE = "c301" + FINGERPRINT
REFERENCE = f"rabin:{bytes.fromhex(FINGERPRINT)[::-1].hex()}"
OBJECT = SPEC + ", Single-object encoding; the fingerprint by fastavro 1.13.1"
case("framing/single-object", "the fingerprint is the local writer's", OBJECT, config=product(framing="single-object"), files={"product.avsc": AVSC}, records=[
    {"value": SINGLE + AVRO}, {"value": "c301" + "00" * 8 + AVRO}, {"value": "c302"}, {"value": SINGLE[:-2]}], expect=[
    {"value": ok(JSON, REFERENCE)}, {"value": fails("SCHEMA_ID_UNEXPECTED", "schema")}, {"value": fails("SINGLE_OBJECT_MARKER", "framing", at=1)},
    {"value": fails("FRAMING_TRUNCATED", "framing", at=9)}])
case("framing/single-object-added", "a schema that was added is found by its fingerprint, whatever it is called", OBJECT,
     config={"value": {"format": "avro", "framing": "single-object"}}, files={"product.avsc": AVSC}, missing=[REFERENCE],
     schemas=[{"ref": "local:product", "type": "AVRO", "file": "product.avsc"}], records=[{"value": SINGLE + AVRO}], expect=[{"value": ok(JSON, REFERENCE)}])


def container(codec, *blocks, schema="int"):
    """A container file, of ints as a rule: each block a count and its bytes in hexadecimal."""
    sync = "07" * 16
    meta = "04" + avro_string("avro.schema") + avro_string(json.dumps(schema, separators=(",", ":"))) + avro_string("avro.codec") + avro_string(codec) + "00"
    return "4f626a01" + meta + sync + "".join(zigzag(n) + zigzag(len(data) // 2) + data + sync for n, data in blocks)


case("framing/ocf", "an object container file is the array of its data", SPEC + ", Object Container Files",
     config={"value": {"format": "avro", "framing": "ocf"}}, records=[{"value": x} for x in (
         container("null", (2, "0204"), (1, "06")), container("null"), container("deflate", (1, "010100feff02")), container("lzma9"),
         container("null", (1, "0204")), "4f626a02", container("null", (1, "02"), (2, "04ffffffffff7f")), container("null", (1, "02"), (2, "04")))],
     expect=[{"value": x} for x in (ok("[1,2,3]"), ok("[]"), ok("[1]"), fails("CONTAINER_CODEC", "framing"),
                                    fails("AVRO_TRAILING", space="body", at=1), fails("CONTAINER_INVALID", "framing", at=3),
                                    fails("AVRO_INT_RANGE", space="body", at=2), fails("AVRO_TRUNCATED", space="body", at=2))])

NULLS = {"type": "record", "name": "N", "fields": [{"name": f"n{i}", "type": "null"} for i in range(10)]}
case("framing/ocf-items", "data without bytes are counted by what they hold", "limits of kafkalens", config={"value": {"format": "avro", "framing": "ocf"}, "limits": {"items": 100}},
     records=[{"value": container("null", (n, data), schema=NULLS)} for n, data in ((2, ""), (1000, ""), (1000, "00" * 1000))],
     expect=[{"value": ok("[" + ",".join(["{" + ",".join(f'"n{i}":null' for i in range(10)) + "}"] * 2) + "]")}, {"value": fails("AVRO_ITEMS", "limit", space="body", at=0)}, {"value": fails("AVRO_ITEMS", "limit", space="body", at=0)}])

case("framing/ocf-length", "lengths that no host of 32 bits can address", SPEC + ", Object Container Files; an int in Java Avro",
     config={"value": {"format": "avro", "framing": "ocf"}},
     records=[{"value": "4f626a01" + "02" + zigzag(n)} for n in (1 << 31, (1 << 32) + 2, -1, (1 << 31) - 1)],
     expect=[{"value": fails("AVRO_LENGTH", at=5)}] * 3 + [{"value": fails("FRAMING_TRUNCATED", "framing", at=10)}])

# Written by fastavro.writer with codec="deflate": behind the stream it leaves three bytes of zlib's checksum.
FASTAVRO = ("4f626a0104146176726f2e636f6465630e6465666c617465166176726f2e736368656d6192017b2274797065223a20227265636f7264222c20226e616d65223a202252222c20226669656c6473223a205b7b22"
            "6e616d65223a202261222c202274797065223a2022696e74227d5d7d0030313233343536373839616263646566040e63620100000a0030313233343536373839616263646566")
case("framing/ocf-fastavro", "bytes behind a block's deflate stream are passed over", "fastavro 1.13.1; Avro Java's DeflateCodec", config={"value": {"format": "avro", "framing": "ocf"}},
     records=[{"value": FASTAVRO}], expect=[{"value": ok('[{"a":1},{"a":2}]')}])

# Schemas of a few kilobytes that stand for 2^27 values.
for name, leaf, code in (("limit-schema-doubling", [], fails("AVRO_ITEMS", "limit")), ("limit-schema-doubling-int", [("x", "int")], fails("AVRO_TRUNCATED"))):
    schema = record("R0", *leaf)
    for i in range(1, 28):
        schema = record(f"R{i}", ("a", schema), ("b", f"R{i - 1}"))
    avro(name, "27 levels, each of two records of the level below", "limits of kafkalens", schema, [("", code)])
