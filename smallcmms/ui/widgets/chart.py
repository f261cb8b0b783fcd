"""A line chart over days: points, the scale beside them, the limits across them.

The arrows go from point to point, Enter shows the rows behind the chart; a screen reader hears
the sentence above it and the point that the person stands on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from smallcmms.ui import paint, theme
from smallcmms.ui.theme import BOLD, SEMIBOLD

_LEAST, _USUAL = 160, 268
_TOP, _FOOT, _RIGHT, _INSET, _GAP = 22, 24, 16, 14, 6
_DOTS = 60
"""Above so many points the line alone is painted."""
_STEPS = 4
_TENS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day, and its words; the line begins anew at one that ``is_fresh``."""

    on: date
    value: Decimal
    words: str
    is_fresh: bool = False


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A value that must not be passed, and what stands at its line."""

    value: Decimal
    words: str


def scale(values: Sequence[Decimal]) -> list[Decimal]:
    """Return the marks of an axis that holds the values, with room beyond the outermost."""
    low, high = min(values), max(values)
    step = _step(high - low or abs(high) or _ONE)
    first = (low / step).to_integral_value(ROUND_FLOOR) * step
    last = (high / step).to_integral_value(ROUND_CEILING) * step
    if first == low and first != 0:
        first -= step
    if last == high:
        last += step
    return [first + step * count for count in range(int((last - first) / step) + 1)]


def places_of(marks: Sequence[Decimal]) -> int:
    """Return with how many decimals the marks of an axis are written."""
    step = (marks[1] - marks[0]).normalize().as_tuple().exponent
    return max(-step, 0) if isinstance(step, int) else 0


def _step(span: Decimal) -> Decimal:
    """Return 1, 2 or 5 times a power of ten, so that a few of them make the span."""
    rough = span / _STEPS
    power = _ONE.scaleb(rough.adjusted())
    return next(power * times for times in _TENS if power * times >= rough)


class LineChart(QWidget):
    """One series of points; ``opened`` tells Enter, ``pointed`` the point that is stood on."""

    opened = Signal()
    pointed = Signal(int)

    def __init__(self, says: str = "") -> None:
        super().__init__()
        self.points: Sequence[Point] = ()
        self.limits: Sequence[LimitLine] = ()
        self.at = -1
        self._last, self._sentence = "", ""
        self._write: Callable[[Decimal, int], str] = lambda value, _places: str(value)
        self._label: Callable[[date, bool], str] = lambda on, _is_end: on.isoformat()
        self.setAccessibleName(says)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        theme.follow(self, self.updateGeometry)

    def show_points(
        self,
        points: Sequence[Point],
        limits: Sequence[LimitLine] = (),
        *,
        last: str = "",
        sentence: str = "",
        write: Callable[[Decimal, int], str] | None = None,
        label: Callable[[date, bool], str] | None = None,
    ) -> None:
        """Show points, the oldest first.

        ``last`` stands at the last of them; ``write`` writes a mark of the scale with its decimals,
        ``label`` a day below it, told whether it stands at an end.
        """
        self.points, self.limits, self._last, self._sentence = points, limits, last, sentence
        self._write, self.at = write or self._write, -1
        self._label = label or self._label
        self.setAccessibleDescription(sentence)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the usual size."""
        return QSize(theme.px(400), theme.px(_USUAL))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return a size that can still be read."""
        return QSize(theme.px(200), theme.px(_LEAST))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go from point to point; Enter shows the rows."""
        steps = {Qt.Key.Key_Left: self.at - 1, Qt.Key.Key_Right: self.at + 1}
        steps |= {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self.points) - 1}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit()
        elif event.key() in steps and self.points:
            self.point(min(max(steps[Qt.Key(event.key())], 0), len(self.points) - 1))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Stand on the last point."""
        super().focusInEvent(event)
        if self.at < 0 and self.points:
            self.point(len(self.points) - 1)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Stand on no point."""
        super().focusOutEvent(event)
        self.point(-1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Stand on the point that is nearest."""
        if self.points and not self.hasFocus():
            x, places = event.position().x(), self._places()
            self.point(min(range(len(places)), key=lambda at: abs(places[at].x() - x)))

    def leaveEvent(self, event: object) -> None:  # noqa: N802, ARG002
        """Stand on no point."""
        if not self.hasFocus():
            self.point(-1)

    def point(self, at: int) -> None:
        """Stand on a point, -1 on none, and tell."""
        if at == self.at:
            return
        self.at = at
        words = self.points[at].words if at >= 0 else self._sentence
        self.setAccessibleDescription(words)
        if self.hasFocus():
            event = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(event)
        self.pointed.emit(at)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint scale, limits, line and points."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.points:
            marks = self._marks()
            self._paint_scale(painter, marks)
            places = self._places(marks)
            self._paint_days(painter, places)
            self._paint_line(painter, places)
            self._paint_limits(painter, marks)
            self._paint_words(painter, places)
        if self.hasFocus():
            paint.focus_ring(painter, self.rect(), 4)

    def _marks(self) -> list[Decimal]:
        values = [point.value for point in self.points]
        return scale([*values, *(limit.value for limit in self.limits)])

    def _room(self, marks: Sequence[Decimal]) -> QRect:
        """Return where the points stand: what is left of the scale, the days and the margins."""
        decimals = places_of(marks)
        wide = max(paint.width(self._write(mark, decimals), 11) for mark in marks)
        wide += theme.px(2 * _GAP)
        left, top = wide + theme.px(_GAP), theme.px(_TOP)
        right, bottom = self.width() - theme.px(_RIGHT), self.height() - theme.px(_FOOT)
        return QRect(left, top, max(right - left, 1), max(bottom - top, 1))

    def _y(self, value: Decimal, marks: Sequence[Decimal], room: QRect) -> float:
        share = float((value - marks[0]) / (marks[-1] - marks[0]))
        return room.bottom() - share * room.height()

    def _places(self, marks: Sequence[Decimal] | None = None) -> list[QPointF]:
        marks = marks or self._marks()
        room, first = self._room(marks), self.points[0].on
        days = (self.points[-1].on - first).days
        inset = theme.px(_INSET)
        wide = room.width() - 2 * inset
        found = []
        for point in self.points:
            share = (point.on - first).days / days if days else 0.5
            x = room.left() + inset + share * wide
            found.append(QPointF(x, self._y(point.value, marks, room)))
        return found

    def _paint_scale(self, painter: QPainter, marks: Sequence[Decimal]) -> None:
        room, tall = self._room(marks), theme.px(14)
        for mark in marks:
            y = round(self._y(mark, marks, room))
            painter.fillRect(room.left(), y, room.width(), 1, theme.color("border2"))
            place = QRect(0, y - tall // 2, room.left() - theme.px(_GAP), tall)
            words = self._write(mark, places_of(marks))
            paint.text(painter, place, words, tone="text2", size=11, flags=paint.RIGHT)

    def _paint_days(self, painter: QPainter, places: Sequence[QPointF]) -> None:
        """Write days below the points, as many as have room: the last, the first, others."""
        tall, taken = theme.px(16), list[QRectF]()
        count = len(places)
        for at in dict.fromkeys((count - 1, 0, *range(1, count - 1))):
            is_end = at in (0, count - 1)
            words = self._label(self.points[at].on, is_end)
            wide = paint.width(words, 11) + theme.px(_GAP)
            left = min(max(places[at].x() - wide / 2, 0), self.width() - wide)
            place = QRectF(left, self.height() - tall - 2, wide, tall)
            if not any(other.adjusted(-8, 0, 8, 0).intersects(place) for other in taken):
                taken.append(place)
                flags = paint.CENTER
                paint.text(painter, place.toRect(), words, tone="text2", size=11, flags=flags)

    def _paint_limits(self, painter: QPainter, marks: Sequence[Decimal]) -> None:
        room = self._room(marks)
        for limit in self.limits:
            y = self._y(limit.value, marks, room)
            pen = QPen(theme.color("red"), 1.5)
            pen.setDashPattern([3.5, 2.7])
            painter.setPen(pen)
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            wide, tall = paint.width(limit.words, 11, SEMIBOLD) + 4, theme.px(14)
            place = QRect(room.left() + theme.px(_GAP), round(y) - tall - 2, wide, tall)
            painter.fillRect(place, theme.color("panel"))
            paint.text(painter, place, limit.words, tone="red", size=11, weight=SEMIBOLD)

    def _paint_line(self, painter: QPainter, places: Sequence[QPointF]) -> None:
        path = QPainterPath()
        for at, (point, place) in enumerate(zip(self.points, places, strict=True)):
            if not at or point.is_fresh:
                path.moveTo(place)
            else:
                path.lineTo(place)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("c1"), 2))
        painter.drawPath(path)
        shown = range(len(places)) if len(places) <= _DOTS else (self.at,)
        unit = theme.px(100) / 100
        for at in shown:
            if at >= 0:
                painter.setPen(QPen(theme.color("c1"), 2))
                painter.setBrush(theme.brush("c1" if at == self.at else "panel"))
                painter.drawEllipse(places[at], 3.5 * unit, 3.5 * unit)

    def _paint_words(self, painter: QPainter, places: Sequence[QPointF]) -> None:
        """Write at the point that is stood on, else at the last, what it says."""
        at = self.at if self.at >= 0 else len(places) - 1
        words = self.points[at].words if self.at >= 0 else self._last
        wide, tall = paint.width(words, 12, BOLD) + 6, theme.px(16)
        left = min(max(places[at].x() - wide / 2, 0), self.width() - wide - theme.px(4))
        top = places[at].y() - tall - theme.px(6)
        if top < 0:
            top = places[at].y() + theme.px(6)
        place = QRectF(left, top, wide, tall).toRect()
        painter.fillRect(place, theme.color("panel"))
        flags = paint.CENTER
        paint.text(painter, place, words, size=12, weight=BOLD, flags=flags)
