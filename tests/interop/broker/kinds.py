"""What is produced: kinds of records, each with its real serializer and what it must be decoded as."""

import json
import struct
import sys
from decimal import Decimal
from pathlib import Path

import boto3
from aws_schema_registry import SchemaRegistryClient as GlueClient
from aws_schema_registry.avro import AvroSchema
from aws_schema_registry.jsonschema import JsonSchema
from aws_schema_registry.serde import KafkaSerializer
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroSerializer
from confluent_kafka.schema_registry.json_schema import JSONSerializer
from confluent_kafka.schema_registry.protobuf import ProtobufSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))
from protos import Proto, compile_file  # noqa: E402

SAMPLES = Path(__file__).resolve().parents[1] / "python" / "samples"
ORDER = {
    "type": "record", "name": "Order", "namespace": "shop", "fields": [
        {"name": "id", "type": "long"},
        {"name": "note", "type": ["null", "string"]},
        {"name": "total", "type": {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}},
    ]}
# The second version of the same subject: old and new records stand side by side.
ORDER_2 = {**ORDER, "fields": [*ORDER["fields"], {"name": "express", "type": "boolean", "default": False}]}
JSON_SCHEMA = json.dumps({"title": "Order", "type": "object", "properties": {"id": {"type": "integer"}}})


class Kind:
    """A topic, how its sides are read, and what makes its payloads and their expectation from a number."""

    def __init__(self, topic, config, make):
        self.topic, self.config, self.make = topic, config, make


def order(i):
    return {"id": i * 2**40, "note": None if i % 3 else f"note {i} ✓", "total": Decimal(i) / 4 if i % 4 == 0 else Decimal(i)}


def shown_order(i):
    value = order(i)
    return {"id": value["id"], "note": value["note"], "total": f"{value['total']:.2f}"}


def kinds(registry_url, glue_url):
    """Every kind, its schemas registered."""
    registry = SchemaRegistryClient({"url": registry_url, "basic.auth.user.info": "user:hunter2"})
    boto = boto3.client("glue", endpoint_url=glue_url, region_name="us-east-1", aws_access_key_id="none", aws_secret_access_key="none")
    boto.create_registry(RegistryName="shop")
    glue = KafkaSerializer(GlueClient(boto, registry_name="shop"))
    return [avro(registry), protobuf(registry), json_schema(registry), *glue_kinds(glue), plain_json(), text(), primitive()]


def avro(registry):
    topic = "confluent-avro"
    key = AvroSerializer(registry, json.dumps("string"))
    value = [AvroSerializer(registry, json.dumps(s)) for s in (ORDER, ORDER_2)]

    def make(i):
        sides = [SerializationContext(topic, f) for f in (MessageField.KEY, MessageField.VALUE)]
        new = i % 2 == 1
        datum, shown = (({**order(i), "express": True}, {**shown_order(i), "express": True}) if new else (order(i), shown_order(i)))
        return key(f"k{i}", sides[0]), value[new](datum, sides[1]), f"k{i}", shown

    side = {"format": "avro", "framing": "confluent"}
    return Kind(topic, {"key": side, "value": side}, make)


def protobuf(registry):
    topic = "confluent-protobuf"
    proto = Proto(compile_file(SAMPLES, "interop.proto"))
    names = ["shop.Order", "shop.Cancelled", "shop.Order.Line"]
    classes = [proto.message(name) for name in names]
    made = [ProtobufSerializer(c, registry, {"use.deprecated.format": False}) for c in classes]

    def make(i):
        which = i % 3
        fields = [
            {"id": i, "state": 1, "lines": [{"sku": f"s{i}", "quantity": i}], "prices": {"a": i / 2}, "note": "", "card": "4711"},
            {"id": -i}, {"sku": "ü", "quantity": -i}][which]
        shown = [
            {"id": i, "state": "PAID", "lines": [{"sku": f"s{i}", "quantity": i}], "prices": {"a": i / 2}, "note": "", "card": "4711"},
            {"id": -i}, {"sku": "ü", "quantity": -i}][which]
        return None, made[which](classes[which](**fields), SerializationContext(topic, MessageField.VALUE)), None, shown

    return Kind(topic, {"value": {"format": "protobuf", "framing": "confluent"}}, make)


def json_schema(registry):
    topic = "confluent-json"
    made = JSONSerializer(JSON_SCHEMA, registry)

    def make(i):
        value = {"id": i * 2**50, "name": f"é{i}"}
        return b"%d" % i, made(value, SerializationContext(topic, MessageField.VALUE)), str(i), value

    return Kind(topic, {"value": {"format": "json", "framing": "confluent"}}, make)


def glue_kinds(glue):
    avro_schema, json_type = AvroSchema(json.dumps(ORDER)), JsonSchema(JSON_SCHEMA)

    def make_avro(i):
        return b"%d" % i, glue.serialize("glue-avro", (order(i), avro_schema)), str(i), shown_order(i)

    def make_json(i):
        return None, glue.serialize("glue-json", ({"id": i}, json_type)), None, {"id": i}

    return [Kind("glue-avro", {"value": {"format": "avro", "framing": "glue"}}, make_avro),
            Kind("glue-json", {"value": {"format": "json", "framing": "glue"}}, make_json)]


def plain_json():
    def make(i):
        value = {"id": i, "nested": [None, True, "x" * i]}
        return json.dumps({"k": i}).encode(), json.dumps(value).encode(), {"k": i}, value

    side = {"format": "json", "framing": "none"}
    return Kind("plain-json", {"key": side, "value": side}, make)


def text():
    def make(i):
        return b"", f"line {i} – ü".encode(), "", f"line {i} – ü"

    return Kind("plain-text.with-dashes-2", {}, make)


def primitive():
    def make(i):
        return struct.pack(">i", -i), struct.pack(">q", i * 2**53), -i, i * 2**53

    config = {"key": {"format": "primitive", "type": "int32"}, "value": {"format": "primitive", "type": "int64"}}
    return Kind("primitives", config, make)
