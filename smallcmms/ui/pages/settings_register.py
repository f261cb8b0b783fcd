"""A register in the settings: its rows, and the form of the one that is chosen or new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from smallcmms.texts import _
from smallcmms.ui.kit import (
    TWO_LINES,
    Button,
    Cell,
    Column,
    Form,
    Label,
    RowsModel,
    RowsView,
    column,
    line,
    row,
)


class RecordForm(Protocol):
    """The form of one record of a register."""

    form: Form
    first: QWidget

    def show_record(self, found: Any) -> None:
        """Edit a record."""

    def begin(self) -> None:
        """Fill in a new one."""

    def make(self) -> int:
        """Write the new one and return its id."""


class Register(QWidget):
    """The rows of a register at the left, the form of one at the right."""

    def __init__(
        self,
        rows: Callable[[], Sequence[Any]],
        cell: Callable[[Any], Cell],
        form: Any,
        *,
        add: str,
        says: str,
    ) -> None:
        super().__init__()
        self._rows, self.form, self._is_new = rows, form, False
        self._found: dict[int, Any] = {}
        self.model = RowsModel[Any]([Column("", cell)], self._fetch, self)
        self.list = RowsView(self.model, row=TWO_LINES, says=says)
        self.list.chosen.connect(self._choose)
        self.list.setFixedWidth(300)
        self.new = Button(_("New"), "quiet", icon="plus", is_small=True, on=self.begin)
        self.make_button = Button(add, "primary", key="Ctrl+Return", on=self._make)
        self.hint = Label(_("Saved when you leave a box."), "second")
        left = column(row(self.new, None, margins=(8, 6, 8, 6)), gap=0)
        left.addWidget(self.list, 1)
        foot = row(self.make_button, self.hint, None)
        right = column(form, foot, gap=12, margins=(16, 12, 16, 12))
        layout = row(gap=0)
        layout.addLayout(left)
        layout.addWidget(line(is_upright=True))
        layout.addLayout(right, 1)
        self.setLayout(layout)
        self._say(is_new=False)
        self.form.setEnabled(False)

    def refresh(self) -> None:
        """Look the rows up again."""
        found = self._rows()
        self._found = {each.id: each for each in found}
        self.model.set_ids(list(self._found))
        if not self._is_new and not self.list.chosen_id:
            self.list.choose_first()
        elif self.list.chosen_id and not self._is_new and not self.form.form.is_dirty:
            self._choose(self.list.chosen_id)

    def begin(self) -> None:
        """Fill in a new record."""
        self._say(is_new=True)
        self.form.setEnabled(True)
        self.form.begin()
        self.form.first.setFocus()

    def _choose(self, record_id: int) -> None:
        found = self._found.get(record_id)
        if found is not None:
            self._say(is_new=False)
            self.form.setEnabled(True)
            self.form.show_record(found)

    def _make(self) -> None:
        if self.form.form.check():
            made = self.form.make()
            self._say(is_new=False)
            self.refresh()
            self.list.choose(made)

    def _say(self, *, is_new: bool) -> None:
        self._is_new = is_new
        self.make_button.setVisible(is_new)
        self.hint.setVisible(not is_new)

    def _fetch(self, ids: Sequence[int]) -> dict[int, Any]:
        return {row_id: self._found[row_id] for row_id in ids if row_id in self._found}
