"""The group of Today of what must be come back to: a call, a certificate, a warranty."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from smallcmms import follow_up_words
from smallcmms.domain.follow_ups import EXPIRING
from smallcmms.formats import Formats
from smallcmms.services.follow_ups import FollowUpRow
from smallcmms.services.today import Group
from smallcmms.texts import _, _n
from smallcmms.ui.forms.follow_up import FollowUpForm
from smallcmms.ui.kit import Cell, Desk
from smallcmms.ui.pages.today_group import Thing, TodayGroup

_PAGES = {"work_order": "work_orders", "asset": "assets", "technician": "settings"}


class TodayFollowUps(TodayGroup):
    """Show what is to be followed up; the button asks in ``form`` what came of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("phone", _("Follow up"))
        self._desk = desk
        self.form = FollowUpForm(desk)
        self.form.setProperty("panel", "true")
        self.form.closed.connect(self.form.hide)

    def show_group(self, found: Group[FollowUpRow]) -> None:
        """Show the group."""
        things = [
            Thing(cell(each, self._desk.formats), self._opening(each), ask)
            for each in found.rows
            for ask in [partial(self.form.begin, each)]
        ]
        self.show_things(things, found.count)

    def _opening(self, each: FollowUpRow) -> Callable[[], object]:
        page = _PAGES.get(each.goes_to)
        if page is None:
            return partial(self.form.begin, each)
        record_id = 0 if page == "settings" else each.goes_to_id
        return partial(self._desk.front.go, page, record_id)


def cell(row: FollowUpRow, formats: Formats) -> Cell:
    """Return what is to be followed up: what, whose, since when."""
    is_call = row.customer_id is not None and row.rule not in EXPIRING
    late = _n("{n} day late", "{n} days late", row.days_late) if row.days_late else ""
    more = follow_up_words.more(row, formats)
    return Cell(
        icon="phone" if is_call else "calendar-x",
        first=follow_up_words.sentence(row, formats),
        second=f"{more} · " if more and late else more or " ",
        second_then=late,
        second_then_tone="red",
        button=_("Log call") if is_call else _("Done"),
    )
