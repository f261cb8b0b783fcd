"""One count of stock: the lines of its sheet, typed in one below the other, and the differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from smallcmms.domain.stock_counts import CountStatus
from smallcmms.services import stock_counts
from smallcmms.services.stock_counts import CountLine, CountPage
from smallcmms.texts import _, _n
from smallcmms.ui import part_words, tips
from smallcmms.ui.forms.moment_box import MomentBox
from smallcmms.ui.kit import (
    Button,
    Cell,
    Column,
    Desk,
    Form,
    Label,
    Panel,
    Pill,
    QuantityBox,
    RowsModel,
    StatePill,
    block,
    column,
    row,
    theme,
)
from smallcmms.ui.lists.cells_view import CellsView

_ROW, _SHELF, _COUNTED, _OFF, _WORTH = 40, 76, 110, 110, 110
_WHEN = 190
_NAMES = ("shelf", "name", "counted", "off", "worth")


class _Lines(CellsView):
    """The lines of a count: digits begin a figure; ``typing`` tells the first of them."""

    typing = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Begin a figure with its first digit, or with Enter."""
        key = event.key()
        if event.text().isdigit():
            self.typing.emit(event.text())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.typing.emit("")
        else:
            super().keyPressEvent(event)

    def next_line(self) -> None:
        """Go down to the next line."""
        index = self.currentIndex()
        below = index.siblingAtRow(index.row() + 1)
        if below.isValid():
            self.setCurrentIndex(below)


class CountDetails(Panel):
    """Show a count; what is typed is kept at once, and booked later in one step."""

    def __init__(self, desk: Desk, buttons: Sequence[Button]) -> None:
        super().__init__()
        self.desk = desk
        self.page: CountPage | None = None
        self._found: dict[int, CountLine] = {}
        self.number, self.state = Label("", "key"), StatePill()
        self.place, self.facts = Label("", "h1"), Label("", "second", wraps=True)
        head = column(
            row(self.place, self.number, self.state, None, *buttons, gap=10), self.facts, gap=3
        )
        self.form = Form(self, save=self._say_when)
        self.counted_at = self.form.add(
            "counted_at", MomentBox(_("Counted at"), desk, hint=_("as each is typed in"))
        )
        self.counted_at.setFixedWidth(theme.px(_WHEN))
        tips.tell(self.counted_at.editor, _("What came or went later is no difference."))
        head.addLayout(row(self.counted_at, None, margins=(0, 6, 0, 0)))
        head.setContentsMargins(16, 12, 16, 10)
        self.add(block(head, "header"))
        columns = [
            Column(_("Shelf"), lambda line: Cell(first=line.bin or "—", tone="text2"), _SHELF),
            Column(_("Part"), self._what),
            Column(_("Counted"), self._counted, _COUNTED, is_right=True),
            Column(_("Difference"), self._off, _OFF, is_right=True),
            Column(_("At cost"), self._worth, _WORTH, is_right=True),
        ]
        self.model = RowsModel[CountLine](columns, self._fetch, self)
        self.lines = _Lines(self.model, row=_ROW, says=_("Lines of the count"))
        self.lines.names, self.lines.editable = _NAMES, frozenset({"counted"})
        self.lines.typing.connect(self._begin)
        self.add(self.lines, 1)
        self.foot = Label("", "second", wraps=True)
        self.add(block(row(self.foot, margins=(16, 8, 16, 8)), "footer"))

    def show_count(self, page: CountPage) -> None:
        """Show a count that was looked up."""
        if self.page is None or self.page.row.id != page.row.id:
            self.form.keep()
            self.form.clear()
        self.page = page
        self.form.fill({"counted_at": page.row.said_at})
        self.counted_at.setVisible(page.row.status is CountStatus.OPEN)
        self._found = {line.id: line for line in page.lines}
        self.place.setText(page.row.place)
        self.number.setText(page.row.number)
        self.state.set_state(count_pill(page.row.status))
        self.model.set_ids(list(self._found))
        self.facts.setText(self._said(page))
        self.foot.setText(self._came_to(page))

    def _said(self, page: CountPage) -> str:
        formats, today = self.desk.formats, self.desk.today()
        words = [_("Begun {when}", when=formats.moment(page.row.begun_at, today))]
        if page.row.counted_by:
            words.append(_("counted by {name}", name=page.row.counted_by))
        if page.row.printed_at is not None:
            words.append(_("printed {when}", when=formats.moment(page.row.printed_at, today)))
        return " · ".join(words)

    def _came_to(self, page: CountPage) -> str:
        seen = _("{n} of {all} counted", n=page.row.counted, all=page.row.lines)
        off = sum(1 for line in page.lines if line.variance)
        if not off:
            return _("{seen}, no difference so far.", seen=seen)
        worth = sum((line.value for line in page.lines if line.value is not None), Decimal(0))
        words = _n("{n} differs", "{n} differ", off)
        amount = self.desk.formats.money(worth)
        return _("{seen}, {words}, {amount} at cost.", seen=seen, words=words, amount=amount)

    def _say_when(self, values: Mapping[str, Any]) -> None:
        if self.page is not None and self.page.row.status is CountStatus.OPEN:
            stock_counts.say_when(self.desk.store, self.page.row.id, **values)

    def _begin(self, digit: str) -> None:
        """Lay a box over the line's figure."""
        line = self._found.get(self.lines.chosen_id)
        if line is None or self.page is None or self.page.row.status is not CountStatus.OPEN:
            return
        self.lines.go_to_cell("counted")
        says = _("Counted of {name}", name=line.name)
        box = QuantityBox("", self.desk.formats, size="row", says=says)
        box.set_value(line.counted)
        self.lines.edit_cell(box, lambda: self._keep(line, box.value))
        if digit:
            box.put_back(digit)
        else:
            box.line.selectAll()

    def _keep(self, line: CountLine, counted: Decimal | None) -> None:
        if counted != line.counted and self.page is not None:
            stock_counts.note(self.desk.store, self.page.row.id, {line.id: counted})
        self.lines.next_line()

    def _fetch(self, ids: Sequence[int]) -> dict[int, CountLine]:
        return {each: self._found[each] for each in ids if each in self._found}

    def _what(self, line: CountLine) -> Cell:
        second = " · ".join(filter(None, (line.number, line.unit)))
        again = Pill(_("Count again"), "refresh-cw", "amber") if line.is_recount else None
        return Cell(first=line.name, second=second, pill=again)

    def _counted(self, line: CountLine) -> Cell:
        if line.counted is None:
            return Cell(right="…", right_tone="text3")
        return Cell(right=self.desk.formats.quantity(line.counted), is_right_bold=True)

    def _off(self, line: CountLine) -> Cell:
        if not line.variance:
            return Cell(right="" if line.variance is None else "–", right_tone="text3")
        words = part_words.signed(line.variance, self.desk.formats)
        return Cell(right=words, right_tone="red" if line.variance < 0 else "amber")

    def _worth(self, line: CountLine) -> Cell:
        if not line.value:
            return Cell()
        return Cell(right=self.desk.formats.money(line.value), right_tone="text3")


def count_pill(status: CountStatus) -> Pill:
    """Return how far a count has come."""
    return {
        CountStatus.OPEN: Pill(_("Open"), "clipboard-list", "blue"),
        CountStatus.ENTERED: Pill(_("Booked"), "circle-check", "green"),
        CountStatus.CANCELLED: Pill(_("Given up"), "ban", "grey"),
    }[status]
