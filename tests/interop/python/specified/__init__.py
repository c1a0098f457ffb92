"""Cases whose expectation is derived by hand, from a specification or a wire format."""

from specified import avro, avro_errors, avro_evolution, compatibility, contracts, diagnosis, envelope, errors, event, framing, framings, guess, indexes, json_text, options, proto_text, protobuf, select, text  # noqa: F401
