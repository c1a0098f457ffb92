"""Writes src/format/protobuf/proto/builtin.txt: the well-known imports as short .proto text, from protoc's descriptors.

    python builtin.py > ../../../src/format/protobuf/proto/builtin.txt
"""
import os
import subprocess
import sys
import tempfile

import grpc_tools
from google.protobuf import descriptor_pb2 as d

ROOT = os.path.join(os.path.dirname(grpc_tools.__file__), "_proto")
FILES = ["any", "api", "cpp_features", "descriptor", "duration", "empty", "field_mask", "go_features", "java_features",
         "source_context", "struct", "timestamp", "type", "wrappers"]
F = d.FieldDescriptorProto
LABELS = {1: "optional ", 2: "required ", 3: "repeated "}


def compiled(names):
    with tempfile.NamedTemporaryFile() as out:
        subprocess.run([sys.executable, "-m", "grpc_tools.protoc", f"-I{ROOT}", f"-o{out.name}", "--include_imports", *names],
                       check=True)
        return d.FileDescriptorSet.FromString(open(out.name, "rb").read())


def field(f, file, entries):
    if f.type_name in entries:
        key, value = entries[f.type_name].field
        kind = f"map<{scalar(key)},{scalar(value)}>"
        label = ""
    else:
        kind = scalar(f)
        plain = file.syntax == "proto3" or file.HasField("edition") or f.HasField("oneof_index")
        label = LABELS[f.label] if f.label == 3 or not plain else ""
    options = []
    if f.HasField("default_value"):
        options.append("default=" + (f.default_value if f.type != F.TYPE_STRING else f'"{f.default_value}"'))
    if f.options.HasField("packed"):
        options.append(f"packed={str(f.options.packed).lower()}")
    options += [f"targets={d.FieldOptions.OptionTargetType.Name(t)}" for t in f.options.targets]
    shown = f"[{','.join(options)}]" if options else ""
    return f"{label}{kind} {f.name}={f.number}{shown};"


def scalar(f):
    return f.type_name if f.type_name else F.Type.Name(f.type)[5:].lower()


def message(m, file, scope):
    full = f"{scope}.{m.name}"
    entries = {f"{full}.{n.name}": n for n in m.nested_type if n.options.map_entry}
    out = f"message {m.name}{{"
    oneofs = {}
    for f in m.field:
        if f.HasField("oneof_index"):
            oneofs.setdefault(f.oneof_index, []).append(f)
    done = set()
    for f in m.field:
        if f.HasField("oneof_index"):
            if f.oneof_index not in done:
                done.add(f.oneof_index)
                inner = "".join(field(g, file, entries) for g in oneofs[f.oneof_index])
                out += f"oneof {m.oneof_decl[f.oneof_index].name}{{{inner}}}"
        else:
            out += field(f, file, entries)
    out += "".join(message(n, file, full) for n in m.nested_type if not n.options.map_entry)
    out += "".join(map(enum, m.enum_type))
    for r in m.extension_range:
        out += f"extensions {r.start} to {'max' if r.end == 1 << 29 else r.end - 1};"
    for r in m.reserved_range:
        out += f"reserved {r.start} to {r.end - 1};"
    return out + extend(m.extension, file) + "}"


def extend(fields, file):
    return "".join(f"extend {f.extendee}{{{field(f, file, {})}}}" for f in fields)


def enum(e):
    alias = "option allow_alias=true;" if e.options.allow_alias else ""
    return f"enum {e.name}{{{alias}" + "".join(f"{v.name}={v.number};" for v in e.value) + "}"


def text(f):
    out = f'edition="{f.edition - 1000 + 2023}";' if f.HasField("edition") else f'syntax="{f.syntax or "proto2"}";'
    out += f"package {f.package};" + "".join(f'import "{i}";' for i in f.dependency)
    scope = f".{f.package}"
    out += "".join(message(m, f, scope) for m in f.message_type) + "".join(map(enum, f.enum_type))
    return out + extend(f.extension, f)


CONFLUENT = {
    "confluent/meta.proto": 'syntax="proto3";package confluent;import "google/protobuf/descriptor.proto";'
    "message Meta{string doc=1;map<string,string> params=2;repeated string tags=3;}"
    + "".join(f"extend .google.protobuf.{o}Options{{Meta {n}_meta=1088;}}" for o, n in
              [("File", "file"), ("Message", "message"), ("Field", "field"), ("Enum", "enum"), ("EnumValue", "enum_value")]),
    "confluent/type/decimal.proto": 'syntax="proto3";package confluent.type;'
    "message Decimal{bytes value=1;uint32 precision=2;int32 scale=3;}",
}

if __name__ == "__main__":
    present = [f"google/protobuf/{n}.proto" for n in FILES if os.path.exists(f"{ROOT}/google/protobuf/{n}.proto")]
    for f in sorted(compiled(present).file, key=lambda f: f.name):
        print(f"{f.name}\t{text(f)}")
    for name, source in CONFLUENT.items():
        print(f"{name}\t{source}")
