"""The one exception, with the codes of every host."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# The error document's names, in its order, and what they are called here.
NAMES = {
    "code": "code",
    "category": "category",
    "side": "side",
    "topic": "topic",
    "partition": "partition",
    "offset": "offset",
    "path": "path",
    "byteOffset": "byte_offset",
    "space": "space",
    "message": "message",
    "hint": "hint",
    "frame": "frame",
    "retryable": "retryable",
}


class DecodeError(Exception):
    """Why an event, a record or one of its sides could not be decoded.

    Neither message nor hint ever holds payload or schema text, so that it is safe to log.
    """

    code: str
    """Stable code such as ``AVRO_TRUNCATED``; docs/errors.md lists all."""
    category: str
    """What kind of thing went wrong: event, base64, framing, schema, decode, limit, output or source."""
    side: str | None
    """Which part of the record: key, value or header."""
    topic: str | None
    partition: int | None
    offset: int | None
    path: str | None
    """Where in the value, such as ``$.items[2].price``."""
    byte_offset: int | None
    """The failing byte, counted in ``space``."""
    space: str
    """What ``byte_offset`` counts in: payload, body, base64, event or schema."""
    message: str
    """What was expected and what was found."""
    hint: str | None
    """What usually causes it and what to do, where a rule knows."""
    frame: str | None
    """Source lines of a schema error."""
    retryable: bool
    """Whether trying again later may succeed."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        """An error of the document that every host prints."""
        super().__init__(f"{document['code']}: {document['message']}")
        for theirs, ours in NAMES.items():
            setattr(self, ours, document.get(theirs))
        self.space = document.get("space", "payload")
        self.retryable = document.get("retryable", False)

    def document(self) -> dict[str, Any]:
        """The error's document: the same names, in the same order, as in every host."""
        found = {theirs: getattr(self, ours) for theirs, ours in NAMES.items()}
        if self.space == "payload":
            del found["space"]
        return {name: value for name, value in found.items() if value is not None}

    def __reduce__(self) -> tuple[Any, ...]:
        return (DecodeError, (self.document(),))


def internal() -> DecodeError:
    """A fault in kafkalens itself."""
    return DecodeError(
        {
            "code": "INTERNAL",
            "category": "output",
            "message": "expected this not to happen, found it did",
            "hint": "please report it",
        }
    )
