"""The form of a label sheet that the shop has measured itself, and the sheet as it comes out."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.label_sheets import LENGTHS, LabelSheet, check
from smallcmms.domain.papers import TagSheet
from smallcmms.reports import tag_test
from smallcmms.services import label_sheets
from smallcmms.texts import _
from smallcmms.ui.forms.tag_choices import whole
from smallcmms.ui.kit import (
    Button,
    Choice,
    Desk,
    Form,
    Label,
    LineBox,
    PdfPreview,
    QuantityBox,
    column,
    row,
)

_PREVIEW_HIGH = 380


class OwnSheet:
    """A label sheet of the shop's own, as a register shows it."""

    def __init__(self, sheet_id: int, sheet: LabelSheet) -> None:
        self.id, self.sheet = sheet_id, sheet


class LabelSheetForm(QWidget):
    """Edit a sheet, saved once its labels lie on the page, or fill in a new one for ``make``."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.record_id = desk, 0
        self.form = Form(self, save=self._save)
        self.form.edited.connect(self._draw)
        add = self.form.add
        self.first = add("name", LineBox(_("Name"), is_needed=True))
        corners = [(False, _("square")), (True, _("round"))]
        shape = add("is_round", Choice(_("Shape"), corners))
        self.told = Label("", "second", wraps=True)
        self.preview = PdfPreview(says=_("Test page of the label sheet"))
        self.preview.setMinimumHeight(_PREVIEW_HIGH)
        self.test_button = Button(_("Test page"), icon="printer", on=self.print_test_page)
        self.away = Button(_("Archive this sheet"), icon="x", on=self._archive)
        pairs = [
            (self.first, shape),
            (self._length("page_width", _("Page width, mm")),
             self._length("page_height", _("Page height, mm"))),
            (self._length("width", _("Label width")), self._length("height", _("Label height"))),
            (self._length("pitch_x", _("Step across")),
             self._length("pitch_y", _("Step down"))),
            (self._length("left", _("Left margin")),
             self._length("top", _("Top margin"))),
            (self._count("columns", _("Labels across")), self._count("rows", _("Labels down"))),
        ]  # fmt: skip
        boxes = column(*(row(*pair, gap=10) for pair in pairs), gap=10)
        foot = row(self.test_button, self.away, None)
        self.setLayout(column(boxes, self.told, foot, self.preview, gap=10))

    def refresh(self) -> None:
        """Nothing changes behind the form."""

    def show_record(self, found: OwnSheet) -> None:
        """Edit a sheet."""
        self.record_id = found.id
        self.away.show()
        self._fill(found.sheet.name, found.sheet)

    def begin(self) -> None:
        """Fill in a new sheet; it begins with the measures of a usual one."""
        self.record_id = 0
        self.away.hide()
        self._fill("", label_sheets.sold()[label_sheets.USUAL])

    def make(self) -> int:
        """Add the sheet that was filled in."""
        return label_sheets.add(self.desk.store, **self.form.values())

    def print_test_page(self) -> None:
        """Print outlines and rulers on plain paper."""
        sheet = self._sheet()
        check(sheet)
        title = _("Test page: {labels}", labels=sheet.name)
        self.desk.printing.print(self, tag_test.render(TagSheet(labels=sheet, tags=())).pdf, title)

    def _length(self, name: str, label: str) -> QuantityBox:
        return self.form.add(name, QuantityBox(label, self.desk.formats, is_needed=True))

    def _count(self, name: str, label: str) -> LineBox:
        return self.form.add(name, LineBox(label, read=whole, is_needed=True))

    def _fill(self, name: str, sheet: LabelSheet) -> None:
        self.form.clear()
        self.form.fill({"name": name, **label_sheets.begun_from(sheet)})
        self._draw()

    def _save(self, _changed: dict[str, Any]) -> None:
        """Keep all measures at once: one alone may not fit the others yet."""
        if self.record_id:
            label_sheets.edit(self.desk.store, self.record_id, **self.form.values())

    def _archive(self) -> None:
        label_sheets.archive(self.desk.store, self.record_id)
        self.desk.front.toast(_("Archived {name}", name=self.first.text))

    def _sheet(self) -> LabelSheet:
        told = {name: box.value for name, box in self.form.boxes.items() if box is not self.first}
        lengths: dict[str, Any] = {
            name: float(told[name] or Decimal(0)) for name, *_rest in LENGTHS
        }
        return LabelSheet(
            key=label_sheets.key_of(self.record_id), name=self.first.text or _("New sheet"),
            columns=told["columns"], rows=told["rows"], is_round=told["is_round"], **lengths,
        )  # fmt: skip

    def _draw(self) -> None:
        """Show the test page, or why the labels do not fit."""
        try:
            sheet = self._sheet()
            check(sheet)
            self.preview.show_pdf(tag_test.render(TagSheet(labels=sheet, tags=())).pdf)
        except RuleBroken as error:
            self.told.setText(_(error.message, **error.values))
            self.preview.show_pdf(b"")
        else:
            step = _("A step is from one label's edge to the same edge of the next.")
            count = _("{count} labels a page.", count=sheet.count)
            self.told.setText(f"{count} {step}")
