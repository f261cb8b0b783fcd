"""Papers and photos on the pages: added, dropped, looked at, opened, saved, put away."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from smallcmms import paths
from smallcmms.domain.attachments import AttachmentKind
from smallcmms.domain.errors import RuleBroken
from smallcmms.services import attachments
from smallcmms.ui import outside
from smallcmms.ui.desk import Desk
from smallcmms.ui.forms.files import FilesBlock
from smallcmms.ui.kit import scrolled
from tests.build import Story
from tests.exchange import cameras
from tests.ui.conftest import Answers, Front

Look = Callable[[QWidget, str], None]


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the opened copies of a test to itself."""
    for name in ("XDG_DATA_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))


@pytest.fixture
def files(qtbot: QtBot, desk: Desk, story: Story) -> FilesBlock:
    """Return the block of the sump pump."""
    made = FilesBlock(desk, "asset", story.asset_id)
    qtbot.addWidget(made)
    made.resize(290, 500)
    made.show()
    return made


def added(desk: Desk, story: Story, name: str, content: bytes) -> int:
    return attachments.add(desk.store, "asset", story.asset_id, name=name, content=content)


def names(files: FilesBlock) -> list[str]:
    model = files.list.rows
    return [files.list.row_of(place + 1).name for place in range(model.rowCount())]


def drop(files: FilesBlock, *urls: QUrl) -> QDropEvent:
    held = QMimeData()
    held.setUrls(list(urls))
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, held, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    files.dropEvent(event)
    return event


def test_the_add_button_keeps_several_files_at_once(
    qtbot: QtBot, files: FilesBlock, ask: Answers, front: Front, tmp_path: Path
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    ask.paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    files.add_button.click()
    qtbot.waitUntil(lambda: names(files) == ["a.txt", "b.txt"])
    qtbot.waitUntil(lambda: front.toasts == ["Added 2 files"])
    assert files.header.count.text() == "2"


def test_files_dropped_on_the_block_are_added(
    qtbot: QtBot, files: FilesBlock, tmp_path: Path
) -> None:
    (tmp_path / "leak.jpg").write_bytes(cameras.picture())
    drop(files, QUrl.fromLocalFile(str(tmp_path / "leak.jpg")))
    qtbot.waitUntil(lambda: names(files) == ["leak.jpg"])


@pytest.mark.parametrize(
    "url", ["https://example.org/a.jpg", "file://server/share/a.jpg", "javascript:alert(1)"]
)
def test_what_is_not_of_this_machine_is_not_taken(
    files: FilesBlock, url: str, qtbot: QtBot, desk: Desk
) -> None:
    drop(files, QUrl(url))
    qtbot.waitUntil(lambda: not desk.background.is_busy)
    assert names(files) == []


def test_a_photo_is_looked_at_renamed_and_put_away(  # noqa: PLR0917
    qtbot: QtBot, files: FilesBlock, desk: Desk, story: Story, look: Look, front: Front
) -> None:
    added(desk, story, "HR-100 manual.pdf", b"%PDF-1.7 " + bytes(2_100_000))
    added(desk, story, "LOTO P-1.pdf", b"%PDF-1.7 " + bytes(88_000))
    photo = added(desk, story, "IMG_0001.jpg", cameras.picture(size=(400, 300)))
    files.list.opened.emit(3)
    qtbot.waitUntil(files.card.picture.isVisible)
    look(files, "files-block")
    files.card.name.set_value("")
    qtbot.keyClicks(files.card.name.line, "Nameplate.jpg")
    files.card.form.keep()
    assert attachments.get(desk.store, photo).name == "Nameplate.jpg"
    files.card.kind.combo.setCurrentIndex(1)
    files.card.kind.combo.activated.emit(1)
    files.card.form.keep()
    assert attachments.get(desk.store, photo).kind is AttachmentKind.MANUAL
    files.card.archive()
    assert front.toasts[-1] == "Archived Nameplate.jpg"
    assert names(files) == ["HR-100 manual.pdf", "LOTO P-1.pdf"]
    assert not files.card.isVisible()
    desk.store.undo()
    assert len(names(files)) == 3


def test_a_missing_file_is_said_in_its_row_and_has_no_way_to_be_opened(
    files: FilesBlock, desk: Desk, story: Story
) -> None:
    kept = added(desk, story, "leak.jpg", cameras.picture())
    desk.store.files.path(attachments.get(desk.store, kept).hash).unlink()
    files.show_record(story.asset_id)
    files.list.opened.emit(1)
    assert "missing" in files.card.words.text()
    assert not files.card.open.isVisible()
    assert not files.card.save.isVisible()


def test_a_picture_is_opened_as_a_private_copy_without_its_place(
    files: FilesBlock, desk: Desk, story: Story, ask: Answers
) -> None:
    added(desk, story, "leak.jpg", cameras.picture())
    files.list.opened.emit(1)
    files.card.open.click()
    (opened,) = ask.launched
    assert opened.name == "leak.jpg"
    assert opened.is_relative_to(paths.laid_out())
    assert opened.parent.stat().st_mode & 0o777 == 0o700
    assert cameras.told(opened.read_bytes()) == []
    outside.clear()
    assert not opened.exists()


def test_a_copy_is_saved_where_the_person_says(
    files: FilesBlock, desk: Desk, story: Story, ask: Answers, tmp_path: Path
) -> None:
    added(desk, story, "CON.exe", b"MZ program")
    files.list.opened.emit(1)
    assert not files.card.open.isVisible()
    ask.path = tmp_path / "out.bin"
    files.card.save.click()
    assert ask.asked[-1] == "_CON.exe"
    assert ask.path.read_bytes() == b"MZ program"


PROGRAMS = {
    "run.exe": b"MZ\x90\0",
    "photo.jpg": b"MZ\x90\0",
    "readme.txt": b"#!/bin/sh\ntouch CANARY\n",
    "manual.pdf": b"[Desktop Entry]\nType=Application\nExec=touch CANARY\n",
    "a.desktop": b"[Desktop Entry]\nExec=touch CANARY\n",
    "link.url": b"[InternetShortcut]\nURL=file://server/share\n",
    "page.html": b"<script>location='javascript:alert(1)'</script>",
    "plan.svg": b"<svg onload='alert(1)'/>",
    "script.js": b"alert(1)",
    "job.bat": b"@echo off",
    "macro.docm": b"PK\x03\x04",
    "tool.jar": b"PK\x03\x04",
    "image.iso": bytes(40_000),
    "elf": b"\x7fELF\x02",
    "file:--server-share-x": b"text",
    "javascript:alert(1)": b"text",
    "\\\\server\\share\\x.lnk": b"L\0\0\0\x01\x14\x02\0",
    "notes.txt\u202efdp.exe": b"MZ",
}


@pytest.mark.parametrize("name", list(PROGRAMS))
def test_nothing_that_could_run_is_ever_handed_to_the_system(
    files: FilesBlock, desk: Desk, story: Story, ask: Answers, name: str
) -> None:
    kept = added(desk, story, name, PROGRAMS[name])
    files.list.opened.emit(1)
    assert not files.card.open.isVisible()
    with pytest.raises(RuleBroken, match="may be a program"):
        outside.open_copy(desk, kept)
    assert ask.launched == []
    assert not os.listdir(paths.laid_out())  # noqa: PTH208


def test_a_file_that_is_looked_at_comes_into_sight(qtbot: QtBot, desk: Desk, story: Story) -> None:
    for number in range(12):
        added(desk, story, f"{number}.jpg", cameras.picture(size=(300, 300 + number)))
    block = FilesBlock(desk, "asset", story.asset_id)
    area = scrolled(block)
    qtbot.addWidget(area)
    area.resize(290, 480)
    area.show()
    block.list.opened.emit(1)
    qtbot.waitUntil(block.card.picture.isVisible)

    def is_in_sight() -> bool:
        low = block.card.mapTo(area.viewport(), block.card.rect().bottomLeft()).y()
        return 0 < low <= area.viewport().height()

    qtbot.waitUntil(is_in_sight)
