"""What is seen: the first paint of the window, and a list of every work order."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

from PySide6.QtWidgets import QApplication

from smallcmms.services import work_orders
from smallcmms.ui import theme
from smallcmms.ui.lists.cell import Cell, Column
from smallcmms.ui.lists.rows_model import RowsModel
from smallcmms.ui.lists.rows_view import RowsView
from tests.bench import data, floors
from tests.bench.rounds import Ratio, compare

ROOT = Path(__file__).resolve().parents[2]
WINDOW = """
from smallcmms import loading
loading.begin()
from PySide6.QtWidgets import QApplication
from smallcmms import app
from smallcmms.ui import theme
application = QApplication([])
theme.begin(application)
program = app.Program(application)
program.window.painted.disconnect()
program.window.painted.connect(application.quit)
program.window.show()
application.exec()
print("painted")
"""
TODAY = """
from smallcmms import loading
loading.begin()
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from smallcmms import app
from smallcmms.ui import theme
application = QApplication([])
theme.begin(application)
program = app.Program(application, path=Path(sys.argv[1]),
                      now=lambda: datetime(2026, 7, 14, 14, 24, tzinfo=UTC))
def watch():
    page = program.window.view("today")
    if not hasattr(page, "filled"):
        QTimer.singleShot(1, watch)
    elif page.page is None:
        page.filled.connect(end)
    else:
        end()
def end():
    loaded = list(sys.modules)  # before the events, which load what comes after Today
    if "rest" in sys.argv and program.background.is_busy:
        QTimer.singleShot(50, end)
        return
    application.processEvents()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    print(pages * os.sysconf("SC_PAGE_SIZE") / 2**20)
    print(*loaded, flush=True)
    os._exit(0)
QTimer.singleShot(1, watch)
program.window.show()
application.exec()
"""
COLUMNS = (
    Column("Number", lambda row: row.number, 90),
    Column("Title", lambda row: Cell(first=row.title, level=row.level), 0),
    Column("Level", lambda row: str(row.level), 60),
    Column("Customer", lambda row: row.customer, 200),
    Column("Due", lambda row: str(row.due_on), 100),
)
STEPS = 40
A_FEW = 100


@dataclass(frozen=True)
class Opened:
    """How a list of every work order opens, steps and paints; times in milliseconds."""

    ratio: Ratio
    step: float
    repaint: float
    mebibytes: float


def start(folder: Path, rounds: int) -> Ratio:
    """Return how long it takes from the start to the painted window."""
    ours, floor = partial(_painted, folder, WINDOW), partial(_painted, folder, floors.BARE_WINDOW)
    return compare(ours, floor, rounds, clock=_of_others)


def today(path: Path, folder: Path, rounds: int) -> tuple[Ratio, float]:
    """Return how long it takes until Today is filled, and the mebibytes that it took at most."""
    used: list[float] = []

    def ours(_round: int) -> None:
        used.append(float(said(folder, TODAY, str(path)).splitlines()[0]))

    said(folder, TODAY, str(path), "rest")  # the first start of a day makes its backup
    floor = partial(_painted, folder, floors.BARE_WINDOW)
    return compare(ours, floor, rounds, clock=_of_others), max(used)


def loaded(path: Path, folder: Path) -> set[str]:
    """Return the modules that are loaded when Today is filled."""
    return set(said(folder, TODAY, str(path)).splitlines()[1].split())


def _of_others() -> float:
    """Return the time of the processor that finished processes took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _painted(folder: Path, script: str, _round: int) -> None:
    assert said(folder, script) == "painted"


def said(folder: Path, script: str, *words: str) -> str:
    """Return what a script says that runs in a program of its own, with a home of its own."""
    places = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    places["PYTHONDONTWRITEBYTECODE"] = ""  # a shop's program is compiled once, not at each start
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        capture_output=True, text=True, check=True, cwd=ROOT,
        env=os.environ | places | {"QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    return done.stdout.strip()


def every(path: Path, rounds: int) -> Opened:
    """Return how a list of every work order opens.

    A list of a few is opened and dropped first: the letters and looks that the first window of a
    process loads are no memory of a list. What SQLite keeps of the file, 16 MiB at most, is.
    """
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.begin(application)
    store, bare = data.reopened(path), floors.BareList(path)
    chip = work_orders.Filters(chip=work_orders.Chip.EVERYTHING)

    def ours(_round: int = 0, *, limit: int | None = None) -> RowsView:
        model: RowsModel[Any] = RowsModel(COLUMNS, partial(work_orders.rows, store))
        view = RowsView(model)
        model.setParent(view)
        by_number = work_orders.Sort.NUMBER
        model.set_ids(work_orders.find(store, filters=chip, sort=by_number, limit=limit))
        return _shown(view)

    def floor(_round: int = 0) -> Any:
        return _shown(bare.open())

    def _shown(view: Any) -> Any:
        theme.dress(view)  # as its window would
        view.resize(1100, 700)
        view.show()
        application.processEvents()
        view.grab()
        return view

    ours(limit=A_FEW).deleteLater()
    application.processEvents()
    before = _resident()
    view = ours()
    grown = _resident() - before
    other = floor()
    for row in range(20):
        own, its = view.model().index(row, 0).data(), other.model().index(row, 0).data()
        assert own == its
    step, repaint = _steps(view)
    other.deleteLater()
    ratio = compare(lambda number: ours(number).deleteLater(),
                    lambda number: floor(number).deleteLater(), rounds)  # fmt: skip
    view.deleteLater()
    application.processEvents()
    store.close()
    bare.close()
    return Opened(ratio, step, repaint, grown)


def _steps(view: RowsView) -> tuple[float, float]:
    """Return the medians of a jump to where nothing was fetched, and of painting a page again."""
    bar, jumps, paints = view.verticalScrollBar(), [], []
    view.grab()
    for number in range(STEPS):
        begun = process_time()
        bar.setValue(bar.maximum() * (number + 1) // (STEPS + 1))
        view.viewport().grab()
        jumps.append(process_time() - begun)
        begun = process_time()
        view.viewport().grab()
        paints.append(process_time() - begun)
    return 1000 * sorted(jumps)[STEPS // 2], 1000 * sorted(paints)[STEPS // 2]


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
