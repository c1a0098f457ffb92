"""Records and their two sides."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass
from typing import Any, NamedTuple

from wasmtime.component import Variant

from .errors import DecodeError
from .instance import decode_error
from .text import scan


class Header(NamedTuple):
    """A header: names may come more than once."""

    name: str
    value: bytes | None


@dataclass(frozen=True)
class Result:
    """A key or value, or why there is none."""

    value: Any = None
    """The value, as Python reads its JSON text; None for a tombstone, JSON's null and an error."""
    json: str | None = None
    """The value's exact JSON text, the same in every host."""
    schema: str | None = None
    """The schema that the record names, such as ``confluent:42``."""
    tombstone: str | None = None
    """``absent`` where the event has no such property, ``null`` where it is null."""
    error: DecodeError | None = None
    """Why there is no value."""

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return self.error is None

    def unwrap(self) -> Any:
        """The value; raises the error."""
        if self.error is not None:
            raise self.error
        return self.value


class Record:
    """A record of an event. ``key`` and ``value`` raise their own error, which touches no other record."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.topic: str | None = document["topic"]
        self.partition: int | None = document["partition"]
        self.offset: int | None = document["offset"]
        self.timestamp: int | None = document["timestamp"]
        """Milliseconds since 1970."""
        self.timestamp_type: str | None = document["timestampType"]
        self.headers: list[Header] = [header(one) for one in document["headers"] or ()]
        self.key_result: Result = of_document(document["key"])
        self.value_result: Result = of_document(document["value"])

    @property
    def key(self) -> Any:
        """The key; None for a tombstone. Raises `DecodeError` where it could not be decoded."""
        return self.key_result.unwrap()

    @property
    def value(self) -> Any:
        """The value; None for a tombstone. Raises `DecodeError` where it could not be decoded."""
        return self.value_result.unwrap()

    def __repr__(self) -> str:
        return f"<Record {self.topic}-{self.partition} offset {self.offset}>"


def header(document: dict[str, Any]) -> Header:
    """A header of its document."""
    value = document["value"]
    return Header(document["name"], None if value is None else b64decode(value))


def of_document(parts: dict[str, tuple[Any, str]]) -> Result:
    """A side of the parts of its document, a value and its text each."""
    if "error" in parts:
        return Result(error=DecodeError(parts["error"][0]))
    if "tombstone" in parts:
        return Result(tombstone=parts["tombstone"][0])
    value, text = parts["value"]
    return Result(value=value, json=text, schema=parts["schema"][0] if "schema" in parts else None)


def of_variant(decoded: Variant) -> Result:
    """A side of the WIT variant `decoded`."""
    payload: Any = decoded.payload
    if decoded.tag == "failed":
        return Result(error=decode_error(payload))
    if decoded.tag == "tombstone":
        return Result(tombstone=payload)
    return Result(value=scan(payload.json, 0)[0], json=payload.json, schema=payload.schema)
