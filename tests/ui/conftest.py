"""What the tests of the window stand on: a desk with a real file, and answers for its questions."""

# ruff: noqa: ARG002, what answers instead of a dialog looks at nothing
from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QPagedPaintDevice
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from smallcmms.services import shop
from smallcmms.store.store import Store
from smallcmms.ui import theme
from smallcmms.ui.ask import Ask
from smallcmms.ui.background import Background
from smallcmms.ui.desk import Desk
from smallcmms.ui.places import PLACES
from smallcmms.ui.printing import Printing
from smallcmms.ui.relay import Relay
from smallcmms.ui.theme import Mode
from smallcmms.ui.window import Window
from tests import build
from tests.ui.benches import Benches


class Answers(Ask):
    """Answers instead of dialogs: set ``says`` and ``path`` before a test makes the program ask."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.faults: list[str] = []
        self.says = True
        self.path: Path | None = None
        self.paths: list[Path] = []
        self.launched: list[Path] = []

    def question(self, parent: QWidget, text: str, more: str, yes: str) -> bool:
        self.asked.append(text)
        return self.says

    def tell(self, parent: QWidget, text: str, more: str) -> None:
        self.asked.append(text)

    def fault(self, parent: QWidget | None, text: str, more: str, details: str) -> None:
        self.faults.append(more)

    def open_file(self, parent: QWidget, title: str, kinds: str, folder: Path) -> Path | None:
        self.asked.append(title)
        return self.path

    def open_files(self, parent: QWidget, title: str, kinds: str, folder: Path) -> list[Path]:
        self.asked.append(title)
        return self.paths

    def open_outside(self, path: Path) -> bool:
        self.launched.append(path)
        return self.says

    def save_file(self, parent: QWidget, title: str, kinds: str, proposal: Path) -> Path | None:
        self.asked.append(proposal.name)
        return self.path

    def folder(self, parent: QWidget, title: str, folder: Path) -> Path | None:
        self.asked.append(title)
        return self.path

    def printer(self, printer: QPagedPaintDevice, dialog: Callable[[], QDialog]) -> bool:
        """Print into the file ``path`` instead of on paper."""
        assert isinstance(printer, QPrinter)
        self.asked.append(printer.docName())
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.path))
        return self.says


class Front:
    """The window as a page sees it; it remembers what it was told."""

    def __init__(self) -> None:
        self.went: list[tuple[str, int]] = []
        self.begun: list[tuple[str, str, dict[str, object]]] = []
        self.toasts: list[str] = []
        self.told: list[str] = []
        self.notes: list[str] = []
        self.counts: dict[str, tuple[int, bool]] = {}

    def go(self, name: str, record_id: int = 0) -> None:
        self.went.append((name, record_id))

    def begin(self, name: str, what: str, **facts: object) -> None:
        self.begun.append((name, what, facts))

    def toast(self, words: str, *, has_undo: bool = True) -> None:
        self.toasts.append(words)

    def tell(self, words: str) -> None:
        self.told.append(words)

    def note(self, words: str) -> None:
        self.notes.append(words)

    def set_count(self, name: str, count: int, *, is_hot: bool = False) -> None:
        self.counts[name] = (count, is_hot)


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """Return the kind of application that the tests run in."""
    return QApplication


@pytest.fixture(autouse=True)
def look_and_settings(qapp: QApplication, tmp_path: Path) -> Iterator[None]:
    """Wear the light colours, and keep the settings of a test to itself."""
    qapp.setOrganizationName("SmallCMMS")
    qapp.setApplicationName("Tests")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
        QSettings.setPath(QSettings.Format.IniFormat, scope, str(tmp_path / "settings"))
    if "SmallCMMS Inter" not in qapp.font().family():
        theme.begin(qapp, Mode.LIGHT, 100)
    yield
    if (theme.mode(), theme.percent()) != (Mode.LIGHT, 100):
        theme.use(Mode.LIGHT, 100)


@pytest.fixture
def ask() -> Answers:
    """Return answers instead of dialogs."""
    return Answers()


@pytest.fixture
def front() -> Front:
    """Return a window that remembers."""
    return Front()


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    """Return long work, all of which is done before the file is closed; no timer asks it later."""
    made = Background()
    yield made
    made.close()
    qapp.processEvents()
    for window in qapp.topLevelWidgets():
        for timer in window.findChildren(QTimer):
            timer.stop()


@pytest.fixture
def desk(store: Store, background: Background, ask: Answers, front: Front) -> Iterator[Desk]:
    """Return a desk with the shop of the story and a file of its own."""
    if not shop.has_shop(store):
        build.ridgeline(store)
    relay = Relay(store)
    yield Desk(store, relay, background, front, ask, Printing(ask))
    relay.close()


@pytest.fixture
def look(qtbot: QtBot) -> Callable[[QWidget, str], None]:
    """Return a function that saves a picture of a widget where SMALLCMMS_LOOK says."""

    def save(widget: QWidget, name: str) -> None:
        folder = os.environ.get("SMALLCMMS_LOOK")
        if folder:
            qtbot.waitExposed(widget)
            widget.grab().save(str(Path(folder) / f"{name}.png"))

    return save


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    """Return a window in front of everything, with four pages that keep benches."""
    made = Window(PLACES)
    qtbot.addWidget(made)
    for name in ("requests", "work_orders", "settings", "enter_sheet"):
        made.add_page(name, Benches())
    made.go("work_orders")
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close()
