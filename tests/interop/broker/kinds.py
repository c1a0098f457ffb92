"""What is produced: kinds of records, each with its real serializer and what it must be decoded as."""

import base64
import io
import json
import struct
import sys
import tempfile
import uuid
from decimal import Decimal
from pathlib import Path

import boto3
import fastavro
from aws_schema_registry import SchemaRegistryClient as GlueClient
from aws_schema_registry.avro import AvroSchema
from aws_schema_registry.jsonschema import JsonSchema
from aws_schema_registry.serde import KafkaSerializer
from cloudevents.http import CloudEvent
from cloudevents.kafka import to_binary, to_structured
from confluent_kafka.schema_registry import Schema, SchemaReference, SchemaRegistryClient, header_schema_id_serializer
from confluent_kafka.schema_registry.avro import AvroSerializer
from confluent_kafka.schema_registry.json_schema import JSONSerializer
from confluent_kafka.schema_registry.protobuf import ProtobufSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))
import jstext  # noqa: E402
from plain_protobuf import Plain  # noqa: E402
from protos import Proto, compile_file  # noqa: E402

SAMPLES = Path(__file__).resolve().parents[1] / "python" / "samples"
GLUE_JAVA = Path(__file__).resolve().parents[1] / "glue-java"
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
    """A topic, how its sides are read, and what makes its payloads and their expectation from a number: key, value, what they
    are shown as, and headers where the serializer writes some. `schemas` are those that no registry here has."""

    def __init__(self, topic, config, make, schemas=()):
        self.topic, self.config, self.make, self.schemas = topic, config, make, list(schemas)


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
    return [avro(registry), protobuf(registry), protobuf_text(registry), json_schema(registry), *header_ids(registry), *glue_kinds(glue), *glue_java(),
            *cloudevents(), container(), plain_json(), text(), primitive()]


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


def protobuf_text(registry):
    """.proto text with a reference, as people register it. confluent-kafka's serializer wants a registry that gives such text
    as descriptors, so the prefix is set here: the id, and the index of the second message."""
    topic = "confluent-protobuf-text"
    line = 'syntax = "proto3";\npackage shop;\nmessage Line { string sku = 1; int64 quantity = 2; }\n'
    cart = 'syntax = "proto3";\npackage shop;\nimport "line.proto";\nmessage Other {}\nmessage Cart { repeated Line lines = 1; }\n'
    registry.register_schema("line", Schema(line, "PROTOBUF"))
    schema_id = registry.register_schema(f"{topic}-value", Schema(cart, "PROTOBUF", [SchemaReference("line.proto", "line", 1)]))
    with tempfile.TemporaryDirectory() as folder:
        for name, source in (("line.proto", line), ("cart.proto", cart)):
            (Path(folder) / name).write_text(source)
        message = Proto(compile_file(folder, "cart.proto")).message("shop.Cart")

    def make(i):
        value = {"lines": [{"sku": f"s{i}", "quantity": i * 2**52}]}
        return None, struct.pack(">bIbb", 0, schema_id, 2, 2) + message(**value).SerializeToString(), None, value

    return Kind(topic, {"value": {"format": "protobuf", "framing": "confluent"}}, make)


def header_ids(registry):
    """Schema ids in headers: the GUID, and behind it Protobuf's message indexes. srfake tells a GUID of what is registered
    already, so that the latest version is asked for."""
    latest = {"schema.id.serializer": header_schema_id_serializer, "auto.register.schemas": False, "use.latest.version": True}
    registry.register_schema("header-avro-key", Schema(json.dumps("string"), "AVRO"))
    registry.register_schema("header-avro-value", Schema(json.dumps(ORDER), "AVRO"))
    registry.register_schema("header-json-value", Schema(JSON_SCHEMA, "JSON"))
    key = AvroSerializer(registry, json.dumps("string"), conf=latest)
    value = AvroSerializer(registry, json.dumps(ORDER), conf=latest)
    as_json = JSONSerializer(JSON_SCHEMA, registry, conf=latest)
    cancelled = Proto(compile_file(SAMPLES, "interop.proto")).message("shop.Cancelled")
    at = SerializationContext("header-protobuf", MessageField.VALUE)
    ProtobufSerializer(cancelled, registry, {"use.deprecated.format": False})(cancelled(), at)
    message = ProtobufSerializer(cancelled, registry, {"use.deprecated.format": False, **latest})

    def make_avro(i):
        headers = []
        sides = [SerializationContext("header-avro", f, headers) for f in (MessageField.KEY, MessageField.VALUE)]
        return key(f"k{i}", sides[0]), value(order(i), sides[1]), f"k{i}", shown_order(i), headers

    def make_protobuf(i):
        headers = []
        return None, message(cancelled(id=i), SerializationContext("header-protobuf", MessageField.VALUE, headers)), None, {"id": i}, headers

    def make_json(i):
        headers = []
        return None, as_json({"id": i}, SerializationContext("header-json", MessageField.VALUE, headers)), None, {"id": i}, headers

    def side(format):
        return {"format": format, "framing": "confluent"}

    return [Kind("header-avro", {"key": side("avro"), "value": side("avro")}, make_avro),
            Kind("header-protobuf", {"value": side("protobuf")}, make_protobuf), Kind("header-json", {"value": side("json")}, make_json)]


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


def glue_java():
    """What Glue's Java serializer wrote (../glue-java), Protobuf and compressed bodies among it, by way of this broker."""
    rows = [row for row in json.loads((GLUE_JAVA / "written.json").read_text()) if row["format"] == "PROTOBUF" or "zlib" in row["name"]]
    descriptors = base64.b64encode(compile_file(SAMPLES, "interop.proto")).decode()
    proto = Proto(base64.b64decode(descriptors))

    def kind(row):
        data = [bytes.fromhex(h) for h in row["data"]]
        if row["format"] == "PROTOBUF":
            shown = [shown_message(proto.message(row["message"]).FromString(bytes.fromhex(h))) for h in row["messages"]]
        else:
            shown = row["values"] if row["format"] == "AVRO" else [json.loads(t) for t in row["texts"]]
        reference = f"glue:{uuid.UUID(bytes=data[0][2:18])}"
        schema = descriptors if row["format"] == "PROTOBUF" else row.get("schema", "{}")
        document = {"reference": reference, "type": row["format"], "schema": schema}

        def make(i):
            return None, data[i % len(data)], None, shown[i % len(data)]

        return Kind(row["name"], {"value": {"format": row["format"].lower(), "framing": "glue"}}, make, [document])

    return [kind(row) for row in rows]


def shown_message(message):
    """A message as the dialect `plain` shows it."""
    return json.loads(jstext.text(Plain(None).message(message)))


def cloudevents():
    """Both modes of the Kafka binding."""
    def event(i):
        attributes = {"type": "shop.order", "source": "/shop", "id": str(i), "datacontenttype": "application/json"}
        return CloudEvent(attributes, {"id": i, "note": f"é{i}"})

    def make(convert):
        def one(i):
            message = convert(event(i))
            value = message.value if isinstance(message.value, bytes) else message.value.encode()
            return None, value, None, {"id": i, "note": f"é{i}"}, list(message.headers.items())
        return one

    config = {"value": {"format": "json", "framing": "cloudevents"}}
    return [Kind("cloudevents-binary", config, make(to_binary)), Kind("cloudevents-structured", config, make(to_structured))]


def container():
    """An Avro object container file a record."""
    parsed = fastavro.parse_schema(ORDER)

    def make(i):
        out = io.BytesIO()
        data = [order(i + n) for n in range(i % 3)]
        fastavro.writer(out, parsed, data, codec=["null", "deflate"][i % 2])
        return None, out.getvalue(), None, [shown_order(i + n) for n in range(i % 3)]

    return Kind("avro-container", {"value": {"format": "avro", "framing": "ocf"}}, make)


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
