"""The Python of README.md, run as it stands."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import tempfile
import unittest
from base64 import b64encode
from pathlib import Path
from typing import Any

from kafkalens_host.module import component_file

HOST = Path(__file__).parents[1]
ORDER = '{"type":"record","name":"Order","fields":[{"name":"id","type":"int"}]}'


def blocks() -> list[str]:
    return re.findall(r"^```python\n(.*?)^```$", (HOST / "README.md").read_text(), re.DOTALL | re.MULTILINE)


class Readme(unittest.TestCase):
    def test_use_and_start_up(self) -> None:
        use, start_up = blocks()
        scope: dict[str, Any] = {"config": {"value": {"format": "json"}}}
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            Path("order.avsc").write_text(ORDER)
            shutil.copy(component_file(), "kafkalens.component.wasm")
            exec(use, scope)
            payloads = [b"\x00\x00\x00\x00\x2a\x0e", b"\x00\x00\x00\x00\x2a"]
            records = [
                {"topic": "orders", "partition": 0, "offset": n, "value": b64encode(payload).decode()}
                for n, payload in enumerate(payloads)
            ]
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                scope["handler"]({"records": {"orders-0": records}}, None)
            first, second = printed.getvalue().splitlines()
            self.assertEqual(first, "orders 0 {'id': 7}")
            self.assertTrue(second.startswith("AVRO_TRUNCATED $.id 5"), second)
            exec("from kafkalens_host import Module\n" + start_up, scope)
            self.assertEqual(scope["decoder"].decode_json(json.dumps({"records": {}})), '{"records":[]}')
            self.assertEqual([Path(name).suffix for name in os.listdir("cache")], [".cwasm"])
