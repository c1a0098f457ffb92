"""What a case is made of, and the list of all of them."""

import base64
import json
from pathlib import Path

CASES = {}


def case(name, about, origin, *, config=None, files=None, **parts):
    """Adds a case `area/name`. `files` are its other files; `parts` go to case.json as they are."""
    assert name not in CASES, name
    document = {"about": about, "origin": origin, "config": config or {}}
    for part in ("schemas", "missing", "event", "records", "calls", "expect", "expectError"):
        if part in parts:
            document[part] = parts.pop(part)
    assert not parts, (name, parts)
    assert ("event" in document) != ("records" in document), name
    assert "expect" not in document or "expectError" not in document, name
    assert {"expect", "expectError", "calls"} & document.keys(), name
    if "records" in document and "expect" in document:
        assert len(document["records"]) == len(document["expect"]), name
    contents = {file: data if isinstance(data, bytes) else data.encode() for file, data in (files or {}).items()}
    contents["case.json"] = (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()
    CASES[name] = contents


def schema_text(schema) -> str:
    """A schema as the text of a file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def file(name):
    """A file's content in a configuration."""
    return {"$file": name}


def values(*hexes):
    """Records that have only a value."""
    return [{"value": h} for h in hexes]


def gives(*texts, schema=None):
    """What records with only a value give: JSON text each."""
    more = {"schema": schema} if schema else {}
    return [{"value": {"json": t, **more}} for t in texts]


def ok(text, schema=None):
    """A side that decodes."""
    return {"json": text, **({"schema": schema} if schema else {})}


def fails(code, category="decode", side="value", path=None, at=None, space=None, hint=None, message=None):
    """A side that fails."""
    error = {"code": code, "category": category, "side": side, "path": path, "byteOffset": at, "space": space, "hint": hint, "message": message}
    return {"error": {k: v for k, v in error.items() if v is not None}}


def call(verb, expect, *args):
    """What another verb gives; of objects only the names given are compared."""
    return {"verb": verb, **({"args": list(args)} if args else {}), "expect": expect}


def b64(data) -> str:
    """Base64 of bytes, of hexadecimal, of nothing else."""
    return base64.b64encode(bytes.fromhex(data) if isinstance(data, str) else data).decode()


def zigzag(n: int) -> str:
    """An Avro int or long as hexadecimal."""
    return varint((n << 1) ^ (n >> 63))


def varint(n: int) -> str:
    """A base-128 varint as hexadecimal."""
    n &= (1 << 64) - 1
    out = bytearray()
    while n > 0x7F:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    return (out + bytes([n])).hex()


def utf8(text: str) -> str:
    """An Avro string, or what follows the tag of a Protobuf string of less than 64 bytes, needs its own length: this is
    the bytes of the text alone, as hexadecimal."""
    return text.encode().hex()


def avro_string(text: str) -> str:
    """An Avro string with its length."""
    return zigzag(len(text.encode())) + utf8(text)


def delimited(data: str) -> str:
    """Protobuf's length and then the bytes."""
    return varint(len(data) // 2) + data


ROOT = Path(__file__).resolve().parents[2] / "vectors"
