"""JSON text as ECMAScript writes it: JSON.stringify's strings and layout, Number::toString's doubles."""

import json
import math
import struct
from decimal import Decimal


def number(x: float) -> str:
    """A finite double as Number::toString (ECMA-262, 6.1.6.1.20) has it, with the sign of zero kept."""
    if x == 0:
        return "-0" if math.copysign(1, x) < 0 else "0"
    if x < 0:
        return "-" + number(-x)
    # repr gives the shortest digits that read back as the same double; only their layout differs.
    _, digit_tuple, exponent = Decimal(repr(x)).as_tuple()
    digits = "".join(map(str, digit_tuple))
    stripped = digits.rstrip("0")
    exponent += len(digits) - len(stripped)
    k, n = len(stripped), len(stripped) + exponent
    if k <= n <= 21:
        return stripped + "0" * (n - k)
    if 0 < n <= 21:
        return stripped[:n] + "." + stripped[n:]
    if -6 < n <= 0:
        return "0." + "0" * -n + stripped
    mantissa = stripped[0] + ("." + stripped[1:] if k > 1 else "")
    return f"{mantissa}e{'+' if n > 0 else '-'}{abs(n - 1)}"


def double(x: float):
    """A double as a tree node: text where JSON has no number for it."""
    if math.isnan(x):
        return "NaN"
    if math.isinf(x):
        return "Infinity" if x > 0 else "-Infinity"
    return x


def float32(x: float) -> float:
    """The exact double of a 32-bit float."""
    return struct.unpack("<f", struct.pack("<f", x))[0]


def text(tree) -> str:
    """A tree of None, bool, int, float, str, list and dict as one line of JSON."""
    if tree is None:
        return "null"
    if isinstance(tree, bool):
        return "true" if tree else "false"
    if isinstance(tree, int):
        return str(tree)
    if isinstance(tree, float):
        return text(double(tree)) if not math.isfinite(tree) else number(tree)
    if isinstance(tree, str):
        # The same escapes as JSON.stringify: lower-case \u00xx for controls, everything else as it is.
        return json.dumps(tree, ensure_ascii=False)
    if isinstance(tree, (list, tuple)):
        return "[" + ",".join(map(text, tree)) + "]"
    return "{" + ",".join(f"{text(str(k))}:{text(v)}" for k, v in tree.items()) + "}"
