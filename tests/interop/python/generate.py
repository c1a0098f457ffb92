"""Writes tests/vectors/, or says with --check whether what is committed is what this would write."""

import shutil
import sys

from cases import CASES, ROOT
import avro_cases  # noqa: F401 - each import adds its cases
import protobuf_cases  # noqa: F401
import serializer_cases  # noqa: F401
import specified  # noqa: F401


def committed():
    """Folders of cases that are there, as `area/name`."""
    return {f"{d.parent.name}/{d.name}" for d in ROOT.glob("*/*") if d.is_dir()}


def check() -> list:
    """How the committed cases differ from those made here."""
    differences = [f"{name}: not made by any script" for name in sorted(committed() - set(CASES))]
    for name, contents in CASES.items():
        found = {p.name: p.read_bytes() for p in (ROOT / name).glob("*")}
        for file in sorted(found.keys() | contents.keys()):
            if found.get(file) != contents.get(file):
                differences.append(f"{name}/{file} differs")
    return differences


def write():
    """Writes every case and removes those that no script makes."""
    for name in committed() - set(CASES):
        shutil.rmtree(ROOT / name)
    for name, contents in CASES.items():
        folder = ROOT / name
        folder.mkdir(parents=True, exist_ok=True)
        for stale in {p.name for p in folder.iterdir()} - set(contents):
            (folder / stale).unlink()
        for file, data in contents.items():
            (folder / file).write_bytes(data)


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        found = check()
        print("\n".join(found) or f"{len(CASES)} cases, all as committed")
        sys.exit(bool(found))
    write()
    print(f"{len(CASES)} cases written")
