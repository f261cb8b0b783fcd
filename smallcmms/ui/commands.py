"""The commands of the window itself: those that any page has."""

from __future__ import annotations

from typing import Protocol

from smallcmms.texts import later
from smallcmms.ui import theme
from smallcmms.ui.actions import action
from smallcmms.ui.theme import Mode

_STEP, _NORMAL = 10, 100


class Frame(Protocol):
    """The window, as far as its commands use it."""

    def undo(self) -> None:
        """Take the last change back."""

    def redo(self) -> None:
        """Do it again."""

    def travel(self, step: int) -> None:
        """Go back (-1) or forward (1)."""

    def go(self, name: str, record_id: int = 0) -> None:
        """Show a page."""

    def begin(self, name: str, what: str, **facts: object) -> None:
        """Show a page and begin something new there."""

    def facts(self) -> dict[str, object]:
        """Return the facts of the record that is open."""

    def search(self) -> None:
        """Go to the search box."""

    def filter_list(self) -> None:
        """Go to the page's filter box."""

    def keep(self) -> None:
        """Save what is typed."""

    def press_primary(self) -> None:
        """Press the filled button of the pane with the focus."""

    def go_round(self, step: int) -> None:
        """Go to the next pane, or to the one before."""

    def wear(self, mode: Mode, percent: int) -> None:
        """Change colours and text size."""

    def show_keys(self) -> None:
        """Show the keys of this page."""

    def show_about(self) -> None:
        """Say which program this is."""

    def close(self) -> bool:
        """Leave the program."""


class Commands:
    """What the menus hold whichever page is shown."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    @action(later("Undo"), shortcut="Ctrl+Z", menu="edit")
    def undo(self) -> None:
        """Take the last change back."""
        self._frame.undo()

    @action(later("Redo"), shortcut="Ctrl+Shift+Z; Ctrl+Y", menu="edit")
    def redo(self) -> None:
        """Do again what was taken back."""
        self._frame.redo()

    @action(
        later("Search everything"), shortcut="Ctrl+K; /", menu="edit", icon="search", has_line=True
    )
    def search(self) -> None:
        """Find any record."""
        self._frame.search()

    @action(later("Filter this list"), shortcut="Ctrl+F", menu="edit", icon="filter")
    def filter_list(self) -> None:
        """Find in the list that is shown."""
        self._frame.filter_list()

    @action(later("Keep now"), shortcut="Ctrl+S", menu="edit", has_line=True)
    def keep(self) -> None:
        """Save what is typed."""
        self._frame.keep()

    @action(later("As the system"), menu="view")
    def as_system(self) -> None:
        """Wear the system's colours."""
        self._frame.wear(Mode.SYSTEM, theme.percent())

    @action(later("Light"), menu="view", icon="sun")
    def light(self) -> None:
        """Wear light colours."""
        self._frame.wear(Mode.LIGHT, theme.percent())

    @action(later("Dark"), menu="view", icon="moon")
    def dark(self) -> None:
        """Wear dark colours."""
        self._frame.wear(Mode.DARK, theme.percent())

    @action(later("Larger text"), shortcut="Ctrl++; Ctrl+=", menu="view", has_line=True)
    def larger(self) -> None:
        """Write larger."""
        self._frame.wear(theme.mode(), theme.percent() + _STEP)

    @action(later("Smaller text"), shortcut="Ctrl+-", menu="view")
    def smaller(self) -> None:
        """Write smaller."""
        self._frame.wear(theme.mode(), theme.percent() - _STEP)

    @action(later("Normal text"), menu="view")
    def normal(self) -> None:
        """Write in the usual size."""
        self._frame.wear(theme.mode(), _NORMAL)

    @action(later("Next pane"), shortcut="F6", menu="view", has_line=True)
    def next_pane(self) -> None:
        """Go round the panes."""
        self._frame.go_round(1)

    @action(later("Pane before"), shortcut="Shift+F6", menu="view")
    def pane_before(self) -> None:
        """Go round the panes the other way."""
        self._frame.go_round(-1)

    @action(later("Back"), shortcut="Alt+Left", menu="go", icon="arrow-left")
    def back(self) -> None:
        """Go where one was."""
        self._frame.travel(-1)

    @action(later("Forward"), shortcut="Alt+Right", menu="go", icon="arrow-right")
    def forward(self) -> None:
        """Go forward again."""
        self._frame.travel(1)

    @action(later("Log a call"), shortcut="Ctrl+L", menu="record", icon="phone-call")
    def log_call(self) -> None:
        """Begin a call, with the open customer filled in."""
        self._frame.begin("requests", "call", **self._frame.facts())

    @action(later("New work order"), shortcut="Ctrl+Shift+N", menu="record", icon="clipboard-list")
    def new_work_order(self) -> None:
        """Begin a work order, with the open customer filled in."""
        self._frame.begin("work_orders", "work_order", **self._frame.facts())

    @action(later("Enter a sheet"), menu="record", icon="scan-line")
    def enter_sheet(self) -> None:
        """Type in a sheet that came back."""
        self._frame.go("enter_sheet")

    @action(
        later("The filled button of this pane"), shortcut="Ctrl+Return; Ctrl+Enter", menu="record"
    )
    def press_primary(self) -> None:
        """Do what the filled button does."""
        self._frame.press_primary()

    @action(later("Bring in a list"), menu="file", icon="upload")
    def bring_in(self) -> None:
        """Bring in customers, assets, technicians or past work from a file."""
        self._frame.begin("imports", "import")

    @action(later("Quit"), shortcut="Ctrl+Q", menu="file", has_line=True)
    def quit(self) -> None:
        """Leave the program."""
        self._frame.close()

    @action(later("Keys and help for this page"), shortcut="F1", menu="help", icon="info")
    def keys(self) -> None:
        """Show the keys."""
        self._frame.show_keys()

    @action(later("About SmallCMMS"), menu="help")
    def about(self) -> None:
        """Say which program this is."""
        self._frame.show_about()
