"""A group of Today: a title with a count, rows with one button each, and the rest on demand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from smallcmms.texts import _
from smallcmms.ui import errors
from smallcmms.ui.kit import Button, Cell, Column, Panel, PanelHeader, block, row
from smallcmms.ui.lists.button_rows import ButtonRows

Act = Callable[[], object]


class Thing(NamedTuple):
    """A row: what it says, what Enter and a click do, what its button and Space do."""

    cell: Cell
    open: Act
    press: Act


class TodayGroup(Panel):
    """Show things of one kind; it is hidden while there are none.

    ``wants_all`` tells that the rows that are left out are wanted too; ``beyond`` that the arrows
    lead on: 1 below, -1 above.
    """

    wants_all = Signal()
    beyond = Signal(int)

    def __init__(
        self, icon: str, title: str, *right: Button, tone: str = "text2", height: int = 46
    ) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.header = PanelHeader(icon, title, "", *right, tone=tone)
        column = Column("", lambda thing: thing.cell)
        self.list: ButtonRows[Thing] = ButtonRows([column], row=height, says=title)
        self.list.setProperty("pane", True)  # noqa: FBT003
        self.setProperty("pane", False)  # noqa: FBT003
        self.list.opened.connect(lambda place: errors.guarded(self, partial(self._open, place))())
        self.list.pressed_at.connect(
            lambda place: errors.guarded(self, partial(self._press, place))()
        )
        self.list.beyond.connect(self.beyond)
        self.more = Button("", "quiet", is_small=True, on=self.wants_all.emit)
        self._foot = block(row(self.more, None, margins=(4, 2, 4, 2)))
        for piece in (self.header, self.list, self._foot):
            self.add(piece)
        self.hide()

    def show_things(self, things: Sequence[Thing], count: int, shown: int | None = None) -> None:
        """Show rows; ``count`` stands beside the title, and the rest is offered.

        ``shown`` is how many things the rows stand for, where it is not one each.
        """
        self.list.show_rows(things)
        self.header.count.setText(str(count))
        left = count - (len(things) if shown is None else shown)
        self._foot.setVisible(left > 0)
        self.more.say(_("All {n}", n=count))
        self.setVisible(bool(things))

    def _open(self, place: int) -> None:
        if place:
            self.list.row_of(place).open()

    def _press(self, place: int) -> None:
        if place:
            self.list.row_of(place).press()
