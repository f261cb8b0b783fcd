"""One part beside the list: where it lies, for whom it is kept, what moved last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from smallcmms.services.parts import LocationRow, PartPage
from smallcmms.services.reservations import ReservationRow
from smallcmms.services.stock import MoveRow
from smallcmms.texts import _
from smallcmms.ui import part_words
from smallcmms.ui.kit import (
    Button,
    Cell,
    Column,
    Desk,
    Label,
    Panel,
    PanelHeader,
    block,
    column,
    line,
    row,
)
from smallcmms.ui.lists.short_rows import ShortRows

_IN_A_ROW, _ROW, _MOVE_ROW, _DAY, _COUNT = 3, 32, 28, 64, 58
_SHOWN = 4
_MOVES = 3


class _PlaceBox(QWidget):
    """How many lie in one place, and the way to take some of them to another."""

    def __init__(self, move: Callable[[int], object]) -> None:
        super().__init__()
        self.label, self.number = Label("", "label", is_cut=True), Label("", "h2")
        self.location_id = 0
        take = Button("", "icon", icon="arrow-right", is_small=True, says=_("Move some from here"))
        take.clicked.connect(lambda: move(self.location_id))
        self.to = take
        kept = self.to.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.to.setSizePolicy(kept)
        below = row(self.number, None, self.to, gap=2)
        inside = block(column(self.label, below, gap=0, margins=(10, 5, 4, 3)), "well")
        self.setLayout(column(inside))

    def say(self, place: LocationRow, shelf: str, quantity: Decimal, words: str) -> None:
        """Show a place; what it lacks is red."""
        self.location_id = place.id
        self.label.setText(f"{place.name} {shelf}".strip())
        self.number.setText(words)
        self.number.set_tone("red" if quantity < 0 else "")
        self.to.setVisible(quantity > 0)


class PartDetails(Panel):
    """Show a part; ``wants_move`` tells from which place some are to be moved.

    ``wants_moves`` tells that all moves are to be shown.
    """

    wants_move = Signal(int)
    wants_moves = Signal()

    def __init__(self, desk: Desk, buttons: Sequence[Button]) -> None:
        super().__init__()
        self.desk = desk
        self.page: PartPage | None = None
        self.number, self.name = Label("", "bold", tone="text2"), Label("", "h2", wraps=True)
        self.facts = Label("", "second", wraps=True)
        self.after = Button("", "link", is_small=True, on=self._go_to_after)
        head = column(row(self.number, None, *buttons, gap=6), self.name, self.facts, self.after)
        head.setSpacing(3)
        head.setContentsMargins(14, 10, 12, 9)
        self.add(block(head, "header"))
        self.places = QGridLayout()
        self.places.setContentsMargins(14, 9, 14, 9)
        self.places.setSpacing(8)
        self._boxes: list[_PlaceBox] = []
        self.body.addLayout(self.places)
        self.add(line())
        self._make_reserved()
        self._make_moves()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_part(self, page: PartPage, places: Sequence[LocationRow]) -> None:
        """Show a part that was looked up."""
        self.page = page
        self.number.setText(page.row.number)
        self.name.setText(page.row.name)
        self.facts.setText(" · ".join(self._facts(page)))
        after = page.superseded_by
        self.after.say(_("Superseded by {name}", name=after.name) if after else "")
        self.after.setVisible(after is not None)
        self._say_places(page, places)
        self.reserved_header.count.setText(self.desk.formats.quantity(page.row.reserved))
        self.reserved.show_rows(page.reservations[:_SHOWN])
        more = len(page.reservations) - _SHOWN
        self.more.setText(_("and {n} more", n=more) if more > 0 else "")
        self.more.setVisible(more > 0)
        self.moves.show_rows(page.moves[:_MOVES])
        self.nothing.setVisible(not page.moves)

    def _make_reserved(self) -> None:
        self.reserved_header = PanelHeader("", _("Reserved"))
        columns = [Column("", self._what), Column("", self._many, _COUNT)]
        self.reserved = ShortRows[ReservationRow](columns, row=_ROW, says=_("Reserved"))
        self.reserved.opened.connect(
            lambda place: self.desk.front.go(
                "work_orders", self.reserved.row_of(place).work_order_id
            )
        )
        self.more = Label("", "second")
        self.more.setContentsMargins(12, 4, 12, 6)
        for piece in (self.reserved_header, self.reserved, self.more):
            self.add(piece)

    def _make_moves(self) -> None:
        every = Button(_("All"), "quiet", is_small=True, on=self.wants_moves.emit)
        self.add(PanelHeader("", _("Moves"), "", every))
        columns = [
            Column("", self._when, _DAY),
            Column("", lambda move: Cell(first=part_words.told(move))),
            Column("", self._moved, _COUNT),
        ]
        self.moves = ShortRows[MoveRow](columns, row=_MOVE_ROW, says=_("Moves"))
        self.nothing = Label(_("Nothing has moved yet."), "second")
        self.nothing.setContentsMargins(12, 8, 12, 8)
        self.add(self.moves)
        self.add(self.nothing)

    def _facts(self, page: PartPage) -> list[str]:
        formats, part = self.desk.formats, page.row
        facts = [part.supplier, _("cost {amount}", amount=formats.money(part.cost))]
        if page.purchase_factor:
            packs = formats.quantity(page.purchase_factor)
            unit = page.purchase_unit or _("packs")
            facts.append(_("{unit} of {n}", unit=unit, n=packs))
        if page.is_archived:
            facts.append(_("archived"))
        return [fact for fact in facts if fact]

    def _say_places(self, page: PartPage, places: Sequence[LocationRow]) -> None:
        while len(self._boxes) < len(places):
            at = len(self._boxes)
            box = _PlaceBox(self.wants_move.emit)
            self._boxes.append(box)
            self.places.addWidget(box, at // _IN_A_ROW, at % _IN_A_ROW)
        for at, box in enumerate(self._boxes):
            box.setVisible(at < len(places))
            if at < len(places):
                quantity = part_words.lying(page.row, places[at].id)
                shelf = page.row.bin if at == 0 else ""
                box.say(places[at], shelf, quantity, self.desk.formats.quantity(quantity))

    def _go_to_after(self) -> None:
        if self.page is not None and self.page.superseded_by is not None:
            self.desk.front.go("parts", self.page.superseded_by.id)

    def _what(self, kept: ReservationRow) -> Cell:
        return Cell(
            level=kept.level,
            first=kept.work_order,
            then=f"{kept.title}, {kept.site}",
            tone="accent",
            is_bold=True,
            right=_("short") if kept.is_short else "",
            right_tone="red",
        )

    def _many(self, kept: ReservationRow) -> Cell:
        return Cell(right=self.desk.formats.quantity(kept.quantity), is_right_bold=True)

    def _when(self, move: MoveRow) -> Cell:
        return Cell(first=self.desk.formats.day(move.moved_on), tone="text2")

    def _moved(self, move: MoveRow) -> Cell:
        words = part_words.signed(move.quantity, self.desk.formats)
        return Cell(right=words, is_right_bold=True)
