"""Documents and pictures, kept by their content in a folder beside the shop file."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.store import disk
from smallcmms.store.errors import in_words


def folder_of(shop: Path) -> Path:
    """Return the folder that holds the documents of a shop file."""
    return shop.with_name(f"{shop.stem}.files")


class Files:
    """The documents of one shop file; a document never changes and is never overwritten."""

    def __init__(self, shop: Path) -> None:
        self.folder = folder_of(shop)

    def path(self, content_hash: str) -> Path:
        """Return where a document lies.

        Raises:
            RuleBroken: that is no name of a document.
        """
        if len(content_hash) != 64 or not set(content_hash) <= set("0123456789abcdef"):  # noqa: PLR2004
            raise RuleBroken("{name} is no document of this file.", name=content_hash[:80])
        return self.folder / content_hash[:2] / content_hash

    def put(self, content: bytes) -> str:
        """Keep a document for good and return the hash that names it.

        Raises:
            DiskFull: the disk took no more, and no part of the document is kept.
        """
        content_hash = hashlib.sha256(content).hexdigest()
        path = self.path(content_hash)
        if not self._is_kept(path, content_hash):
            with in_words(self.folder):
                for folder in (self.folder, path.parent):
                    if not folder.is_dir():
                        disk.make_private_folder(folder)
                        disk.sync_folder(folder.parent)
                disk.write_whole(path, content)
        return content_hash

    def get(self, content_hash: str) -> bytes:
        """Return a document's bytes.

        Raises:
            NotFound: it is not there.
            RuleBroken: its bytes are no longer those that were kept.
        """
        try:
            content = self.path(content_hash).read_bytes()
        except FileNotFoundError as error:
            raise NotFound("A document is missing: {name}.", name=content_hash) from error
        if hashlib.sha256(content).hexdigest() != content_hash:
            raise RuleBroken("A document is damaged: {name}.", name=content_hash)
        return content

    def size(self, content_hash: str) -> int | None:
        """Return how many bytes a document has on the disk; None where it is not there."""
        try:
            told = self.path(content_hash).lstat()
        except OSError:
            return None
        return told.st_size if stat.S_ISREG(told.st_mode) else None

    def _is_kept(self, path: Path, content_hash: str) -> bool:
        return path.is_file() and not path.is_symlink() and hash_of(path) == content_hash


def hash_of(path: Path) -> str:
    """Return the hash of a file's bytes, however large it is."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def read_outside(path: Path, *, most: int) -> bytes:
    """Return the bytes of a file that somebody hands in: a plain file of this machine.

    Raises:
        RuleBroken: it is a link, a pipe, a folder or a place on the network, it is not there, may
            not be read, is empty, or has more bytes than ``most``.
    """
    name = path.name
    if str(path).startswith(("\\\\", "//")):
        raise RuleBroken("{name} lies on the network. Copy it to this PC first.", name=name)
    try:
        handle = _open(path)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise RuleBroken("{name} is a link. Add the file itself.", name=name) from error
        reason = error.strerror or ""
        raise RuleBroken("{name} cannot be read: {reason}.", name=name, reason=reason) from error
    except ValueError as error:
        raise RuleBroken("{name} is no name of a file.", name=name) from error
    with os.fdopen(handle, "rb") as opened:
        told = os.fstat(handle)
        if not stat.S_ISREG(told.st_mode):
            raise RuleBroken("{name} is no file.", name=name)
        content = b"" if told.st_size > most else opened.read(most + 1)
    if max(told.st_size, len(content)) > most:
        megabytes = most // 1_000_000
        raise RuleBroken("{name} is larger than {most} MB.", name=name, most=megabytes)
    if not content:
        raise RuleBroken("{name} is empty.", name=name)
    return content


def _open(path: Path) -> int:
    """Open a file to read, but wait for no pipe and follow no link."""
    if path.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    names = ("O_BINARY", "O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC")
    flags = sum(getattr(os, name, 0) for name in names)
    if path.is_dir():
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
    return os.open(path, os.O_RDONLY | flags)


def write_outside(path: Path, pieces: Iterable[bytes | memoryview]) -> None:
    """Write a copy for somebody: under its name only when it is whole, for its owner alone.

    Raises:
        RuleBroken: it cannot be written there; what stood there stays.
        DiskFull: the disk took no more.
    """
    with in_words(path):
        try:
            disk.write_whole(path, pieces)
        except (PermissionError, FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
            raise RuleBroken(
                "Could not save {name}: {reason}.", name=path.name, reason=error.strerror or ""
            ) from error
