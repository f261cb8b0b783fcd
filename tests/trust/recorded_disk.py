"""What a program writes, syncs and names on the disk, in order, as it really happens.

SQLite is watched from within: the functions of its file system layer are wrapped in place, so the
program runs as it always does. The store's own writes are watched at the calls of ``os``.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p
from pathlib import Path
from typing import Any

Event = tuple[Any, ...]
"""``write path offset bytes``, ``truncate path size``, ``sync path``, ``create path``,
``delete path``, ``rename path path``, ``sync_folder path``, ``ack number``."""

_CREATE = 0x4
_Open = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_Delete = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)
_Close = CFUNCTYPE(c_int, c_void_p)
_Write = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
_Sync = CFUNCTYPE(c_int, c_void_p, c_int)


class _FileSystem(Structure):
    """The beginning of SQLite's ``sqlite3_vfs``."""

    _fields_ = (
        ("version", c_int),
        ("file_size", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", c_void_p),
        ("delete", c_void_p),
    )


class _Methods(Structure):
    """SQLite's ``sqlite3_io_methods``."""

    _fields_ = (
        ("version", c_int),
        ("close", c_void_p),
        ("read", c_void_p),
        ("write", c_void_p),
        ("truncate", c_void_p),
        ("sync", c_void_p),
        ("others", c_void_p * 13),
    )


class _File(Structure):
    _fields_ = (("methods", POINTER(_Methods)),)


def _library() -> ctypes.CDLL:
    """Return the SQLite that this very process uses."""
    for line in Path("/proc/self/maps").read_text().splitlines():
        if "sqlite" in line:
            library = ctypes.CDLL(line.split()[-1])
            if hasattr(library, "sqlite3_vfs_find"):
                return library
    raise RuntimeError("this Python's SQLite cannot be watched")


def _text(name: int | None) -> str:
    """Return a path; SQLite itself keeps the pointer, so the pointer is what is handed on."""
    return os.fsdecode(ctypes.string_at(name)) if name else ""


class RecordedDisk:
    """The events of one folder since recording began."""

    def __init__(self, folder: Path) -> None:
        self.events: list[Event] = []
        self._folder = str(folder)
        self._paths: dict[int, str] = {}
        self._unsynced_names: set[str] = set()
        self._wrapped: dict[int, _Methods] = {}
        self._kept_alive: list[object] = []

    def ack(self, number: int) -> None:
        """Note that the program has told its user that work ``number`` is saved."""
        self.events.append(("ack", number))

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Watch everything that is written until the end."""
        find = _library().sqlite3_vfs_find
        find.restype, find.argtypes = POINTER(_FileSystem), [c_char_p]
        system = find(None).contents
        was_open, was_delete = system.open, system.delete
        system.open = self._address(self._opening(_Open(was_open)))
        system.delete = self._address(self._deleting(_Delete(was_delete)))
        patched = self._patch_os()
        try:
            yield
        finally:
            system.open, system.delete = was_open, was_delete
            for name, function in patched.items():
                setattr(os, name, function)

    def _address(self, function: Any) -> int:
        self._kept_alive.append(function)
        return int(ctypes.cast(function, c_void_p).value or 0)

    def _note(self, *event: Any) -> None:
        if str(event[1]).startswith(self._folder):
            self.events.append(event)

    def _opening(self, real: Any) -> Any:
        def opened(system: int, name: int, file: int, flags: int, out: int) -> int:
            path = _text(name)
            is_new = bool(flags & _CREATE) and bool(path) and not Path(path).exists()
            result: int = real(system, name, file, flags, out)
            if result == 0 and path:
                self._paths[file] = path
                if is_new:
                    self._note("create", path)
                    self._unsynced_names.add(path)
                self._wrap(_File.from_address(file))
            return result

        return _Open(opened)

    def _deleting(self, real: Any) -> Any:
        def deleted(system: int, name: int, is_synced: int) -> int:
            path = _text(name)
            is_there = Path(path).exists()
            result: int = real(system, name, is_synced)
            if is_there:
                self._note("delete", path)
                if is_synced:
                    self._note("sync_folder", str(Path(path).parent))
            return result

        return _Delete(deleted)

    def _wrap(self, file: _File) -> None:
        """Give a file methods that note what they do and then do what they always did."""
        address = ctypes.addressof(file.methods.contents)
        if address not in self._wrapped:
            methods = _Methods.from_buffer_copy(file.methods.contents)
            methods.write = self._address(self._writing(_Write(methods.write)))
            methods.truncate = self._address(self._truncating(_Truncate(methods.truncate)))
            methods.sync = self._address(self._syncing(_Sync(methods.sync)))
            self._wrapped[address] = methods
        file.methods = ctypes.pointer(self._wrapped[address])

    def _writing(self, real: Any) -> Any:
        def written(file: int, content: int, size: int, offset: int) -> int:
            self._note("write", self._paths[file], offset, ctypes.string_at(content, size))
            result: int = real(file, content, size, offset)
            return result

        return _Write(written)

    def _truncating(self, real: Any) -> Any:
        def truncated(file: int, size: int) -> int:
            self._note("truncate", self._paths[file], size)
            result: int = real(file, size)
            return result

        return _Truncate(truncated)

    def _syncing(self, real: Any) -> Any:
        def synced(file: int, flags: int) -> int:
            result: int = real(file, flags)
            path = self._paths[file]
            self._note("sync", path)
            if path in self._unsynced_names:  # SQLite syncs the folder with a new journal
                self._unsynced_names.discard(path)
                self._note("sync_folder", str(Path(path).parent))
            return result

        return _Sync(synced)

    def _patch_os(self) -> dict[str, Callable[..., Any]]:
        real = {
            name: getattr(os, name)
            for name in ("open", "close", "write", "fsync", "replace", "unlink", "mkdir")
        }
        handles: dict[int, list[Any]] = {}

        def open_(path: Any, flags: int, *more: Any, **options: Any) -> int:
            is_new = bool(flags & os.O_CREAT) and not Path(path).exists()
            handle: int = real["open"](path, flags, *more, **options)
            handles[handle] = [os.fspath(path), 0]
            if is_new:
                self._note("create", os.fspath(path))
            return handle

        def write(handle: int, content: Any) -> int:
            done: int = real["write"](handle, content)
            if handle in handles:
                path, offset = handles[handle]
                self._note("write", path, offset, bytes(content[:done]))
                handles[handle][1] += done
            return done

        def fsync(handle: int) -> None:
            real["fsync"](handle)
            path = handles[handle][0]
            self._note("sync_folder" if Path(path).is_dir() else "sync", path)

        def named(name: str, event: str) -> Callable[..., None]:
            def call(*paths: Any, **options: Any) -> None:
                real[name](*paths, **options)
                self._note(event, *(os.fspath(path) for path in paths[: 1 + (event == "rename")]))

            return call

        for name, function in {
            "open": open_,
            "close": lambda handle: (handles.pop(handle, None), real["close"](handle))[1],
            "write": write,
            "fsync": fsync,
            "replace": named("replace", "rename"),
            "unlink": named("unlink", "delete"),
            "mkdir": named("mkdir", "create_folder"),
        }.items():
            setattr(os, name, function)
        return real
