"""One purchase order: its head, its lines, and what of it can be changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QSizePolicy

from smallcmms.domain.purchase_orders import PurchaseOrderStatus
from smallcmms.services import purchase_orders
from smallcmms.services.purchase_orders import OrderLine, PurchaseOrderPage, PurchaseOrderRow
from smallcmms.texts import _, _n
from smallcmms.ui.forms.supplier import lead_words
from smallcmms.ui.kit import (
    Button,
    Cell,
    Column,
    DateBox,
    Desk,
    Form,
    Label,
    LineBox,
    Panel,
    PriceBox,
    QuantityBox,
    RowsModel,
    RowsView,
    StatePill,
    block,
    column,
    row,
    states,
    theme,
)

_BOX = 110


class PurchaseOrderDetails(Panel):
    """Show an order; a draft's lines are changed below them, each box saved when it is left."""

    def __init__(self, desk: Desk, verbs: Sequence[Button], remove: Button) -> None:
        super().__init__()
        self.desk = desk
        self.page: PurchaseOrderPage | None = None
        self._lines: dict[int, OrderLine] = {}
        self.title, self.number = Label("", "h1", is_cut=True), Label("", "key")
        self.pill, self.about = StatePill(), Label("", "second", wraps=True)
        self.total, self.lead = Label("", "h2"), Label("", "second", wraps=True)
        self.title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        title = row(self.title, self.number, self.pill, None, self.total, gap=10)
        head = column(title, self.about, self.lead, 4, row(*verbs, None), gap=3)
        head.setContentsMargins(16, 12, 16, 12)
        self.add(block(head))
        self.form = Form(self, save=self._save)
        promised = DateBox(_("Promised for"), desk.formats, desk.today)
        self.promised = self.form.add("promised_on", promised)
        reference = self.form.add("reference", LineBox(_("Their reference")))
        note = self.form.add("note", LineBox(_("Note to the supplier")))
        boxes = row(self.promised, reference, gap=10, margins=(16, 8, 16, 10))
        boxes.addWidget(note, 1)
        self._boxes = block(boxes, "header")
        self.add(self._boxes)
        self.model = RowsModel[OrderLine](self._columns(), self._fetch, self)
        self.list = RowsView(self.model, row=46, says=_("What is ordered"))
        self.list.chosen.connect(self._choose)
        self.add(self.list, 1)
        self._foot = self._make_line(remove)
        self.add(self._foot)

    def show_order(self, purchase_order_id: int) -> None:
        """Show an order."""
        page = self.page = purchase_orders.get(self.desk.store, purchase_order_id)
        one, formats = page.row, self.desk.formats
        self.title.setText(one.supplier)
        self.number.setText(one.number)
        self.pill.set_state(states.purchase_order(one.status.value, one.days_late))
        self.total.setText(formats.money(one.total))
        self.about.setText(_about(page, self.desk))
        self.lead.setText(lead_words(page.lead, formats))
        is_over = not (one.status.is_open or one.status is PurchaseOrderStatus.DRAFT)
        self._boxes.setVisible(not is_over)
        fields = ("reference", "note")
        told: dict[str, Any] = {name: getattr(page, name) for name in fields}
        self.form.fill(told | {"promised_on": one.promised_on})
        self._lines = {line.id: line for line in page.lines}
        self.model.set_ids(list(self._lines))
        self._choose(self.list.chosen_id)

    @property
    def line_id(self) -> int:
        """Return the line that the person stands on, 0 where there is none."""
        return self.list.chosen_id if self.list.chosen_id in self._lines else 0

    def _make_line(self, remove: Button) -> Any:
        formats = self.desk.formats
        self.line_form = Form(self, save=self._save_line)
        add = self.line_form.add
        boxes = row(gap=10, margins=(16, 8, 16, 10))
        for name, box in (
            ("quantity", QuantityBox(_("Quantity"), formats)),
            ("unit_cost", PriceBox(_("Cost of one"), formats)),
        ):
            boxes.addWidget(add(name, box))
            box.setFixedWidth(theme.px(_BOX))
        boxes.addWidget(add("supplier_number", LineBox(_("Their number"))), 1)
        boxes.addWidget(remove)
        return block(boxes, "footer")

    def _choose(self, _line_id: int) -> None:
        line = self._lines.get(self.line_id)
        is_draft = self.page is not None and self.page.row.status is PurchaseOrderStatus.DRAFT
        self._foot.setVisible(line is not None and is_draft)
        if line is not None:
            names = ("quantity", "unit_cost", "supplier_number")
            self.line_form.fill({name: getattr(line, name) for name in names})

    def _save(self, values: dict[str, Any]) -> None:
        if self.page is not None:
            plain = {name: value or "" for name, value in values.items() if name != "promised_on"}
            if "promised_on" in values:
                plain["promised_on"] = values["promised_on"]
            purchase_orders.edit(self.desk.store, self.page.row.id, **plain)

    def _save_line(self, values: dict[str, Any]) -> None:
        if self.line_id:
            plain = {name: value for name, value in values.items() if value is not None}
            purchase_orders.edit_line(self.desk.store, self.line_id, **plain)

    def _columns(self) -> list[Column]:
        formats = self.desk.formats
        return [
            Column(_("Part"), _part),
            Column(_("For"), lambda line: line.work_order, 96),
            Column(_("Ordered"), lambda line: _quantity(line, self.desk), 90, is_right=True),
            Column(_("Came"), lambda line: _came(line, self.desk), 70, is_right=True),
            Column(_("Cost"), lambda line: formats.price(line.unit_cost), 90, is_right=True),
            Column(_("Amount"), lambda line: formats.money(line.amount), 100, is_right=True),
        ]

    def _fetch(self, ids: Sequence[int]) -> dict[int, OrderLine]:
        return {each: self._lines[each] for each in ids if each in self._lines}


def _part(line: OrderLine) -> Cell:
    numbers = " · ".join(filter(None, (line.supplier_number, line.number)))
    return Cell(first=line.name, second=numbers or " ", is_bold=True)


def _quantity(line: OrderLine, desk: Desk) -> Cell:
    formats = desk.formats
    packs = ""
    if line.packs is not None and line.pack_of is not None:
        number, holds = formats.quantity(line.packs), formats.quantity(line.pack_of)
        packs = _("{packs} × {number}", packs=number, number=holds)
    quantity = f"{formats.quantity(line.quantity)} {line.unit}".rstrip()
    return Cell(right=quantity, right_tone="text", second_right=packs)


def _came(line: OrderLine, desk: Desk) -> Cell:
    if not line.received:
        return Cell(right="–", right_tone="text3")
    tone = "amber" if line.coming else "green"
    return Cell(right=desk.formats.quantity(line.received), right_tone=tone)


def _about(page: PurchaseOrderPage, desk: Desk) -> str:
    one, formats = page.row, desk.formats
    told = [
        _("ordered {day}", day=formats.day(one.ordered_on)) if one.ordered_on else "",
        _("promised for {day}", day=formats.day(one.promised_on)) if one.promised_on else "",
        _("came {day}", day=formats.day(one.received_on)) if one.received_on else "",
    ]
    if page.cancel_reason:
        told.append(_("cancelled: {reason}", reason=page.cancel_reason))
    return " · ".join(filter(None, (*told, page.phone, page.email)))


def listed(each: PurchaseOrderRow, desk: Desk) -> Cell:
    """Return an order as the list shows it."""
    lines = _n("{n} line", "{n} lines", each.lines)
    return Cell(
        first=each.supplier,
        right=desk.formats.money(each.total),
        second=f"{each.number} · {lines}",
        pill=states.purchase_order(each.status.value, each.days_late),
    )
