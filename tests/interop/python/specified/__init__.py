"""Cases whose expectation is derived by hand, from a specification or a wire format."""

from specified import avro, avro_errors, avro_evolution, contracts, errors, event, framing, indexes, json_text, options, protobuf, text  # noqa: F401
