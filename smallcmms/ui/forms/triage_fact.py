"""The facts that the person at the desk ticks: their list, and the form of one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from smallcmms.services import triage_rules
from smallcmms.services.triage_rules import FactRow
from smallcmms.texts import _, listed
from smallcmms.ui.kit import Button, Cell, Desk, Form, Label, LineBox, block, column, row
from smallcmms.ui.lists.short_rows import ShortRows


class FactsForm(QWidget):
    """Show the facts, and add, change, move or put one away."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._fact: FactRow | None = None
        self.list = ShortRows[FactRow].of_cells(_cell, says=_("Facts to tick"))
        self.list.opened.connect(lambda place: self.edit(self.list.row_of(place)))
        self.form = Form(self)
        add = self.form.add
        self.text = add("text", LineBox(_("Fact"), hint=_("They smell gas")))
        self.short = add("short", LineBox(_("As a reason"), hint=_("smell of gas")))
        self.do = Button("", on=self.save)
        self.up = Button(_("Earlier"), is_small=True, on=lambda: self._move(-1))
        self.down = Button(_("Later"), is_small=True, on=lambda: self._move(1))
        self.away = Button(_("Put away"), "danger", is_small=True, on=self._put_away)
        self.new = Button(_("New fact"), "quiet", icon="plus", is_small=True, on=self.begin)
        self._others = block(row(self.up, self.down, self.away, self.new, None))
        boxes = row(self.text, self.short, column(19, self.do, None, gap=0), gap=10)
        head = Label(_("Facts to tick"), "bold")
        self.setLayout(column(head, self.list, boxes, self._others, gap=8))
        self.begin()

    def refresh(self) -> None:
        """Show the facts as they are now."""
        found = triage_rules.facts(self._desk.store)
        self.list.show_rows(found)
        fact = self._fact
        if fact is not None and fact.id not in [each.id for each in found]:
            self.begin()

    def begin(self) -> None:
        """Begin a new fact."""
        self._fact = None
        self.form.clear()
        self.do.say(_("Add the fact"))
        self._others.hide()

    def edit(self, fact: FactRow) -> None:
        """Change a fact."""
        self._fact = fact
        self.form.fill({"text": listed(fact.text), "short": listed(fact.short)})
        self.do.say(_("Save the fact"))
        self._others.show()
        self.text.setFocus()

    def save(self) -> None:
        """Write the fact as it is typed."""
        store, fact = self._desk.store, self._fact
        if fact is None:
            triage_rules.add_fact(store, text=self.text.text, short=self.short.text)
        else:
            text = fact.text if self.text.text == listed(fact.text) else self.text.text
            short = fact.short if self.short.text == listed(fact.short) else self.short.text
            triage_rules.edit_fact(store, fact.id, text=text, short=short)
        self.begin()

    def _move(self, by: int) -> None:
        if self._fact is not None:
            triage_rules.move_fact(self._desk.store, self._fact.id, by=by)

    def _put_away(self) -> None:
        if self._fact is not None:
            triage_rules.archive_fact(self._desk.store, self._fact.id)
            self._desk.front.toast(_("Fact put away"))


def _cell(fact: FactRow) -> Cell:
    return Cell(first=listed(fact.text), right=listed(fact.short))
