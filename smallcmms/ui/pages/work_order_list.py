"""The list of work orders: chips, filter, order, and rows grouped by level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSettings, Signal

from smallcmms.domain.levels import Level
from smallcmms.domain.work_orders import ShownState
from smallcmms.services import drafts, technicians, work_orders
from smallcmms.services.work_orders import Chip, Counts, Filters, Sort, WorkOrderRow
from smallcmms.store.store import Store
from smallcmms.texts import _
from smallcmms.ui.forms.work_order import DRAFT
from smallcmms.ui.kit import (
    TWO_LINES,
    Cell,
    Choice,
    Column,
    Desk,
    Group,
    LineBox,
    Panel,
    RowsModel,
    RowsView,
    block,
    row,
    states,
    theme,
)
from smallcmms.ui.widgets.wrapping import WrappedChips
from smallcmms.ui.work_order_words import when_in_list

DRAFT_ID = 2_000_000_000
"""Stands in the list for the work order that is half typed."""
_KEPT = "work_orders/chip"
_SORTS = {Sort.NUMBER: True, Sort.CREATED: True, Sort.DUE: False, Sort.LEVEL: False}
_SORT, _WHO = 104, 116


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is to show."""

    text: str
    filters: Filters
    sort: Sort


@dataclass(frozen=True, slots=True)
class Listed:
    """What the file has to show for it: ids, how many of each level, and the chips' counts."""

    ids: Sequence[int]
    levels: dict[int, int]
    counts: Counts
    has_draft: bool


def look_up(store: Store, wanted: Wanted) -> Listed:
    """Return what the list shows; it may be asked in any thread."""
    text, filters = wanted.text, wanted.filters
    falls = _SORTS[wanted.sort]
    ids = work_orders.find(store, text=text, filters=filters, sort=wanted.sort, is_descending=falls)
    by_level = wanted.sort is Sort.LEVEL
    levels = work_orders.groups(store, text=text, filters=filters) if by_level else {}
    has_draft = not text and drafts.get(store, *DRAFT) is not None
    return Listed(ids, levels, work_orders.counts(store), has_draft)


class WorkOrderList(Panel):
    """The list and what it is narrowed to; ``narrowed`` tells that it is to be looked up again."""

    narrowed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._make_chips()
        self.filter = LineBox(hint=_("Filter this list"), icon="filter", size="small")
        self.sort = Choice("", _sort_words(), size="small", says=_("Sorted by"))
        self.sort.editor.setFixedWidth(theme.px(_SORT))
        self.model = RowsModel[WorkOrderRow]([Column("", self._cell)], self._rows, self)
        self.rows = RowsView(self.model, row=TWO_LINES, says=_("Work orders"))
        head = row(gap=8, margins=(10, 8, 10, 8))
        head.addWidget(self.filter, 1)
        head.addWidget(self.sort)
        self.add(block(head, "header"))
        self.add(self.rows, 1)
        self.filter.line.textChanged.connect(lambda _text: self.narrowed.emit())
        self.sort.changed.connect(self.narrowed)

    def _make_chips(self) -> None:
        items = [(chip.value, words) for chip, words in _chip_words()]
        self.chips = WrappedChips(items, is_many=False)
        kept = str(QSettings().value(_KEPT) or Chip.ALL_OPEN)
        self.chips.set_value(kept if kept in set(Chip) else Chip.ALL_OPEN)
        self.chips.set_shown(Chip.TO_REVIEW, is_shown=self.chips.value == Chip.TO_REVIEW)
        self.chips.chosen.connect(self._choose_chip)
        self.who = Choice("", [(None, _("Anyone"))], size="small", says=_("Technician"))
        self.who.editor.setFixedWidth(theme.px(_WHO))
        self.who.changed.connect(self.narrowed)

    @property
    def wanted(self) -> Wanted:
        """Return what the list is to show."""
        filters = Filters(chip=Chip(self.chips.value), technician_id=self.who.value)
        return Wanted(self.filter.text, filters, self.sort.value)

    def widen(self) -> None:
        """Show all open work again, for a record that is looked for by its number."""
        self.chips.set_value(Chip.ALL_OPEN)
        self.who.set_value(None)
        self.filter.set_value("")

    def show_chip(self, chip: str) -> None:
        """Narrow the list to a chip, for everybody and every word."""
        self.widen()
        self.chips.set_value(chip)

    def show_people(self) -> None:
        """Offer the technicians."""
        rows = technicians.rows(self.desk.store)
        people = [(each.id, each.first_name) for each in rows]
        self.who.set_items([(None, _("Anyone")), *people])

    def show_listed(self, listed: Listed) -> None:
        """Show what was looked up."""
        counts = {chip.value: getattr(listed.counts, chip.value) for chip, _words in _chip_words()}
        self.chips.set_counts(counts)
        is_review = self.chips.value == Chip.TO_REVIEW
        self.chips.set_shown(Chip.TO_REVIEW, is_shown=bool(counts[Chip.TO_REVIEW]) or is_review)
        begun = [DRAFT_ID] if listed.has_draft else []
        if listed.levels:
            draft = Group(_("Not made yet"), begun)
            self.model.set_groups([draft, *_by_level(listed)])
        else:
            self.model.set_ids([*begun, *listed.ids])

    def _choose_chip(self, chip: str) -> None:
        QSettings().setValue(_KEPT, chip)
        self.narrowed.emit()

    def _rows(self, ids: Sequence[int]) -> dict[int, WorkOrderRow]:
        real = [each for each in ids if each != DRAFT_ID]
        found = work_orders.rows(self.desk.store, real)
        if DRAFT_ID in ids:
            found[DRAFT_ID] = _draft_row(drafts.get(self.desk.store, *DRAFT) or {})
        return found

    def _cell(self, each: WorkOrderRow) -> Cell:
        pill = states.work_order(each.state.value)
        if each.id == DRAFT_ID:
            return Cell(icon="file-pen", first=each.title, second=each.customer, pill=pill)
        right, tone = when_in_list(each, self.desk.formats, self.desk.today())
        count = each.number.rpartition("-")[2]
        return Cell(
            level=int(each.level),
            first=each.title,
            right=right,
            right_tone=tone,
            second=" · ".join(filter(None, (count, each.customer))),
            pill=pill,
        )


def _chip_words() -> tuple[tuple[Chip, str], ...]:
    return (
        (Chip.ALL_OPEN, _("All open")),
        (Chip.OVERDUE, _("Overdue")),
        (Chip.DUE_TODAY, _("Due today")),
        (Chip.TO_SCHEDULE, _("To schedule")),
        (Chip.WAITING, _("Waiting")),
        (Chip.SHEETS_TO_ENTER, _("Sheets to enter")),
        (Chip.TO_REVIEW, _("To review")),
        (Chip.TO_INVOICE, _("To invoice")),
    )


def _sort_words() -> list[tuple[object, str]]:
    return [
        (Sort.LEVEL, _("Level")),
        (Sort.DUE, _("Due day")),
        (Sort.NUMBER, _("Number")),
        (Sort.CREATED, _("Newest")),
    ]


def _by_level(listed: Listed) -> list[Group]:
    groups, at = [], 0
    for level, count in sorted(listed.levels.items()):
        groups.append(Group(states.level_spoken(level), listed.ids[at : at + count]))
        at += count
    return groups


def _draft_row(kept: dict[str, Any]) -> WorkOrderRow:
    where = kept.get("asset") or kept.get("site") or (None, "")
    return WorkOrderRow(
        id=DRAFT_ID,
        number="",
        title=kept.get("title") or _("New work order"),
        level=Level.MEDIUM,
        state=ShownState.DRAFT,
        customer=str(where[1]),
        site="",
        asset="",
        due_on=None,
        days_late=0,
        visit_from=None,
        visit_on=None,
        technicians=(),
        done_on=None,
    )
