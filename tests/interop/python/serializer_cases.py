"""Cases whose bytes the registries' own serializers write: confluent-kafka, aws-glue-schema-registry, and Glue's Java serde.

What they read back is shown by `plain` and `plain_protobuf`, which know nothing of kafkalens.
"""

import datetime
import json
import uuid
from decimal import Decimal
from pathlib import Path

from confluent_kafka.schema_registry import Schema, SchemaReference, SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroSerializer
from confluent_kafka.schema_registry.json_schema import JSONSerializer
from confluent_kafka.schema_registry.protobuf import ProtobufSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

import jstext
import plain
from avro_cases import read, write
from aws_schema_registry import SchemaRegistryClient as GlueClient
from aws_schema_registry.serde import KafkaSerializer
from aws_schema_registry.avro import AvroSchema
from aws_schema_registry.jsonschema import JsonSchema
from cases import case, file, schema_text
from plain_protobuf import Plain
from protos import Proto, compile_file

HERE = Path(__file__).resolve().parent
CONFLUENT = "confluent-kafka 2.16.1 (Python)"
GLUE_PYTHON = "aws-glue-schema-registry 1.1.3 (Python)"
GLUE_JAVA = "software.amazon.glue schema-registry-serde 1.1.25 (Java)"
SHOP = Proto(compile_file(HERE / "samples", "interop.proto"))
VALUE = SerializationContext("orders", MessageField.VALUE)


def decimal(precision, scale):
    return {"type": "bytes", "logicalType": "decimal", "precision": precision, "scale": scale}


ORDER = {
    "type": "record", "name": "Order", "namespace": "shop", "fields": [
        {"name": "id", "type": "long"},
        {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["NEW", "PAID"]}},
        {"name": "lines", "type": {"type": "array", "items": {"type": "record", "name": "Line", "fields": [
            {"name": "sku", "type": "string"}, {"name": "quantity", "type": "int"}]}}},
        {"name": "total", "type": decimal(12, 2)},
        {"name": "placed", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "note", "type": ["null", "string"], "default": None},
        {"name": "attributes", "type": {"type": "map", "values": ["null", "double", "string"]}},
    ]}
ORDERS = [
    {"id": 1, "state": "NEW", "lines": [], "total": Decimal("0.00"),
     "placed": datetime.datetime(2023, 4, 5, 6, 7, 8, 9000, datetime.timezone.utc), "note": None, "attributes": {}},
    {"id": 2**60, "state": "PAID", "lines": [{"sku": "a-1", "quantity": 3}, {"sku": "ü", "quantity": -1}],
     "total": Decimal("-1234567.89"), "placed": datetime.datetime(1969, 12, 31, 23, 59, 59, 0, datetime.timezone.utc),
     "note": "by the door 🚪", "attributes": {"weight": 1.5, "gift": "yes", "none": None}},
]
MESSAGES = [
    {},
    {"id": 2**60, "state": 1, "lines": [{"sku": "a-1", "quantity": 3}, {"sku": "ü", "quantity": -1}], "prices": {"a-1": 9.5},
     "placed": {"seconds": 1680674828, "nanos": 9000000}, "note": "", "card": "4711"},
]


def avro_text(schema, datum) -> str:
    return jstext.text(plain.Avro(schema).tree(read(schema, write(schema, datum))))


def proto_text(message) -> str:
    return jstext.text(Plain(SHOP.pool, None, "include").message(message))


def registered(name, about, origin, datas, texts, ref, schema, framing, fmt="avro", files=None, references=()):
    """A case of values whose schema is added by reference."""
    main = next(iter(files or {}), None)
    schemas = [{"ref": ref, "type": fmt.upper(), "file": main,
                **({"references": [{"name": n, "file": f} for n, f in references]} if references else {})}]
    case(f"interop/{name}", about, origin, config={"value": {"format": fmt, "framing": framing}}, files=files,
         schemas=schemas, missing=[ref] if fmt != "json" else [],
         records=[{"value": d.hex()} for d in datas],
         expect=[{"value": {"json": t, "schema": ref}} for t in texts])


# Confluent.
def confluent():
    return SchemaRegistryClient.new_client({"url": "mock://interop"})


def confluent_avro():
    made = AvroSerializer(confluent(), json.dumps(ORDER))
    registered("confluent-avro", "Confluent's Avro serializer: logical types, unions, maps", CONFLUENT,
               [made(o, VALUE) for o in ORDERS], [avro_text(ORDER, o) for o in ORDERS],
               "confluent:1", ORDER, "confluent", files={"order.avsc": schema_text(ORDER)})


def confluent_avro_references():
    client = confluent()
    line = ORDER["fields"][2]["type"]["items"]
    line = {**line, "namespace": "shop"}
    client.register_schema("line", Schema(json.dumps(line), "AVRO"))
    whole = {"type": "record", "name": "Cart", "namespace": "shop",
             "fields": [{"name": "first", "type": "shop.Line"}, {"name": "rest", "type": {"type": "array", "items": "Line"}}]}
    made = AvroSerializer(client, Schema(json.dumps(whole), "AVRO", [SchemaReference("shop.Line", "line", 1)]))
    cart = {"first": {"sku": "a", "quantity": 1}, "rest": [{"sku": "b", "quantity": 2}]}
    data = made(cart, VALUE)
    ref = f"confluent:{int.from_bytes(data[1:5], 'big')}"
    flat = json.loads(json.dumps(whole))
    flat["fields"][0]["type"] = line
    registered("confluent-avro-references", "an Avro schema that refers to another subject's", CONFLUENT,
               [data], [avro_text(flat, cart)], ref, whole, "confluent",
               files={"cart.avsc": schema_text(whole), "line.avsc": schema_text(line)}, references=[("shop.Line", "line.avsc")])


def confluent_avro_primitives():
    for schema, values in [("string", ["", "héllo"]), ("long", [0, -1, 2**62]), ("boolean", [True, False]), ("double", [0.1])]:
        made = AvroSerializer(confluent(), json.dumps(schema))
        registered(f"confluent-avro-{schema}", f"a top-level {schema} by Confluent's Avro serializer", CONFLUENT,
                   [made(v, VALUE) for v in values], [avro_text(schema, v) for v in values],
                   "confluent:1", schema, "confluent", files={"value.avsc": json.dumps(schema) + "\n"})


def confluent_protobuf():
    for name, fields in [("shop.Order", MESSAGES), ("shop.Cancelled", [{"id": 7}]), ("shop.Order.Line", [{"sku": "x", "quantity": 2}])]:
        cls = SHOP.message(name)
        made = ProtobufSerializer(cls, confluent(), {"use.deprecated.format": False})
        messages = [cls(**f) for f in fields]
        datas = [made(m, VALUE) for m in messages]
        ref = f"confluent:{int.from_bytes(datas[0][1:5], 'big')}"
        short = name.split(".", 1)[1].lower().replace(".", "-")
        registered(f"confluent-protobuf-{short}", f"{name} by Confluent's Protobuf serializer, found by its message indexes",
                   CONFLUENT, datas, [proto_text(m) for m in messages], ref, None, "confluent", "protobuf",
                   files={"interop.fds": SHOP.fds})


def confluent_json():
    schema = {"title": "Order", "type": "object", "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}}
    made = JSONSerializer(json.dumps(schema), confluent())
    values = [{"id": 2**60, "name": "é\n"}, {}]
    case("interop/confluent-json", "Confluent's JSON Schema serializer: the framing is taken off and its id shown", CONFLUENT,
         config={"value": {"format": "json", "framing": "confluent"}}, records=[{"value": made(v, VALUE).hex()} for v in values],
         missing=[], expect=[{"value": {"json": jstext.text(v), "schema": "confluent:1"}} for v in values])


# Glue, by its Python library: the registry is a stand-in that gives each definition an id.
class FakeGlue:
    """What the library asks of boto3's client."""

    def get_schema_by_definition(self, SchemaId, SchemaDefinition):  # noqa: N803 - boto3's names
        return {"SchemaVersionId": str(uuid.uuid5(uuid.NAMESPACE_URL, SchemaDefinition)), "Status": "AVAILABLE",
                "SchemaArn": "arn:aws:glue:us-east-1:0:schema/r/" + SchemaId["SchemaName"], "DataFormat": "AVRO"}


def glue_python():
    made = KafkaSerializer(GlueClient(FakeGlue()))
    schema = AvroSchema(json.dumps(ORDER))
    datas = [made.serialize("orders", (o, schema)) for o in ORDERS]
    registered("glue-python-avro", "Avro by Glue's Python library", GLUE_PYTHON, datas, [avro_text(ORDER, o) for o in ORDERS],
               f"glue:{uuid.UUID(bytes=datas[0][2:18])}", ORDER, "glue", files={"order.avsc": schema_text(ORDER)})
    json_schema = JsonSchema(json.dumps({"type": "object", "properties": {"id": {"type": "integer"}}}))
    values = [{"id": 1}, {"id": 2**53, "more": [None, 1.5]}]
    datas = [made.serialize("orders", (v, json_schema)) for v in values]
    ref = f"glue:{uuid.UUID(bytes=datas[0][2:18])}"
    case("interop/glue-python-json", "JSON by Glue's Python library", GLUE_PYTHON, missing=[],
         config={"value": {"format": "json", "framing": "glue"}}, records=[{"value": d.hex()} for d in datas],
         expect=[{"value": {"json": jstext.text(v), "schema": ref}} for v in values])


# Glue, by its Java serde: what glue-java/Generate.java wrote.
def glue_java():
    written = json.loads((HERE.parent / "glue-java" / "written.json").read_text())
    for row in written:
        datas = [bytes.fromhex(h) for h in row["data"]]
        ref = f"glue:{uuid.UUID(bytes=datas[0][2:18])}"
        if row["format"] == "AVRO":
            schema = json.loads(row["schema"])
            texts = [json.dumps(t, ensure_ascii=False, separators=(",", ":")) for t in row["values"]]
            files = {"order.avsc": schema_text(schema)}
        elif row["format"] == "PROTOBUF":
            cls = SHOP.message(row["message"])
            texts = [proto_text(cls.FromString(bytes.fromhex(h))) for h in row["messages"]]
            files = {"interop.fds": SHOP.fds}
        else:
            case(f"interop/{row['name']}", row["about"], GLUE_JAVA, missing=[],
                 config={"value": {"format": "json", "framing": "glue"}}, records=[{"value": d.hex()} for d in datas],
                 expect=[{"value": {"json": t, "schema": ref}} for t in row["texts"]])
            continue
        registered(row["name"], row["about"], GLUE_JAVA, datas, texts, ref, None, "glue", row["format"].lower(), files=files)


confluent_avro()
confluent_avro_references()
confluent_avro_primitives()
confluent_protobuf()
confluent_json()
glue_python()
if (HERE.parent / "glue-java" / "written.json").exists():
    glue_java()
