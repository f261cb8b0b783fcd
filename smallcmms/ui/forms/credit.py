"""Crediting an invoice, inline below it: the reason, and whether it is made again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from smallcmms.texts import _
from smallcmms.ui.kit import (
    Button,
    Form,
    Label,
    LineBox,
    Option,
    Options,
    Panel,
    PanelHeader,
    line,
    row,
)


class CreditForm(Panel):
    """Why an invoice is credited; ``wanted`` tells the reason and whether it is made again."""

    wanted = Signal(str, bool)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("panel", "")
        self.form = Form(self)
        self.reason = self.form.add(
            "reason", LineBox(_("Why"), hint=_("Wrong price, wrong customer …"), is_needed=True)
        )
        self.how = Options(
            [
                Option("again", _("Make it again"), second=_("Opens a draft to put right")),
                Option("credit", _("Take it back"), second=_("Its work can be billed later")),
            ],
            says=_("What happens"),
        )
        self.add(line())
        self.add(PanelHeader("ban", _("Credit note")))
        hint = _("A sent invoice stays as it is. A credit note takes all of it back.")
        make = Button(
            _("Make credit note"), "primary", icon="check", key="Ctrl+Return", on=self.make
        )
        back = Button(_("Back"), on=self.closed.emit)
        self.pad(Label(hint, "second", wraps=True), self.reason, self.how, row(make, back, None))

    def begin(self) -> None:
        """Begin a credit note."""
        self.form.clear()
        self.how.set_value("again")

    def make(self) -> None:
        """Hand on what was typed, once there is a reason."""
        if self.form.check():
            self.wanted.emit(self.reason.value, self.how.value == "again")

    def first(self) -> QWidget:
        """Return the box that the cursor starts in."""
        return self.reason
