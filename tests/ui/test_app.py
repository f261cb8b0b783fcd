from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QSettings, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from smallcmms import __main__ as front_door
from smallcmms import app, paths
from smallcmms.domain.tags import load_code, part_code
from smallcmms.services import customers, parts, shop
from smallcmms.services.shop import get as get_shop
from smallcmms.store import backup
from smallcmms.store.opening import open_shop
from smallcmms.ui import errors
from smallcmms.ui.pages.first_run import FirstRunPage
from smallcmms.ui.pages.load_truck import LoadTruckPage
from tests import build
from tests.conftest import Clock
from tests.ui.conftest import Answers

FIRST_PAINT = """
import sys
from PySide6.QtWidgets import QApplication
from smallcmms import app
from smallcmms.ui import theme
from smallcmms.ui.places import PLACES
application = QApplication([])
theme.begin(application)
program = app.Program(application)
program.window.painted.disconnect()
program.window.painted.connect(application.quit)
program.window.show()
application.exec()
heavy = ("sqlalchemy", "alembic", "reportlab", "PIL", "pypdfium2", "babel")
print([name for name in heavy if name in sys.modules])
"""

PATIENCE = 30_000
"""A busy machine takes its time over the imports; milliseconds."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that stands for the person's own."""
    monkeypatch.setattr(paths, "data", lambda: tmp_path)
    return tmp_path


class Programs:
    """Starts the program, and ends it with the test."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, ask: Answers, clock: Clock) -> None:
        self._qtbot, self._qapp, self._ask, self._clock = qtbot, qapp, ask, clock
        self.started: list[app.Program] = []

    def start(self, path: Path | None = None) -> app.Program:
        program = app.Program(self._qapp, path=path, ask=self._ask, now=self._clock)
        self._qtbot.addWidget(program.window)
        self.started.append(program)
        program.window.show()
        return program

    def end(self) -> None:
        for program in self.started:
            program.window.close()
            program.deleteLater()
        self._qapp.processEvents()


@pytest.fixture
def programs(
    qtbot: QtBot,
    qapp: QApplication,
    ask: Answers,
    clock: Clock,
    home: Path,  # noqa: ARG001
) -> Iterator[Programs]:
    made = Programs(qtbot, qapp, ask, clock)
    yield made
    made.end()


def with_story(path: Path, clock: Clock) -> None:
    store = open_shop(path, now=clock)
    build.ridgeline(store)
    build.story(store)
    store.close()


def test_nothing_heavy_is_loaded_before_the_window_is_painted() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_the_first_start_asks_for_the_business_and_begins_its_file(
    qtbot: QtBot, programs: Programs, home: Path
) -> None:
    program = programs.start()
    qtbot.waitUntil(lambda: isinstance(program.window.view(), FirstRunPage), timeout=PATIENCE)
    page = program.window.view()
    assert isinstance(page, FirstRunPage)
    program.window.press_primary()
    assert page.name.error.text() == "Write something here."
    qtbot.keyClicks(page.name.line, "Ridgeline Mechanical LLC")
    page.paper.choose("a4")
    page.brings.click()
    program.window.press_primary()
    qtbot.waitUntil(lambda: program.shop is not None, timeout=PATIENCE)
    assert program.window.view() is program.window.view("imports")
    facts = shop.get(program.shop.desk.store)
    assert (facts.name, facts.paper) == ("Ridgeline Mechanical LLC", "a4")
    assert program.window.windowTitle().endswith("Ridgeline Mechanical LLC · SmallCMMS")
    assert (home / "Ridgeline-Mechanical-LLC.smallcmms").is_file()
    assert QSettings().value("shop/last") == str(program.shop.desk.store.path)


def test_a_second_business_of_the_same_name_gets_a_file_of_its_own(home: Path) -> None:
    (home / "Oak.smallcmms").touch()
    assert app.free_path(home, "Oak") == home / "Oak-2.smallcmms"
    assert app.free_path(home, "???") == home / "shop.smallcmms"


def test_the_shop_that_was_open_last_opens_again(
    qtbot: QtBot, programs: Programs, shop: Path, clock: Clock
) -> None:
    with_story(shop, clock)
    QSettings().setValue("shop/last", str(shop))
    program = programs.start()
    qtbot.waitUntil(lambda: program.shop is not None, timeout=PATIENCE)
    assert program.window.shop_name == "Ridgeline Mechanical LLC"
    assert program.window.commands["undo"].isEnabled()


def test_a_file_that_cannot_be_opened_is_told_and_another_is_offered(  # noqa: PLR0917
    qtbot: QtBot, programs: Programs, tmp_path: Path, ask: Answers, shop: Path, clock: Clock
) -> None:
    with_story(shop, clock)
    wrong = tmp_path / "letter.smallcmms"
    wrong.write_text("Dear Priya")
    program = programs.start(wrong)
    qtbot.waitUntil(program.window.error_line.isVisible, timeout=PATIENCE)
    assert wrong.read_text() == "Dear Priya"
    ask.path = shop
    page = program.window.view()
    assert isinstance(page, FirstRunPage)
    page.open_button.click()
    qtbot.waitUntil(lambda: program.shop is not None, timeout=PATIENCE)


class Windows(QObject):
    """Counts the windows that come up."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


def test_no_other_window_flashes_up_while_a_shop_opens(
    qtbot: QtBot, qapp: QApplication, programs: Programs, shop: Path, clock: Clock
) -> None:
    with_story(shop, clock)
    windows = Windows()
    qapp.installEventFilter(windows)
    program = programs.start(shop)
    qtbot.waitUntil(lambda: program.shop is not None, timeout=PATIENCE)
    qapp.removeEventFilter(windows)
    assert windows.shown == ["Window"]


def test_a_change_is_named_in_the_edit_menu_and_undone_from_there(
    qtbot: QtBot, programs: Programs, shop: Path, clock: Clock
) -> None:
    with_story(shop, clock)
    program = programs.start(shop)
    qtbot.waitUntil(lambda: program.shop is not None, timeout=PATIENCE)
    store = program.shop.desk.store
    customers.add(store, name="Bluebird Bakery")
    undo = program.window.commands["undo"]
    assert "Undo" in undo.text()
    before = undo.text()
    undo.trigger()
    assert undo.text() != before
    assert program.window.status.saved.text() == "All changes saved"


def test_search_finds_a_customer_and_a_scan_opens_an_asset(
    qtbot: QtBot, programs: Programs, shop: Path, clock: Clock
) -> None:
    with_story(shop, clock)
    program = programs.start(shop)
    qtbot.waitUntil(lambda: program.shop is not None, timeout=PATIENCE)
    box = program.window.tools.search
    box.setFocus()
    qtbot.keyClicks(box, "harbor")  # sooner than the search is there
    qtbot.waitUntil(lambda: program.shop.doors is not None, timeout=PATIENCE)
    popup = program.shop.doors.search
    qtbot.waitUntil(
        lambda: popup.isVisible() and popup.list.currentIndex().isValid(), timeout=PATIENCE
    )
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert program.window.sidebar.items["customers"].isChecked()
    program.shop.doors.scan("SC7KQ2:A0133:X")
    assert "character" in program.window.error_line.words.text()


def test_the_codes_of_a_shelf_and_of_a_load_list_open_their_pages(
    qtbot: QtBot, programs: Programs, shop: Path, clock: Clock
) -> None:
    with_story(shop, clock)
    program = programs.start(shop)
    qtbot.waitUntil(lambda: program.shop is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: program.shop.doors is not None, timeout=PATIENCE)
    store = program.shop.desk.store
    [part_id] = parts.find(store, text="hose")
    program.shop.doors.scan(part_code(get_shop(store).code, part_id))
    assert program.window.sidebar.items["parts"].isChecked()
    view = program.window.view("parts")
    assert view is not None
    assert view.current_id() == part_id
    program.shop.doors.scan(load_code(get_shop(store).code, 1, date(2026, 7, 20)))
    page = program.window.view()
    assert isinstance(page, LoadTruckPage)
    qtbot.waitUntil(lambda: page.facts.text().startswith("Jul 20"), timeout=PATIENCE)


def test_the_first_backup_of_the_day_is_made_and_told(
    qtbot: QtBot, programs: Programs, shop: Path, clock: Clock
) -> None:
    with_story(shop, clock)
    program = programs.start(shop)
    qtbot.waitUntil(
        lambda: program.window.status.backup.text() == "Backed up today 7:10 AM", timeout=PATIENCE
    )
    assert len(backup.every(shop)) == 1


def test_a_fault_is_shown_with_its_details(
    qtbot: QtBot, programs: Programs, shop: Path, clock: Clock, ask: Answers
) -> None:
    with_story(shop, clock)
    program = programs.start(shop)
    qtbot.waitUntil(lambda: program.shop is not None, timeout=PATIENCE)
    errors.show(ZeroDivisionError("Priya"))
    assert ask.faults == ["builtins.ZeroDivisionError"]


def test_closing_the_window_lets_the_file_go(
    qtbot: QtBot, programs: Programs, shop: Path, clock: Clock
) -> None:
    with_story(shop, clock)
    program = programs.start(shop)
    qtbot.waitUntil(lambda: program.shop is not None, timeout=PATIENCE)
    program.window.close()
    open_shop(shop, now=clock).close()


@pytest.mark.parametrize(
    ("words", "display", "opened"),
    [
        ([], {"DISPLAY": ":0"}, [("run", None, None)]),
        (["oak.smallcmms"], {"DISPLAY": ":0"}, [("run", Path("oak.smallcmms"), None)]),
        (
            ["--shop", "oak.smallcmms", "--now", "2026-07-13T07:10"],
            {"DISPLAY": ":0"},
            [("run", Path("oak.smallcmms"), "2026-07-13T07:10")],
        ),
        ([], {}, [("headless", Path("oak")), ("pictures", Path("oak/story.smallcmms"))]),
        (
            ["--shop", "oak.smallcmms", "check"],
            {"DISPLAY": ":0"},
            [("main", ["--shop", "oak.smallcmms", "check"])],
        ),
        (["check", "oak.smallcmms"], {}, [("main", ["check", "oak.smallcmms"])]),
    ],
)
def test_the_front_door_leads_to_the_window_or_to_the_command_line(
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    display: dict[str, str],
    opened: list[tuple[object, ...]],
) -> None:
    went: list[tuple[object, ...]] = []

    class Rooms:
        STORY = "story.smallcmms"

        @staticmethod
        def run(path: Path | None, now: str | None) -> int:
            went.append(("run", path, now))
            return 0

        @staticmethod
        def main(argv: list[str]) -> int:
            went.append(("main", argv))
            return 0

        @staticmethod
        def headless(folder: Path) -> int:
            went.append(("headless", folder))
            return 0

        @staticmethod
        def new_folder(_parent: Path) -> Path:
            return Path("oak")

        @staticmethod
        def take_pictures(path: Path) -> int:
            went.append(("pictures", path))
            return 0

    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in display.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(front_door, "import_module", lambda _name: Rooms)
    assert front_door.main(words) == 0
    assert went == opened
