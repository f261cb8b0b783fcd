from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from smallcmms.domain.attachments import AttachmentKind
from smallcmms.domain.copies import Audience
from smallcmms.domain.levels import Level
from smallcmms.domain.tag_messages import SecondCode
from smallcmms.reports import tags as tag_paper
from smallcmms.reports import work_order as sheet_paper
from smallcmms.services import attachments, sheets, work_orders
from smallcmms.services.attachments import AttachmentRow
from smallcmms.services.papers import tags
from smallcmms.services.scans import Scanned
from smallcmms.services.tag_printing import Habits
from smallcmms.ui.desk import Desk
from smallcmms.ui.drops import Drops
from smallcmms.ui.kit import LineBox
from tests import build
from tests.reports import readers
from tests.ui.conftest import Front


class Desktop:
    """A window that files are dropped on, and what came of it."""

    def __init__(self, qtbot: QtBot, desk: Desk, story: build.Story, folder: Path) -> None:
        self.qtbot, self.desk, self.store = qtbot, desk, desk.store
        self.story, self.folder = story, folder
        self.opened: list[Scanned] = []
        self.window = QWidget()
        self.box = LineBox("Note")
        QVBoxLayout(self.window).addWidget(self.box)
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.drops = Drops(self.window, desk, self.opened.append)

    def printed(self, title: str) -> tuple[int, list[Image.Image]]:
        """Print a work order; return its id and the pictures of its pages."""
        told: dict[str, Any] = {
            "customer_id": self.story.customer_id,
            "site_id": self.story.site_id,
        }
        order_id = work_orders.add(self.store, level=Level.MEDIUM, title=title, wrong=title, **told)
        work_orders.approve(self.store, order_id)
        paper = sheets.print_copy(
            self.store, order_id, render=sheet_paper.render, audience=Audience.TECHNICIAN
        )
        return order_id, [readers.picture(paper.pdf, at, 150) for at in (0, 1)]

    def scan(self, name: str, *pages: Image.Image) -> Path:
        """Keep pages as a file of a scanner or a camera."""
        path = self.folder / name
        if path.suffix == ".pdf":
            pages[0].save(path, save_all=True, append_images=pages[1:], resolution=150)
        else:
            pages[0].save(path)
        return path

    def drop(self, *paths: Path, where: QWidget | None = None) -> bool:
        """Drag files over the window and let them go; return whether it took them."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        data.setText("\n".join(map(str, paths)))  # as many a file manager does
        rest = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        entered = QDragEnterEvent(QPoint(3, 3), Qt.DropAction.CopyAction, *rest)
        entered.ignore()
        QApplication.sendEvent(where or self.window, entered)
        if not entered.isAccepted():
            return False
        dropped = QDropEvent(QPointF(3, 3), Qt.DropAction.CopyAction, *rest)
        QApplication.sendEvent(where or self.window, dropped)
        return True

    def kept(self, order_id: int) -> list[AttachmentRow]:
        """Return what is kept with a work order."""
        return attachments.rows(self.store, "work_order", order_id)

    def wait_for(self, count: int = 1) -> None:
        """Wait until so many records were opened."""
        self.qtbot.waitUntil(lambda: len(self.opened) == count)


@pytest.fixture
def desktop(qtbot: QtBot, desk: Desk, story: build.Story, tmp_path: Path) -> Desktop:
    return Desktop(qtbot, desk, story, tmp_path)


def test_a_scanned_sheet_is_kept_with_its_work_order_and_opened(
    desktop: Desktop, front: Front
) -> None:
    order_id, pages = desktop.printed("Sump pump")
    assert desktop.drop(desktop.scan("scan.pdf", *pages))
    desktop.wait_for()
    [opened] = desktop.opened
    assert (opened.kind, opened.id, opened.is_out) == ("work_order", order_id, True)
    [kept] = desktop.kept(order_id)
    assert (kept.name, kept.kind) == ("scan.pdf", AttachmentKind.SCAN)
    assert front.toasts == [f"Added to {opened.number}."]


def test_the_same_scan_is_kept_once(desktop: Desktop) -> None:
    order_id, pages = desktop.printed("Sump pump")
    scan = desktop.scan("scan.jpg", pages[0])
    for count in (1, 2):
        desktop.drop(scan)
        desktop.wait_for(count)
    assert len(desktop.kept(order_id)) == 1


def test_each_sheet_of_a_stack_goes_to_its_own_work_order(desktop: Desktop, front: Front) -> None:
    (one, first), (two, second) = desktop.printed("Pump"), desktop.printed("Fan")
    blank = Image.new("L", first[0].size, 255)
    desktop.drop(desktop.scan("stack.pdf", *first, blank, *second))
    desktop.wait_for()
    contents = [
        attachments.content(desktop.store, desktop.kept(order_id)[0].id) for order_id in (one, two)
    ]
    assert [len(readers.pages(pdf)) for pdf in contents] == [2, 2]
    assert desktop.opened[0].id == one
    assert front.toasts[0].endswith("1 page has no code.")


@pytest.mark.parametrize("second", [SecondCode.NONE, SecondCode.TEXT])
def test_a_photo_of_a_tag_leads_to_its_asset(
    desktop: Desktop, front: Front, second: SecondCode
) -> None:
    told = Habits(sheet="22806", second=second)
    asset_id = desktop.story.asset_id
    sheet = tags.tags(desktop.store, [asset_id], told=told)
    photo = readers.picture(tag_paper.render(sheet).pdf, 0, 150)
    desktop.drop(desktop.scan("photo.PNG", photo))
    desktop.wait_for()
    assert [(each.kind, each.id) for each in desktop.opened] == [("asset", asset_id)]
    assert attachments.rows(desktop.store, "asset", asset_id) == []
    assert front.toasts == front.told == []


def test_a_picture_without_a_code_is_told(desktop: Desktop, front: Front) -> None:
    desktop.drop(desktop.scan("cat.jpg", Image.new("L", (400, 300), 128)))
    desktop.qtbot.waitUntil(lambda: bool(front.told))
    assert front.told == ["There is no code of this shop on cat.jpg."]
    assert not desktop.opened


def test_one_bad_file_keeps_the_others_going(desktop: Desktop, front: Front) -> None:
    order_id, pages = desktop.printed("Pump")
    bad = desktop.folder / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7 nothing")
    desktop.drop(bad, desktop.scan("good.jpg", pages[0]))
    desktop.wait_for()
    assert desktop.opened[0].id == order_id
    assert front.told == ["This PDF cannot be read: it is damaged or locked."]


def test_other_files_are_left_to_others(desktop: Desktop) -> None:
    assert not desktop.drop(desktop.folder / "list.xlsx", desktop.folder / "call.eml")


def test_a_file_let_go_over_a_box_is_the_windows(desktop: Desktop) -> None:
    _order_id, pages = desktop.printed("Pump")
    assert desktop.drop(desktop.scan("scan.png", pages[0]), where=desktop.box.line)
    assert not desktop.box.line.text()
    desktop.wait_for()


def test_a_shop_that_closes_hears_of_no_more_files(desktop: Desktop) -> None:
    desktop.drops.end()
    assert not desktop.drop(desktop.folder / "scan.pdf")
