"""Kafka events of AWS Lambda, decoded: kafkalens in Python, by its WebAssembly component and wasmtime.

>>> from kafkalens_host import Decoder
>>> decoder = Decoder({"value": {"format": "json"}})
>>> for record in decoder.decode(event):
...     print(record.topic, record.offset, record.value)
"""

from .decoder import Decoder
from .errors import DecodeError
from .module import Module
from .records import Header, Record, Result

__all__ = ["DecodeError", "Decoder", "Header", "Module", "Record", "Result"]
