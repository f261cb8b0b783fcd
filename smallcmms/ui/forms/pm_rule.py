"""When a PM schedule is due: by the calendar, by a meter, by limits; in which months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.pm import MONTHS, Timing
from smallcmms.domain.recurrence import LAST, WEEK, MonthDay, Unit
from smallcmms.domain.typed import read_whole
from smallcmms.services.pm_offers import MeterOffer
from smallcmms.services.pm_pages import PmPage
from smallcmms.texts import _
from smallcmms.ui.kit import (
    Choice,
    DateBox,
    Desk,
    Form,
    Label,
    LineBox,
    QuantityBox,
    block,
    column,
    row,
    theme,
)
from smallcmms.ui.widgets.held import SegmentBox, TickBox
from smallcmms.ui.widgets.toggles import TogglesBox

_FIRST_MONDAY = date(2024, 1, 1)
_SHORT, _UNIT, _COUNT, _WORD, _INDENT = 46, 90, 70, 84, 88
RULE = (
    *("has_every", "every", "unit", "timing", "anchor_on", "weekdays", "month_day", "nth"),
    *("weekday", "has_meter", "meter_every", "meter_id", "is_by_limits", "limits_id"),
)
"""The boxes that make the rule together: one is not saved without the others."""


class PmRule(QWidget):
    """The boxes of When and Season, in a form of somebody else."""

    def __init__(self, desk: Desk, form: Form) -> None:
        super().__init__()
        self._desk, self._form = desk, form
        self._add_calendar()
        self._add_meter()
        self._add_season()
        self.setLayout(
            column(
                Label(_("When"), "h3"),
                self._calendar,
                self._weeks,
                self._months,
                self._by_meter,
                self._by_limits,
                gap=6,
            )
        )
        for name in RULE:
            form.boxes[name].changed.connect(self.fit)
        theme.follow(self, self._size)
        self._size()

    def _add_calendar(self) -> None:
        add, formats = self._form.add, self._desk.formats
        self.has_every = add("has_every", TickBox(_("Every"), says=_("By the calendar")))
        self.every = add(
            "every",
            LineBox(size="small", read=read_whole, says=_("Every how many")),
        )
        units = {
            Unit.DAYS: _("days"), Unit.WEEKS: _("weeks"),
            Unit.MONTHS: _("months"), Unit.YEARS: _("years"),
        }  # fmt: skip
        self.unit = add("unit", Choice("", list(units.items()), size="small", says=_("Unit")))
        anchor = DateBox("", formats, self._desk.today, size="small", says=_("The first date"))
        self.anchor = add("anchor_on", anchor)
        ways = (
            (Timing.FIXED.value, _("On a fixed date")),
            (Timing.FLOATING.value, _("After the last one is done")),
        )
        self.timing = add("timing", SegmentBox(ways, says=_("Reckoned from")))
        self._from = Label(_("from"), tone="text2")
        first = row(self.has_every, self.every, self.unit, self._from, gap=6)
        first.addWidget(self.anchor, 1)
        self._calendar = block(column(first, _indented(self.timing), gap=6))
        self._add_weeks()
        self._add_months()

    def _add_weeks(self) -> None:
        formats = self._desk.formats
        days = [_FIRST_MONDAY.replace(day=1 + each) for each in range(WEEK)]
        names = [
            (at, formats.day_name(day), formats.weekday_name(day)) for at, day in enumerate(days)
        ]
        self.weekdays = self._form.add("weekdays", TogglesBox(names, says=_("On these days")))
        self._weeks = block(_indented(self.weekdays, is_wide=True))
        spoken = [(at, name) for at, _short, name in names]
        self.weekday = self._form.add(
            "weekday", Choice("", spoken, size="small", says=_("Weekday"))
        )

    def _add_months(self) -> None:
        add = self._form.add
        ways = [
            (MonthDay.SAME, _("on the same day of the month")),
            (MonthDay.LAST, _("on the last day of the month")),
            (MonthDay.NTH, _("on a weekday: the")),
        ]
        self.month_day = add(
            "month_day", Choice("", ways, size="small", says=_("Day of the month"))
        )
        nths = [
            (1, _("first")), (2, _("second")), (3, _("third")), (4, _("fourth")), (LAST, _("last")),
        ]  # fmt: skip
        self.nth = add("nth", Choice("", nths, size="small", says=_("Which one")))
        weekday = row(self.nth, self.weekday, gap=6)
        self._nth_row = block(_indented(weekday))
        self._months = block(column(_indented(self.month_day, is_wide=True), self._nth_row, gap=6))

    def _add_meter(self) -> None:
        add, formats = self._form.add, self._desk.formats
        self.has_meter = add("has_meter", TickBox(_("Or every"), says=_("By a meter")))
        self.meter_every = add(
            "meter_every", QuantityBox("", formats, size="small", says=_("Every so much"))
        )
        self.meter = add("meter_id", Choice(size="small", says=_("Which meter")))
        self.reading = Label("", "second", wraps=True)
        line = row(self.has_meter, self.meter_every, gap=6)
        line.addWidget(self.meter, 1)
        self._by_meter = block(column(line, _indented(self.reading, is_wide=True), gap=6))
        self.by_limits = add("is_by_limits", TickBox(_("When a reading leaves its limits")))
        self.limits = add("limits_id", Choice(size="small", says=_("Whose limits")))
        line = row(self.by_limits, gap=6)
        line.addWidget(self.limits, 1)
        self._by_limits = block(line)

    def _add_season(self) -> None:
        formats = self._desk.formats
        days = [_FIRST_MONDAY.replace(month=each + 1) for each in range(MONTHS)]
        names = [(day.month, formats.month(day), formats.month_name(day)) for day in days]
        box = TogglesBox(names, says=_("Season"), all_is_none=True)
        self.months = self._form.add("season", box)
        hint = Label(_("Click a month to turn it off"), "second")
        head = row(Label(_("Season"), "h3"), None, hint)
        self.season = block(column(head, self.months, gap=6))

    def offer_meters(self, meters: Sequence[MeterOffer]) -> None:
        """Offer the meters of the assets."""
        self.meter.set_items([(each.id, _named(each)) for each in meters if each.is_counting])
        limits = [(each.id, f"{each.asset}, {each.name}") for each in meters if each.has_limits]
        self.limits.set_items(limits)
        self._has_meters = any(each.is_counting for each in meters)
        self._has_limits = bool(limits)
        self.fit()

    def values_of(self, page: PmPage) -> dict[str, Any]:
        """Return what the boxes show of a schedule."""
        rule, meter_id = page.rule, page.meter.id if page.meter else None
        has_meter = rule.meter_every is not None
        return {
            "has_every": rule.every is not None,
            "every": rule.every,
            "unit": rule.unit,
            "timing": rule.timing.value,
            "anchor_on": rule.anchor_on,
            "weekdays": rule.weekdays,
            "month_day": rule.month_day,
            "nth": rule.nth,
            "weekday": rule.weekday,
            "has_meter": has_meter,
            "meter_every": rule.meter_every,
            "meter_id": meter_id if has_meter else self.meter.value,
            "is_by_limits": rule.is_by_limits,
            "limits_id": meter_id if rule.is_by_limits else self.limits.value,
            "season": rule.season,
        }

    def told(self) -> dict[str, Any]:
        """Return the rule as the service wants it.

        Raises:
            RuleBroken: a box cannot be read, or the interval is missing; it names the box.
        """
        read = self._form.read
        by_limits = bool(read("is_by_limits"))
        has_every = read("has_every") and not by_limits
        if has_every and read("every") is None:
            raise RuleBroken("Every how many? Write a number.", "every")
        meter_every = read("meter_every") if read("has_meter") and not by_limits else None
        is_fixed = read("timing") != Timing.FLOATING
        meter_id = read("meter_id") if meter_every is not None else None
        return {
            "every": read("every") if has_every else None,
            "unit": Unit(read("unit") or Unit.MONTHS),
            "timing": Timing.FIXED if is_fixed else Timing.FLOATING,
            "anchor_on": (read("anchor_on") or self._desk.today()) if has_every else None,
            "weekdays": read("weekdays") if is_fixed and read("unit") == Unit.WEEKS else [],
            "month_day": MonthDay(read("month_day") or MonthDay.SAME),
            "nth": read("nth") or 1,
            "weekday": read("weekday") or 0,
            "meter_every": meter_every,
            "meter_id": read("limits_id") if by_limits else meter_id,
            "is_by_limits": by_limits,
        }

    def fit(self) -> None:
        """Show the boxes that the others leave room for."""
        by_limits, has_every = self.by_limits.value, self.has_every.value
        unit, is_fixed = self.unit.value, self.timing.value != Timing.FLOATING.value
        by_month = unit in {Unit.MONTHS, Unit.YEARS}
        self._calendar.setVisible(not by_limits)
        self._by_meter.setVisible(not by_limits and (self._has_meters or self.has_meter.value))
        self._by_limits.setVisible(by_limits or self._has_limits)
        self.has_meter.tick.say(_("Or every") if has_every else _("Every"))
        self._weeks.setVisible(not by_limits and has_every and is_fixed and unit == Unit.WEEKS)
        self._months.setVisible(not by_limits and has_every and is_fixed and by_month)
        self._nth_row.setVisible(self.month_day.value == MonthDay.NTH)
        for box in (self.every, self.unit, self.anchor, self.timing):
            box.setEnabled(has_every)
        for box in (self.meter_every, self.meter):
            box.setEnabled(self.has_meter.value)
        self.limits.setVisible(by_limits)

    _has_meters = _has_limits = False

    def _size(self) -> None:
        for box, wide in ((self.has_every, _WORD), (self.has_meter, _WORD)):
            box.setFixedWidth(theme.px(wide))
        self.every.setFixedWidth(theme.px(_SHORT))
        self.unit.setFixedWidth(theme.px(_UNIT))
        self.meter_every.setFixedWidth(theme.px(_COUNT))


def _named(meter: MeterOffer) -> str:
    return _("{meter}, {asset}", meter=meter.name, asset=meter.asset)


def _indented(piece: QWidget | QLayout, *, is_wide: bool = False) -> QHBoxLayout:
    """Return a piece that begins where the boxes beside the ticks do."""
    inside = row(theme.px(_INDENT), gap=0)
    if isinstance(piece, QWidget):
        inside.addWidget(piece, 1 if is_wide else 0)
    else:
        inside.addLayout(piece)
    if not is_wide:
        inside.addStretch(1)
    return inside
