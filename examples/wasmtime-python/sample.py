"""Decodes the sample event of examples/demo: an order in Avro behind a Glue header."""

from pathlib import Path

from kafkalens_host import DecodeError, Decoder

SAMPLE = Path(__file__).parents[1] / "demo" / "glue-avro"

decoder = Decoder(
    {
        "key": {"format": "json"},
        "value": {
            "format": "avro",
            "framing": "glue",
            "writer": (SAMPLE / "order.avsc").read_text(),
            "anyId": True,
        },
    }
)

for record in decoder.decode((SAMPLE / "event.json").read_bytes()):
    print(record.topic, record.partition, record.offset, record.key)
    try:
        print(record.value)
        print(record.value_result.schema)
    except DecodeError as error:
        print(error, error.hint)
