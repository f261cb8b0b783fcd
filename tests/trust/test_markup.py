"""What people type is never markup on the screen: no picture is opened, no tag is obeyed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPoint
from PySide6.QtGui import QHelpEvent, Qt, QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QTextEdit,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from smallcmms import app, paths
from smallcmms.store.store import Store
from smallcmms.ui import ask as asking
from smallcmms.ui.lists.cell import Column
from smallcmms.ui.lists.rows_model import LOOK, RowsModel
from tests.trust import hostile, opened
from tests.trust.hostile import Trap
from tests.ui.conftest import Answers, ask, look_and_settings

__all__ = ["ask", "look_and_settings"]

PATIENCE = 30_000
PAGES = ("requests", "work_orders", "assets", "invoices", "customers", "settings", "enter_sheet")


@pytest.fixture(scope="module")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Trap:
    return hostile.trap(tmp_path_factory.mktemp("trap"))


@pytest.fixture
def store(trap: Trap, tmp_path: Path) -> Store:
    made = hostile.shop(tmp_path / "shop.smallcmms", trap)
    made.close()
    return made


def tips(widget: QWidget) -> Iterator[str]:
    yield from (each.toolTip() for each in (widget, *widget.findChildren(QWidget)))
    for view in widget.findChildren(QAbstractItemView):
        model: QAbstractItemModel | None = view.model()
        if model is not None:
            for row in range(min(model.rowCount(QModelIndex()), 60)):
                for column in range(model.columnCount() if isinstance(model, RowsModel) else 1):
                    tip = model.data(model.index(row, column), Qt.ItemDataRole.ToolTipRole)
                    yield str(tip or "")


def obeyed(widget: QWidget) -> list[str]:
    """Return what would be taken for markup: labels that guess, editors that do, tooltips."""
    labels = [
        f"label {label.text()}"
        for label in (*widget.findChildren(QLabel), widget)
        if isinstance(label, QLabel)
        and label.text()
        and label.textFormat() is not Qt.TextFormat.PlainText
        and (label.metaObject().className() != "QTipLabel" or is_obeyed(label.text()))
    ]
    editors = [
        f"editor {type(editor).__name__}"
        for editor in widget.findChildren(QTextEdit)
        if editor.acceptRichText()
    ]
    return labels + editors + [f"tip {tip}" for tip in tips(widget) if is_obeyed(tip)]


def is_obeyed(tip: str) -> bool:
    """Tell whether a tooltip names a picture or a tag that its writer did not mean."""
    shown = QTextDocument()
    if Qt.mightBeRichText(tip):
        shown.setHtml(tip)
        return "<img" in tip or "<b>x" in tip or "<img" not in shown.toPlainText()
    return False


def point_at_everything(widget: QWidget) -> None:
    """Rest the mouse on every part of a page until its tooltip shows."""
    for part in widget.findChildren(QWidget):
        if shiboken6.isValid(part) and part.isVisible():
            for place in (part.rect().center(), QPoint(9, 9), QPoint(60, 60)):
                event = QHelpEvent(QEvent.Type.ToolTip, place, part.mapToGlobal(place))
                QApplication.sendEvent(part, event)
            QApplication.processEvents()
    QToolTip.hideText()


def written(widget: QWidget) -> str:
    """Return what stands in a widget, the labels and boxes of it."""
    texts = [label.text() for label in widget.findChildren(QLabel)]
    texts += [line.text() for line in widget.findChildren(QLineEdit)]
    texts += [edit.toPlainText() for edit in widget.findChildren(QPlainTextEdit)]
    texts += [edit.toPlainText() for edit in widget.findChildren(QTextEdit)]
    return "\n".join(texts)


def walk(program: app.Program, qtbot: QtBot) -> Iterator[str]:
    """Pass every page and every record of it, and yield its name while it is shown."""
    window = program.window
    for name in PAGES:
        for record_id in (0, 1, 2, 3, 4):
            window.go(name, record_id)
            qtbot.wait(120)
            window.grab()
            yield f"{name} {record_id}"
        page = window.view(name)
        for sections in [page.stack] if name == "settings" else []:  # type: ignore[union-attr]
            for place in range(1, sections.count() + 1):
                page.list.choose(place)  # type: ignore[union-attr]
                qtbot.wait(80)
                window.grab()
                yield f"settings section {place}"


def test_every_page_shows_what_was_typed_to_the_letter_and_opens_nothing(  # noqa: PLR0917
    qtbot: QtBot,
    qapp: QApplication,
    store: Store,
    trap: Trap,
    ask: Answers,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(paths, "data", lambda: tmp_path)
    found: dict[str, list[str]] = {}
    shown = ""
    with opened.watched(trap.canary) as seen:
        program = app.Program(qapp, path=store.path, ask=ask, now=store.now)
        qtbot.addWidget(program.window)
        program.window.resize(1200, 800)
        program.window.show()
        qtbot.waitUntil(lambda: program.shop is not None, timeout=PATIENCE)
        for place in walk(program, qtbot):
            shown += written(program.window)
            found[place] = obeyed(program.window)
            if place.endswith((" 1", " 2")):
                point_at_everything(program.window)
        program.window.toast(trap.markup)
        program.window.tell(trap.markup)
        program.window.note(trap.markup)
        box = program.window.tools.search
        box.setFocus()
        qtbot.keyClicks(box, "img")
        popup = program.shop.doors.search
        qtbot.waitUntil(popup.isVisible, timeout=PATIENCE)
        qtbot.wait(300)
        popup.grab()
        found["search"] = obeyed(popup)
        point_at_everything(popup)
        found["end"] = obeyed(program.window)
        title = program.window.windowTitle()
        program.window.close()
        program.deleteLater()
        qapp.processEvents()
    assert {place: what for place, what in found.items() if what} == {}
    assert shown.count(trap.markup) > 100
    assert trap.markup in title
    assert ask.faults == []
    assert seen == []


def test_a_question_is_asked_in_plain_text(qtbot: QtBot, trap: Trap) -> None:
    with opened.watched(trap.canary) as seen:
        box = asking._message(None, QMessageBox.Icon.Question, trap.markup, trap.markup)
        qtbot.addWidget(box)
        box.show()
        box.grab()
        assert obeyed(box) == []
        assert any(trap.markup in label.text() for label in box.findChildren(QLabel))
    assert seen == []


def test_markup_that_is_obeyed_would_be_noticed(qtbot: QtBot, trap: Trap) -> None:
    with opened.watched(trap.canary) as seen:
        label = QLabel(f"<p>{trap.markup}</p>")
        qtbot.addWidget(label)
        label.setToolTip(trap.markup)
        label.show()
        label.grab()
        assert len(obeyed(label)) == 2
    assert seen


def test_a_row_that_cannot_be_read_is_a_fault_and_not_the_end_of_the_program() -> None:
    """An error that C raises and nobody caught kills a program of PySide 6.11 on Python 3.11."""
    model = RowsModel[str](
        [Column("", lambda _row: str(int("x")))], lambda ids: dict.fromkeys(ids, "")
    )
    model.set_ids([1])
    with pytest.raises(ValueError, match="invalid literal"):
        model.index(0, 0).data(LOOK)
