"""The list of parts: how many lie in each place, what is free, and what is to be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent

from smallcmms.services import parts, reordering
from smallcmms.services.parts import Counts, LocationRow, PartRow
from smallcmms.services.reordering import Suggestion
from smallcmms.store.store import Store
from smallcmms.texts import _
from smallcmms.ui import part_words
from smallcmms.ui.kit import (
    Cell,
    Chips,
    Column,
    Desk,
    Label,
    LineBox,
    Panel,
    RowsModel,
    block,
    row,
    theme,
)
from smallcmms.ui.lists.cells_view import CellsView, Name

SHELF, KEEP, PRICE, COST = "bin", "keep", "price", "cost"
_AFTER = ("reserved", "free", KEEP, "state", PRICE)
_FIXED = frozenset({"name", "reserved", "free", "state"})
MOST_PLACES = 4
"""More trucks than fit beside each other are left to the details."""
_ROW, _FILTER, _ROOM = 38, 300, 760
AT_ONCE, _GAP = 60, 6


@dataclass(frozen=True, slots=True)
class Looked:
    """What the page shows of the parts: the first rows, places, counts, what is to be ordered."""

    ids: Sequence[int]
    rows: dict[int, PartRow]
    places: list[LocationRow]
    counts: Counts
    to_order: Sequence[Suggestion]


def look_up(store: Store, **wanted: Any) -> Looked:
    """Return what the page shows where it is narrowed so; it may be asked in any thread."""
    ids = parts.find(store, **wanted)
    places, counts = parts.locations(store), parts.counts(store)
    rows = parts.rows(store, ids[:AT_ONCE])
    return Looked(ids, rows, places, counts, reordering.suggestions(store))


class PartChips(Chips):
    """The chips above the list: what is low, on order or reserved, and what lies in a place."""

    def __init__(self, places: Sequence[LocationRow]) -> None:
        super().__init__(_chips(places), name="parts")

    def show_places(self, places: Sequence[LocationRow]) -> None:
        """Offer the places that there are now."""
        self.set_items(_chips(places))

    def show_counts(self, counts: Counts) -> None:
        """Show how many parts each chip leaves."""
        told = ("all", "low", "on_order", "reserved")
        self.set_counts({name: getattr(counts, name) for name in told})


class PartsList(Panel):
    """The parts that the chip and the filter leave; ``cells`` is the list with its keys."""

    def __init__(self, desk: Desk, places: Sequence[LocationRow]) -> None:
        super().__init__()
        self.desk = desk
        self.places: tuple[LocationRow, ...] = ()
        words = _("Filter by name, number, shelf")
        self.filter = LineBox(hint=words, icon="filter", size="small", says=words)
        self.filter.setFixedWidth(theme.px(_FILTER))
        self.worth, self.worth_label = Label("", "bold"), Label(_("On hand at cost:"), "second")
        head = row(self.filter, None, self.worth_label, self.worth, gap=4)
        head.setContentsMargins(10, 8, 12, 8)
        self.add(block(head, "header"))
        self.names: tuple[Name, ...] = ()
        self.model = RowsModel[PartRow](
            self._columns(), lambda ids: parts.rows(desk.store, ids), self, page=AT_ONCE
        )
        self.cells = CellsView(self.model, row=_ROW, says=_("Parts"), gap=_GAP)
        self.add(self.cells, 1)
        self.show_places(places)

    def show_places(self, places: Sequence[LocationRow]) -> None:
        """Show a column for each of the first places."""
        self.places = tuple(places[:MOST_PLACES])
        ids = (each.id for each in self.places)
        self.names = self.cells.names = ("name", SHELF, *ids, *_AFTER)
        self.cells.editable = frozenset(self.names) - _FIXED
        self.model.set_columns(self._columns())
        self._hide_columns()

    def say_worth(self, amount: Decimal) -> None:
        """Say what everything on hand has cost."""
        self.worth.setText(self.desk.formats.whole_money(amount))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave out in a narrow window what is said in the details too."""
        super().resizeEvent(event)
        self._hide_columns()

    def _hide_columns(self) -> None:
        is_narrow = self.width() < theme.px(_ROOM)
        for at, name in enumerate(self.names):
            self.cells.setColumnHidden(at, is_narrow and name in (SHELF, KEEP, PRICE))
        self.worth_label.setVisible(not is_narrow)

    def _columns(self) -> list[Column]:
        lying = [
            Column(each.name, partial(self._lying, each.id), 60, is_right=True)
            for each in self.places
        ]
        return [
            Column(_("Part"), lambda part: Cell(first=part.name, second=part.number), sort="name"),
            Column(_("Shelf"), lambda part: Cell(first=part.bin or "—", tone="text2"), 52),
            *lying,
            Column(_("Reserved"), self._reserved, 72, is_right=True),
            Column(_("Free"), self._free, 54, is_right=True, sort="available"),
            Column(_("Keep"), self._keep, 48, is_right=True),
            Column(_("State"), self._state, 142),
            Column(_("Price"), self._price, 74, is_right=True),
        ]

    def _lying(self, location_id: int, part: PartRow) -> Cell:
        quantity = part_words.lying(part, location_id)
        words = part_words.count(quantity, self.desk.formats)
        tone = "red" if quantity < 0 else ("text" if quantity else "text3")
        return Cell(right=words, right_tone=tone)

    def _reserved(self, part: PartRow) -> Cell:
        words = part_words.count(part.reserved, self.desk.formats)
        return Cell(right=words, right_tone="text3")

    def _free(self, part: PartRow) -> Cell:
        words = part_words.written(part.available, self.desk.formats)
        tone = part_words.free_tone(part)
        return Cell(right=words, is_right_bold=True, right_tone=tone)

    def _keep(self, part: PartRow) -> Cell:
        words = part_words.count(part.keep or Decimal(0), self.desk.formats)
        return Cell(right=words, right_tone="text3")

    def _state(self, part: PartRow) -> Cell:
        return Cell(pill=part_words.state(part, self.desk.formats))

    def _price(self, part: PartRow) -> str:
        return part_words.price(part.price, self.desk.formats) if part.price is not None else "–"


def _chips(places: Sequence[LocationRow]) -> list[tuple[str, str]]:
    items = [("all", _("All")), ("low", _("Low")), ("on_order", _("On order"))]
    items.append(("reserved", _("Reserved")))
    return items + [(f"place:{each.id}", each.name) for each in places[:MOST_PLACES]]
