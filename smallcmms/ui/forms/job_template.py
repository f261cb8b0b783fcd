"""The form of a job template: its checklist, parts, safety, time and price."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from smallcmms.domain.typed import read_quantity, read_whole
from smallcmms.services import job_templates, lookups
from smallcmms.services.job_templates import TemplateRow
from smallcmms.texts import _
from smallcmms.ui.kit import Desk, Form, LineBox, MoneyBox, TextBox, column, row


class JobTemplateForm(QWidget):
    """Write a job template; it is written anew when a box is left."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.record_id = desk, 0
        self.form = Form(self, save=lambda _values: self._save())
        add = self.form.add
        self.first = add("name", LineBox(_("Name"), is_needed=True))
        title = add("title", LineBox(_("Title of its work orders"), hint=_("the caller's words")))
        minutes = add("planned_minutes", LineBox(_("Minutes"), read=read_whole))
        price = add("flat_price", MoneyBox(_("Flat price, if any"), desk.formats))
        lines = add(
            "lines",
            TextBox(_("Checklist, a line each; a reading as: Motor current | A | 9.8"), rows=6),
        )
        parts = add("parts", TextBox(_("Parts, a line each, as: FS-10 × 1"), rows=3))
        safety = add("safety", TextBox(_("Safety, a line each"), rows=2))
        pairs = [(self.first, title), (minutes, price)]
        self.setLayout(
            column(*(row(*pair, gap=10) for pair in pairs), lines, parts, safety, None, gap=10)
        )

    def show_record(self, found: TemplateRow) -> None:
        """Edit a job template."""
        self.record_id = found.id
        self.form.clear()
        quantity = self.desk.formats.quantity
        self.form.fill(
            {
                "name": found.name,
                "title": found.title,
                "planned_minutes": found.planned_minutes,
                "flat_price": found.flat_price,
                "lines": "\n".join(map(job_templates.write_line, found.lines)),
                "parts": "\n".join(
                    f"{part.name} × {quantity(part.quantity)}" for part in found.parts
                ),
                "safety": "\n".join(found.safety),
            }
        )

    def begin(self) -> None:
        """Fill in a new job template."""
        self.record_id = 0
        self.form.clear()

    def make(self) -> int:
        """Add the job template that was filled in."""
        return job_templates.add(self.desk.store, **self._fields())

    def _save(self) -> None:
        if self.record_id:
            job_templates.edit(self.desk.store, self.record_id, **self._fields())

    def _fields(self) -> dict[str, Any]:
        values = self.form.values()
        values["lines"] = [job_templates.read_line(text) for text in _entries(values["lines"])]
        values["parts"] = [self._part(text) for text in _entries(values["parts"])]
        values["safety"] = _entries(values["safety"])
        return values

    def _part(self, text: str) -> tuple[int, Decimal]:
        name, sign, quantity = text.rpartition("×")
        part_id = lookups.part(self.desk.store, name if sign else text)
        if not sign:
            return part_id, Decimal(1)
        locale = self.desk.formats.locale
        return part_id, read_quantity(quantity, locale=locale, field="parts")


def _entries(text: str) -> list[str]:
    return [entry.strip() for entry in text.splitlines() if entry.strip()]
