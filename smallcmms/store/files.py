"""Documents and pictures, kept by their content in a folder beside the shop file."""

from __future__ import annotations

import hashlib
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
        if not self._is_kept(path, content):
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

    def _is_kept(self, path: Path, content: bytes) -> bool:
        try:
            return path.read_bytes() == content
        except FileNotFoundError:
            return False
