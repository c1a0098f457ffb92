"""Avro beyond what fastavro decodes: the specification's newer logical types, invalid ones, edges of the calendar."""

from cases import avro_string, case, fails, file, ok, schema_text, zigzag

SPEC = "Avro specification 1.12"
LOGICAL = SPEC + ", Logical Types"


def avro(name, about, origin, schema, rows, reader=None, **options):
    """A case of (hex, expectation) under one schema."""
    side = {"format": "avro", "writer": file("writer.avsc")}
    files = {"writer.avsc": schema_text(schema)}
    if reader:
        side["reader"], files["reader.avsc"] = file("reader.avsc"), schema_text(reader)
    case(name if "/" in name else f"avro/{name}", about, origin, config={"value": side, **options}, files=files,
         records=[{"value": h} for h, _ in rows], expect=[{"value": x if isinstance(x, dict) else ok(x)} for _, x in rows])


def logical(kind, name, **more):
    return {"type": kind, "logicalType": name, **more}


def fixed(size, name, **more):
    return {"type": "fixed", "name": "F", "size": size, "logicalType": name, **more}


DAY = 86_400_000
avro("logical-timestamp-nanos", "instants with nine digits", LOGICAL, logical("long", "timestamp-nanos"), [
    (zigzag(1_709_214_330_123_456_789), '"2024-02-29T13:45:30.123456789Z"'), (zigzag(-1), '"1969-12-31T23:59:59.999999999Z"'), ("00", '"1970-01-01T00:00:00.000000000Z"'),
    (zigzag((1 << 63) - 1), '"2262-04-11T23:47:16.854775807Z"'), (zigzag(-(1 << 63)), '"1677-09-21T00:12:43.145224192Z"')])
avro("logical-local-timestamp-nanos", "local times with nine digits", LOGICAL, logical("long", "local-timestamp-nanos"),
     [(zigzag(1_709_214_330_123_456_789), '"2024-02-29T13:45:30.123456789"')])
avro("logical-years", "years outside 0000 to 9999 take ECMAScript's expanded form", "ECMA-262, Date Time String Format", logical("int", "date"), [
    (zigzag(2_932_896), '"9999-12-31"'), (zigzag(2_932_897), '"+010000-01-01"'), (zigzag(-719_528), '"0000-01-01"'), (zigzag(-719_529), '"-000001-12-31"'),
    (zigzag(100_000_000), '"+275760-09-13"'), (zigzag(-100_000_000), '"-271821-04-20"')])
avro("logical-years-timestamp", "expanded years in instants", "ECMA-262, Date Time String Format", logical("long", "timestamp-millis"), [
    (zigzag(2_932_897 * DAY), '"+010000-01-01T00:00:00.000Z"'), (zigzag(-719_528 * DAY - 1), '"-000001-12-31T23:59:59.999Z"'),
    (zigzag(100_000_000 * DAY), '"+275760-09-13T00:00:00.000Z"'), (zigzag(-100_000_000 * DAY), '"-271821-04-20T00:00:00.000Z"')])
avro("logical-range", "instants that no calendar holds are errors", "ECMA-262, Time Values and Time Range", logical("long", "timestamp-millis"), [
    (zigzag((1 << 63) - 1), fails("AVRO_LOGICAL_RANGE", path="$", at=0)), (zigzag(-(1 << 63)), fails("AVRO_LOGICAL_RANGE", path="$", at=0)), ("00", '"1970-01-01T00:00:00.000Z"')])
avro("logical-range-time", "a time of day beyond the day is an error", LOGICAL, logical("int", "time-millis"), [
    (zigzag(DAY - 1), '"23:59:59.999"'), (zigzag(DAY), fails("AVRO_LOGICAL_RANGE", path="$", at=0)), (zigzag(-1), fails("AVRO_LOGICAL_RANGE", path="$", at=0))])
avro("logical-range-epoch", "the underlying integers have no range", LOGICAL, logical("long", "timestamp-millis"),
     [(zigzag((1 << 63) - 1), "9223372036854775807")], timestamps="epoch")
avro("logical-decimal-empty", "no bytes are zero", LOGICAL, logical("bytes", "decimal", precision=9, scale=2), [("00", '"0.00"')])
avro("logical-decimal-fixed-least", "the least number of eight bytes, no digit lost", LOGICAL, fixed(8, "decimal", precision=18, scale=2),
     [("8000000000000000", '"-92233720368547758.08"'), ("7fffffffffffffff", '"92233720368547758.07"')])
avro("logical-decimal-long", "a decimal of a hundred digits", LOGICAL, logical("bytes", "decimal", precision=100, scale=50),
     [(zigzag(42) + (10**100 - 1).to_bytes(42, "big").hex(), '"' + "9" * 50 + "." + "9" * 50 + '"'), (zigzag(42) + (1 - 10**100).to_bytes(42, "big", signed=True).hex(), '"-' + "9" * 50 + "." + "9" * 50 + '"')])
avro("logical-big-decimal", "a decimal with its own scale, negative scales in plain notation", LOGICAL, logical("bytes", "big-decimal"),
     [("0804303904", '"123.45"'), ("06029c04", '"-1.00"'), ("06020000", '"0"'), ("06020105", '"1000"'), ("0602050b", '"5000000"')])
avro("logical-big-decimal-range", "a scale beyond a thousand is an error", LOGICAL, logical("bytes", "big-decimal"),
     [("080201" + zigzag(1001), fails("AVRO_LOGICAL_RANGE", path="$")), ("080201" + zigzag(1000), '"0.' + "0" * 999 + '1"')])
avro("logical-uuid-fixed", "a UUID of sixteen bytes as text", LOGICAL, fixed(16, "uuid"),
     [("89791762233641869674299b90a802e2", '"89791762-2336-4186-9674-299b90a802e2"'), ("00" * 16, '"00000000-0000-0000-0000-000000000000"')])
avro("logical-uuid-text", "a UUID of string is the text as it was written, UUID or not", LOGICAL, logical("string", "uuid"),
     [(avro_string("89791762-2336-4186-9674-299B90A802E2"), '"89791762-2336-4186-9674-299B90A802E2"'), (avro_string("none"), '"none"'), ("00", '""')])
avro("logical-duration", "months, days and milliseconds", LOGICAL, fixed(12, "duration"), [("010000000200000003000000", '"P1M2DT0.003S"')])
for name, schema, data, text in (
    ("decimal-scale-above-precision", logical("bytes", "decimal", precision=2, scale=3), "043039", '"MDk="'),
    ("decimal-precision-0", logical("bytes", "decimal", precision=0), "043039", '"MDk="'),
    ("decimal-without-precision", logical("bytes", "decimal"), "043039", '"MDk="'),
    ("decimal-negative-scale", logical("bytes", "decimal", precision=4, scale=-1), "043039", '"MDk="'),
    ("decimal-of-string", logical("string", "decimal", precision=4), "023a", '":"'),
    ("decimal-beyond-fixed", fixed(1, "decimal", precision=5, scale=1), "05", '"BQ=="'),
    ("date-of-long", logical("long", "date"), "02", "1"),
    ("timestamp-millis-of-int", logical("int", "timestamp-millis"), "02", "1"),
    ("time-millis-of-long", logical("long", "time-millis"), "02", "1"),
    ("uuid-of-fixed-8", fixed(8, "uuid"), "0001020304050607", '"AAECAwQFBgc="'),
    ("duration-of-fixed-11", fixed(11, "duration"), "00" * 11, '"AAAAAAAAAAAAAAA="'),
    ("not-a-name", logical("int", 5), "02", "1"),
):
    avro(f"logical-invalid-{name}", "an invalid logical type is ignored: the underlying type counts", LOGICAL, schema, [(data, text)])

avro("map-repeated-key", "a key that comes twice: the last value, at the first one's place", "Java Avro: maps are put one entry after another",
     {"type": "map", "values": "int"}, [("06" + avro_string("a") + "02" + avro_string("b") + "04" + avro_string("a") + "06" + "00", '{"a":3,"b":2}')])
avro("map-prototype", "keys that mean something to JavaScript are ordinary keys", SPEC + ", Maps", {"type": "map", "values": "int"},
     [("06" + avro_string("__proto__") + "02" + avro_string("constructor") + "04" + avro_string("__proto__") + "06" + "00", '{"__proto__":3,"constructor":2}')])
avro("names-enum", "enum symbols that the specification forbids", "Avro data in the field: names are not checked when reading",
     {"type": "enum", "name": "E", "symbols": ["A-B", "c d", "é\""]}, [("00", '"A-B"'), ("02", '"c d"'), ("04", '"é\\""')])
avro("resolve-enum-unresolved", "a symbol that the reader lacks, without a default", SPEC + ", Schema Resolution",
     {"type": "enum", "name": "E", "symbols": ["A", "B"]}, [("00", '"A"'), ("02", fails("AVRO_ENUM_UNRESOLVED", path="$", at=0)), ("00", '"A"')],
     reader={"type": "enum", "name": "E", "symbols": ["A", "Z"]})
avro("resolve-names", "records match by their last name", SPEC + ", Schema Resolution",
     {"type": "record", "name": "R", "namespace": "one", "fields": [{"name": "x", "type": "int"}]}, [("04", '{"x":2}')],
     reader={"type": "record", "name": "R", "namespace": "two", "fields": [{"name": "x", "type": "long"}]})
avro("resolve-recursive", "recursive types resolve", SPEC + ", Schema Resolution",
     {"type": "record", "name": "N", "fields": [{"name": "drop", "type": "string"}, {"name": "v", "type": "int"}, {"name": "next", "type": ["null", "N"]}]},
     [("0278" + "02" + "02" + "0279" + "04" + "00", '{"next":{"next":null,"v":2},"v":1}')],
     reader={"type": "record", "name": "N", "fields": [{"name": "next", "type": ["null", "N"]}, {"name": "v", "type": "long"}]})
