"""How rows are painted: level, icon, two lines, what stands at their right; titles of groups."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from smallcmms.ui import icons, paint, theme
from smallcmms.ui.lists.cell import Cell, Group
from smallcmms.ui.lists.rows_model import LOOK
from smallcmms.ui.theme import REGULAR, SEMIBOLD

EDGE = 12
_LINE = 18
_INDENT = 16
_FOLD = 20
_BUTTON = 76


class RowDelegate(QStyledItemDelegate):
    """Paint a row of any list from its Cell; ``gap`` is what stands free beside inner columns."""

    def __init__(self, parent: QObject | None = None, *, gap: int = EDGE) -> None:
        super().__init__(parent)
        self._gap = gap

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the ground, the line below and what the cell says."""
        place: QRect = option.rect
        look = index.data(LOOK)
        painter.save()
        if isinstance(look, Group):
            _title(painter, place, look)
        else:
            _ground(painter, option, is_first=index.column() == 0)
            columns = index.model().columns  # type: ignore[attr-defined]
            is_right = columns[index.column()].is_right
            left = self._gap if index.column() else EDGE
            right = self._gap if index.column() < len(columns) - 1 else EDGE
            inside = place.adjusted(theme.px(left), 0, -theme.px(right), -1)
            if isinstance(look, Cell):
                _cell(painter, inside, look)
            else:
                paint.text(painter, inside, look, flags=paint.RIGHT if is_right else paint.LEFT)
        if not (isinstance(look, Cell) and look.depth >= 0):
            painter.fillRect(place.x(), place.bottom(), place.width(), 1, theme.color("border2"))
        painter.restore()

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the size that the view gave: rows have fixed heights."""
        place: QRect = option.rect
        return place.size()


def _ground(painter: QPainter, option: QStyleOptionViewItem, *, is_first: bool) -> None:
    place: QRect = option.rect
    state: QStyle.StateFlag = option.state
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(place, theme.color("selected"))
        if is_first:
            painter.fillRect(place.x(), place.y(), 3, place.height(), theme.color("accent"))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(place, theme.color("hover"))


def _title(painter: QPainter, place: QRect, group: Group) -> None:
    painter.fillRect(place, theme.color("panel2"))
    inside = place.adjusted(theme.px(EDGE), 0, -theme.px(EDGE), 0)
    if group.icon:
        top = place.y() + (place.height() - theme.px(14)) / 2
        icons.draw(painter, group.icon, group.tone, inside.x(), top, 14)
        inside.setLeft(inside.x() + theme.px(22))
    paint.text(painter, inside, group.title, tone="text2", size=12, weight=SEMIBOLD)
    inside.setLeft(inside.x() + paint.width(group.title, 12, SEMIBOLD) + theme.px(8))
    paint.text(painter, inside, str(len(group.ids)), tone="text3", size=12, weight=SEMIBOLD)


def _cell(painter: QPainter, place: QRect, cell: Cell) -> None:
    if cell.button:
        box = button_place(place, cell.button)
        paint.button(painter, box, cell.button)
        place.setRight(box.left() - theme.px(10))
    _before(painter, place, cell)
    if not cell.second and not cell.second_right:
        _only_line(painter, place, cell)
        return
    line = theme.px(_LINE)
    top = place.y() + (place.height() - 2 * line) // 2
    first = QRect(place.x(), top, place.width(), line)
    second = QRect(place.x(), top + line, place.width(), line)
    _right(painter, first, cell.right, cell.right_tone, is_bold=cell.is_right_bold)
    _first(painter, first, cell, weight=REGULAR if cell.is_plain else SEMIBOLD)
    if cell.pill:
        wide = paint.pill_width(cell.pill)
        paint.pill(painter, second.right() + 1 - wide, second.center().y() + 1, cell.pill)
        second.setRight(second.right() - wide - theme.px(8))
    _right(painter, second, cell.second_right, cell.second_right_tone, size=12)
    if cell.second_then:
        _two_tones(painter, second, cell)
        return
    paint.text(painter, second, cell.second, tone=cell.second_tone, size=12)


def _two_tones(painter: QPainter, place: QRect, cell: Cell) -> None:
    """Paint the second line in two tones; what stands first is cut where there is no room."""
    wide = paint.width(cell.second_then, 12)
    first = QRect(place)
    first.setWidth(min(paint.width(cell.second, 12), max(place.width() - wide, 0)))
    paint.text(painter, first, cell.second, tone=cell.second_tone, size=12)
    place.setLeft(first.x() + first.width())
    paint.text(painter, place, cell.second_then, tone=cell.second_then_tone, size=12)


def button_place(inside: QRect, words: str) -> QRect:
    """Return where the button of a row stands, in what the edges leave of the row."""
    wide = max(theme.px(_BUTTON), paint.width(words, 12) + theme.px(20))
    height = theme.px(26)
    top = inside.y() + (inside.height() - height) // 2
    return QRect(inside.right() + 1 - wide, top, wide, height)


def _before(painter: QPainter, place: QRect, cell: Cell) -> None:
    middle = place.y() + place.height() // 2
    if cell.depth >= 0:
        place.setLeft(place.x() + theme.px(_INDENT * cell.depth - 4))
        if cell.is_unfolded is not None:
            name = "chevron-down" if cell.is_unfolded else "chevron-right"
            icons.draw(painter, name, "text3", place.x(), middle - theme.px(7), 14)
        place.setLeft(place.x() + theme.px(_FOLD))
    if cell.level:
        wide = paint.badge(painter, place.x(), middle, cell.level)
        place.setLeft(place.x() + wide + theme.px(10))
    if cell.has_tick is not None:
        name = "square-check" if cell.has_tick else ""
        if name:
            icons.draw(painter, name, "accent", place.x(), middle - theme.px(8), 16)
        place.setLeft(place.x() + theme.px(25))
    if cell.icon:
        has_two = bool(cell.second or cell.second_right) and not cell.level
        top = middle - theme.px(17 if has_two else 8)
        icons.draw(painter, cell.icon, cell.icon_tone, place.x(), top, 16)
        place.setLeft(place.x() + theme.px(24))


def _only_line(painter: QPainter, place: QRect, cell: Cell) -> None:
    is_alone = not cell.first
    if cell.pill:
        wide = paint.pill_width(cell.pill)
        middle = place.y() + place.height() // 2
        is_first = is_alone and not cell.right and not cell.level
        x = place.x() if is_first else place.right() + 1 - wide
        paint.pill(painter, x, middle, cell.pill)
        place.setRight(place.right() - wide - theme.px(8))
    tone = "text" if is_alone and cell.right_tone == "text2" else cell.right_tone
    size = 13 if is_alone else 0
    _right(painter, place, cell.right, tone, is_bold=cell.is_right_bold, size=size)
    _first(painter, place, cell, weight=SEMIBOLD if cell.is_bold else REGULAR)


def _first(painter: QPainter, place: QRect, cell: Cell, *, weight: int) -> None:
    paint.text(painter, place, cell.first, tone=cell.tone, weight=weight)
    if cell.then:
        place.setLeft(place.x() + paint.width(f"{cell.first} ", weight=weight))
        paint.text(painter, place, cell.then, tone="text2")


def _right(
    painter: QPainter, place: QRect, words: str, tone: str, *, is_bold: bool = False, size: int = 0
) -> None:
    """Paint what stands at the right end, whole, and leave the rest of the place to the others."""
    if not words:
        return
    is_loud = is_bold or tone not in ("text2", "text3", "text")
    weight, size = SEMIBOLD if is_loud else REGULAR, size or (13 if is_bold else 12)
    tone = "text" if is_bold and tone == "text2" else tone
    paint.text(painter, place, words, tone=tone, size=size, weight=weight, flags=paint.RIGHT)
    place.setRight(place.right() - paint.width(words, size, weight) - theme.px(10))
