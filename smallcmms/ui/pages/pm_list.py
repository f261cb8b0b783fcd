"""The list of PM schedules: what, how often, when next, and how that stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QResizeEvent

from smallcmms import pm_words
from smallcmms.domain.pm import Timing
from smallcmms.domain.pm_facts import RuleFacts
from smallcmms.domain.recurrence import MonthDay, Unit
from smallcmms.services import drafts, pm_pages, pm_schedules
from smallcmms.services.pm_pages import PmRow
from smallcmms.services.pm_schedules import Chip, Counts
from smallcmms.store.store import Store
from smallcmms.texts import _
from smallcmms.ui import pm_state_words
from smallcmms.ui.forms.pm_schedule import DRAFT
from smallcmms.ui.kit import (
    Cell,
    Column,
    Desk,
    LineBox,
    Panel,
    RowsModel,
    RowsView,
    block,
    row,
    theme,
)

DRAFT_ID = 2_000_000_000
_HIGH, _NARROW = 46, 460
_OFTEN, _NEXT, _STATE = 136, 70, 130


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list shows: ids in their order, counts of the chips, whether a draft waits."""

    ids: Sequence[int]
    counts: Counts
    has_draft: bool


def look_up(store: Store, text: str, chip: Chip, sort: str) -> Listed:
    """Return the schedules that a chip and a filter leave."""
    ids = pm_schedules.find(store, text=text, chip=chip, sort=sort)
    has_draft = not text and drafts.get(store, *DRAFT) is not None
    return Listed(ids, pm_schedules.counts(store), has_draft)


class PmList(Panel):
    """Show the schedules; what is half filled in stands on top."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.filter = LineBox(hint=_("Filter this list"), icon="filter", size="small")
        self.add(block(row(self.filter, margins=(10, 8, 10, 8)), "header"))
        columns = [
            Column(_("PM schedule"), self._what, sort="name"),
            Column(_("How often"), self._how_often, _OFTEN),
            Column(_("Next"), self._next, _NEXT, sort="next"),
            Column(_("State"), self._state, _STATE, is_right=True),
        ]
        self.sort, self._is_narrow = "next", False
        self.model = RowsModel[PmRow](columns, self._fetch, self)
        self.rows = RowsView(self.model, row=_HIGH, says=_("PM schedules"))
        self.add(self.rows, 1)

    def show_listed(self, listed: Listed) -> None:
        """Show what was looked up."""
        self.model.set_ids([*([DRAFT_ID] if listed.has_draft else []), *listed.ids])

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave out how often and when next where there is no room for them."""
        super().resizeEvent(event)
        self._is_narrow = self.width() < theme.px(_NARROW)
        for place in (1, 2):
            self.rows.setColumnHidden(place, self._is_narrow)

    def _fetch(self, ids: Sequence[int]) -> dict[int, PmRow]:
        found = pm_pages.rows(self.desk.store, [each for each in ids if each != DRAFT_ID])
        if DRAFT_ID in ids:
            found[DRAFT_ID] = _draft_row(drafts.get(self.desk.store, *DRAFT) or {})
        return found

    def _what(self, each: PmRow) -> Cell:
        on = self.desk.formats.day(each.next_on) if each.next_on and self._is_narrow else ""
        second = " · ".join(filter(None, (each.number, on, each.customer)))
        return Cell(first=each.name, second=second or " ")

    def _how_often(self, each: PmRow) -> Cell:
        if each.id == DRAFT_ID:
            return Cell()
        return Cell(first=pm_words.how_often(each.rule, self.desk.formats))

    def _next(self, each: PmRow) -> Cell:
        formats, today = self.desk.formats, self.desk.today()
        on = each.next_on
        if on is None or each.is_paused:
            return Cell()
        words = formats.day(on) if on.year == today.year else formats.month_year(on)
        is_late = bool(each.days_late)
        return Cell(first=words, tone="red" if is_late else "text", is_bold=is_late)

    def _state(self, each: PmRow) -> Cell:
        if each.id == DRAFT_ID:
            return Cell(right=_("Draft"))
        words, tone = pm_state_words.state(each, self.desk.today(), self.desk.formats)
        return Cell(right=words, right_tone=tone, is_right_bold=tone not in {"text2", "text3"})


def _draft_row(kept: dict[str, Any]) -> PmRow:
    return PmRow(
        id=DRAFT_ID,
        number="",
        name=str(kept.get("name") or _("New PM schedule")),
        customer=_("Not made yet"),
        rule=_NO_RULE,
        next_on=None,
        make_on=None,
        days_late=0,
        order="",
        order_id=None,
        visit_on=None,
        is_paused=False,
    )


_NO_RULE = RuleFacts(
    timing=Timing.FIXED, every=None, unit=Unit.MONTHS, weekdays=(),
    month_day=MonthDay.SAME, nth=1, weekday=0, anchor_on=None, meter_every=None, meter="",
    meter_unit="", is_by_limits=False, season=(),
)  # fmt: skip
