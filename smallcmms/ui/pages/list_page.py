"""What pages share that have a list, and beside it what is chosen, a form, or nothing yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from smallcmms.ui.forms.pane import FormPane
from smallcmms.ui.kit import TWO_LINES, Cell, Column, RowsModel, RowsView
from smallcmms.ui.pages.page import Page

Row = TypeVar("Row")


class ListPage(Page):
    """A page with a list, and beside it the record that is chosen, a form, or that there is none.

    ``shown_id`` is the record that is shown, 0 if there is none.
    """

    list: RowsView
    pane: FormPane

    def begin_list(self) -> None:
        """Make what every piece is put into."""
        self.shown_id = 0
        self.right = QStackedWidget()

    def list_of(
        self,
        fetch: Callable[[Sequence[int]], dict[int, Row]],
        cell: Callable[[Row], Cell],
        *,
        says: str,
    ) -> RowsView:
        """Return the list, its rows looked up and written as told."""
        model: RowsModel[Row] = RowsModel([Column("", cell)], fetch, self)
        self.list = RowsView(model, row=TWO_LINES, says=says)
        self.list.chosen.connect(self._choose)
        return self.list

    def put_beside(self, details: QWidget, pane: FormPane, empty: QWidget) -> None:
        """Put the details, the pane of forms and what tells that there is nothing beside it."""
        self.pane = pane
        pane.closed.connect(self.show_record)
        for piece in (details, pane, empty):
            self.right.addWidget(piece)

    def current_id(self) -> int:
        """Return the record that is shown."""
        return self.shown_id

    def leave(self) -> bool:
        """Leave the form."""
        if self.right.currentWidget() is self.pane:
            self.pane.close_form()
            return True
        return super().leave()

    def show_list(self, ids: Sequence[int]) -> None:
        """Show the list, and beside it what was shown, or else the first; a form stays."""
        self.list.rows.set_ids(ids)
        if self.shown_id not in ids:
            self.shown_id = ids[0] if ids else 0
        if self.list.chosen_id != self.shown_id:
            self.list.choose(self.shown_id)
        if self.right.currentWidget() is not self.pane:
            self.show_record()

    def show_record(self) -> None:
        """Show the record beside the list, or that there is none."""
        raise NotImplementedError

    def _choose(self, record_id: int) -> None:
        if record_id and record_id != self.shown_id:
            self.shown_id = record_id
            self.show_record()
