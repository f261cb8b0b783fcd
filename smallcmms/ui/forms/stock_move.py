"""The form of a move of a part: received, moved to another place, counted, adjusted, scrapped."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtWidgets import QWidget

from smallcmms.domain.stock import MoveKind
from smallcmms.services import parts, stock
from smallcmms.services.parts import LocationRow, PartPage
from smallcmms.texts import _
from smallcmms.ui import part_words
from smallcmms.ui.kit import (
    Choice,
    DateBox,
    Desk,
    Form,
    Label,
    LineBox,
    PriceBox,
    QuantityBox,
    column,
    row,
)

_WITH: Mapping[MoveKind, frozenset[str]] = MappingProxyType(
    {
        MoveKind.RECEIPT: frozenset({"unit_cost"}),
        MoveKind.TRANSFER: frozenset({"to_id", "reason"}),
        MoveKind.COUNT: frozenset(),
        MoveKind.ADJUSTMENT: frozenset({"reason"}),
        MoveKind.SCRAP: frozenset({"reason"}),
    }
)
"""Which boxes a kind of move has beside place, quantity and day."""


def kinds() -> list[tuple[MoveKind, str]]:
    """Return what can be done with a part by hand."""
    return [
        (MoveKind.RECEIPT, _("It came in")),
        (MoveKind.TRANSFER, _("Move to another place")),
        (MoveKind.COUNT, _("It was counted")),
        (MoveKind.ADJUSTMENT, _("Correct it by + or −")),
        (MoveKind.SCRAP, _("Scrap")),
    ]


class StockMoveForm(QWidget):
    """Fill in one move of a part."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.page = desk, None
        self.form = Form(self)
        add, formats = self.form.add, desk.formats
        self.what = add("what", Choice(_("What"), kinds()))
        self.place = add("location_id", Choice(_("Place")))
        self.to = add("to_id", Choice(_("To")))
        self.quantity = add(
            "quantity", QuantityBox(_("How many"), formats, is_signed=True, is_needed=True)
        )
        self.cost = add("unit_cost", PriceBox(_("Cost of one"), formats))
        self.moved_on = add("moved_on", DateBox(_("On"), formats, desk.today, is_needed=True))
        self.reason = add("reason", LineBox(_("Why")))
        self.now = Label("", "second", wraps=True)
        self.first: QWidget = self.quantity
        self.what.changed.connect(self._fit)
        self.place.changed.connect(self._fit)
        numbers = row(self.quantity, self.cost, self.moved_on, gap=10)
        places = row(self.place, self.to, gap=10)
        self.setLayout(column(self.what, places, self.now, numbers, self.reason, None, gap=10))

    page: PartPage | None

    def begin(self, page: PartPage, kind: MoveKind, *, location_id: int = 0) -> None:
        """Begin a move of a part, from a place."""
        self.page = page
        places = parts.locations(self.desk.store)
        named: list[tuple[object, str]] = [(each.id, each.name) for each in places]
        self.form.clear()
        self.place.set_items(named)
        self.to.set_items(named)
        self.what.set_value(kind)
        self.place.set_value(location_id or _first(places))
        others = [each for each in places if each.id != self.place.value]
        self.to.set_value(_first(others))
        self.moved_on.set_value(self.desk.today())
        self.cost.set_value(page.row.cost)
        self._fit()

    def make(self) -> None:
        """Write the move."""
        if self.page is None:
            return
        {
            MoveKind.RECEIPT: self._receive,
            MoveKind.TRANSFER: self._transfer,
            MoveKind.COUNT: self._count,
            MoveKind.ADJUSTMENT: self._adjust,
            MoveKind.SCRAP: self._scrap,
        }[self.what.value](self.page.row.id)

    def _receive(self, part_id: int) -> None:
        stock.receive(
            self.desk.store,
            part_id,
            location_id=self.place.value,
            quantity=self.quantity.value,
            unit_cost=self.cost.value,
            moved_on=self.moved_on.value,
        )

    def _transfer(self, part_id: int) -> None:
        stock.transfer(
            self.desk.store,
            part_id,
            from_id=self.place.value,
            to_id=self.to.value,
            quantity=self.quantity.value,
            moved_on=self.moved_on.value,
            reason=self.reason.text,
        )

    def _count(self, part_id: int) -> None:
        parts.count(
            self.desk.store,
            part_id,
            location_id=self.place.value,
            counted=self.quantity.value,
            counted_on=self.moved_on.value,
        )

    def _adjust(self, part_id: int) -> None:
        stock.adjust(
            self.desk.store,
            part_id,
            location_id=self.place.value,
            by=self.quantity.value,
            reason=self.reason.text,
            moved_on=self.moved_on.value,
        )

    def _scrap(self, part_id: int) -> None:
        stock.scrap(
            self.desk.store,
            part_id,
            location_id=self.place.value,
            quantity=self.quantity.value,
            reason=self.reason.text,
            moved_on=self.moved_on.value,
        )

    def _fit(self) -> None:
        """Show the boxes of the kind of move, and how many lie there now."""
        kind = self.what.value
        for name in ("to_id", "unit_cost", "reason"):
            self.form.boxes[name].setVisible(name in _WITH[kind])
        self.place.label.setText(_("From") if kind is MoveKind.TRANSFER else _("Place"))
        if self.page is None:
            return
        there = part_words.lying(self.page.row, self.place.value or 0)
        words = self.desk.formats.quantity(there)
        self.now.setText(_("{n} there now.", n=words))


def _first(places: list[LocationRow]) -> int:
    return places[0].id if places else 0
