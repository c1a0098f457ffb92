"""Avro cases whose expectation fastavro gives: it writes the datum, reads it back, and `plain` shows it."""

import datetime
import io
import uuid
from decimal import Decimal

import fastavro

import jstext
import plain
from cases import avro_string, case, file, fails, schema_text, zigzag

ORIGIN = "fastavro 1.13.1"


def write(schema, datum) -> str:
    out = io.BytesIO()
    fastavro.schemaless_writer(out, fastavro.parse_schema(schema), datum)
    return out.getvalue().hex()


def read(schema, data, reader=None):
    stream = io.BytesIO(bytes.fromhex(data))
    parsed = fastavro.parse_schema(schema)
    reader = fastavro.parse_schema(reader) if reader else None
    value = fastavro.schemaless_reader(stream, parsed, reader, return_named_type=True)
    assert not stream.read(), data
    return value


def made(name, about, schema, *data, hexes=(), reader=None, bad=()):
    """A case of data that fastavro writes, data given as bytes, and then data that must fail: (hex, expectation)."""
    hexes = [write(schema, datum) for datum in data] + list(hexes)
    shown = plain.Avro(reader or schema)
    texts = [jstext.text(shown.tree(read(schema, h, reader))) for h in hexes]
    side = {"format": "avro", "writer": file("writer.avsc")}
    files = {"writer.avsc": schema_text(schema)}
    if reader:
        side["reader"] = file("reader.avsc")
        files["reader.avsc"] = schema_text(reader)
    case(
        f"avro/{name}", about, ORIGIN, config={"value": side}, files=files,
        records=[{"value": h} for h in hexes] + [{"value": h} for h, _ in bad],
        expect=[{"value": {"json": t}} for t in texts] + [{"value": x} for _, x in bad],
    )


def record(name, /, **fields):
    return {"type": "record", "name": name, "fields": [{"name": k, "type": t} for k, t in fields.items()]}


# Primitives.
made("null", "null takes no bytes", "null", None)
made("boolean", "both booleans", "boolean", True, False)
made("int", "ints at the ends of their range and around varint sizes", "int",
     0, -1, 1, -64, 63, -65, 64, 8191, 8192, -(1 << 31), (1 << 31) - 1)
made("long", "longs at the ends of their range, beyond 2^53 too, keep every digit", "long",
     0, -1, (1 << 53) - 1, 1 << 53, (1 << 53) + 1, -(1 << 53) - 1, (1 << 63) - 1, -(1 << 63))
made("overlong-varint", "a varint with needless zero groups is the same number, as every Avro library has it", "long",
     hexes=["8000", "808000", "81808000", "80808080808080808000"])
made("float", "a float is shown as the exact double", "float",
     0.0, -0.0, 1.0, 0.1, 3.4028234663852886e38, 1.401298464324817e-45, 1.17549435e-38, 16777216.0, 1e21,
     float("nan"), float("inf"), float("-inf"))
made("double", "doubles as Number::toString lays them out", "double",
     0.0, -0.0, 1.0, -1.5, 0.1, 999.99, 1e20, 1e21, 1.5e21, 123456789012345680000.0, 1e-6, 1e-7, 1.25e-7, 5e-324,
     2.2250738585072014e-308, 1.7976931348623157e308, 9007199254740993.0, 0.1 + 0.2, 1e300, 4.35, 100.0,
     float("nan"), float("inf"), float("-inf"))
made("double-nan-payload", "every NaN is NaN, whatever its payload and sign", "double",
     hexes=["010000000000f07f", "000000000000f8ff", "ffffffffffffffff"])
made("bytes", "bytes as base64 with padding", "bytes", b"", b"\x00", b"\xff\x00", b"\x01\x02\x03", bytes(range(256)))
made("string", "strings of every plane, with what JSON escapes and what it does not", "string",
     "", "Laptop", "ë – 漢字 – 😀", "\"\\/\b\f\n\r\t", "\x00\x01\x1f\x7f\x80", "\u2028\u2029\ufeff\uffff", "</script>",
     "0123456789abcde", "0123456789abcdef", "0123456789abcdef\"", "x" * 15 + "é", "é" * 40, "x" * 1000)
made("fixed", "fixed as base64", {"type": "fixed", "name": "F", "size": 4}, b"\x00\x01\xfe\xff")
made("fixed-empty", "a fixed of no bytes", {"type": "fixed", "name": "F", "size": 0}, b"")
made("enum", "an enum is its symbol", {"type": "enum", "name": "Suit", "symbols": ["SPADES", "HEARTS", "CLUBS"]},
     "SPADES", "HEARTS", "CLUBS")

# Complex types.
made("record", "the record of the framing examples", record("Product", id="int", name="string", price="double"),
     {"id": 1001, "name": "Laptop", "price": 999.99})
made("record-empty", "a record without fields", record("Nothing"), {})
made("record-nested", "records in records keep the order of their schema",
     record("A", z=record("B", y="int", x=record("C", b="string", a="null")), a="boolean"),
     {"z": {"y": 7, "x": {"b": "hi", "a": None}}, "a": True})
made("record-integer-names", "integer-like names stay in the order of the schema in JSON text",
     record("R", **{"b": "int", "2": "int", "1": "int"}), {"b": 3, "2": 1, "1": 2})
made("array", "arrays, empty and of several sizes", {"type": "array", "items": "long"}, [], [1, 2], list(range(-5, 200)))
made("array-of-arrays", "arrays in arrays", {"type": "array", "items": {"type": "array", "items": "string"}},
     [[], ["a"], ["b", "c"]], [])
made("array-of-null", "items without bytes, below the limit", {"type": "array", "items": "null"}, [None] * 3, [None] * 1000)
made("array-of-empty-records", "records without bytes, below the limit", {"type": "array", "items": record("E")},
     [{}, {}, {}])
made("array-blocks", "several blocks, and blocks with negative counts and sizes, are one array",
     {"type": "array", "items": "int"},
     hexes=["0402040206" + "00", "0304" + "0204" + "00", "02020304" + "0406" + "0208" + "00", "010202" + "010204" + "00"])
made("array-blocks-of-strings", "a negative count with a size in bytes, for items of different lengths",
     {"type": "array", "items": "string"},
     hexes=["030a" + avro_string("ab") + avro_string("c") + "00", "030a" + avro_string("ab") + avro_string("c") + "02" + avro_string("") + "00"])
made("map", "maps keep the order of their entries", {"type": "map", "values": "int"},
     {}, {"b": 1, "a": 2}, {"": 0, "2": 1, "1": 2, "é": 3})
made("map-of-records", "a map of records", {"type": "map", "values": record("V", n="long", s=["null", "string"])},
     {"one": {"n": 1, "s": None}, "two": {"n": 2, "s": "x"}})
made("map-blocks", "several blocks, and blocks with negative counts and sizes, are one map", {"type": "map", "values": "int"},
     hexes=["02" + avro_string("a") + "02" + "0106" + avro_string("b") + "04" + "00"])
made("union", "a union is the branch's value",
     ["null", "boolean", "int", "string", "double"], None, True, 5, "five", 5.5)
made("union-named", "records, enums, fixed, arrays and maps as branches",
     [record("A", x="int"), record("B", x="int"), {"type": "enum", "name": "E", "symbols": ["P", "Q"]},
      {"type": "array", "items": "int"}, {"type": "map", "values": "int"}, "null"],
     ("A", {"x": 1}), ("B", {"x": 2}), ("E", "Q"), [1, 2], {"k": 3}, None)
made("union-of-one", "a union of one branch still writes its index", ["string"], "x")
made("union-null-second", "null as the second branch", record("R", a=["string", "null"], b=["int", "null"]),
     {"a": "x", "b": None}, {"a": None, "b": 3})
made("recursion-list", "a linked list", {"type": "record", "name": "Node", "fields": [
     {"name": "value", "type": "int"}, {"name": "next", "type": ["null", "Node"]}]},
     {"value": 1, "next": {"value": 2, "next": {"value": 3, "next": None}}}, {"value": 0, "next": None})
made("recursion-tree", "a tree through arrays and maps", {"type": "record", "name": "Tree", "namespace": "t", "fields": [
     {"name": "kids", "type": {"type": "array", "items": "Tree"}},
     {"name": "named", "type": {"type": "map", "values": "t.Tree"}}]},
     {"kids": [{"kids": [], "named": {"x": {"kids": [], "named": {}}}}, {"kids": [], "named": {}}], "named": {}})
made("recursion-mutual", "two records that contain each other", {"type": "record", "name": "Ping", "fields": [
     {"name": "pong", "type": ["null", record("Pong", ping=["null", "Ping"])]}]},
     {"pong": ("Pong", {"ping": ("Ping", {"pong": None})})}, {"pong": None})
made("named-reuse", "one named type in several places", {"type": "record", "name": "R", "namespace": "n.s", "fields": [
     {"name": "a", "type": {"type": "fixed", "name": "Id", "size": 2}}, {"name": "b", "type": "Id"},
     {"name": "c", "type": "n.s.Id"}, {"name": "d", "type": {"type": "array", "items": "Id"}}]},
     {"a": b"\x01\x02", "b": b"\x03\x04", "c": b"\x05\x06", "d": [b"\x07\x08"]})
made("namespaces", "a name with dots brings its own namespace, which what it encloses inherits",
     {"type": "record", "name": "a.b.Outer", "namespace": "ignored", "fields": [
         {"name": "inner", "type": {"type": "enum", "name": "Color", "symbols": ["RED", "BLUE"]}},
         {"name": "other", "type": {"type": "record", "name": "Rec", "namespace": "x.y", "fields": [
             {"name": "c", "type": "a.b.Color"}]}},
         {"name": "again", "type": "x.y.Rec"}]},
     hexes=["00" + "02" + "00"])
made("wide-record", "more fields than one word of presence or slots holds",
     record("Wide", **{f"f{i}": ["int", "string", "boolean"][i % 3] for i in range(90)}),
     {f"f{i}": [i, f"s{i}", i % 2 == 0][i % 3] for i in range(90)})

# Names that the specification forbids and data has.
made("names-namespace", "a namespace with a space or a hyphen", {"type": "record", "name": "R", "namespace": "Order V1.a-b",
     "fields": [{"name": "x", "type": "int"}]}, {"x": 5})
made("names-fields", "field names with hyphens, dots, spaces, quotes and letters of any script",
     record("R", **{"a-b": "int", "a.b": "int", "a b": "int", "Ördér": "int", "q\"\\q": "int", "1st": "int", "漢": "int"}),
     {"a-b": 1, "a.b": 2, "a b": 3, "Ördér": 4, "q\"\\q": 5, "1st": 6, "漢": 7})
made("names-prototype", "names that mean something to JavaScript are ordinary names",
     record("R", __proto__="int", constructor={"type": "map", "values": "int"}, toString="string", hasOwnProperty="null"),
     {"__proto__": 1, "constructor": {"__proto__": 2, "constructor": 3}, "toString": "x", "hasOwnProperty": None})
made("attributes", "attributes that no specification knows are kept out of the way",
     {"type": "record", "name": "R", "compatibility": "BACKWARD", "doc": "d", "version": 3, "aliases": ["Old"], "fields": [
         {"name": "tags", "type": {"type": "array", "name": "stray", "items": "string"}, "pii": True, "doc": "x", "order": "ignore"},
         {"name": "n", "type": {"type": "int", "connect.name": "x"}, "default": 0}]},
     {"tags": ["a"], "n": 4})
made("primitive-as-object", "a primitive written as an object", record(
     "R", a={"type": "string"}, b={"type": "array", "items": {"type": "long"}}), {"a": "x", "b": [1]})

# Logical types.
UTC = datetime.timezone.utc


def moment(*parts, zone=UTC):
    return datetime.datetime(*parts, tzinfo=zone)


made("logical-decimal-bytes", "decimals of bytes at their scale, sign and trailing zeros kept",
     {"type": "bytes", "logicalType": "decimal", "precision": 30, "scale": 2},
     Decimal("123.45"), Decimal("-1.00"), Decimal("0.00"), Decimal("0.05"), Decimal("-0.05"), Decimal("100.00"), Decimal("1.28"),
     Decimal("1234567890123456789012345.67"), Decimal("-1234567890123456789012345.67"))
made("logical-decimal-scale-0", "a decimal of scale 0 has no point", {"type": "bytes", "logicalType": "decimal", "precision": 20},
     Decimal(0), Decimal(127), Decimal(128), Decimal(-128), Decimal(-129), Decimal("18446744073709551616"))
made("logical-decimal-small", "a decimal smaller than one in plain notation",
     {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 12},
     Decimal("0.000000000001"), Decimal("-0.000000000010"), Decimal("0.999999999999"))
made("logical-decimal-fixed", "decimals of fixed", {"type": "fixed", "name": "D", "size": 8, "logicalType": "decimal",
     "precision": 18, "scale": 2}, Decimal("-1.00"), Decimal("123.45"), Decimal("0.00"))
made("logical-decimal-padded", "needless sign bytes change nothing",
     {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}, hexes=["0800003039", "08ffffff9c"])
made("logical-uuid-string", "a UUID of string", {"type": "string", "logicalType": "uuid"},
     uuid.UUID("89791762-2336-4186-9674-299b90a802e2"))
made("logical-date", "days before and after 1970, leap days, the ends of four-digit years",
     {"type": "int", "logicalType": "date"}, *[datetime.date.fromisoformat(d) for d in (
         "1970-01-01", "1969-12-31", "2024-02-29", "2000-02-29", "1900-02-28", "1900-03-01", "0001-01-01", "9999-12-31", "1582-10-10")])
made("logical-time-millis", "times of day with three digits", {"type": "int", "logicalType": "time-millis"},
     datetime.time(0, 0), datetime.time(13, 45, 30, 123000), datetime.time(23, 59, 59, 999000))
made("logical-time-micros", "times of day with six digits", {"type": "long", "logicalType": "time-micros"},
     datetime.time(0, 0), datetime.time(13, 45, 30, 123456), datetime.time(23, 59, 59, 999999))
made("logical-timestamp-millis", "instants with three digits, before 1970 too", {"type": "long", "logicalType": "timestamp-millis"},
     moment(1970, 1, 1), moment(2024, 2, 29, 13, 45, 30, 123000), moment(1969, 12, 31, 23, 59, 59, 999000), moment(1, 1, 1),
     moment(9999, 12, 31, 23, 59, 59, 999000), moment(2023, 4, 4, 18, 12, 21, 751000))
made("logical-timestamp-micros", "instants with six digits", {"type": "long", "logicalType": "timestamp-micros"},
     moment(1970, 1, 1), moment(2024, 2, 29, 13, 45, 30, 123456), moment(1969, 12, 31, 23, 59, 59, 999999))
made("logical-local-timestamp-millis", "local times have no zone", {"type": "long", "logicalType": "local-timestamp-millis"},
     moment(2024, 2, 29, 13, 45, 30, 123000, zone=None), moment(1969, 12, 31, 23, 59, 59, 999000, zone=None))
made("logical-local-timestamp-micros", "local times with six digits", {"type": "long", "logicalType": "local-timestamp-micros"},
     moment(2024, 2, 29, 13, 45, 30, 123456, zone=None))
made("logical-unknown", "an unknown logical type is its underlying type", record(
     "R", a={"type": "long", "logicalType": "timestamp-fortnights"}, b={"type": "string", "logicalType": "money"},
     c={"type": "int", "logicalType": "iso8601"}), {"a": 5, "b": "x", "c": 3})
made("logical-in-union", "logical types as branches and items", record(
     "R", at=["null", {"type": "long", "logicalType": "timestamp-millis"}],
     prices={"type": "array", "items": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
     days={"type": "map", "values": {"type": "int", "logicalType": "date"}}),
     {"at": moment(2024, 2, 29), "prices": [Decimal("1.50"), Decimal("2.00")], "days": {"d": datetime.date(2024, 2, 29)}},
     {"at": None, "prices": [], "days": {}})

# Resolution of a writer's schema into a reader's.
WIDE = record("R", i="int", l="long", f="float", s="string", b="bytes")
made("resolve-promotion", "promotions of numbers, and string and bytes in place of each other", WIDE,
     {"i": 1 << 24, "l": 1 << 40, "f": 0.5, "s": "é", "b": b"text"},
     reader=record("R", i="long", l="double", f="double", s="bytes", b="string"))
made("resolve-promotion-int", "int in place of every wider number", record("R", a="int", b="int", c="int"),
     {"a": 7, "b": -7, "c": 1 << 30}, reader=record("R", a="double", b="float", c="long"))
made("resolve-order", "the output has the reader's order and fields", record("R", a="int", b="string", c={"type": "array", "items": "int"}, d="boolean"),
     {"a": 1, "b": "two", "c": [1, 2, 3], "d": True}, reader=record("R", d="boolean", b="string", a="int"))
made("resolve-defaults", "fields that the writer lacks take the reader's defaults", record("R", a="int"), {"a": 1}, reader={
     "type": "record", "name": "R", "fields": [
         {"name": "n", "type": ["null", "string"], "default": None}, {"name": "a", "type": "int"},
         {"name": "s", "type": "string", "default": "x\"é"}, {"name": "l", "type": "long", "default": 9007199254740993},
         {"name": "d", "type": "double", "default": 1.5}, {"name": "list", "type": {"type": "array", "items": "int"}, "default": [1, 2]},
         {"name": "m", "type": {"type": "map", "values": "int"}, "default": {"k": 1}}, {"name": "t", "type": "boolean", "default": True},
         {"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["A", "B"]}, "default": "B"}]})
made("resolve-aliases", "a reader's aliases name the writer's record and fields",
     {"type": "record", "name": "Old", "namespace": "n", "fields": [{"name": "first", "type": "int"}, {"name": "second", "type": "int"}]},
     {"first": 1, "second": 2},
     reader={"type": "record", "name": "New", "namespace": "n", "aliases": ["Old"], "fields": [
         {"name": "two", "type": "long", "aliases": ["second"]}, {"name": "one", "type": "long", "aliases": ["first"]}]})
made("resolve-enum", "symbols by name; one that the reader lacks is its default",
     {"type": "enum", "name": "E", "symbols": ["A", "B", "C"]}, "A", "B", "C",
     reader={"type": "enum", "name": "E", "symbols": ["C", "A", "OTHER"], "default": "OTHER"})
made("resolve-union-both", "the branch that was written finds its place in the reader's union", ["int", "string", "null"],
     5, "x", None, reader=["null", "string", "long"])
made("resolve-union-reader", "a reader's union takes what the writer wrote bare", record("R", a="int", b="string"),
     {"a": 1, "b": "x"}, reader=record("R", a=["null", "long"], b=["null", "string"]))
made("resolve-skip", "fields of every kind that the reader leaves out are passed over", record(
     "R", a="string", b={"type": "map", "values": ["null", "bytes"]}, c={"type": "fixed", "name": "F", "size": 3}, d="double",
     e={"type": "array", "items": record("S", x="long", y="float")}, f={"type": "enum", "name": "E", "symbols": ["A"]}, z="int"),
     {"a": "skip", "b": {"k": b"v", "n": None}, "c": b"abc", "d": 1.5, "e": [{"x": 1, "y": 2.0}], "f": "A", "z": 42},
     reader=record("R", z="int"))
made("resolve-skip-blocks", "a block with a size is passed over at once",
     record("R", a={"type": "array", "items": "string"}, z="int"),
     hexes=["030a" + avro_string("ab") + avro_string("c") + "00" + zigzag(42)], reader=record("R", z="int"))
made("resolve-union-writer", "a branch that the reader cannot take is an error, the others are not", ["int", "string"], 5,
     reader="long", bad=[("02" + avro_string("x"), fails("AVRO_UNION_UNRESOLVED", path="$", at=0))])
