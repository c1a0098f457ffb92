"""The component in Python, by the host of examples/wasmtime-python.

python.py DATA WORK [MILLISECONDS] prints what came out, or the time.
"""

import json
import sys
import time
from pathlib import Path

from kafkalens_host import Decoder


def measure(records: int, milliseconds: float, run) -> dict[str, float]:
    """Runs for so many milliseconds after a quarter of that for warming up, and gives nanoseconds a record."""
    begun = time.perf_counter()
    wall, cpu = [], 0
    while len(wall) < 5 or (time.perf_counter() - begun) * 1000 < milliseconds:
        start, used = time.perf_counter_ns(), time.process_time_ns()
        run()
        took, used = time.perf_counter_ns() - start, time.process_time_ns() - used
        if (time.perf_counter() - begun) * 1000 > milliseconds / 4:
            wall.append(took / records)
            cpu += used
    wall.sort()
    return {
        "records": records,
        "min_ns": wall[0],
        "median_ns": wall[len(wall) // 2],
        "cpu_ns": cpu / len(wall) / records,
    }


def main(data: str, work: str, *milliseconds: str) -> None:
    event = (Path(data) / f"{work}.json").read_text()
    decoder = Decoder((Path(data) / f"{work}.config.json").read_text())
    text = decoder.decode_json(event)
    if not milliseconds:
        sys.stdout.write(text)
        return
    records = len(json.loads(text)["records"])
    print(json.dumps(measure(records, float(milliseconds[0]), lambda: decoder.decode_json(event))))


main(*sys.argv[1:])
