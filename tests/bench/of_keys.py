"""What a person waits for while typing into the search: from a key to its painted rows."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from time import thread_time

from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from smallcmms.services import search
from smallcmms.services.search import PER_KIND
from smallcmms.ui import theme
from smallcmms.ui.background import Background
from smallcmms.ui.desk import Desk
from smallcmms.ui.printing import Printing
from smallcmms.ui.relay import Relay
from smallcmms.ui.search import SearchBox
from smallcmms.ui.search_popup import SearchPopup
from tests.bench import data
from tests.ui.conftest import Answers, Front

WORDS = ("rooftop", "wo-1234", "5550117", "pump", "valve", "marco", "maple", "inv-12", "filter")


class _Eye(QObject):
    """It sees when something is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.painted_at = 0.0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            self.painted_at = thread_time()
        return False


def waits(path: Path, rounds: int) -> list[float]:
    """Return how long each key of the screen's thread took until its rows were painted, in ms."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.begin(application)
    store, background, eye = data.reopened(path), Background(), _Eye()
    relay, answers = Relay(store), Answers()
    desk = Desk(store, relay, background, Front(), answers, Printing(answers))
    box = SearchBox()
    box.show()
    popup = SearchPopup(
        desk, box, partial(search.find, store, limit=PER_KIND + 1), lambda _text: []
    )
    popup.list.viewport().installEventFilter(eye)
    took = [
        wait
        for _round in range(rounds)
        for word in WORDS
        for wait in _typed(application, popup, box, eye, word)
    ]
    relay.close()
    background.close()
    store.close()
    box.deleteLater()
    return sorted(took)


def _typed(
    application: QApplication, popup: SearchPopup, box: SearchBox, eye: _Eye, word: str
) -> list[float]:
    box.clear()
    popup.hide()
    took = []
    for letter in word:
        eye.painted_at, since = 0.0, thread_time()
        QTest.keyClick(box, letter)  # type: ignore[call-overload]
        while popup.model.text != box.text() or not eye.painted_at:
            application.processEvents()
        took.append((eye.painted_at - since) * 1000)
    return took
