"""What several modules of cases share: the product of the framing examples in each format."""

from cases import file, schema_text
from protos import compile_text

UUID = "89791762-2336-4186-9674-299b90a802e2"
UUID_HEX = UUID.replace("-", "")
OTHER_UUID = "00000000-0000-4000-8000-00000000000f"

# {id: 1001, name: "Laptop", price: 999.99} in each format.
AVRO = "d20f0c4c6170746f7052b81e85eb3f8f40"
PROTO = "08e90712064c6170746f701952b81e85eb3f8f40"
JSON = '{"id":1001,"name":"Laptop","price":999.99}'

AVSC = schema_text({"type": "record", "name": "Product", "fields": [
    {"name": "id", "type": "int"}, {"name": "name", "type": "string"}, {"name": "price", "type": "double"}]})
FIELDS = "int32 id = 1; string name = 2; double price = 3;"
FDS = compile_text(f'syntax = "proto3"; package shop; message Product {{ {FIELDS} }}')

CONFLUENT_42 = "000000002a"
GLUE = "0300" + UUID_HEX
SOURCE_CONFLUENT = {"schemaId": "42", "dataFormat": "AVRO"}
SOURCE_GLUE = {"schemaId": UUID, "dataFormat": "AVRO"}


def avro(**side):
    """A value side of Avro with the product's schema at hand."""
    return {"value": {"format": "avro", "writer": file("product.avsc"), **side}}


def protobuf(**side):
    """A value side of Protobuf with the product's descriptor set at hand."""
    return {"value": {"format": "protobuf", "descriptorSet": file("product.fds"), "message": "shop.Product", **side}}


def avro_schema(ref="confluent:42", name="product.avsc"):
    return {"ref": ref, "type": "AVRO", "file": name}


def proto_schema(ref="confluent:42", name="product.fds"):
    return {"ref": ref, "type": "PROTOBUF", "file": name}


def record(topic="t", partition=0, offset=0, **more):
    """A record as Lambda delivers it."""
    return {"topic": topic, "partition": partition, "offset": offset, "timestamp": 1700000000000,
            "timestampType": "CREATE_TIME", **more}


def lambda_event(records, source="aws:kafka", **more):
    """An event as Lambda delivers it."""
    return {"eventSource": source, "bootstrapServers": "b-1.example.com:9098,b-2.example.com:9098", **more, "records": records}
