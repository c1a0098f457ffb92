"""Every vector through wasmtime-py: values by their exact JSON text, errors by the names that a case gives."""

from __future__ import annotations

import hashlib
import json
import unittest
from base64 import b64encode
from collections import Counter
from typing import Any

from kafkalens_host import DecodeError, Decoder, Record, Result

from .cases import Case, cases

HOST = "wasmtime-py"


class Vectors(unittest.TestCase):
    def test_all(self) -> None:
        areas: Counter[str] = Counter()
        records, digest = 0, hashlib.sha256()
        for case in cases():
            with self.subTest(case.name):
                text = self.run_case(case)
                digest.update(f"{case.name}\t{text}\n".encode())
                areas[case.area] += 1
                records += len(case.expect or ())
        self.assertGreater(areas.total(), 0, "no vectors found")
        print(f"vectors: {areas.total()} cases, {records} records in {HOST}")
        print(f"areas: {' '.join(f'{area}={count}' for area, count in areas.items())} in {HOST}")
        print(f"digest: {digest.hexdigest()} in {HOST}")

    def run_case(self, case: Case) -> str:
        """Runs a case; gives the document that it printed."""
        try:
            decoder = Decoder(case.config)
        except DecodeError as error:
            return self.refused(case, error)
        with decoder:
            if case.missing is not None:
                self.assertEqual(decoder.missing_schemas(case.event), case.missing)
            for schema in case.schemas:
                add_schema(decoder, schema)
            try:
                text = decoder.decode_json(case.event)
                records = decoder.decode(case.event)
            except DecodeError as error:
                return self.refused(case, error)
        self.assertIsNotNone(case.expect, "expected an error, found records")
        self.assertEqual(len(records), len(case.expect or ()))
        for index, (record, expected) in enumerate(zip(records, case.expect or ())):
            self.compare(record, expected, f"[{index}]")
        return text

    def refused(self, case: Case, error: DecodeError) -> str:
        self.assertIsNotNone(case.expect_error, str(error))
        self.compare_error(error, case.expect_error or {}, "the whole")
        return json.dumps(error.document(), ensure_ascii=False, separators=(",", ":"))

    def compare(self, record: Record, expected: dict[str, Any], place: str) -> None:
        for name in ("key", "value"):
            if name in expected:
                self.compare_side(record, name, expected[name], f"{place}.{name}")
        found = metadata(record)
        for name, value in expected.get("record", {}).items():
            self.assertEqual(found[name], value, f"{place}.{name}")

    def compare_side(self, record: Record, name: str, expected: dict[str, Any], place: str) -> None:
        result: Result = getattr(record, f"{name}_result")
        if "error" in expected:
            self.compare_error(result.error, expected["error"], place)
            with self.assertRaises(DecodeError):
                getattr(record, name)
        else:
            self.assertIsNone(result.error, place)
            self.assertEqual(result.json, expected.get("json"), place)
            self.assertEqual(result.tombstone, expected.get("tombstone"), place)
            self.assertEqual(getattr(record, name), json.loads(expected.get("json", "null")), place)
        if "schema" in expected:
            self.assertEqual(result.schema, expected["schema"], place)

    def compare_error(self, error: DecodeError | None, expected: dict[str, Any], place: str) -> None:
        found = error.document() if error is not None else {}
        for name, value in expected.items():
            self.assertEqual(found.get(name), value, f"{place}: {name} of {found}")


def add_schema(decoder: Decoder, schema: dict[str, Any]) -> None:
    """A schema may be refused at once or kept: either way the record that names it carries the error."""
    try:
        decoder.add_schema(schema)
    except DecodeError:
        pass


def metadata(record: Record) -> dict[str, Any]:
    """The metadata as the record document has it."""
    headers = [
        {"name": name, "value": None if value is None else b64encode(value).decode()}
        for name, value in record.headers
    ]
    return {
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
        "timestamp": record.timestamp,
        "timestampType": record.timestamp_type,
        "headers": headers,
    }


if __name__ == "__main__":
    unittest.main()
