"""The next dates of a PM schedule, each with its reason; what is skipped is struck out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from smallcmms import pm_words
from smallcmms.domain import pm
from smallcmms.domain.pm import Moved
from smallcmms.domain.pm_facts import NextDate
from smallcmms.domain.recurrence import WEEK
from smallcmms.formats import Formats
from smallcmms.services.pm_dates import MOST_DATES
from smallcmms.services.pm_pages import PmPage
from smallcmms.texts import _
from smallcmms.ui import errors, icons, paint, pm_state_words, theme
from smallcmms.ui.kit import Desk, Icon, Label, PanelHeader, block, column, row
from smallcmms.ui.theme import SEMIBOLD

_LINE, _EDGE, _ICON, _TEXT = 17, 7, 12, 38


@dataclass(frozen=True, slots=True)
class Said:
    """A date as it is shown: the day, why, and what comes of it; ``opens`` is a work order."""

    on: date | None
    lines: tuple[str, ...]
    icon: str = "calendar"
    tone: str = "accent"
    is_struck: bool = False
    opens: int = 0


def say(page: PmPage, formats: Formats) -> list[Said]:
    """Return the next dates in words, those that are skipped too."""
    found = [said for each in page.dates for said in _said(each, page, formats)]
    return found[:MOST_DATES]


def _said(each: NextDate, page: PmPage, formats: Formats) -> list[Said]:
    why = pm_words.because(each, page.rule, formats)
    if each.due_on is None and each.occurrence_id is None and not each.order:
        return [Said(each.nominal_on, (why,), "ban", "text3", is_struck=True)]
    found = []
    if each.moved is Moved.SEASON_OPENS and not each.order:
        out = (_("out of season, skipped"),)
        found.append(Said(each.nominal_on, out, "ban", "text3", is_struck=True))
    if each.order:
        opens = each.order_id or 0
        found.append(
            Said(each.due_on, _made(each, formats), "calendar-check", "violet", opens=opens)
        )
        return found
    make = (_("work order {day}", day=formats.day(each.make_on)),) if each.make_on else ()
    found.append(Said(each.due_on, (why, *make)))
    return found


def _made(each: NextDate, formats: Formats) -> tuple[str, ...]:
    visit = each.visit
    if visit is None:
        return each.order, _("to schedule")
    who, time = visit.who.split(" ")[0], formats.time(visit.begins_at)
    first = _("{number}, {who} {time}", number=each.order, who=who, time=time)
    is_that_day = visit.on == each.due_on
    on_board = _("on the board")
    return first, on_board if is_that_day else f"{on_board}, {formats.weekday(visit.on)}"


class _DateRow(QAbstractButton):
    def __init__(self, said: Said, formats: Formats, on: Callable[[], object]) -> None:
        super().__init__()
        self._said, self._formats = said, formats
        day = formats.weekday(said.on) if said.on else _("When the meter says so")
        self._day, self._year = day, str(said.on.year) if said.on else ""
        state = _("skipped") if said.is_struck else ""
        self.setAccessibleName(", ".join(filter(None, (day, self._year, state, *said.lines))))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if said.opens else Qt.FocusPolicy.NoFocus)
        if said.opens:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.clicked.connect(errors.guarded(self, on))

    def sizeHint(self) -> QSize:  # noqa: N802
        lines = 1 + len(self._said.lines)
        return QSize(200, theme.px(_LINE) * lines + 2 * theme.px(_EDGE) + 1)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter, said = QPainter(self), self._said
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("border"))
        left, top, line = theme.px(_TEXT), theme.px(_EDGE), theme.px(_LINE)
        icons.draw(painter, said.icon, said.tone, theme.px(_ICON), top + 2, 14)
        place = QRect(left, top, self.width() - left - theme.px(8), line)
        self._paint_day(painter, place)
        for at, words in enumerate(said.lines):
            place.translate(0, line)
            tone = "text3" if at or said.is_struck else "text2"
            paint.text(painter, place, words, tone=tone, size=12)
        if self.hasFocus():
            paint.focus_ring(painter, self.rect().adjusted(2, 2, -2, -2), 4)

    def _paint_day(self, painter: QPainter, place: QRect) -> None:
        is_struck = self._said.is_struck
        tone = "text3" if is_struck else "text"
        paint.text(painter, place, self._day, tone=tone, weight=SEMIBOLD)
        wide = paint.width(f"{self._day} ", weight=SEMIBOLD)
        rest = place.adjusted(wide, 0, 0, 0)
        paint.text(painter, rest, self._year, tone="text3")
        if is_struck:
            end = place.left() + wide + paint.width(self._year)
            middle = place.center().y() + 1
            painter.fillRect(place.left(), middle, end - place.left(), 1, theme.color("text3"))


class PmDates(QWidget):
    """Show the next dates, and below them when the meter gets there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: list[_DateRow] = []
        self._list = column(gap=0)
        self.note = Label("", "second", wraps=True)
        note = row(gap=6, margins=(12, 10, 12, 10))
        note.addWidget(Icon("gauge", "text2", 14), 0, Qt.AlignmentFlag.AlignTop)
        note.addWidget(self.note, 1)
        self._note = block(note)
        header = PanelHeader("calendar-days", _("Next dates"))
        inside = column(header, self._list, self._note, None, gap=0)
        self.setLayout(inside)

    @property
    def words(self) -> list[str]:
        """Return what is shown, line by line, as a screen reader says it."""
        return [each.accessibleName() for each in self._rows]

    def show_page(self, page: PmPage) -> None:
        """Show the next dates of a schedule."""
        for old in self._rows:
            old.hide()
            old.deleteLater()
        formats = self._desk.formats
        self._rows = []
        for said in say(page, formats):
            made = _DateRow(said, formats, partial(self._open, said.opens))
            self._rows.append(made)
            self._list.addWidget(made)
        words = meter_note(page, formats)
        self.note.setText(words)
        self._note.setVisible(bool(words))

    def _open(self, work_order_id: int) -> None:
        self._desk.front.go("work_orders", work_order_id)


def meter_note(page: PmPage, formats: Formats) -> str:
    """Return what the meter says of the next dates, nothing where there is none."""
    meter, rule = page.meter, page.rule
    if page.ends_on is not None and not page.dates:
        return _("It has ended.")
    if meter is None or rule.meter_every is None:
        return ""
    if meter.count.per_day is None:
        return _("The meter needs two readings of the last 90 days to tell when it gets there.")
    waits = next((each for each in page.dates if not each.order and each.due_on), None)
    by_meter, per_day = _by_meter(page, meter.count.per_day), meter.count.per_day
    if by_meter is None:
        return ""
    by_calendar = waits.due_on if waits is not None and rule.every is not None else None
    return pm_state_words.meter_note(rule, per_day * WEEK, by_meter, by_calendar, formats)


def _by_meter(page: PmPage, per_day: Decimal) -> date | None:
    """Return when the meter calls next: for what waits, or after the work that is made is done."""
    first = page.dates[0] if page.dates else None
    if page.meter is None or page.rule.meter_every is None:
        return None
    if first is None or not first.order or first.due_on is None:
        return page.meter.due_on
    days = pm.meter_days(Decimal(0), page.rule.meter_every, per_day)
    return None if days is None else first.due_on + timedelta(days)
