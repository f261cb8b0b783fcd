"""The parts of a work order: planned with their place, used once the sheet is entered."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from smallcmms.services import parts, work_orders
from smallcmms.services.work_orders import PlannedLine, UsedLine, WorkOrderPage
from smallcmms.texts import _
from smallcmms.ui.kit import (
    Button,
    Cell,
    Column,
    Desk,
    FindBox,
    Form,
    Found,
    Label,
    PanelHeader,
    Pill,
    QuantityBox,
    column,
    row,
    theme,
)
from smallcmms.ui.lists.short_rows import ShortRows
from smallcmms.ui.work_order_words import part_place, parts_words

_ROW, _COUNT, _QUANTITY = 30, 36, 64
Part = PlannedLine | UsedLine


class _PartBar(QWidget):
    """One part: which and how many; a new one, or one that is planned."""

    def __init__(self, desk: Desk, owner: Parts) -> None:
        super().__init__()
        self.desk, self._owner = desk, owner
        self.line: PlannedLine | None = None
        self.form = Form(self)
        self.part = self.form.add(
            "part",
            FindBox("", self._parts, hint=_("Name or number"), new=_in_words, says=_("Part")),
        )
        self.quantity = self.form.add(
            "quantity", QuantityBox("", desk.formats, says=_("Quantity"), is_needed=True)
        )
        self.quantity.editor.setFixedWidth(theme.px(_QUANTITY))
        self.name = Label("", is_cut=True)
        self.do = Button("", is_small=True, on=self.put)
        self.off = Button(_("Take it off"), is_small=True, on=self.remove)
        back = Button("", "icon", icon="x", says=_("Back"), is_small=True, on=self.hide)
        self.part.taken.connect(lambda _key: self._go_on())
        self.part.wants_new.connect(self._take_words)
        self.quantity.line.returnPressed.connect(self.do.click)
        layout = row(gap=6, margins=(12, 4, 12, 6))
        layout.addWidget(self.part, 1)
        layout.addWidget(self.name, 1)
        for piece in (self.quantity, self.do, self.off, back):
            layout.addWidget(piece)
        self.setLayout(layout)
        self.hide()

    def begin(self, line: PlannedLine | None = None) -> None:
        """Begin a part, or change how many of one are planned."""
        self.line = line
        self.form.clear()
        self.part.setVisible(line is None)
        self.name.setVisible(line is not None)
        self.off.setVisible(line is not None)
        self.name.setText(line.name if line else "")
        self.quantity.set_value(line.quantity if line else Decimal(1))
        self.do.say(_("Add") if line is None else _("Keep"))
        self.show()
        first = self.part if line is None else self.quantity
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def put(self) -> None:
        """Add the part, or keep the quantity."""
        if not self.form.check():
            return
        if self.line is not None:
            work_orders.edit_part(self.desk.store, self.line.id, quantity=self.quantity.value)
            self.hide()
            return
        work_orders.add_part(
            self.desk.store,
            self._owner.work_order_id,
            part_id=self.part.value,
            text="" if self.part.value else self.part.text,
            quantity=self.quantity.value,
        )
        self.begin()

    def remove(self) -> None:
        """Plan the part no longer."""
        if self.line is not None:
            work_orders.remove_part(self.desk.store, self.line.id)
            self.hide()
            self.desk.front.toast(_("Took {part} off", part=self.line.name))

    def _go_on(self) -> None:
        self.quantity.setFocus()
        self.quantity.line.selectAll()

    def _take_words(self, text: str) -> None:
        self.part.show_taken(None, text)
        self._go_on()

    def _parts(self, text: str) -> Sequence[Found]:
        formats = self.desk.formats
        return [
            Found(
                each.id,
                each.name,
                each.number,
                _("{n} free", n=formats.quantity(each.available)),
            )
            for each in parts.match(self.desk.store, text)
        ]


def _in_words(text: str) -> str:
    return _("“{text}”, not in the register", text=text)


class Parts(QWidget):
    """The parts of a work order."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.work_order_id = desk, 0
        self._is_open = False
        self.add_button = Button(_("Add part"), "quiet", icon="plus", on=self.begin)
        self.header = PanelHeader("package", _("Parts"), "", self.add_button)
        columns = [Column("", self._many, _COUNT), Column("", self._what)]
        self.list = ShortRows[Part](columns, row=_ROW, says=_("Parts"))
        self.list.opened.connect(self._open)
        self.bar = _PartBar(desk, self)
        self.setLayout(column(self.header, self.list, self.bar, gap=0))

    def show_page(self, page: WorkOrderPage, *, is_open: bool) -> None:
        """Show what is planned, or what was used."""
        if page.id != self.work_order_id:
            self.bar.hide()
        self.work_order_id, self._is_open = page.id, is_open
        used = page.used
        self.list.show_rows(used or page.parts)
        if used:
            count = sum(1 for line in used if line.quantity)
            self.header.count.setText(_("{n} used", n=count))
        else:
            self.header.count.setText(parts_words(page.parts))
        self.add_button.setVisible(is_open)

    def begin(self) -> None:
        """Open the bar for another part."""
        self.bar.begin()

    def _open(self, place: int) -> None:
        line = self.list.row_of(place)
        if isinstance(line, PlannedLine) and self._is_open:
            self.bar.begin(line)

    def _many(self, line: Part) -> Cell:
        return Cell(
            right=self.desk.formats.quantity(line.quantity),
            is_right_bold=bool(line.quantity),
        )

    def _what(self, line: Part) -> Cell:
        return Cell(
            first=line.name,
            then=line.number,
            pill=self._place(line),
            tone="text" if line.quantity else "text2",
        )

    def _place(self, line: Part) -> Pill | None:
        if isinstance(line, PlannedLine):
            return part_place(line, self.desk.formats)
        if not line.quantity:
            return Pill(_("Not used"), "x", "grey")
        if not line.location:
            return None
        return Pill(_("From {place}", place=line.location), "package", "grey")
