"""Parts of values, and records by filter criteria: `select` and `where`."""

from cases import b64, case, fails, file, ok, schema_text, values, zigzag

SELECT = "docs/options.md, Selection"
WHERE = "docs/options.md, Records by criteria; AWS Lambda event filtering"

ITEM = {"type": "record", "name": "Item", "fields": [{"name": "sku", "type": "string"}, {"name": "price", "type": "double"}]}
ORDER = {"type": "record", "name": "Order", "fields": [
    {"name": "order_id", "type": "string"}, {"name": "total", "type": "long"}, {"name": "items", "type": {"type": "array", "items": ITEM}},
    {"name": "counts", "type": {"type": "map", "values": "Item"}}, {"name": "first", "type": ["null", "Item"]}, {"name": "status", "type": {"type": "enum", "name": "S", "symbols": ["A", "B"]}}]}


def text(t):
    return zigzag(len(t)) + t.encode().hex()


def item(sku, price="0" * 16):
    return text(sku) + price


def order(name, status=0, total=5):
    items = zigzag(2) + item("x") + item("y") + "00"
    return text(name) + zigzag(total) + items + zigzag(1) + text("k") + item("z") + "00" + "02" + item("w") + zigzag(status)


def avro(name, about, select, rows, schema=ORDER, reader=None, **options):
    side = {"format": "avro", "writer": file("writer.avsc"), "select": select}
    files = {"writer.avsc": schema_text(schema)}
    if reader:
        side["reader"], files["reader.avsc"] = file("reader.avsc"), schema_text(reader)
    case(f"options/{name}", about, SELECT, config={"value": side, **options}, files=files,
         records=[{"value": h} for h, _ in rows], expect=[{"value": x if isinstance(x, dict) else ok(x)} for _, x in rows])


avro("select-avro", "select: a field, a field of each item; everything else is passed over", ["order_id", "items[].sku"],
     [(order("o1"), '{"order_id":"o1","items":[{"sku":"x"},{"sku":"y"}]}'),
      (order("o2")[:-2], fails("AVRO_TRUNCATED", path="$", at=len(order("o2")) // 2 - 1)),
      (order("o3") + "00", fails("AVRO_TRAILING", path="$", at=len(order("o3")) // 2)),
      # In what is passed over nothing is looked at: 2 is no symbol.
      (order("o4", status=2), '{"order_id":"o4","items":[{"sku":"x"},{"sku":"y"}]}')])
avro("select-avro-inside", "select: a map's values, a branch of a union, `$.` and quotes", ["$.counts{}.sku", 'first.price', '["status"]'],
     [(order("o1", 1), '{"counts":{"k":{"sku":"z"}},"first":{"price":0},"status":"B"}')])
avro("select-avro-whole", "select: what a path leads to is whole, and a name that the schema lacks selects nothing", ["first", "first.sku", "nothing", "items[].nothing"],
     [(order("o1"), '{"items":[{},{}],"first":{"sku":"w","price":0}}')])
avro("select-avro-odd", "select: what a path doesn't fit is whole", ["total.of", "counts[].sku"],
     [(order("o1"), '{"total":5,"counts":{"k":{"sku":"z","price":0}}}')])
avro("select-avro-reader", "select: by the reader's names, defaults included", ["id", "more"], [(order("o1"), '{"more":7,"id":"o1"}')],
     reader={"type": "record", "name": "Order", "fields": [{"name": "more", "type": "int", "default": 7}, {"name": "status", "type": "string", "default": ""},
                                                          {"name": "id", "type": "string", "aliases": ["order_id"]}]})
LIST = {"type": "record", "name": "List", "fields": [{"name": "v", "type": "int"}, {"name": "w", "type": "int"}, {"name": "next", "type": ["null", "List"]}]}
avro("select-avro-recursion", "select: a path leads one level into a type that holds itself", ["v", "next.w"],
     [("020402060802" + "0a0c00", '{"v":1,"next":{"w":4}}')], schema=LIST)

PROTO = """syntax = "proto3";
message Order {
  message Item { string sku = 1; double price = 2; }
  string order_id = 1;
  int64 total = 2;
  repeated Item items = 3;
  map<string, Item> counts = 4;
  oneof kind { string a = 5; int32 b = 6; }
  optional string note = 7;
}
"""
MESSAGE = "0a026f31" + "1005" + "1a030a0178" + "1a030a0179" + "22080a016b12030a017a"


def proto(name, about, select, rows, **options):
    side = {"format": "protobuf", "files": [{"name": "order.proto", "text": file("order.proto")}], "message": "Order", "framing": "none", "select": select}
    case(f"options/{name}", about, SELECT, config={"value": side, **options}, files={"order.proto": PROTO},
         records=[{"value": h} for h, _ in rows], expect=[{"value": x if isinstance(x, dict) else ok(x)} for _, x in rows])


proto("select-protobuf", "select in Protobuf: by JSON names; fields in any order", ["orderId", "items[].sku", "counts{}.sku"],
      [(MESSAGE, '{"orderId":"o1","items":[{"sku":"x"},{"sku":"y"}],"counts":{"k":{"sku":"z"}}}'),
       (MESSAGE[8:] + MESSAGE[:8], '{"orderId":"o1","items":[{"sku":"x"},{"sku":"y"}],"counts":{"k":{"sku":"z"}}}'),
       ("", '{"orderId":"","items":[],"counts":{}}')])
proto("select-protobuf-oneof", "select in Protobuf: the members of a oneof come together, since the last one counts", ["a"],
      [("2a0178", '{"a":"x"}'), ("2a01783007", '{"b":7}'), ("3007" + "2a0178" + "3a016e", '{"a":"x"}'), (MESSAGE, "{}")])

DOCUMENT = '{"order_id":"o1","total":5,"items":[{"sku":"x","price":1},7,{"price":2}],"counts":{"k":{"sku":"z","price":1}},"bad":[1,{"a":"\\u0041"}]}'
case("options/select-json", "select in JSON: members by name; what is passed over is still JSON", SELECT,
     config={"value": {"format": "json", "select": ["order_id", "items[].sku", "counts{}.sku"]}},
     records=values(*(t.encode().hex() for t in (DOCUMENT, '{"x":1, "order_id" : [2, {"a":3}] ,"y":{"z":[]}}', "[1,2]", '{"x":{"order_id":1},"x":1e999}'))),
     expect=[{"value": ok('{"order_id":"o1","items":[{"sku":"x"},7,{}],"counts":{"k":{"sku":"z"}}}')}, {"value": ok('{"order_id":[2,{"a":3}]}')},
             {"value": ok("[1,2]")}, {"value": fails("JSON_NUMBER_RANGE", at=24)}])
for name, side in (("text", {"format": "text", "select": ["a"]}), ("none", {"format": "json", "select": []}), ("path", {"format": "json", "select": ["a..b"]})):
    case(f"options/select-refused-{name}", "select: refused where there is nothing to select by it", SELECT, config={"value": side},
         records=values("00"), expectError={"code": "CONFIG_INVALID", "category": "schema"})

SIDE = {"format": "avro", "writer": file("writer.avsc")}
GOOD, OTHER = '{"order_id":"o1","items":[{"sku":"x"},{"sku":"y"}]}', '{"order_id":"o4","items":[{"sku":"x"},{"sku":"y"}]}'
RECORDS = [{"value": order("o1")}, {"value": order("o2", 1)}, {"value": None}, {"value": "02"}, {"value": order("o4")}]
case("options/where-avro", "where: records by the criteria, which see fields that aren't selected; a record that can't be decoded stays", WHERE,
     config={"value": {**SIDE, "select": ["order_id", "items[].sku"]}, "where": {"value": {"status": ["A"]}}}, files={"writer.avsc": schema_text(ORDER)},
     event={"records": {"t-0": [{"topic": "t", "partition": 0, "offset": i, "timestamp": 1, "timestampType": "CREATE_TIME", "headers": [],
                                "value": None if r["value"] is None else b64(r["value"])} for i, r in enumerate(RECORDS)]}},
     expect=[{"value": ok(GOOD), "record": {"offset": 0}}, {"value": fails("AVRO_TRUNCATED"), "record": {"offset": 3}}, {"value": ok(OTHER), "record": {"offset": 4}}])


def where(name, about, criteria, rows, kept, **sides):
    event = {"records": {f"{topic}-0": [{"topic": topic, "partition": 0, "offset": i, "timestamp": 5, "timestampType": "CREATE_TIME", "headers": [],
                                        **{k: b64(v.encode().hex()) for k, v in row.items()}} for i, row in enumerate(list)] for topic, list in rows.items()}}
    case(f"options/where-{name}", about, WHERE, config={"value": {"format": "json"}, **sides, "where": criteria}, event=event, expect=kept)


def row(topic, offset, json):
    return {"value": ok(json), "record": {"topic": topic, "offset": offset}}


ROWS = {"t": [{"key": "a", "value": '{"n":1}'}, {"key": "b", "value": '{"n":2,"l":[{"m":1}]}'}], "u": [{"value": '{"n":3}'}, {"key": "a", "value": "7"}]}
where("json", "where: numbers, a value inside an array", {"value": {"n": [{"numeric": [">", 1]}], "l": {"m": [1]}}}, ROWS, [row("t", 1, '{"n":2,"l":[{"m":1}]}')])
where("key", "where: a key as text; the value isn't looked at", {"key": ["a"]}, ROWS, [row("t", 0, '{"n":1}'), row("u", 1, "7")])
where("or", "where: alternatives, given as text", '{"$or":[{"key":["b"]},{"topic":["u"],"value":{"n":[3]}}]}', ROWS, [row("t", 1, '{"n":2,"l":[{"m":1}]}'), row("u", 0, '{"n":3}')])
where("filters", "where: criteria as a mapping has them, of which one is enough; fields beside the sides", {"Filters": [{"Pattern": '{"offset":[1],"topic":["u"]}'}, {"Pattern": '{"timestamp":[6]}'}]}, ROWS,
      [row("u", 1, "7")])
where("none", "where: an event that is left with nothing", {"value": {"n": [9]}}, ROWS, [])
where("whole", "where: clauses for the whole value", {"value": [7]}, ROWS, [row("u", 1, "7")])
case("options/where-refused", "where: a pattern that a mapping would refuse", WHERE, config={"where": {"value": {}}}, records=values("00"),
     expectError={"code": "FILTER_INVALID", "category": "schema"})
