"""What the vectors don't show: Python values, exceptions, schemas on demand, the cache."""

from __future__ import annotations

import json
import pickle
import tempfile
import unittest
from base64 import b64encode
from pathlib import Path
from typing import Any
from unittest import mock

import wasmtime
from wasmtime.component import Component

from kafkalens_host import DecodeError, Decoder, Header
from kafkalens_host.instance import Instance, Running
from kafkalens_host.module import cache_name, load

DEMO = Path(__file__).parents[2] / "demo"
JSON = {"value": {"format": "json"}}
BY_ID = {"value": {"format": "avro", "framing": "confluent"}}
LONG = {"type": "AVRO", "schema": '"long"'}


def event(*values: bytes) -> dict[str, Any]:
    """An event of values."""
    records = [
        {"topic": "t", "partition": 0, "offset": offset, "value": b64encode(value).decode()}
        for offset, value in enumerate(values)
    ]
    return {"eventSource": "aws:kafka", "records": {"t-0": records}}


class Values(unittest.TestCase):
    def test_integers_are_exact_and_the_text_is_kept(self) -> None:
        [record] = Decoder(JSON).decode(event(b'{"n": 9007199254740993, "f": 1.0, "s": "\\u00e9"}'))
        self.assertEqual(record.value, {"n": 9007199254740993, "f": 1, "s": "é"})
        self.assertEqual(record.value_result.json, '{"n":9007199254740993,"f":1,"s":"é"}')

    def test_an_event_as_dict_text_or_bytes(self) -> None:
        as_dict = event(b"{}", b"[1]")
        text = json.dumps(as_dict)
        decoder = Decoder(json.dumps(JSON))
        for form in (as_dict, text, text.encode()):
            self.assertEqual([record.value for record in decoder.decode(form)], [{}, [1]])

    def test_metadata_headers_and_tombstones(self) -> None:
        one = event(b"")
        one["records"]["t-0"][0] |= {"key": None, "timestamp": 5, "headers": [{"h": [104, -61]}, {"n": None}]}
        [record] = Decoder({}).decode(one)
        self.assertEqual((record.topic, record.partition, record.offset, record.timestamp), ("t", 0, 0, 5))
        self.assertEqual(record.headers, [Header("h", b"h\xc3"), Header("n", None)])
        self.assertEqual((record.key, record.key_result.tombstone, record.value), (None, "null", ""))

    def test_a_payload_without_an_event(self) -> None:
        decoder = Decoder(JSON)
        self.assertEqual(decoder.decode_payload(b"[1]", topic="orders").value, [1])
        error = decoder.decode_payload(b"{").error
        self.assertEqual(error and (error.code, error.byte_offset), ("JSON_TRUNCATED", 1))


class Errors(unittest.TestCase):
    def test_a_record_raises_its_own(self) -> None:
        bad, good = Decoder(JSON).decode(event(b'{"a": ?}', b"1"))
        self.assertEqual(good.value, 1)
        with self.assertRaises(DecodeError) as raised:
            print(bad.value)
        error = raised.exception
        self.assertEqual((error.code, error.category, error.side), ("JSON_SYNTAX", "decode", "value"))
        self.assertEqual((error.topic, error.partition, error.offset), ("t", 0, 0))
        self.assertEqual((error.path, error.byte_offset, error.space), ("${0}", 6, "payload"))
        self.assertEqual(str(error), f"JSON_SYNTAX: {error.message}")
        self.assertFalse(error.retryable)
        self.assertIs(error, bad.value_result.error)
        self.assertEqual(pickle.loads(pickle.dumps(error)).document(), error.document())

    def test_configurations_and_events_are_refused(self) -> None:
        self.refused("CONFIG_INVALID", lambda: Decoder({"nope": 1}))
        decoder = Decoder({})
        self.refused("EVENT_NOT_JSON", lambda: decoder.decode("{"))
        self.refused("EVENT_SHAPE", lambda: decoder.decode({}))
        error = self.refused("EVENT_NOT_JSON", lambda: decoder.decode(b'{"\xff'))
        self.assertEqual((error.byte_offset, error.space), (2, "event"))

    def test_closed(self) -> None:
        with Decoder({}) as decoder:
            pass
        with self.assertRaises(ValueError):
            decoder.decode(event(b""))

    def refused(self, code: str, use: Any) -> DecodeError:
        with self.assertRaises(DecodeError) as raised:
            use()
        self.assertEqual(raised.exception.code, code)
        return raised.exception


class Schemas(unittest.TestCase):
    def test_prepare_fetches_each_schema_once(self) -> None:
        decoder, asked = Decoder(BY_ID), []

        def fetch(reference: str) -> dict[str, Any]:
            asked.append(reference)
            return LONG

        framed = event(b"\0\0\0\0\x07\x04", b"\0\0\0\0\x07\x06")
        self.assertEqual(decoder.missing_schemas(framed), ["confluent:7"])
        decoder.prepare(framed, fetch)
        decoder.prepare(framed, fetch)
        self.assertEqual(asked, ["confluent:7"])
        self.assertEqual([record.value for record in decoder.decode(framed)], [2, 3])
        self.assertEqual(decoder.decode(framed)[0].value_result.schema, "confluent:7")

    def test_a_schema_that_is_refused_is_the_error_of_its_records(self) -> None:
        decoder = Decoder(BY_ID)
        framed = event(b"\0\0\0\0\x07\x04", b"\0\0\0\0\x08\x06")
        decoder.prepare(framed, lambda reference: LONG if reference == "confluent:8" else LONG | {"schema": "?"})
        bad, good = decoder.decode(framed)
        self.assertEqual(good.value, 3)
        self.assertEqual(bad.value_result.error and bad.value_result.error.category, "schema")

    def test_a_source_that_fails_is_passed_on(self) -> None:
        def fetch(reference: str) -> dict[str, Any]:
            raise OSError(reference)

        with self.assertRaisesRegex(OSError, "confluent:7"):
            Decoder(BY_ID).prepare(event(b"\0\0\0\0\x07\x04"), fetch)

    def test_a_trap_costs_an_instance_and_not_the_decoder(self) -> None:
        decoder = Decoder(BY_ID)
        decoder.add_schema({"reference": "confluent:7", **LONG})
        framed = event(b"\0\0\0\0\x07\x04")
        trap = mock.patch.object(Running, "call", side_effect=wasmtime.WasmtimeError("a trap"))
        start = mock.patch.object(Instance, "_start", return_value=decoder._instance._start())
        with trap, start, self.assertRaises(DecodeError) as raised:
            decoder.decode(framed)
        self.assertEqual(raised.exception.code, "INTERNAL")
        self.assertEqual(decoder.decode(framed)[0].value, 2)


class Tools(unittest.TestCase):
    def test_encodes_what_it_decodes(self) -> None:
        decoder = Decoder(BY_ID)
        decoder.add_schema({"reference": "confluent:7", **LONG})
        datum = decoder.encode("AVRO", '"long"', 2**53 + 1)
        [record] = decoder.decode(event(b"\0\0\0\0\x07" + datum))
        self.assertEqual(record.value, 2**53 + 1)
        with self.assertRaises(DecodeError):
            decoder.encode("AVRO", '"long"', "two")

    def test_checks_compatibility(self) -> None:
        document = {"type": "AVRO", "mode": "BACKWARD", "schema": '"int"', "history": ['"int"', '"long"']}
        found = Decoder({}).check_compatibility(document)
        self.assertFalse(found["compatible"])
        self.assertEqual(len(found["incompatibilities"]), 1)

    def test_checks_a_schema_strictly(self) -> None:
        schema = {"type": "enum", "name": "Colour", "symbols": ["RED", "light-blue"]}
        (found,) = Decoder({}).check_schema({"type": "AVRO", "schema": schema})
        self.assertEqual(found["path"], "$.symbols[1]")


class Cache(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = wasmtime.Engine()
        self.wasm = wasmtime.wat2wasm("(component)")
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "below" / cache_name(self.wasm)

    def test_machine_code_is_kept(self) -> None:
        load(self.engine, self.wasm, self.file)
        self.assertEqual(self.compiled(), 0)

    def test_what_is_stale_is_made_anew(self) -> None:
        self.file.parent.mkdir()
        self.file.write_bytes(b"of another version")
        self.assertEqual(self.compiled(), 1)
        self.assertEqual(self.compiled(), 0)

    def test_a_cache_that_cannot_be_written_is_none(self) -> None:
        self.file.parent.write_bytes(b"no folder")
        self.assertEqual(self.compiled(), 1)

    def test_each_component_and_wasmtime_has_its_file(self) -> None:
        self.assertNotEqual(self.file.name, cache_name(b"another"))
        self.assertIn("wasmtime-", self.file.name)

    def compiled(self) -> int:
        """How often loading compiles."""
        with mock.patch.object(Component, "__init__", autospec=True, side_effect=Component.__init__) as compile_:
            load(self.engine, self.wasm, self.file)
        return compile_.call_count


class Demo(unittest.TestCase):
    def test_the_sample_order(self) -> None:
        writer = (DEMO / "glue-avro" / "order.avsc").read_text()
        value = {"format": "avro", "framing": "glue", "writer": writer, "anyId": True}
        config = {"key": {"format": "text"}, "value": value}
        [record, *_] = Decoder(config).decode((DEMO / "glue-avro" / "event.json").read_bytes())
        self.assertIsInstance(record.value, dict)
        self.assertTrue(str(record.value_result.schema).startswith("glue:"))


if __name__ == "__main__":
    unittest.main()
