"""Printing tags: the label sheet, the first free label, the nudge, and the sheet as it will be."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from smallcmms.domain.errors import RuleBroken
from smallcmms.reports import labels
from smallcmms.reports import tags as report
from smallcmms.reports.page import Rendered
from smallcmms.services import settings
from smallcmms.services.papers import tags
from smallcmms.texts import _, _n
from smallcmms.ui.kit import (
    Button,
    Choice,
    Desk,
    Form,
    Label,
    LineBox,
    Panel,
    PanelHeader,
    PdfPreview,
    QuantityBox,
    block,
    column,
    line,
    row,
)

SETTING = "tags"
_SIDE = 236


class PrintTags(Panel):
    """Print the tags of some assets; ``closed`` tells that the person is done.

    Label sheet, first label and nudge are remembered; a printed sheet moves the first label on.
    """

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._asset_ids: Sequence[int] = ()
        self.header = PanelHeader("qr-code", _("Print tags"), is_big=True)
        self.add(self.header)
        self.preview = PdfPreview(says=_("Preview of the label sheet"))
        inside = row(gap=0)
        inside.addWidget(self._side())
        inside.addWidget(line(is_upright=True))
        inside.addWidget(self.preview, 1)
        self.body.addLayout(inside, 1)
        self.print_button = Button(
            _("Print tags"), "primary", icon="printer", key="Ctrl+Return", on=self.print_sheet
        )
        save = Button(_("Save as PDF"), icon="download", on=self.save_sheet)
        back = Button(_("Back"), on=self.close_form)
        foot = row(self.print_button, save, back, None, margins=(16, 8, 16, 8))
        self.add(block(foot, "footer"))

    def _side(self) -> Any:
        formats = self.desk.formats
        self.form = Form(self)
        add = self.form.add
        sheets = [(key, sheet.name) for key, sheet in labels.formats().items()]
        self.sheet = add("label_format", Choice(_("Label sheet"), sheets))
        self.start = add("start_at", LineBox(_("Start at label"), read=_whole, is_needed=True))
        nudge_x = add("nudge_x_mm", QuantityBox(_("Move right, mm"), formats))
        nudge_y = add("nudge_y_mm", QuantityBox(_("Move down, mm"), formats))
        self.hint = Label("", "second", wraps=True)
        self.form.edited.connect(self._draw)
        boxes = column(self.sheet, self.start, nudge_x, nudge_y, self.hint, None, gap=10)
        boxes.setContentsMargins(16, 12, 16, 12)
        side = block(boxes)
        side.setFixedWidth(_SIDE)
        return side

    def show_tags(self, asset_ids: Sequence[int]) -> None:
        """Lay the tags of these assets out."""
        self._asset_ids = asset_ids
        self.header.title.setText(_n("Print {n} tag", "Print {n} tags", len(asset_ids)))
        kept = settings.get(self.desk.store, SETTING)
        nudges = {name: Decimal(kept.get(name) or "0") for name in ("nudge_x_mm", "nudge_y_mm")}
        self.form.fill({"label_format": "5160", "start_at": 1} | kept | nudges)
        self._draw()
        self.start.setFocus()
        self.start.line.selectAll()

    def print_sheet(self) -> None:
        """Print the sheet, and remember which label is free next."""
        title = self.header.title.text()
        if self.desk.printing.print(self, self._pdf(), title):
            self._go_on()
            words = _n("Printed {n} tag", "Printed {n} tags", self._count)
            self.desk.front.toast(words, has_undo=False)
            self.close_form()

    def save_sheet(self) -> None:
        """Write the sheet into a file."""
        saved = self.desk.printing.save(self, self._pdf(), Path(_("Tags") + ".pdf"))
        if saved is not None:
            self._go_on()
            self.desk.front.toast(_("Saved {name}", name=saved.name), has_undo=False)

    def close_form(self) -> None:
        """Remember the choices and go back."""
        self._remember(self._typed_start())
        self.closed.emit()

    @property
    def _count(self) -> int:
        return len(self._asset_ids)

    def _typed_start(self) -> int:
        try:
            return int(self.start.value)
        except RuleBroken:
            return 1

    def _go_on(self) -> None:
        labels_of_sheet = labels.label_format(self.sheet.value).count
        start = (self._typed_start() - 1 + self._count) % labels_of_sheet + 1
        self.start.set_value(start)
        self._remember(start)

    def _remember(self, start: int) -> None:
        values = {"label_format": self.sheet.value, "start_at": start}
        for name in ("nudge_x_mm", "nudge_y_mm"):
            box = self.form.boxes[name]
            values[name] = str(box.value or 0) if box.check() else "0"
        settings.keep(self.desk.store, SETTING, values)

    def _draw(self) -> None:
        self.hint.setText("")
        try:
            drawn = self._drawn(has_guides=True)
            self.preview.show_pdf(drawn.pdf)
        except RuleBroken as error:
            self.hint.setText(_(error.message, **error.values))
        else:
            sheet = labels.label_format(self.sheet.value)
            missing = _("No letters to print: {letters}", letters=" ".join(drawn.missing))
            self.hint.setText(
                missing
                if drawn.missing
                else _("Dashed lines do not print.")
                if sheet.is_checked
                else _("Dashed lines do not print. Try this sheet on plain paper first.")
            )

    def _pdf(self) -> bytes:
        return self._drawn().pdf

    def _drawn(self, *, has_guides: bool = False) -> Rendered:
        told = self.form.values()
        sheet = tags.tags(
            self.desk.store,
            self._asset_ids,
            label_format=told["label_format"],
            start_at=told["start_at"],
            nudge_x_mm=told["nudge_x_mm"] or Decimal(0),
            nudge_y_mm=told["nudge_y_mm"] or Decimal(0),
            has_guides=has_guides,
        )
        return report.render(sheet)


def _whole(text: str) -> int:
    if not text.isdecimal():
        raise RuleBroken("Write a number, for example 4.", "start_at")
    return int(text)
