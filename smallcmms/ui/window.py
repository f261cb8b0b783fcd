"""The window: menus, tool row, sidebar, pages, status row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from smallcmms.domain.errors import RuleBroken
from smallcmms.texts import _
from smallcmms.ui import actions, errors, panes, theme
from smallcmms.ui.commands import Commands
from smallcmms.ui.focus import Focus
from smallcmms.ui.help import KeysDialog, about_words
from smallcmms.ui.menus import Menus
from smallcmms.ui.page_stack import PageStack
from smallcmms.ui.places import Place
from smallcmms.ui.sidebar import Sidebar
from smallcmms.ui.status import StatusRow
from smallcmms.ui.steps import Steps
from smallcmms.ui.theme import Mode
from smallcmms.ui.toast import ErrorLine, Toast
from smallcmms.ui.toolrow import ToolRow
from smallcmms.ui.travel import Stop, Travel
from smallcmms.ui.view import View
from smallcmms.ui.widgets.panel import row

LEAST_WIDE, LEAST_HIGH = 1024, 640
NARROW = 1180
_WIDE, _HIGH = 1440, 868
_OF_SHOPS = ("log_call", "new_work_order", "enter_sheet", "search", "bring_in")


class Window(QMainWindow):
    """The frame around the pages; it knows their names and nothing of what they show.

    ``painted`` tells that it can be seen, ``closing`` that it goes, ``faulted`` the first fault.
    """

    painted = Signal()
    faulted = Signal(object)
    closing = Signal()

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__()
        self._places = {place.name: place for place in places}
        self._steps: Steps | None = None
        self._travel = Travel()
        self._has_told_fault = self._is_painted = False
        self.shop_name = ""
        self.commands: dict[str, QAction] = actions.collect(self, Commands(self))
        self.menus = Menus(self, self.commands)
        self.menus.add_pages(places, self.go)
        self._lay_out(places)
        self._listen()
        self._restore()
        self.refresh_steps()
        self._refresh_travel()
        theme.dress(self)

    def _lay_out(self, places: Sequence[Place]) -> None:
        self.tools = ToolRow(self.commands)
        self.sidebar = Sidebar(places)
        self.pages = PageStack()
        self.error_line, self.status = ErrorLine(), StatusRow()
        beside = QWidget()
        right = QVBoxLayout(beside)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.pages, 1)
        right.addWidget(self.error_line)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tools)
        middle = row(self.sidebar, gap=0)
        middle.addWidget(beside, 1)
        layout.addLayout(middle, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(whole)
        self.toasts = Toast(beside)

    def _listen(self) -> None:
        Focus(self, self.view)
        self.sidebar.chosen.connect(self.go)
        self.pages.title_changed.connect(self._show_title)
        self.pages.came.connect(lambda name: self._show(name, is_asked=False))
        self.toasts.undone.connect(errors.guarded(self, self.undo))
        errors.signals.broken.connect(self._show_broken)
        errors.signals.fault.connect(self._show_fault)

    # pages

    def add_page(self, name: str, view: View) -> None:
        """Put a page in its place; one that stood there goes."""
        self.pages.put(name, view)

    def add_later(self, name: str, make: Callable[[], View]) -> None:
        """Put a page in its place once it is wanted; one that stood there goes."""
        self.pages.put_later(name, make)

    def make_one(self) -> bool:
        """Make a piece of a page that nobody has wanted yet; return whether there was one."""
        return self.pages.make_piece()

    def show_places(self, names: Collection[str]) -> None:
        """Show only these pages in the sidebar."""
        for name, item in self.sidebar.items.items():
            item.setVisible(name in names)
        for command in _OF_SHOPS:
            self.commands[command].setEnabled(bool(names))
        self.tools.setVisible(bool(names))
        self.sidebar.setVisible(bool(names))

    def show_alone(self, name: str, view: View) -> None:
        """Show a page while there is no shop: the others are not to be reached."""
        if self.pages.view(name) is not view:
            self.pages.clear()
            self.add_page(name, view)
            self.show_places(())
        self.begin_at(name)

    def begin_at(self, name: str) -> None:
        """Show a page as the first one: no way leads back from it."""
        self._travel = Travel()
        self.go(name)

    def view(self, name: str = "") -> View | None:
        """Return a page, or the one that is shown."""
        if name:
            return self.pages.want(name)
        now = self._travel.now
        return self.pages.view(now.name) if now else None

    def go(self, name: str, record_id: int = 0) -> None:
        """Show a page, and a record on it."""
        if self.pages.want(name) is None:
            return
        self._leave()
        self._travel.arrive(Stop(name, record_id))
        self._show(name, record_id)

    def begin(self, name: str, what: str, **facts: object) -> None:
        """Show a page and begin something new there."""
        self.go(name)
        if view := self.view(name):
            view.begin(what, **facts)

    def travel(self, step: int) -> None:
        """Go back (-1) or forward (1)."""
        if self._travel.can(step):
            self._leave()
            stop = self._travel.go(step)
            self._show(stop.name, stop.record_id)

    def facts(self) -> dict[str, object]:
        """Return the facts of the record that is open."""
        view = self.view()
        return view.about() if view else {}

    def _leave(self) -> None:
        if view := self.view():
            errors.guarded(view, view.keep)()
            self.note(_("All changes saved") if self._steps is not None else "")
            self._travel.note(view.current_id())

    def _show(self, name: str, record_id: int = 0, *, is_asked: bool = True) -> None:
        view = self.pages.want(name)
        if view is None:
            return
        entered = view.focusWidget() if view is not self.pages.currentWidget() else view
        self.pages.setCurrentWidget(view)
        self.error_line.say("")
        place = self._places.get(name)
        self.sidebar.choose(place.under if place and place.under else name)
        self.menus.show_page(view.commands)
        self.status.show_keys(view.keys)
        self.commands["filter_list"].setEnabled(view.filter_box is not None)
        self._show_title()
        self._refresh_travel()
        errors.guarded(view, view.shown)()
        if is_asked or not self.tools.search.text():  # nobody is searching meanwhile
            self._give_keys(view, entered)
        if record_id:
            errors.guarded(view, lambda: view.go_to(record_id))()

    def _give_keys(self, view: View, entered: QWidget | None) -> None:
        """Let the keys go to a page that has just come up, unless the person walks the sidebar.

        They go to its list at first, later to what had them before.
        """
        focus = QApplication.focusWidget()
        is_in = focus is not None and view.isAncestorOf(focus) and entered is not None
        if not is_in and not (focus is not None and self.sidebar.isAncestorOf(focus)):
            panes.enter(view)

    def _show_title(self) -> None:
        view = self.view()
        parts = (view.heading if view else "", self.shop_name, "SmallCMMS")
        self.setWindowTitle(" · ".join(filter(None, parts)))

    def _refresh_travel(self) -> None:
        self.commands["back"].setEnabled(self._travel.can(-1))
        self.commands["forward"].setEnabled(self._travel.can(1))

    def page_commands(self) -> list[QAction]:
        """Return the commands of the page that is shown."""
        view = self.view()
        return list(view.commands.values()) if view else []

    # words

    def toast(self, words: str, *, has_undo: bool = True) -> None:
        """Tell for eight seconds what was done, with Undo."""
        self.error_line.say("")
        self.toasts.say(words, has_undo=has_undo and self.commands["undo"].isEnabled())

    def tell(self, words: str) -> None:
        """Show what went wrong in a line above the status row until it is closed."""
        self.error_line.say(words)

    def note(self, words: str) -> None:
        """Say in the status row how safe what was typed is."""
        self.status.note(words)

    def set_count(self, name: str, count: int, *, is_hot: bool = False) -> None:
        """Show at a page's name how much waits there; hot is a red pill."""
        self.sidebar.set_count(name, count, is_hot=is_hot)

    def _show_broken(self, error: RuleBroken, _source: object) -> None:
        view = self.view()
        if error.field and view is not None and view.show_error(error):
            return
        self.tell(_(error.message, **error.values))

    def _show_fault(self, error: BaseException) -> None:
        self.tell(errors.words())
        if not self._has_told_fault:
            self._has_told_fault = True
            self.faulted.emit(error)

    # undo

    def use_steps(self, steps: Steps | None) -> None:
        """Take back and do again through this shop file."""
        self._steps = steps
        self.refresh_steps()

    def refresh_steps(self) -> None:
        """Name in the Edit menu what would be taken back and done again."""
        undo = self._steps.next_undo() if self._steps else None
        redo = self._steps.next_redo() if self._steps else None
        for name, word, step in (("undo", _("Undo"), undo), ("redo", _("Redo"), redo)):
            act = self.commands[name]
            what = _(step.message, **step.values) if step else ""
            says = what if step and step.is_barrier else f"{word} {what}".strip()
            act.setText(says.replace("&", "&&"))
            act.setEnabled(step is not None and not step.is_barrier)

    def undo(self) -> None:
        """Take the last change back."""
        if self._steps is not None:
            done = self._steps.undo()
            self.toast(_("Taken back: {what}", what=_(done.message, **done.values)), has_undo=False)

    def redo(self) -> None:
        """Do again what was taken back."""
        if self._steps is not None:
            done = self._steps.redo()
            self.toast(_("Done again: {what}", what=_(done.message, **done.values)))

    # keys

    def search(self) -> None:
        """Go to the search box."""
        self.tools.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.tools.search.selectAll()

    def filter_list(self) -> None:
        """Go to the page's filter box."""
        view = self.view()
        if view is not None and view.filter_box is not None:
            view.filter_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
            view.filter_box.selectAll()

    def keep(self) -> None:
        """Save what is typed, and say so."""
        if view := self.view():
            self.note(view.keep_now())

    def press_primary(self) -> None:
        """Press the filled button of the pane with the focus."""
        view = self.view()
        button = view.primary(QApplication.focusWidget()) if view else None
        if button is not None:
            button.click()

    def go_round(self, step: int) -> None:
        """Go to the next pane, or to the one before."""
        view = self.view()
        panes.go_round([*(view.panes() if view else ()), self.tools], step)

    def show_keys(self) -> None:
        """Show the keys of this page and of every page."""
        view = self.view()
        heading, keys = (view.heading, view.keys) if view else ("", ())
        KeysDialog(self, heading, keys, self.menus.every()).open()

    def show_about(self) -> None:
        """Say which program this is."""
        self.toast(about_words(), has_undo=False)

    def wear(self, mode: Mode, percent: int) -> None:
        """Change colours and text size, and remember them."""
        theme.use(mode, percent)
        QSettings().setValue("theme/mode", mode.value)
        QSettings().setValue("theme/percent", theme.percent())

    # Qt's moments

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Let Esc leave what the page is at, or close the error line."""
        if event.key() == Qt.Key.Key_Escape:
            view = self.view()
            if not (view and view.leave()):
                self.error_line.say("")
                self.toasts.hide()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Tell when the window has been painted first."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Become a rail where the window is narrow."""
        super().resizeEvent(event)
        is_narrow = self.width() < NARROW
        self.sidebar.set_rail(is_rail=is_narrow)
        self.tools.set_narrow(is_narrow=is_narrow)
        self.toasts.place()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Save what is typed and where the window stood."""
        self._leave()
        QSettings().setValue("window/geometry", self.saveGeometry())
        self.closing.emit()
        event.accept()

    def _restore(self) -> None:
        self.setMinimumSize(LEAST_WIDE, LEAST_HIGH)
        self.resize(_WIDE, _HIGH)
        geometry = QSettings().value("window/geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        self._show_title()
