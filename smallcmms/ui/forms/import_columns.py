"""The second step of bringing in a list: how the file is read, and what its columns are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from smallcmms.domain import imports as lists
from smallcmms.domain.import_values import DAYS, NUMBERS
from smallcmms.domain.imports import CUSTOM, LEFT_OUT, Kind, Plan
from smallcmms.domain.imports import Column as FileColumn
from smallcmms.domain.tables import DELIMITERS, ENCODINGS, Book, shown
from smallcmms.texts import _, _n
from smallcmms.ui.kit import (
    Choice,
    Desk,
    Form,
    Label,
    LineBox,
    Panel,
    PanelHeader,
    Strip,
    Tick,
    block,
    column,
    line,
    row,
    scrolled,
)

_HEADERS = 20
_TITLE = 60


class ColumnRow(QWidget):
    """One column of the file: its header, its first texts, and what it is."""

    def __init__(self, told: FileColumn, items: Sequence[tuple[object, str]]) -> None:
        super().__init__()
        header = told.header or _("Column {n}", n=told.position + 1)
        self.position = told.position
        self.field = Choice("", items, says=_("What {header} is", header=header))
        self.field.set_value(told.field)
        self.field.setFixedWidth(230)
        words = column(
            Label(header, "bold", is_cut=True),
            Label(" · ".join(told.samples) or _("empty"), "second", is_cut=True),
            gap=0,
        )
        layout = row(gap=12, margins=(14, 6, 14, 6))
        layout.addLayout(words, 1)
        layout.addWidget(self.field)
        self.setLayout(layout)


class ImportColumns(QWidget):
    """Show how a file was understood, and let the person say otherwise.

    ``replanned`` tells another plan, ``resheeted`` another sheet or header row, ``reread`` another
    encoding or delimiter.
    """

    replanned = Signal(object)
    resheeted = Signal(int, object)
    reread = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.plan: Plan | None = None
        self.form = Form(self)
        self._make_boxes()
        self.rows: list[ColumnRow] = []
        self.needed = Strip("amber", "")
        self.needed.hide()
        self.columns_header = PanelHeader("layers", _("Columns"))
        self.columns_part = Panel(self.columns_header, self.needed)
        self.columns_area = scrolled(QWidget())
        self.columns_part.add(self.columns_area, 1)
        left = Panel(PanelHeader("file-text", _("How it is read")))
        left.add(scrolled(self._boxes_part()), 1)
        left.setFixedWidth(300)
        layout = row(left, gap=12)
        layout.addWidget(self.columns_part, 1)
        self.setLayout(layout)

    def _make_boxes(self) -> None:
        add = self.form.add
        self.sheet = add("sheet", Choice(_("Sheet")))
        self.header = add("header", Choice(_("Row with the headers")))
        self.delimiter = add("delimiter", Choice(_("Between the columns"), _delimiters()))
        self.encoding = add("encoding", Choice(_("Encoding"), [(e, e) for e in ENCODINGS]))
        self.decimal = add("decimal", Choice(_("Numbers are written"), _decimals()))
        self.dates = add("date_order", Choice(_("Days are written"), _orders()))
        hint = _("Name or number")
        self.customer = add("customer", LineBox(_("Customer of rows that name none"), hint=hint))
        self.site = add(
            "site", LineBox(_("Site of rows that name none"), hint=_("Name or address"))
        )
        self.making = Tick(_("Make what is named and not there"))
        self.sheet.changed.connect(lambda: self.resheeted.emit(self.sheet.value, None))
        self.header.changed.connect(
            lambda: self.resheeted.emit(self.sheet.value, self.header.value)
        )
        for box in (self.delimiter, self.encoding):
            box.changed.connect(lambda: self.reread.emit(self.encoding.value, self.delimiter.value))
        for box in (self.decimal, self.dates):
            box.changed.connect(self._replan)
        self.making.clicked.connect(self._replan)

    def _boxes_part(self) -> QWidget:
        hint = _("Customers, sites and places; the preview lists them.")
        self.making_part = block(column(self.making, Label(hint, "second", wraps=True), gap=2))
        boxes = (self.sheet, self.header, self.delimiter, self.encoding, self.decimal, self.dates)
        inside = (*boxes, self.customer, self.site, self.making_part)
        return block(column(*inside, None, gap=10, margins=(14, 10, 14, 12)))

    def show_plan(self, book: Book, plan: Plan) -> None:
        """Show a file and how it is read."""
        is_known = self.plan is not None and self.plan.columns == plan.columns
        self.plan = plan
        self._show_reading(book, plan)
        for box, value in (
            (self.decimal, plan.decimal),
            (self.dates, plan.date_order),
            (self.customer, plan.customer),
            (self.site, plan.site),
        ):
            box.set_value(value)
        self.making.setChecked(plan.is_making)
        has_owner = plan.kind in (Kind.ASSETS, Kind.WORK_ORDERS)
        for piece in (self.customer, self.site, self.making_part):
            piece.setVisible(has_owner)
        if not is_known:
            self._show_columns(plan)
        self._say(plan)

    def told(self) -> Plan:
        """Return the plan as it stands in the boxes."""
        plan = self.plan
        if plan is None:
            raise RuntimeError("no file is open")
        return replace(
            plan,
            decimal=self.decimal.value or "",
            date_order=self.dates.value or "",
            customer=self.customer.text,
            site=self.site.text,
            is_making=self.making.isChecked(),
        )

    def _show_reading(self, book: Book, plan: Plan) -> None:
        sheets = [(at, sheet.name) for at, sheet in enumerate(book.sheets)]
        self.sheet.set_items(sheets)
        self.sheet.set_value(plan.sheet)
        self.sheet.setVisible(len(sheets) > 1)
        rows = book.sheets[plan.sheet].rows[:_HEADERS]
        none: list[tuple[object, str]] = [(-1, _("None"))]
        self.header.set_items(
            [*none, *((at, _row_words(at, each)) for at, each in enumerate(rows))]
        )
        self.header.set_value(plan.header)
        self.delimiter.set_value(book.delimiter)
        known = [each for each in ENCODINGS if each != book.encoding]
        self.encoding.set_items([(e, e) for e in (book.encoding, *known) if e])
        self.encoding.set_value(book.encoding)
        for box in (self.delimiter, self.encoding):
            box.setVisible(book.format == "csv")

    def _show_columns(self, plan: Plan) -> None:
        items: list[tuple[object, str]] = [(LEFT_OUT, _("Leave out"))]
        items += [(each.key, _(each.label)) for each in lists.fields(plan.kind)]
        if lists.takes_custom(plan.kind):
            items.append((CUSTOM, _("Keep under its own name")))
        self.rows = [ColumnRow(each, items) for each in plan.columns]
        pieces: list[QWidget] = []
        for each in self.rows:
            each.field.changed.connect(lambda row=each: self._put(row))
            pieces += [each, line()]
        old = self.columns_area.takeWidget()
        self.columns_area.setWidget(block(column(*pieces, None, gap=0)))
        if old is not None:
            old.hide()
            old.deleteLater()

    def _put(self, changed: ColumnRow) -> None:
        plan = self.told().put(changed.position, changed.field.value)
        for each, told in zip(self.rows, plan.columns, strict=True):
            each.field.set_value(told.field)
        self.plan = plan
        self._say(plan)
        self.replanned.emit(plan)

    def _replan(self) -> None:
        self.plan = self.told()
        self.replanned.emit(self.plan)

    def _say(self, plan: Plan) -> None:
        used = [each for each in plan.columns if each.field != LEFT_OUT]
        count = _("{used} of {all} are used", used=len(used), all=len(plan.columns))
        again = _("as the last time") if plan.is_remembered else ""
        self.columns_header.count.setText(" · ".join(filter(None, (count, again))))
        given = {each.field for each in plan.columns}
        missing = [
            _(each.label)
            for each in lists.fields(plan.kind)
            if each.is_required and each.key not in given
        ]
        self.needed.setVisible(bool(missing))
        words = _n("Say which column is {names}.", "Say which columns are {names}.", len(missing),
                   names=", ".join(missing))  # fmt: skip
        self.needed.say(words)
        words_of = lists.words(plan.kind)
        kinds = {words_of[each].value for each in given if each in words_of}
        self.decimal.setVisible(bool(kinds & NUMBERS))
        self.dates.setVisible(bool(kinds & DAYS))


def _row_words(at: int, cells: Sequence[object]) -> str:
    words = ", ".join(filter(None, (shown(cell) for cell in cells)))  # type: ignore[arg-type]
    cut = f"{words[:_TITLE]}…" if len(words) > _TITLE else words
    return _("Row {n}: {words}", n=at + 1, words=cut)


def _delimiters() -> list[tuple[object, str]]:
    words = (_("Comma  ,"), _("Semicolon  ;"), _("Tab"), _("Bar  |"))
    return list(zip(DELIMITERS, words, strict=True))


def _decimals() -> list[tuple[object, str]]:
    return [("", _("Not needed, or not clear")), (".", "1,234.50"), (",", "1.234,50")]


def _orders() -> list[tuple[object, str]]:
    return [
        ("", _("Not needed, or not clear")),
        ("ymd", _("Year, month, day: 2026-07-14")),
        ("dmy", _("Day, month, year: 14/07/2026")),
        ("mdy", _("Month, day, year: 07/14/2026")),
    ]
