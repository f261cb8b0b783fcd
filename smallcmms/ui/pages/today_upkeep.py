"""The group of Today about work that PM schedules made and that nobody has scheduled yet."""

from __future__ import annotations

from functools import partial

from smallcmms.services.today import Group
from smallcmms.services.work_orders import WorkOrderRow
from smallcmms.texts import _
from smallcmms.ui.kit import Button, Cell, Desk
from smallcmms.ui.pages.today_group import Thing, TodayGroup

_ROW = 34


class TodayUpkeep(TodayGroup):
    """Show what is to be scheduled, each by its due day."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._all = Button("", "quiet", is_small=True, on=self._schedule_all)
        super().__init__("calendar-plus", _("From PM schedules"), self._all, height=_ROW)

    def show_group(self, group: Group[WorkOrderRow]) -> None:
        """Show the work orders."""
        self._all.say(_("Schedule {n}", n=group.count))
        self.show_things([self._thing(each) for each in group.rows], group.count)

    def _thing(self, each: WorkOrderRow) -> Thing:
        formats, front = self._desk.formats, self._desk.front
        due = _("due {day}", day=formats.day(each.due_on)) if each.due_on else ""
        cell = Cell(first=each.title, then=f"· {each.customer}", is_bold=True, right=due)
        schedule = partial(front.begin, "work_orders", "schedule", work_order_id=each.id)
        return Thing(cell, partial(front.go, "work_orders", each.id), schedule)

    def _schedule_all(self) -> None:
        self._desk.front.begin("work_orders", "list", chip="to_schedule")
