"""One PM schedule: its head, its editor, its next dates, and what became of the earlier ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from smallcmms import pm_words
from smallcmms.domain.pm import OccurrenceStatus
from smallcmms.domain.recurrence import WEEK
from smallcmms.services import pm_pages, pm_past
from smallcmms.services.pm_pages import PmPage
from smallcmms.services.pm_past import PastDate
from smallcmms.texts import _
from smallcmms.ui import errors
from smallcmms.ui.forms.pm_schedule import EditPmForm
from smallcmms.ui.forms.reason import ReasonForm
from smallcmms.ui.kit import (
    Button,
    Cell,
    Desk,
    Label,
    Panel,
    PanelHeader,
    block,
    column,
    line,
    row,
    scrolled,
)
from smallcmms.ui.lists.short_rows import ShortRows
from smallcmms.ui.pages.pm_dates import PmDates
from smallcmms.ui.widgets.switch import Switch
from smallcmms.ui.widgets.two_columns import TwoColumns

_DATES, _ROOM, _ROW = 248, 560, 46


class PmDetails(Panel):
    """Show a schedule and let it be changed; ``turn`` is what the switch does."""

    def __init__(self, desk: Desk, buttons: Sequence[Button], turn: Callable[[], object]) -> None:
        super().__init__()
        self.desk = desk
        self.page: PmPage | None = None
        self._make_head(buttons, turn)
        self.asking = ReasonForm()
        self.asking.closed.connect(self.asking.hide)
        self.add(self.asking)
        self.form = EditPmForm(desk)
        self.form.setContentsMargins(16, 13, 16, 13)
        self.past_header = PanelHeader("history", _("What became of it"))
        self.past: ShortRows[PastDate] = ShortRows.of_cells(
            self._past, row=_ROW, says=_("What became of it")
        )
        self.past.opened.connect(self._open_past)
        wide = block(column(self.form, self.past_header, self.past, None, gap=0))
        self.dates = PmDates(desk)
        self.columns = TwoColumns(wide, self.dates, width=_DATES, least=_ROOM)
        self.add(scrolled(self.columns), 1)

    def _make_head(self, buttons: Sequence[Button], turn: Callable[[], object]) -> None:
        self.number = Label("", "bold", tone="text2")
        self.switch = Switch(_("On"))
        self.switch.clicked.connect(errors.guarded(self, turn))
        self.on = Label("", "second", is_cut=True)
        top = row(self.number, self.switch, gap=8)
        top.addWidget(self.on, 1)
        for button in buttons:
            top.addWidget(button)
        self.name = Label("", "h1", wraps=True)
        self.sentence = Label("", tone="text2", wraps=True)
        self.add(block(column(top, self.name, self.sentence, gap=5, margins=(16, 12, 16, 11))))
        self.add(line())

    def show_schedule(self, pm_schedule_id: int) -> PmPage:
        """Show a schedule; what is being typed stays.

        Raises:
            NotFound: there is none.
        """
        store = self.desk.store
        page = pm_pages.get(store, pm_schedule_id)
        if self.page is None or self.page.id != page.id:
            self.asking.hide()
        self.page = page
        self.number.setText(page.number)
        self.switch.setChecked(not page.is_paused)
        self.on.setText(self._on_words(page))
        self.name.setText(page.name)
        self.sentence.setText(self._sentence(page))
        self.form.show_schedule(page)
        self.form.rule.reading.setText(self._reading(page))
        self.form.rule.reading.setVisible(bool(self.form.rule.reading.text()))
        self.dates.show_page(page)
        past = pm_past.past_dates(store, page.id)
        self.past.show_rows(past)
        self.past_header.setVisible(bool(past))
        self.past_header.count.setText(str(len(past)))
        return page

    def first_box(self) -> QWidget:
        """Return the box that F2 comes to."""
        return self.form.first

    def _on_words(self, page: PmPage) -> str:
        if not page.is_paused:
            return _("On")
        reason = f": {page.pause_reason}" if page.pause_reason else ""
        return f"{_('Paused')}{reason}"

    def _sentence(self, page: PmPage) -> str:
        said = pm_words.sentence(page.rule, self.desk.formats)
        covered = ", ".join(name for _key, name in page.covered_by)
        more = _("Part of {name} when both are due.", name=covered) if covered else ""
        return " ".join(filter(None, (said, more)))

    def _reading(self, page: PmPage) -> str:
        """Return what the meter showed last, and how fast it counts."""
        meter, formats = page.meter, self.desk.formats
        if meter is None or meter.count.shown is None or meter.count.read_on is None:
            return ""
        shown, unit = formats.quantity(meter.count.shown), meter.unit
        now = _(
            "Now {shown} {unit} ({day})",
            shown=shown,
            unit=unit,
            day=formats.day(meter.count.read_on),
        )
        if meter.count.per_day is None:
            return f"{now}."
        rate = formats.number(meter.count.per_day * WEEK, 0)
        return _("{now}, about {rate} {unit} a week.", now=now, rate=rate, unit=unit)

    def _past(self, each: PastDate) -> Cell:
        formats = self.desk.formats
        day = formats.day_year(each.due_on) if each.due_on else _("By its meter")
        words, tone = _became(each)
        done = formats.day_year(each.done_on) if each.done_on else ""
        by = each.order if each.status is not OccurrenceStatus.SKIPPED else ""
        second = " · ".join(filter(None, (each.asset, by, each.reason)))
        right = f"{words} {done}".strip()
        return Cell(first=day, second=second, right=right, right_tone=tone)

    def _open_past(self, place: int) -> None:
        order_id = self.past.row_of(place).order_id
        if order_id is not None:
            self.desk.front.go("work_orders", order_id)


def _became(each: PastDate) -> tuple[str, str]:
    return {
        OccurrenceStatus.DONE: (_("done"), "green"),
        OccurrenceStatus.SKIPPED: (_("skipped"), "amber"),
        OccurrenceStatus.MISSED: (_("missed"), "red"),
        OccurrenceStatus.SUPPRESSED: (_("part of a larger one"), "text2"),
        OccurrenceStatus.COALESCED: (_("merged into a later one"), "text2"),
    }[each.status]
