"""The readings of an asset: its meters, their chart, the rows behind it, and a new reading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from smallcmms.domain.meters import MeterKind, ReadingKind
from smallcmms.services import meters
from smallcmms.services.meters import MeterRow, ReadingRow
from smallcmms.texts import _, _n
from smallcmms.ui import asset_words
from smallcmms.ui.forms.reading import LogReading
from smallcmms.ui.kit import (
    Button,
    Cell,
    Choice,
    Column,
    Desk,
    Label,
    PanelHeader,
    block,
    column,
)
from smallcmms.ui.lists.short_rows import ShortRows
from smallcmms.ui.widgets.chart import LimitLine, LineChart, Point, places_of, scale

_MONTHS = timedelta(days=62)
_ROWS = 50
_ROW = 30
_METER = 190


class AssetReadings(QWidget):
    """Show what a meter of an asset showed; ``wants_meter`` tells that it is to be edited."""

    wants_meter = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.meter: MeterRow | None = None
        self._meters: Sequence[MeterRow] = ()
        self._readings: list[ReadingRow] = []
        self._make_head()
        self.log = LogReading(desk)
        self.log.logged.connect(self._say_logged)
        self.log.hide()
        self.sentence = Label("", "second", wraps=True)
        self.chart = LineChart(_("Readings"))
        self.chart.opened.connect(self._turn_rows)
        self.nothing = Label(_("No reading yet."), "second")
        self._make_rows()
        inside = column(self.sentence, self.nothing, self.chart, gap=4, margins=(12, 8, 12, 8))
        pieces = (self.header, self.log, block(inside), self.list)
        self.setLayout(column(*pieces, gap=0))

    def _make_head(self) -> None:
        self.which = Choice(size="small", says=_("Meter"))
        self.which.setFixedWidth(_METER)
        self.which.changed.connect(lambda: self._show_meter(self.which.value))
        self.rows_button = Button(_("Rows"), "quiet", is_small=True, on=self._turn_rows)
        edit = Button("", "icon", icon="settings", is_small=True, says=_("Edit this meter"))
        edit.clicked.connect(self._edit)
        log = Button(_("Log"), "quiet", icon="plus", is_small=True, on=self.begin_log)
        tools = (self.which, self.rows_button, edit, log)
        self.header = PanelHeader("gauge", _("Readings"), "", *tools)

    def _make_rows(self) -> None:
        columns = [
            Column(_("Date"), self._when, 112),
            Column(_("Reading"), self._value, 130, is_right=True),
            Column(_("What happened"), self._kind),
            Column(_("From"), _source, 96),
        ]
        self.list = ShortRows[ReadingRow](columns, row=_ROW, says=_("Readings"))
        self.list.opened.connect(self._open)
        self.list.installEventFilter(self)
        self.list.hide()

    def _edit(self) -> None:
        if self.meter is not None:
            self.wants_meter.emit(self.meter.id)

    def show_meters(self, rows: Sequence[MeterRow]) -> None:
        """Show the meters of an asset; without any there is nothing to see."""
        self.setVisible(bool(rows))
        self._meters = rows
        here = {meter.id for meter in rows}
        stays = self.meter is not None and self.meter.id in here
        if not stays:
            self.log.hide()
            self.list.hide()
        self.which.set_items([(meter.id, _named(meter)) for meter in rows])
        self.which.setVisible(len(rows) > 1)
        if rows:
            self._show_meter(self.meter.id if stays and self.meter else rows[0].id)

    def begin_log(self) -> None:
        """Ask for a new reading."""
        if self.meter is not None:
            self.log.begin(self.meter)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take the reading that is stood on out with Del."""
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete:
            self._remove()
            return True
        return False

    def _show_meter(self, meter_id: int) -> None:
        self.meter = next(meter for meter in self._meters if meter.id == meter_id)
        self.which.set_value(meter_id)
        self._readings = meters.readings(self.desk.store, meter_id)
        self.header.count.setText("" if len(self._meters) > 1 else _named(self.meter))
        self.list.show_rows(self._readings[: -_ROWS - 1 : -1] if self._has_rows else ())
        has_any = bool(self._readings)
        for piece, is_shown in (
            (self.chart, has_any),
            (self.sentence, has_any),
            (self.nothing, not has_any),
            (self.rows_button, has_any),
        ):
            piece.setVisible(is_shown)
        if has_any:
            self._draw(self.meter)

    @property
    def _has_rows(self) -> bool:
        return not self.list.isHidden()

    def _draw(self, meter: MeterRow) -> None:
        last = self._readings[-1]
        told = self._sentence(meter)
        self.sentence.setText(told)
        self.sentence.set_tone("red" if meter.limit else "")
        fresh = {ReadingKind.RESET, ReadingKind.REPLACED, ReadingKind.ROLLOVER}
        points = [
            Point(each.read_on, each.value, self._words(each), each.kind in fresh)
            for each in self._readings
        ]
        self.chart.show_points(
            points,
            self._limits(meter),
            last=self._written(last.value),
            sentence=told,
            write=self.desk.formats.number,
            label=self._label(),
        )

    def _limits(self, meter: MeterRow) -> list[LimitLine]:
        bounds = [bound for bound in (meter.low, meter.high) if bound is not None]
        places = places_of(scale([*(each.value for each in self._readings), *bounds]))
        found = []
        if meter.high is not None:
            words = _("Limit {value}", value=self._bound(meter.high, places))
            found.append(LimitLine(meter.high, words))
        if meter.low is not None:
            words = _("At least {value}", value=self._bound(meter.low, places))
            found.append(LimitLine(meter.low, words))
        return found

    def _bound(self, bound: Decimal, places: int) -> str:
        """Write a limit with as many decimals as the scale has, or more where it has more."""
        formats, unit = self.desk.formats, self.meter.unit if self.meter else ""
        is_finer = round(bound, places) != bound
        written = formats.quantity(bound) if is_finer else formats.number(bound, places)
        return f"{written} {unit}".strip()

    def _label(self) -> Callable[[date, bool], str]:
        formats, readings = self.desk.formats, self._readings
        is_long = readings[-1].read_on - readings[0].read_on > _MONTHS
        if not is_long:
            return lambda on, is_end: formats.day_year(on) if is_end else formats.day(on)
        return lambda on, is_end: formats.month_year(on) if is_end else formats.month(on)

    def _sentence(self, meter: MeterRow) -> str:
        """Return the chart in words: what it shows now, since when, and its limit."""
        last, first = self._readings[-1], self._readings[0]
        now = _("{value} on {day}", value=self._written(last.value), day=self._day(last.read_on))
        parts = [now]
        if meter.kind is MeterKind.CUMULATIVE and last is not first:
            ran = self._written(meters.ran(meter, self._readings))
            parts.append(_("{value} since {day}", value=ran, day=self._day(first.read_on)))
        elif last.value != first.value:
            was, day = self._written(first.value), self._day(first.read_on)
            parts.append(
                _("up from {value} on {day}", value=was, day=day)
                if last.value > first.value
                else _("down from {value} on {day}", value=was, day=day)
            )
        bound = meter.high if meter.high is not None and last.value > meter.high else meter.low
        if meter.limit is not None and bound is not None:
            parts.append(_("beyond the limit of {value}", value=self._written(bound)))
        count = _n("{n} reading", "{n} readings", len(self._readings))
        return f"{', '.join(parts)} · {count}"

    def _written(self, value: Decimal) -> str:
        unit = self.meter.unit if self.meter else ""
        return f"{self.desk.formats.quantity(value)} {unit}".strip()

    def _day(self, on: date) -> str:
        return self.desk.formats.day_year(on)

    def _words(self, reading: ReadingRow) -> str:
        return f"{self._written(reading.value)}, {self._day(reading.read_on)}"

    def _say_logged(self, words: str, is_beyond: bool) -> None:  # noqa: FBT001
        if is_beyond:
            self.desk.front.tell(words)
        else:
            self.desk.front.toast(words)
        self.chart.setFocus()

    def _turn_rows(self) -> None:
        is_shown = self.list.isHidden()
        self.list.show_rows(self._readings[: -_ROWS - 1 : -1] if is_shown else ())
        if is_shown:
            self.list.setFocus()
        else:
            self.chart.setFocus()

    def _remove(self) -> None:
        place = self.list.chosen_id
        if place:
            reading = self.list.row_of(place)
            meters.remove(self.desk.store, reading.id)
            self.desk.front.toast(_("Took out {reading}", reading=self._words(reading)))

    def _open(self, place: int) -> None:
        order = self.list.row_of(place).work_order_id
        if order is not None:
            self.desk.front.go("work_orders", order)

    def _when(self, reading: ReadingRow) -> str:
        return self._day(reading.read_on)

    def _value(self, reading: ReadingRow) -> Cell:
        is_beyond = self.meter is not None and (
            (self.meter.high is not None and reading.value > self.meter.high)
            or (self.meter.low is not None and reading.value < self.meter.low)
        )
        tone = "red" if is_beyond else "text"
        return Cell(first=self._written(reading.value), tone=tone, is_bold=is_beyond)

    def _kind(self, reading: ReadingRow) -> str:
        if reading.kind is ReadingKind.NORMAL:
            return ""
        return dict(asset_words.reading_kinds(MeterKind.CUMULATIVE))[reading.kind]


def _named(meter: MeterRow) -> str:
    return ", ".join(filter(None, (meter.name, meter.unit)))


def _source(reading: ReadingRow) -> str:
    return reading.number
