"""One decoder in one WebAssembly instance, replaced when that traps: a trap leaves an instance unusable for good."""

from __future__ import annotations

from typing import Any

import wasmtime
from wasmtime.component import Record, Variant

from .errors import NAMES, DecodeError, internal
from .module import Module


class Instance:
    """A running component with its decoder, and what is needed to make it anew."""

    def __init__(self, module: Module, config: str) -> None:
        self._module = module
        self._config = config
        self._schemas: dict[str, str] = {}
        self._running: Running | None = self._start()

    def call(self, name: str, *args: Any) -> Any:
        """Calls a method of the decoder. Its error is raised; after a trap the next call has a new instance."""
        if self._running is None:
            raise ValueError("this decoder is closed")
        try:
            result = self._running.call(name, *args)
        except (wasmtime.Trap, wasmtime.WasmtimeError) as trap:
            self._running = self._start()
            raise internal() from trap
        return unwrap(result)

    def add_schema(self, reference: str, text: str) -> None:
        """Adds a schema, also to the instances that may follow this one."""
        # Kept even where it is refused: the component remembers why, for the records that name it.
        self._schemas[reference] = text
        self.call("add_schema", text)

    def close(self) -> None:
        """Gives the memory back."""
        if self._running is not None:
            self._running.decoder.drop(self._running.store)
        self._running = None

    def _start(self) -> Running:
        running = Running(self._module, self._config)
        for text in self._schemas.values():
            running.call("add_schema", text)
        return running


class Running:
    """An instance and the decoder in it."""

    def __init__(self, module: Module, config: str) -> None:
        self.store, self.functions = module.instantiate()
        self.decoder = unwrap(self.functions["create"](self.store, config))

    def call(self, name: str, *args: Any) -> Any:
        """Calls a method of the decoder."""
        return self.functions[name](self.store, self.decoder, *args)


def unwrap(result: Any) -> Any:
    """The good half of a WIT result, which wasmtime hands over bare where the halves' types differ."""
    if isinstance(result, Variant) and result.tag in ("ok", "err"):
        result = result.payload
    if isinstance(result, Record) and hasattr(result, "code"):
        raise decode_error(result)
    return result


def decode_error(error: Record) -> DecodeError:
    """The exception for the WIT record `error`, whose fields are those of the document in kebab case."""
    fields = {name: getattr(error, "byte-offset" if name == "byteOffset" else name) for name in NAMES}
    return DecodeError({name: value for name, value in fields.items() if value is not None})
