"""All moves of a part, the newest first; one that was a mistake is reversed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from smallcmms.services import stock
from smallcmms.services.parts import PartPage
from smallcmms.services.stock import MoveRow
from smallcmms.texts import _
from smallcmms.ui import part_words
from smallcmms.ui.kit import (
    Button,
    Cell,
    Column,
    Desk,
    LineBox,
    Panel,
    PanelHeader,
    RowsModel,
    RowsView,
    block,
    column,
    row,
)

_DAY, _COUNT, _ROW, _MOST = 104, 66, 32, 500


class PartMoves(Panel):
    """The history of a part; ``closed`` tells that the person is done with it."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self._part_id, self._found = desk, 0, dict[int, MoveRow]()
        self.header = PanelHeader("history", _("Moves"), is_big=True)
        self.add(self.header)
        columns = [
            Column("", self._when, _DAY),
            Column("", self._told),
            Column("", self._moved, _COUNT),
        ]
        self.model = RowsModel[MoveRow](columns, self._fetch, self)
        self.list = RowsView(self.model, row=_ROW, says=_("Moves"))
        self.add(self.list, 1)
        self.why = LineBox(_("Why"), hint=_("Typed into the wrong place"))
        self.reverse = Button(_("Reverse this move"), on=self._reverse)
        back = Button(_("Back"), on=self.closed.emit)
        foot = column(self.why, row(self.reverse, back, None), margins=(12, 8, 12, 8))
        self.add(block(foot, "footer"))
        self.list.chosen.connect(self._choose)

    def show_part(self, page: PartPage) -> None:
        """Look the moves of a part up."""
        self._part_id = page.row.id
        self.header.title.setText(_("Moves of {name}", name=page.row.name))
        store, part_id = self.desk.store, page.row.id
        self.desk.background.run(self, lambda: stock.moves(store, part_id, limit=_MOST), self._show)

    def _show(self, moves: Sequence[MoveRow]) -> None:
        self._found = {each.id: each for each in moves}
        self.model.set_ids(list(self._found))
        if not self.list.chosen_id:
            self.list.choose_first()
        self._choose(self.list.chosen_id)

    def _choose(self, move_id: int) -> None:
        move = self._found.get(move_id)
        self.reverse.setEnabled(move is not None and not move.is_reversed)

    def _reverse(self) -> None:
        stock.reverse(self.desk.store, self.list.chosen_id, reason=self.why.text)
        self.why.set_value("")
        self.desk.front.toast(_("Reversed the move"))

    def _fetch(self, ids: Sequence[int]) -> dict[int, MoveRow]:
        return {each: self._found[each] for each in ids if each in self._found}

    def _when(self, move: MoveRow) -> Cell:
        return Cell(first=self.desk.formats.day_year(move.moved_on), tone="text2")

    def _told(self, move: MoveRow) -> Cell:
        return Cell(first=part_words.told(move), tone="text3" if move.is_reversed else "text")

    def _moved(self, move: MoveRow) -> Cell:
        words = part_words.signed(move.quantity, self.desk.formats)
        return Cell(right=words, is_right_bold=not move.is_reversed)
