from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from smallcmms.domain.errors import RuleBroken
from smallcmms.ui import printing
from smallcmms.ui.printing import Printing
from smallcmms.ui.widgets.pdf_preview import PdfPreview
from tests.ui.conftest import Answers

LETTER = (612, 792)


@pytest.fixture
def pdf(tmp_path: Path) -> bytes:
    """Return two empty pages of Letter paper."""
    path = tmp_path / "two.pdf"
    document = pypdfium2.PdfDocument.new()
    for _ in range(2):
        document.new_page(*LETTER)
    document.save(path)
    document.close()
    return path.read_bytes()


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def page_sizes(path: Path) -> list[tuple[int, int]]:
    document = pypdfium2.PdfDocument(path)
    sizes = [tuple(round(side) for side in page.get_size()) for page in document]
    document.close()
    return [(wide, tall) for wide, tall in sizes]


def test_a_page_becomes_a_picture_of_its_size(pdf: bytes) -> None:
    pictures = list(printing.pages(pdf, 100))
    assert [(picture.width(), picture.height()) for picture in pictures] == [(850, 1100)] * 2
    assert pictures[0].pixelColor(10, 10).name() == "#ffffff"
    assert printing.width(pdf) == 8.5


def test_every_page_goes_to_the_printer_on_its_own_paper(
    parent: QWidget, pdf: bytes, ask: Answers, tmp_path: Path
) -> None:
    ask.path = tmp_path / "printed.pdf"
    assert Printing(ask).print(parent, pdf, "WO-2310")
    assert ask.asked == ["WO-2310"]
    assert page_sizes(ask.path) == [LETTER] * 2


def test_the_window_goes_on_painting_while_a_paper_is_drawn(
    parent: QWidget, pdf: bytes, ask: Answers, tmp_path: Path
) -> None:
    ask.path = tmp_path / "printed.pdf"
    turns: list[bool] = []
    timer = QTimer(parent, interval=0)
    timer.timeout.connect(lambda: turns.append(True))
    timer.start()
    assert Printing(ask).print(parent, pdf, "WO-2310")
    assert turns


def test_nothing_is_printed_when_the_person_says_no(
    parent: QWidget, pdf: bytes, ask: Answers, tmp_path: Path
) -> None:
    ask.path, ask.says = tmp_path / "printed.pdf", False
    assert not Printing(ask).print(parent, pdf, "WO-2310")
    assert not ask.path.exists()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_fails_is_told_in_words(
    parent: QWidget, pdf: bytes, ask: Answers, tmp_path: Path
) -> None:
    ask.path = tmp_path / "no such folder" / "printed.pdf"
    with pytest.raises(RuleBroken, match="Could not print"):
        Printing(ask).print(parent, pdf, "WO-2310")


def test_a_paper_is_saved_where_the_person_says(
    parent: QWidget, pdf: bytes, ask: Answers, tmp_path: Path
) -> None:
    save = Printing(ask).save
    assert save(parent, pdf, Path("INV-1187.pdf")) is None
    ask.path = tmp_path / "INV-1187.pdf"
    assert save(parent, pdf, Path("INV-1187.pdf")) == ask.path
    assert ask.path.read_bytes() == pdf
    ask.path = tmp_path / "no such folder" / "INV-1187.pdf"
    with pytest.raises(RuleBroken, match=r"Could not save INV-1187\.pdf"):
        save(parent, pdf, Path("INV-1187.pdf"))


def pages_of(preview: PdfPreview) -> list[QLabel]:
    return [label for label in preview.findChildren(QLabel) if label.isVisible()]


def wide(preview: PdfPreview) -> int:
    """Return how wide the last page is shown, 0 while none is."""
    return max((label.pixmap().width() for label in pages_of(preview)[-1:]), default=0)


def test_a_preview_shows_every_page_as_wide_as_its_place(
    qtbot: QtBot, pdf: bytes, look: Callable[[QWidget, str], None]
) -> None:
    preview = PdfPreview()
    qtbot.addWidget(preview)
    preview.resize(500, 600)
    preview.show()
    with qtbot.waitSignal(preview.counted) as counted:
        preview.show_pdf(pdf)
    assert counted.args == [2]
    assert preview.accessibleDescription() == "2 pages"
    qtbot.waitUntil(lambda: len(pages_of(preview)) == 2)
    wide = pages_of(preview)[0].pixmap().width()
    assert abs(wide - (preview.viewport().width() - 32)) <= 2
    look(preview, "preview")


def test_a_preview_grows_and_follows_its_place(qtbot: QtBot, pdf: bytes) -> None:
    preview = PdfPreview()
    qtbot.addWidget(preview)
    preview.resize(500, 600)
    preview.show()
    preview.show_pdf(pdf)
    qtbot.waitUntil(lambda: len(pages_of(preview)) == 2)
    before = pages_of(preview)[0].pixmap().width()
    preview.zoom(1)
    qtbot.waitUntil(lambda: wide(preview) > before)
    preview.zoom(0)
    qtbot.waitUntil(lambda: wide(preview) == before)
    with qtbot.waitSignal(preview.counted):
        preview.resize(800, 600)
    qtbot.waitUntil(lambda: wide(preview) > before)
    preview.show_pdf(b"")
    assert preview.pages == 0
