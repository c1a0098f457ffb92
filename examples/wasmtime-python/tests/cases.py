"""The vectors of tests/vectors, read as its README says."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3] / "tests" / "vectors"


class Case:
    """A case: its document, and its files put in their places."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.area = folder.parent.name
        self.name = f"{self.area}/{folder.name}"
        document = json.loads((folder / "case.json").read_text("utf-8"))
        self.config = self.substitute(document["config"])
        self.schemas = [self.schema(schema) for schema in document.get("schemas", ())]
        self.event = self.event_bytes(document)
        self.missing: list[str] | None = document.get("missing")
        self.expect: list[dict[str, Any]] | None = document.get("expect")
        self.expect_error: dict[str, Any] | None = document.get("expectError")

    def content(self, name: str) -> str:
        """A file as configurations hold it: base64 of a descriptor set, else its text."""
        content = (self.folder / name).read_bytes()
        return b64encode(content).decode() if name.endswith(".fds") else content.decode()

    def substitute(self, value: Any) -> Any:
        """A value with each ``{"$file": name}`` replaced."""
        if isinstance(value, list):
            return [self.substitute(item) for item in value]
        if not isinstance(value, dict):
            return value
        if list(value) == ["$file"]:
            return self.content(value["$file"])
        return {name: self.substitute(held) for name, held in value.items()}

    def schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        references = schema.get("references", ())
        return {
            "reference": schema["ref"],
            "type": schema["type"],
            "schema": self.content(schema["file"]),
            "references": [{"name": one["name"], "schema": self.content(one["file"])} for one in references],
        }

    def event_bytes(self, document: dict[str, Any]) -> bytes:
        event = document.get("event")
        if isinstance(event, str):
            return (self.folder / event).read_bytes()
        event = event_of(document["records"]) if event is None else event
        return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()


def cases() -> Iterator[Case]:
    """All cases, in order."""
    for file in sorted(ROOT.glob("*/*/case.json"), key=lambda file: file.parts):
        yield Case(file.parent)


def event_of(records: list[dict[str, Any]]) -> dict[str, Any]:
    """An event of the shorthand `records`."""
    lists: dict[str, list[Any]] = {}
    for offset, record in enumerate(records):
        topic, partition = record.get("topic", "t"), record.get("partition", 0)
        lists.setdefault(f"{topic}-{partition}", []).append(event_record(record, topic, partition, offset))
    return {"eventSource": "aws:kafka", "records": lists}


def event_record(record: dict[str, Any], topic: str, partition: int, offset: int) -> dict[str, Any]:
    made: dict[str, Any] = {"topic": topic, "partition": partition, "offset": offset}
    made |= {"timestamp": 1700000000000, "timestampType": "CREATE_TIME"}
    made |= {side: in_base64(record[side]) for side in ("key", "value") if side in record}
    made["headers"] = [{name: signed(held)} for name, held in record.get("headers", ())]
    metadata = ("keySchemaMetadata", "valueSchemaMetadata")
    return made | {side: record[side] for side in metadata if side in record}


def in_base64(held: Any) -> str | None:
    if held is None:
        return None
    if "base64" in held:
        text: str = held["base64"]
        return text
    return b64encode(payload(held)).decode()


def signed(held: Any) -> list[int] | None:
    return None if held is None else [byte - 256 if byte > 127 else byte for byte in payload(held)]


def payload(held: Any) -> bytes:
    """The bytes of hexadecimal, of its repetition, of a text or of base64."""
    if isinstance(held, str):
        return bytes.fromhex(held)
    if "repeat" in held:
        return b"".join(bytes.fromhex(text) * times for text, times in held["repeat"])
    return held["utf8"].encode() if "utf8" in held else b64decode(held["base64"])
