from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from smallcmms.domain.attachments import AttachmentKind
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.models import Attachment
from smallcmms.store import disk, documents
from smallcmms.store.errors import DiskFull
from smallcmms.store.store import Store
from tests.conftest import Clock

HASH = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"


def attach(store: Store, content: bytes) -> str:
    content_hash = store.files.put(content)
    with store.change("Attach") as session:
        session.add(
            Attachment(
                record="asset",
                record_id=1,
                kind=next(iter(AttachmentKind)),
                name="photo.jpg",
                hash=content_hash,
                size=len(content),
                added_at=store.now(),
            )
        )
    return content_hash


def test_a_document_is_kept_by_its_content_and_comes_back(store: Store) -> None:
    assert store.files.put(b"hello") == HASH
    assert store.files.put(b"hello") == HASH
    assert store.files.get(HASH) == b"hello"
    assert store.files.path(HASH).is_relative_to(store.path.with_name("shop.files"))
    assert len(list(documents.kept(store.files.folder))) == 1


def test_documents_are_private(store: Store) -> None:
    path = store.files.path(store.files.put(b"hello"))
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert store.files.folder.stat().st_mode & 0o777 == 0o700


def test_a_document_that_is_there_is_not_written_again(store: Store) -> None:
    path = store.files.path(store.files.put(b"hello"))
    before = path.stat()
    store.files.put(b"hello")
    assert path.stat() == before or path.stat().st_mtime_ns == before.st_mtime_ns


def test_a_spoiled_document_is_noticed_and_mended_by_its_own_bytes(store: Store) -> None:
    store.files.path(store.files.put(b"hello")).write_bytes(b"jello")
    with pytest.raises(RuleBroken, match="damaged"):
        store.files.get(HASH)
    store.files.put(b"hello")
    assert store.files.get(HASH) == b"hello"


def test_a_missing_document_is_told(store: Store) -> None:
    with pytest.raises(NotFound, match="missing"):
        store.files.get(HASH)


@pytest.mark.parametrize("name", ["../shop.smallcmms", "", "CON", "a:b", HASH.upper(), HASH + "0"])
def test_only_a_hash_names_a_document(store: Store, name: str) -> None:
    with pytest.raises(RuleBroken, match="no document"):
        store.files.path(name)


def test_what_nothing_names_goes_after_30_days_and_not_before(store: Store, clock: Clock) -> None:
    named, unnamed = attach(store, b"named"), store.files.put(b"unnamed")
    assert documents.sweep(store) == 0
    clock.advance(days=29)
    assert documents.sweep(store) == 0
    assert store.files.get(unnamed) == b"unnamed"
    clock.advance(days=2)
    assert documents.sweep(store) == 1
    assert not store.files.path(unnamed).exists()
    assert store.files.get(named) == b"named"


def test_what_an_undo_step_names_stays(store: Store, clock: Clock) -> None:
    content_hash = attach(store, b"photo")
    store.undo()
    for _ in range(3):
        documents.sweep(store)
        clock.advance(days=31)
    store.redo()
    assert store.files.get(content_hash) == b"photo"


def test_what_was_named_again_begins_its_30_days_anew(store: Store, clock: Clock) -> None:
    content_hash = store.files.put(b"photo")
    documents.sweep(store)
    clock.advance(days=20)
    attach(store, b"photo")
    documents.sweep(store)
    with store.change("Take off") as session:
        session.execute(sa.delete(Attachment))
    with store.keep() as session:
        session.connection().exec_driver_sql("DELETE FROM undo_step")
    clock.advance(days=20)
    documents.sweep(store)
    assert store.files.path(content_hash).exists()


def test_missing_and_changed_documents_are_told_apart(store: Store) -> None:
    gone, changed = attach(store, b"gone"), attach(store, b"changed")
    assert documents.spoiled(store) == ([], [])
    store.files.path(gone).unlink()
    store.files.path(changed).write_bytes(b"CHANGED")
    assert documents.spoiled(store) == ([gone], [changed])


def test_a_full_disk_leaves_no_part_of_a_document(store: Store) -> None:
    store.files.put(b"small")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(DiskFull, match=r"The disk /.* is full"):
            store.files.put(bytes(200_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    left = [path for path in store.files.folder.rglob("*") if path.is_file()]
    assert left == [store.files.path(store.files.put(b"small"))]


def test_windows_scanners_are_waited_for() -> None:
    tries = []

    def step() -> None:
        tries.append(1)
        if len(tries) < 4:
            error = OSError("in use")
            error.winerror = 32  # type: ignore[attr-defined]
            raise error

    disk.patiently(step, pause=0)
    assert len(tries) == 4


def test_other_errors_are_not_waited_for() -> None:
    tries = []

    def step() -> None:
        tries.append(1)
        raise PermissionError

    with pytest.raises(PermissionError):
        disk.patiently(step, pause=0)
    assert len(tries) == 1


def test_patience_with_windows_ends() -> None:
    tries = []

    def step() -> None:
        tries.append(1)
        error = OSError("in use")
        error.winerror = 5  # type: ignore[attr-defined]
        raise error

    with pytest.raises(OSError, match="in use"):
        disk.patiently(step, pause=0)
    assert len(tries) == 50


def test_a_disk_has_a_name(tmp_path: Path) -> None:
    name = disk.name_of(tmp_path / "not" / "there")
    assert os.path.ismount(name)


def test_a_save_on_a_full_disk_changes_nothing_and_names_the_disk(shop: Path) -> None:
    """The limit stops every write past the end, as a full disk does, at many places of a save."""
    subprocess.run([sys.executable, "-m", "tests.store.full_disk", str(shop)], check=True)
