"""On the trucks: what each technician does on some days, painted on a scale of hours or days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from smallcmms.domain.visits import VisitStatus
from smallcmms.formats import Formats
from smallcmms.services.boards import Board, Day, Lane
from smallcmms.services.visits import BoardVisit
from smallcmms.texts import _
from smallcmms.ui import paint, states, theme
from smallcmms.ui.theme import SEMIBOLD

_HEAD, _LANE, _NAMES, _NARROW_NAMES, _END = 22, 36, 150, 108, 10
_NARROW, _BADGE_ROOM = 900, 130
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Bar:
    """A visit, and where it is painted."""

    lane: int
    visit: BoardVisit
    place: QRect


class TrucksStrip(QWidget):
    """Paint the board; ``opened`` tells the work order of a visit.

    The arrows go from visit to visit and from technician to technician, Enter opens.
    """

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._board, self._formats = Board((), ()), Formats()
        self._now: datetime | None = None
        self._chosen = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(_("On the trucks"))

    def show_board(self, board: Board, formats: Formats, now: datetime) -> None:
        """Show other days, or the same ones at another moment."""
        self._board, self._formats, self._now = board, formats, now
        if self._chosen not in [bar.visit.id for bar in self._bars()]:
            self._chosen = 0
        self.updateGeometry()
        self._say()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return a size that holds every technician."""
        lanes = max(len(self._board.lanes), 1)
        return QSize(600, theme.px(_HEAD) + lanes * theme.px(_LANE) + 2)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the same height."""
        return QSize(300, self.sizeHint().height())

    @property
    def chosen(self) -> BoardVisit | None:
        """Return the visit that the keys are on."""
        return next((bar.visit for bar in self._bars() if bar.visit.id == self._chosen), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go to another visit with the arrows, open one with Enter."""
        key, visit = event.key(), self.chosen
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        lanes = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and visit is not None:
            self.opened.emit(visit.work_order_id)
        elif key in steps:
            self._step(steps[Qt.Key(key)])
        elif key in lanes and self._go_to_lane(lanes[Qt.Key(key)]):
            return
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Open the visit below the mouse."""
        bar = self._bar_at(event.position().toPoint())
        if bar is not None:
            self._choose(bar)
            self.opened.emit(bar.visit.work_order_id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Tell the whole of the visit below the mouse."""
        bar = self._bar_at(event.position().toPoint())
        self.setToolTip("" if bar is None else self._spoken(bar.visit))
        shape = Qt.CursorShape.ArrowCursor if bar is None else Qt.CursorShape.PointingHandCursor
        self.setCursor(shape)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint scale, technicians, free gaps, visits, and the line of now."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_scale(painter)
        for at, lane in enumerate(self._board.lanes):
            self._paint_lane(painter, at, lane)
        x = self._now_x()
        if x is not None:
            painter.fillRect(x - 1, theme.px(_HEAD), 2, self.height(), theme.color("redFill"))
        for bar in self._bars():
            self._paint_bar(painter, bar)

    # where things stand

    def _names(self) -> int:
        return theme.px(_NARROW_NAMES if self.width() < theme.px(_NARROW) else _NAMES)

    def _x(self, day: Day, moment: datetime) -> int:
        """Return where a moment of a day stands: days lie side by side, each as wide."""
        wide = (self.width() - self._names() - theme.px(_END)) / max(len(self._board.days), 1)
        part = (moment - day.begins) / (day.ends - day.begins)
        return round(self._names() + wide * (self._board.days.index(day) + min(max(part, 0), 1)))

    def _top(self, lane: int) -> int:
        return theme.px(_HEAD) + lane * theme.px(_LANE)

    def _day_of(self, moment: datetime) -> Day | None:
        return next((day for day in self._board.days if day.begins <= moment < day.ends), None)

    def _place(self, lane: int, begins: datetime, ends: datetime) -> QRect | None:
        day = self._day_of(begins)
        if day is None:
            return None
        left, edge = self._x(day, begins), theme.px(4)
        wide = max(self._x(day, ends) - left - 3, theme.px(8))
        return QRect(left, self._top(lane) + edge, wide, theme.px(_LANE) - 2 * edge)

    def _bars(self) -> Iterator[_Bar]:
        for at, lane in enumerate(self._board.lanes):
            for visit in lane.visits:
                place = self._place(at, visit.planned_from, visit.planned_to)
                if place is not None:
                    yield _Bar(at, visit, place)

    def _bar_at(self, point: QPoint) -> _Bar | None:
        return next((bar for bar in self._bars() if bar.place.contains(point)), None)

    def _now_x(self) -> int | None:
        day = self._day_of(self._now) if self._now is not None else None
        return None if day is None or self._now is None else self._x(day, self._now)

    # how they are painted

    def _paint_scale(self, painter: QPainter) -> None:
        place = QRect(theme.px(12), 0, self._names(), theme.px(_HEAD))
        paint.text(painter, place, _("On the trucks"), tone="text2", size=12)
        self._line(painter, theme.px(_HEAD))
        if len(self._board.days) == 1:
            self._paint_hours(painter, self._board.days[0])
            return
        for day in self._board.days:
            left, right = self._x(day, day.begins), self._x(day, day.ends)
            painter.fillRect(left, 0, 1, self.height(), theme.color("border2"))
            words = self._formats.weekday(day.on)
            box = QRect(left + theme.px(6), 0, right - left, theme.px(_HEAD))
            paint.text(painter, box, words, tone="text3", size=11)

    def _paint_hours(self, painter: QPainter, day: Day) -> None:
        now_x, is_first = self._now_x(), True
        local = self._formats.local(day.begins)
        hour = local.replace(minute=0, second=0, microsecond=0)
        while hour < day.ends:
            x = self._x(day, hour)
            painter.fillRect(x, theme.px(_HEAD), 1, self.height(), theme.color("border2"))
            is_near_now = now_x is not None and abs(x - now_x) < theme.px(28)
            if hour > day.begins and not is_near_now:
                is_named = is_first or hour.hour == 12  # noqa: PLR2004
                words = self._formats.hour(hour, is_short=not is_named)
                box = QRect(x - theme.px(40), 0, theme.px(80), theme.px(_HEAD))
                paint.text(painter, box, words, tone="text3", size=11, flags=paint.CENTER)
                is_first = False
            hour += _HOUR
        if now_x is not None and self._now is not None:
            clock = self._formats.time(self._now).split(" ")[0]
            box = QRect(now_x - theme.px(40), 0, theme.px(80), theme.px(_HEAD))
            paint.text(
                painter, box, clock, tone="red", size=11, weight=SEMIBOLD, flags=paint.CENTER
            )

    def _line(self, painter: QPainter, y: int) -> None:
        painter.fillRect(0, y, self.width(), 1, theme.color("border2"))

    def _paint_lane(self, painter: QPainter, at: int, lane: Lane) -> None:
        top = self._top(at)
        if at:
            self._line(painter, top)
        is_narrow = self.width() < theme.px(_NARROW)
        name = lane.technician.split(" ")[0] if is_narrow else lane.technician
        place = QRect(theme.px(12), top, self._names() - theme.px(16), theme.px(_LANE))
        paint.text(painter, place, name, weight=SEMIBOLD)
        place.setLeft(place.x() + paint.width(f"{name} ", weight=SEMIBOLD))
        paint.text(painter, place, lane.truck, tone="text3", size=12)
        for day in self._board.days:
            if day.on in lane.away:
                self._paint_away(painter, at, day)
        if not is_narrow:
            for gap in lane.gaps:
                self._paint_gap(painter, self._place(at, gap.starts_at, gap.ends_at), gap.minutes)

    def _paint_away(self, painter: QPainter, at: int, day: Day) -> None:
        place = self._place(at, day.begins, day.ends)
        if place is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.brush("greyTint"))
            painter.drawRoundedRect(place, 5, 5)
            paint.text(painter, place, _("away"), tone="grey", size=12, flags=paint.CENTER)

    def _paint_gap(self, painter: QPainter, place: QRect | None, minutes: int) -> None:
        if place is None:
            return
        painter.setPen(QPen(theme.color("borderStrong"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        words = _("{hours} free", hours=self._formats.hours(minutes))
        paint.text(painter, place, words, tone="text2", size=12, flags=paint.CENTER)

    def _paint_bar(self, painter: QPainter, bar: _Bar) -> None:
        tone = self._tone(bar.visit)
        painter.setPen(QPen(theme.color(tone), 1))
        painter.setBrush(theme.brush(f"{tone}Tint"))
        painter.drawRoundedRect(QRectF(bar.place).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        inside = bar.place.adjusted(theme.px(7), 0, -theme.px(5), 0)
        if bar.place.width() >= theme.px(_BADGE_ROOM) and self.width() >= theme.px(_NARROW):
            wide = paint.badge(painter, inside.x(), inside.center().y() + 1, bar.visit.level)
            inside.setLeft(inside.x() + wide + theme.px(6))
        words = ", ".join(filter(None, (bar.visit.customer, bar.visit.title)))
        paint.text(painter, inside, words, size=12, weight=SEMIBOLD)
        if self.hasFocus() and bar.visit.id == self._chosen:
            paint.focus_ring(painter, bar.place, 5)

    def _tone(self, visit: BoardVisit) -> str:
        if visit.visit_status is VisitStatus.DONE:
            return "green"
        is_now = self._now is not None and visit.planned_from <= self._now < visit.planned_to
        return "violet" if is_now else "accent"

    # keys

    def _step(self, step: int) -> None:
        bars = list(self._bars())
        at = next((at for at, bar in enumerate(bars) if bar.visit.id == self._chosen), None)
        if bars:
            to = 0 if at is None else min(max(at + step, 0), len(bars) - 1)
            self._choose(bars[to])

    def _go_to_lane(self, step: int) -> bool:
        """Go to the visit of another technician that lies nearest; return whether there is one."""
        bars = list(self._bars())
        now = next((bar for bar in bars if bar.visit.id == self._chosen), None)
        if now is None:
            return False
        others = [bar for bar in bars if (bar.lane - now.lane) * step > 0]
        if not others:
            return False
        lane = min(others, key=lambda bar: abs(bar.lane - now.lane)).lane
        x = now.place.center().x()
        near = [bar for bar in others if bar.lane == lane]
        self._choose(min(near, key=lambda bar: abs(bar.place.center().x() - x)))
        return True

    def _choose(self, bar: _Bar) -> None:
        self._chosen = bar.visit.id
        self._say()
        self.update()

    def _say(self) -> None:
        visit = self.chosen
        self.setAccessibleDescription("" if visit is None else self._spoken(visit))

    def _spoken(self, visit: BoardVisit) -> str:
        span = self._formats.span(visit.planned_from, visit.planned_to)
        level = states.level_spoken(visit.level)
        parts = (visit.technician, span, visit.number, visit.customer, visit.title, level)
        return ", ".join(filter(None, parts))
