"""The words of a work order: what is wrong, notes for the truck, what was found and done."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from smallcmms.services import choices, work_orders
from smallcmms.services.work_orders import WorkOrderPage
from smallcmms.texts import _
from smallcmms.ui.kit import Desk, Form, Label, PanelHeader, TextBox, block, column

_NOTE_ROWS = 3


class TruckNote(QWidget):
    """What the technician is to know; it saves by itself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self._work_order_id = desk, 0
        self.form = Form(self, save=self._save)
        hint = _("Which door, whom to ask, what to mind")
        says = _("Notes for the truck")
        self.note = self.form.add("truck_note", TextBox(hint=hint, rows=_NOTE_ROWS, says=says))
        self.note.text_edit.setProperty("look", "flat")
        header = PanelHeader("message-square", _("Notes for the truck"))
        inside = block(column(self.note, margins=(6, 4, 12, 10)))
        self.setLayout(column(header, inside, gap=0))

    def show_page(self, page: WorkOrderPage, *, is_open: bool) -> None:
        """Show the note of a work order; what is typed and not saved yet stays."""
        if page.id != self._work_order_id:
            self.form.keep()
            self.form.clear()
        self._work_order_id = page.id
        self.form.fill({"truck_note": page.truck_note})
        self.note.text_edit.setReadOnly(not is_open)
        self.setVisible(is_open or bool(page.truck_note))

    def _save(self, values: dict[str, Any]) -> None:
        work_orders.edit(self.desk.store, self._work_order_id, **values)


class FoundAndDid(QWidget):
    """What was found and did, how it is coded, what else was seen, and who signed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.text = Label("", wraps=True)
        self.coding, self.signed = Label("", "second", wraps=True), Label("", "second", wraps=True)
        self.seen = Label("", wraps=True, tone="orange")
        inside = column(
            self.text, self.coding, self.seen, self.signed, gap=4, margins=(12, 8, 12, 10)
        )
        header = PanelHeader("wrench", _("What was found and did"))
        self.setLayout(column(header, block(inside), gap=0))

    def show_page(self, page: WorkOrderPage) -> None:
        """Show what came back on the sheet, once something did."""
        seen = "\n".join(_("Saw: {text}", text=line.text) for line in page.deficiencies)
        said = (
            (self.text, page.found_and_did),
            (self.coding, self._coding(page)),
            (self.seen, seen),
            (self.signed, _signed(page)),
        )
        for label, words in said:
            label.setText(words)
            label.setVisible(bool(words))
        self.setVisible(any(words for _label, words in said))

    def _coding(self, page: WorkOrderPage) -> str:
        coded = (("problem", [page.problem]), ("cause", [page.cause]), ("remedy", page.remedies))
        said = []
        for kind, codes in coded:
            if any(codes):
                words = {each.code: each.text for each in choices.rows(self.desk.store, kind)}
                said.append(", ".join(words.get(code, code) for code in codes))
        return " · ".join(said)


def _signed(page: WorkOrderPage) -> str:
    parts = [
        _("Signed by {name}", name=page.signed_by) if page.signed_by else "",
        _("rated {n} of 5", n=page.rating) if page.rating else "",
        _("not happy") if page.is_unhappy else "",
    ]
    return ", ".join(filter(None, parts))
