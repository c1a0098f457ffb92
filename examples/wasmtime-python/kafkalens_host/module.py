"""The compiled component. Compiling takes a second or two, so the machine code is kept on disk."""

from __future__ import annotations

import hashlib
import os
import tempfile
from importlib.metadata import version
from pathlib import Path

import wasmtime
from wasmtime.component import Component, Func, Instance, Linker

INTERFACE = "kafkalens:core/decoding@0.1.0"
FUNCTIONS = {
    "create": "[static]decoder.create",
    "missing_schemas": "[method]decoder.missing-schemas",
    "add_schema": "[method]decoder.add-schema",
    "decode_event": "[method]decoder.decode-event",
    "decode_payload": "[method]decoder.decode-payload",
    "check_compatibility": "[method]decoder.check-compatibility",
    "check_schema": "[method]decoder.check-schema",
    "encode": "[method]decoder.encode",
}


class Module:
    """The component, ready to be instantiated: share it between decoders.

    ``component`` is the file ``kafkalens.component.wasm``; without one, ``KAFKALENS_COMPONENT`` names it, or it is
    the one that ``cargo xtask build`` left in this repository.

    ``cache`` is a folder for the machine code, by default the user's own cache folder; ``None`` keeps nothing. What
    lies there is run as it is: let nobody else write to it. A file of another component, wasmtime or processor is
    passed over and made anew.
    """

    def __init__(self, component: str | Path | None = None, *, cache: str | Path | None = "default") -> None:
        path = Path(component) if component else component_file()
        wasm = path.read_bytes()
        self.engine = wasmtime.Engine()
        folder = user_cache() if cache == "default" else cache
        file = Path(folder) / cache_name(wasm) if folder else None
        self._component = load(self.engine, wasm, file)
        self._linker = Linker(self.engine)
        interface = self._component.get_export_index(INTERFACE)
        if interface is None:
            raise ValueError(f"{path} does not export {INTERFACE}")
        indexes = {ours: self._component.get_export_index(name, interface) for ours, name in FUNCTIONS.items()}
        self._indexes = {name: index for name, index in indexes.items() if index is not None}

    def instantiate(self) -> tuple[wasmtime.Store, dict[str, Func]]:
        """A new instance in a store of its own, and its functions."""
        store = wasmtime.Store(self.engine)
        # The component imports nothing: an empty linker will do.
        instance: Instance = self._linker.instantiate(store, self._component)
        functions = {name: instance.get_func(store, index) for name, index in self._indexes.items()}
        return store, {name: func for name, func in functions.items() if func is not None}


def component_file() -> Path:
    """Where the component is, where nobody says."""
    named = os.environ.get("KAFKALENS_COMPONENT")
    return Path(named) if named else Path(__file__).parents[3] / "pkg" / "kafkalens.component.wasm"


def user_cache() -> Path | None:
    """The user's cache folder: no place that others may write to."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "kafkalens"
    except RuntimeError:  # nobody's home
        return None


def cache_name(wasm: bytes | bytearray) -> str:
    """A file for each component and wasmtime."""
    return f"kafkalens-{hashlib.sha256(wasm).hexdigest()[:16]}-wasmtime-{version('wasmtime')}.cwasm"


def load(engine: wasmtime.Engine, wasm: bytes | bytearray, file: Path | None) -> Component:
    """The machine code: what was kept, unless wasmtime refuses it; else made, and kept where that can be done."""
    if file is not None and file.is_file():
        try:
            return Component.deserialize_file(engine, str(file))
        except wasmtime.WasmtimeError:
            pass
    component = Component(engine, wasm)
    if file is not None:
        try:
            write(file, component.serialize())
        except OSError:
            pass  # A disk that can't be written costs time, not the decoder.
    return component


def write(file: Path, content: bytes | bytearray) -> None:
    """Writes a file that is never seen half written."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        os.replace(temporary, file)
    except OSError:
        os.unlink(temporary)
        raise
