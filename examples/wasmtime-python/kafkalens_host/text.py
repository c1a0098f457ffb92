"""Reads the document that the component prints, without losing the exact text of a key or value."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Read = Callable[[str, str, int], tuple[Any, int]]

# The value at a place and where it ends. Python's own reader: integers of any size are exact.
scan = json.JSONDecoder().raw_decode


def records(text: str) -> list[dict[str, Any]]:
    """The records of ``{"records":[…]}``: a dict each, in which `key` and `value` are dicts of (value, text)."""
    found: list[dict[str, Any]] = []
    at = len('{"records":[')
    while text[at] != "]":
        at += text[at] == ","
        record, at = members(text, at, record_member)
        found.append(record)
    return found


def members(text: str, at: int, read: Read) -> tuple[dict[str, Any], int]:
    """An object's members, read by `read`, and where it ends. The component prints no white space between them."""
    found = {}
    at += 1
    while text[at] != "}":
        at += text[at] == ","
        name, at = scan(text, at)
        found[name], at = read(name, text, at + 1)
    return found, at + 1


def record_member(name: str, text: str, at: int) -> tuple[Any, int]:
    return members(text, at, part) if name in ("key", "value") else scan(text, at)


def part(_: str, text: str, at: int) -> tuple[tuple[Any, str], int]:
    value, end = scan(text, at)
    return (value, text[at:end]), end
