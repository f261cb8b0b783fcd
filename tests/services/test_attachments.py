"""Files that belong to records: added, named, put away, given out, and missing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from smallcmms.domain.attachments import AttachmentKind
from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.exchange.pictures import without_traces
from smallcmms.services import attachments, timeline
from smallcmms.store import check
from smallcmms.store.store import Store
from tests.build import Story
from tests.exchange import cameras

pytestmark = pytest.mark.usefixtures("filled")


@pytest.fixture
def asset(story: Story) -> int:
    """Return the sump pump."""
    return story.asset_id


def on(store: Store, asset: int) -> list[str]:
    return [row.name for row in attachments.rows(store, "asset", asset)]


def test_several_files_are_one_step(store: Store, asset: int, tmp_path: Path) -> None:
    names = ("HR-100 manual.pdf", "leak.jpg")
    for name, content in zip(names, (b"%PDF-1.7", cameras.picture()), strict=True):
        (tmp_path / name).write_bytes(content)
    attachments.add_files(store, "asset", asset, [tmp_path / name for name in names])
    assert on(store, asset) == list(names)
    kinds = [row.kind for row in attachments.rows(store, "asset", asset)]
    assert kinds == [AttachmentKind.MANUAL, AttachmentKind.PHOTO]
    store.undo()
    assert on(store, asset) == []
    store.redo()
    assert on(store, asset) == list(names)


def test_one_that_cannot_be_read_leaves_all_of_them_out(
    store: Store, asset: int, tmp_path: Path
) -> None:
    (tmp_path / "good.txt").write_text("good")
    with pytest.raises(RuleBroken, match=r"gone\.txt cannot be read"):
        attachments.add_files(store, "asset", asset, [tmp_path / "good.txt", tmp_path / "gone.txt"])
    assert on(store, asset) == []


def test_nothing_is_added_to_what_is_not_there(store: Store) -> None:
    for record in ("asset", "undo_step", "no_table"):
        with pytest.raises(NotFound):
            attachments.add(store, record, 99_999, name="a.txt", content=b"a")


def test_a_file_is_renamed_sorted_and_put_away_and_all_of_it_comes_back(
    store: Store, asset: int
) -> None:
    kept = attachments.add(store, "asset", asset, name="IMG_0001.jpg", content=cameras.picture())
    attachments.rename(store, kept, name="Nameplate.jpg")
    attachments.set_kind(store, kept, kind=AttachmentKind.OTHER)
    row = attachments.get(store, kept)
    assert (row.name, row.kind) == ("Nameplate.jpg", AttachmentKind.OTHER)
    attachments.archive(store, kept)
    assert on(store, asset) == []
    for _ in range(3):
        store.undo()
    assert on(store, asset) == ["IMG_0001.jpg"]


def test_a_blank_name_is_refused(store: Store, asset: int) -> None:
    kept = attachments.add(store, "asset", asset, name="a.txt", content=b"a")
    with pytest.raises(RuleBroken) as refused:
        attachments.rename(store, kept, name=" / ")
    assert refused.value.field == "name"


def test_the_life_of_a_work_order_tells_of_its_files(store: Store, job: int) -> None:
    kept = attachments.add(store, "work_order", job, name="a.txt", content=b"a")
    attachments.rename(store, kept, name="b.txt")
    attachments.set_kind(store, kept, kind=AttachmentKind.SCAN)
    attachments.archive(store, kept)
    told = [row.text.format(**row.values) for row in timeline.of(store, "work_order", job)][:4]
    assert told == [
        "b.txt put away",
        "b.txt is kept as another kind",
        "a.txt is named b.txt",
        "a.txt added",
    ]


def test_a_copy_tells_no_place_and_the_original_is_kept_whole(
    store: Store, asset: int, tmp_path: Path
) -> None:
    data = cameras.picture()
    kept = attachments.add(store, "asset", asset, name="leak.jpg", content=data)
    saved = attachments.save_copy(store, kept, tmp_path / "out.jpg", clean=without_traces)
    assert cameras.told(data)
    assert cameras.told(saved.read_bytes()) == []
    assert attachments.content(store, kept) == data
    assert saved.stat().st_mode & 0o777 == 0o600


def test_only_what_is_harmless_is_laid_out(store: Store, asset: int, tmp_path: Path) -> None:
    script = attachments.add(store, "asset", asset, name="manual.pdf", content=b"#!/bin/sh\nrm")
    with pytest.raises(RuleBroken, match="may be a program"):
        attachments.lay_out(store, script, tmp_path, clean=without_traces)
    assert not attachments.opens(store, script)
    photo = attachments.add(store, "asset", asset, name="../CON.exe", content=cameras.picture())
    laid = attachments.lay_out(store, photo, tmp_path, clean=without_traces)
    assert laid == tmp_path / "_CON.exe.jpg"
    assert attachments.copy_name(store, photo) == "_CON.exe.jpg"


@pytest.mark.parametrize("harm", ["gone", "changed"])
def test_a_missing_or_rotten_document_is_said_by_its_name(
    store: Store, asset: int, tmp_path: Path, harm: str
) -> None:
    kept = attachments.add(store, "asset", asset, name="leak.jpg", content=b"leak")
    path = store.files.path(attachments.get(store, kept).hash)
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(b"LEAK")
    words = {"gone": "missing", "changed": "damaged"}[harm]
    assert attachments.rows(store, "asset", asset)[0].is_there == (harm == "changed")
    with pytest.raises(RuleBroken, match=f"leak.jpg is {words}"):
        attachments.content(store, kept)
    with pytest.raises(RuleBroken, match=f"leak.jpg is {words}"):
        attachments.save_copy(store, kept, tmp_path / "x", clean=without_traces)
    assert not (tmp_path / "x").exists()
    (found,) = [str(each) for each in check.check(store)]
    assert f"A document is {words}: leak.jpg (A-" in found


def test_a_copy_that_cannot_be_written_leaves_what_stood_there(
    store: Store, asset: int, tmp_path: Path
) -> None:
    kept = attachments.add(store, "asset", asset, name="leak.jpg", content=b"leak")
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(RuleBroken, match="Could not save"):
        attachments.save_copy(store, kept, folder, clean=without_traces)
    with pytest.raises(RuleBroken, match="Could not save"):
        attachments.save_copy(store, kept, tmp_path / "no" / "x", clean=without_traces)
    assert sorted(tmp_path.iterdir()) == sorted(
        {folder, *(each for each in tmp_path.iterdir() if each.name.startswith("shop"))}
    )


def test_only_plain_files_of_this_machine_come_in(store: Store, asset: int, tmp_path: Path) -> None:
    plain, link, pipe, empty = (tmp_path / name for name in ("plain", "link", "pipe", "empty"))
    plain.write_bytes(b"plain")
    link.symlink_to(plain)
    os.mkfifo(pipe)
    empty.touch()
    for path, words in (
        (link, "is a link"),
        (pipe, "is no file"),
        (tmp_path, "cannot be read"),
        (empty, "is empty"),
        (Path("/dev/zero"), "is no file"),
        (Path("//server/share/plain"), "lies on the network"),
        (Path("\\\\server\\share\\plain"), "lies on the network"),
        (Path("a\0b"), "is no name"),
    ):
        with pytest.raises(RuleBroken, match=words):
            attachments.add_files(store, "asset", asset, [path])
    assert on(store, asset) == []


def test_a_link_in_the_place_of_a_document_is_not_followed(
    store: Store, asset: int, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"leak")
    kept = attachments.add(store, "asset", asset, name="leak.jpg", content=b"leak")
    path = store.files.path(attachments.get(store, kept).hash)
    path.unlink()
    path.symlink_to(secret)
    assert not attachments.rows(store, "asset", asset)[0].is_there
    attachments.add(store, "asset", asset, name="leak.jpg", content=b"leak")
    assert not path.is_symlink()
    assert path.read_bytes() == b"leak"
    shutil.rmtree(store.files.folder)
    assert secret.read_bytes() == b"leak"
