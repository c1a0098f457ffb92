"""Lambda's half: a consumer that hands records over as an event source mapping does."""

import base64

from confluent_kafka import TIMESTAMP_CREATE_TIME, Consumer

KINDS = {TIMESTAMP_CREATE_TIME: "CREATE_TIME"}


def consume(address, topic, count):
    """The messages of a topic, all `count` of them."""
    consumer = Consumer({"bootstrap.servers": address, "group.id": topic, "auto.offset.reset": "earliest",
                         "enable.auto.commit": False, "check.crcs": True})
    consumer.subscribe([topic])
    messages = []
    try:
        for _ in range(600):
            message = consumer.poll(0.1)
            if message is not None:
                assert message.error() is None, message.error()
                messages.append(message)
            if len(messages) == count:
                return messages
    finally:
        consumer.close()
    raise SystemExit(f"{topic}: expected {count} records from the broker, found {len(messages)}")


def event(address, messages):
    """The event of a batch: records by partition, keys and values in base64, header bytes signed as Java's are."""
    records = {}
    for message in sorted(messages, key=lambda m: (m.partition(), m.offset())):
        records.setdefault(f"{message.topic()}-{message.partition()}", []).append(record(message))
    return {"eventSource": "SelfManagedKafka", "bootstrapServers": address, "records": records}


def record(message):
    kind, timestamp = message.timestamp()
    out = {"topic": message.topic(), "partition": message.partition(), "offset": message.offset(), "timestamp": timestamp,
           "timestampType": KINDS.get(kind, "LOG_APPEND_TIME")}
    # What has no bytes has no property.
    for name, payload in (("key", message.key()), ("value", message.value())):
        if payload is not None:
            out[name] = base64.b64encode(payload).decode()
    out["headers"] = [{name: [b - 256 if b > 127 else b for b in value]} for name, value in message.headers() or []]
    return out
