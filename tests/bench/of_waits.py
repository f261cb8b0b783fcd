"""How long the screen's thread is held at most: at the start, and when a page is shown first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from tests.bench.of_screen import said

HELD = """
from smallcmms import loading
loading.begin()
import json, os, sys
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, thread_time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from smallcmms import app
from smallcmms.ui import theme

def until(is_there, quiet=0.0):
    since = monotonic()
    while monotonic() - since < quiet or not is_there():
        begun = thread_time()
        application.processEvents()
        held[name] = max(held.get(name, 0.0), 1000 * (thread_time() - begun))
        since = since if is_there() else monotonic()

application, held, name = QApplication([]), {}, "the start until Today is filled"
theme.begin(application)
program = app.Program(application, path=Path(sys.argv[1]),
                      now=lambda: datetime(2026, 7, 14, 14, 24, tzinfo=UTC))
program.window.show()
until(lambda: getattr(program.window.pages.view("today"), "page", None) is not None)
name = "pages made ahead"
until(lambda: program.shop._kinds and not program.background.is_busy
      and not program.shop._idle.isActive(), 0.5)
for name in program.shop._names:
    QTimer.singleShot(0, program.window, lambda: program.window.go(name))
    until(lambda: not program.background.is_busy, 0.3)
print(json.dumps(held), flush=True)
os._exit(0)
"""


def longest(path: Path, folder: Path) -> Iterator[tuple[str, float]]:
    """Yield each step, and for how many milliseconds it held the screen's thread at most.

    It is the time of the processor that one turn of Qt's loop took: while it lasts no key and no
    click is looked at.
    """
    yield from json.loads(said(folder, HELD, str(path))).items()
