"""Cases whose expectation is derived by hand, from a specification or a wire format."""

from specified import avro, avro_errors, framing, indexes, protobuf  # noqa: F401
