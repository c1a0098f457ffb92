"""Decoded values of the reference implementations, in the dialect `plain`."""

import base64
import datetime
import decimal
import uuid

from jstext import double

PRIMITIVES = {"null", "boolean", "int", "long", "float", "double", "bytes", "string"}


class Avro:
    """Values of fastavro, by their schema."""

    def __init__(self, schema):
        self.names = {}
        self.collect(schema, "")
        self.schema = schema

    def collect(self, schema, namespace):
        """Notes every named type."""
        if isinstance(schema, list):
            for branch in schema:
                self.collect(branch, namespace)
        elif isinstance(schema, dict):
            if schema["type"] in ("record", "enum", "fixed"):
                full = self.full(schema["name"], schema.get("namespace", namespace))
                namespace = full.rpartition(".")[0]
                self.names[full] = schema
                for field in schema.get("fields", []):
                    self.collect(field["type"], namespace)
            for part in ("items", "values"):
                if part in schema:
                    self.collect(schema[part], namespace)
            if isinstance(schema["type"], (dict, list)):
                self.collect(schema["type"], namespace)

    @staticmethod
    def full(name, namespace):
        return name if "." in name or not namespace else f"{namespace}.{name}"

    def find(self, name):
        """A named type by full name, or by its last part where that is enough."""
        if name in self.names:
            return self.names[name]
        return next(s for full, s in self.names.items() if full.split(".")[-1] == name)

    def tree(self, value, schema=None):
        """The value as a tree for `jstext.text`."""
        schema = self.schema if schema is None else schema
        if isinstance(schema, list):
            return self.union(value, schema)
        if isinstance(schema, str):
            schema = {"type": schema} if schema in PRIMITIVES else self.find(schema)
        kind = schema["type"]
        if isinstance(kind, (dict, list)) or kind not in PRIMITIVES | {"record", "array", "map", "enum", "fixed"}:
            return self.tree(value, kind)
        if kind == "record":
            return {f["name"]: self.tree(value[f["name"]], f["type"]) for f in schema["fields"]}
        if kind == "array":
            return [self.tree(item, schema["items"]) for item in value]
        if kind == "map":
            return {name: self.tree(item, schema["values"]) for name, item in value.items()}
        return scalar(value, schema.get("logicalType", ""))

    def union(self, value, branches):
        if isinstance(value, tuple):
            return self.tree(value[1], self.find(value[0]))
        return self.tree(value, next(b for b in branches if self.takes(b, value)))

    def takes(self, branch, value):
        """Whether a branch's values look like this one in Python."""
        kind = branch["type"] if isinstance(branch, dict) else branch
        logical = isinstance(branch, dict) and "logicalType" in branch
        types = {"null": type(None), "boolean": bool, "int": int, "long": int, "float": float, "double": float,
                 "bytes": bytes, "string": str, "array": list, "map": dict}
        if logical and kind in ("int", "long", "bytes", "string"):
            return not isinstance(value, (int, bytes, str, type(None), bool))
        return kind in types and type(value) is types[kind]


def scalar(value, logical):
    """A value without parts."""
    digits = {"millis": 3, "micros": 6}.get(logical.rsplit("-", 1)[-1], 0)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, float):
        return double(value)
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, datetime.datetime):
        zone = "Z" if value.tzinfo else ""
        return value.strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0") + fraction(value, digits) + zone
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M:%S") + fraction(value, digits)
    return value


def fraction(value, digits):
    return "." + f"{value.microsecond:06}"[:digits]
