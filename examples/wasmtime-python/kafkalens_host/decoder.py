"""The decoder: the verbs of every host."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from .errors import DecodeError
from .instance import Instance
from .module import Module
from .records import Record, Result, of_variant
from .text import records

Fetch = Callable[[str], Mapping[str, Any]]

_shared: list[Module] = []


class Decoder:
    """Decodes events by a configuration: a dict, or JSON text, of the names in docs/options.md.

    Make one and keep it: the first record of a schema costs more than all later ones. Decoders that are given no
    ``module`` share one. A decoder is for one thread at a time.
    """

    def __init__(self, config: Mapping[str, Any] | str, *, module: Module | None = None) -> None:
        self._instance = Instance(module or shared(), config if isinstance(config, str) else dumps(config))

    def decode(self, event: Mapping[str, Any] | str | bytes) -> list[Record]:
        """Decodes an event: the dict that Lambda hands over, or its JSON text.

        A record that can't be decoded raises its error when its key or value is read. Raises `DecodeError` where
        the event as a whole is none.
        """
        return [Record(document) for document in records(self.decode_json(event))]

    def decode_json(self, event: Mapping[str, Any] | str | bytes) -> str:
        """Decodes an event to the JSON text ``{"records":[…]}`` that is byte-identical in every host."""
        text: str = self._instance.call("decode_event", event_text(event))
        return text

    def decode_payload(self, payload: bytes, *, topic: str = "", side: str = "value") -> Result:
        """Decodes one payload, as it came from Kafka."""
        return of_variant(self._instance.call("decode_payload", topic, side, bytes(payload)))

    def missing_schemas(self, event: Mapping[str, Any] | str | bytes) -> list[str]:
        """The references whose schemas an event needs and that have not been added."""
        references: list[str] = self._instance.call("missing_schemas", event_text(event))
        return references

    def add_schema(self, schema: Mapping[str, Any]) -> None:
        """Adds a schema: ``{"reference", "type", "schema", "references"}``. Raises where it is not valid."""
        self._instance.add_schema(str(schema.get("reference")), dumps(schema))

    def prepare(self, event: Mapping[str, Any] | str | bytes, fetch: Fetch) -> None:
        """Fetches the schemas that an event needs and adds them: ``fetch(reference)`` gives a schema for `add_schema`.

        A failure of `fetch` is passed on. A schema that is refused is the error of the records that name it.
        """
        text = event_text(event)
        refused = None
        for reference in self.missing_schemas(text):
            try:
                self.add_schema({"reference": reference, **fetch(reference)})
            except DecodeError as error:
                refused = refused or error
        # The component keeps what it refused, unless it could make nothing of it at all.
        if refused is not None and self.missing_schemas(text):
            raise refused

    def check_compatibility(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Checks a new schema against the versions before it: ``{"type", "mode", "schema", "history"}``."""
        found: dict[str, Any] = json.loads(self._instance.call("check_compatibility", dumps(document)))
        return found

    def check_schema(self, document: Mapping[str, Any]) -> list[dict[str, str]]:
        """Tells where a schema departs from the specification: ``{"type", "schema", "references"}``."""
        found: dict[str, list[dict[str, str]]] = json.loads(self._instance.call("check_schema", dumps(document)))
        return found["departures"]

    def encode(self, type: str, schema: str, value: Any) -> bytes:
        """Encodes a datum (``AVRO``), without framing, of a value in the form that `decode` gives."""
        datum: bytes = self._instance.call("encode", type, schema, dumps(value))
        return datum

    def close(self) -> None:
        """Gives the decoder's memory back."""
        self._instance.close()

    def __enter__(self) -> Decoder:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def shared() -> Module:
    """The module of all decoders that are given none."""
    if not _shared:
        _shared.append(Module())
    return _shared[0]


def dumps(document: Any) -> str:
    """Compact JSON text, in ASCII: escapes keep halves of surrogate pairs, which no text in UTF-8 can hold."""
    return json.dumps(document, separators=(",", ":"), allow_nan=False)


def event_text(event: Mapping[str, Any] | str | bytes) -> str:
    """An event as the component takes it."""
    if isinstance(event, str):
        return event
    if not isinstance(event, (bytes, bytearray)):
        return dumps(event)
    try:
        return event.decode()
    except UnicodeDecodeError as error:
        raise not_text(error.start) from error


def not_text(at: int) -> DecodeError:
    """What the other hosts say of bytes that are not UTF-8, which a component's string can't hold."""
    return DecodeError(
        {
            "code": "EVENT_NOT_JSON",
            "category": "event",
            "byteOffset": at,
            "space": "event",
            "message": "expected UTF-8 text, found a byte that is none",
            "hint": "pass the event's JSON text in UTF-8, not compressed",
        }
    )
