"""Descriptor sets and message classes of protos/*.proto, and of files made up here."""

import tempfile
from pathlib import Path

import grpc_tools
from google.protobuf import any_pb2, descriptor_pb2, descriptor_pool, message_factory
from google.protobuf import duration_pb2, empty_pb2, field_mask_pb2, struct_pb2, timestamp_pb2, wrappers_pb2
from grpc_tools import protoc

HERE = Path(__file__).resolve().parent / "protos"
INCLUDES = Path(grpc_tools.__file__).parent / "_proto"
WELL_KNOWN = (any_pb2, duration_pb2, empty_pb2, field_mask_pb2, struct_pb2, timestamp_pb2, wrappers_pb2)


def compile_file(folder, name) -> bytes:
    """The FileDescriptorSet of a file and what it imports, the file itself last."""
    with tempfile.TemporaryDirectory() as out:
        target = Path(out) / "out.fds"
        arguments = ["protoc", f"-I{folder}", f"-I{INCLUDES}", "--include_imports", f"--descriptor_set_out={target}", name]
        assert protoc.main(arguments) == 0, name
        return target.read_bytes()


def compile_text(source) -> bytes:
    """The FileDescriptorSet of a file's text."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "schema.proto").write_text(source)
        return compile_file(folder, "schema.proto")


class Proto:
    """A compiled file."""

    def __init__(self, fds):
        self.fds = fds
        self.pool = descriptor_pool.DescriptorPool()
        for file in descriptor_pb2.FileDescriptorSet.FromString(fds).file:
            self.pool.Add(file)

    def message(self, name):
        """The class of a message by full name."""
        return message_factory.GetMessageClass(self.pool.FindMessageTypeByName(name))


SCALARS = Proto(compile_file(HERE, "scalars.proto"))
LEGACY = Proto(compile_file(HERE, "legacy.proto"))
WELLKNOWN = Proto(compile_file(HERE, "wellknown.proto"))
