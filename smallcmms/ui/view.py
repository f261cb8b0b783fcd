"""What every page is to the window: a title, an icon, keys, commands, and a few moments."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from smallcmms.domain.errors import RuleBroken
from smallcmms.texts import _
from smallcmms.ui import actions, panes
from smallcmms.ui.fields import Fields
from smallcmms.ui.widgets.button import Button


class View(QWidget):
    """A page in the window.

    ``title`` and the words of ``keys`` are message ids; ``keys`` stand in the status bar. A
    command declared with ``@action`` is in ``commands`` by the name of its method.
    """

    title = ""
    icon = "inbox"
    keys: tuple[tuple[str, str], ...] = ()
    title_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.commands: dict[str, QAction] = actions.collect(self)
        self.filter_box: QLineEdit | None = None

    @property
    def heading(self) -> str:
        """Return what the window's title says."""
        return _(self.title)

    def button(
        self, name: str, kind: str = "", *, is_small: bool = False, text: str = ""
    ) -> Button:
        """Return a button for the command of this name."""
        return Button.of(self.commands[name], kind, is_small=is_small, text=text)

    def more_button(self, *names: str, says: str = "", is_small: bool = False) -> Button:
        """Return the button with three dots, whose menu holds the commands of these names."""
        menu = QMenu(self)
        for name in names:
            menu.addAction(self.commands[name])
        says = says or _("More to do with it")
        more = Button("", icon="ellipsis-vertical", says=says, is_small=is_small)
        more.clicked.connect(lambda: menu.popup(more.mapToGlobal(more.rect().bottomLeft())))
        return more

    def make_piece(self) -> bool:
        """Make another piece of a page that is not whole yet; return whether there was one."""
        return False

    def finish(self) -> None:
        """Make the pieces that are still missing."""
        while self.make_piece():
            pass

    def shown(self) -> None:
        """Do what is to be done each time the page comes up."""

    def go_to(self, record_id: int) -> None:
        """Show a record."""

    def current_id(self) -> int:
        """Return the record that is shown, so that Back comes to it again."""
        return 0

    def begin(self, what: str, **facts: object) -> None:
        """Begin something new here, for example a call about a customer."""

    def take_code(self, code: str) -> bool:  # noqa: ARG002
        """Take a scanned code for the work that is under way here; return whether it was."""
        return False

    def about(self) -> dict[str, object]:
        """Return the facts of the open record that something new should begin with."""
        return {}

    def keep(self) -> None:
        """Save what is typed and not saved yet."""
        for form in self.findChildren(Fields):
            form.keep()

    def keep_now(self) -> str:
        """Do what Ctrl S means here; return what the status row says of it."""
        self.keep()
        return _("All changes saved")

    def leave(self) -> bool:
        """Do what Esc means here; return whether it meant something."""
        box = self.filter_box
        if box is not None and box.text():
            box.clear()
            return True
        return False

    def show_error(self, error: RuleBroken) -> bool:
        """Show an error beside the box that it names; return whether there is such a box."""
        forms = self.findChildren(Fields)
        focus = QApplication.focusWidget()
        forms.sort(key=lambda form: not form.holds(focus))
        return any(form.show_error(error) for form in forms)

    def primary(self, focus: QWidget | None) -> Button | None:
        """Return the filled button that Ctrl Enter presses."""
        return panes.primary_button(self, focus)

    def panes(self) -> list[QWidget]:
        """Return the widgets that F6 goes round: the first that takes keys in every pane."""
        found = [pane for pane in self.findChildren(QWidget) if pane.property("pane")]
        return [pane for pane in found if pane.isVisible()]
