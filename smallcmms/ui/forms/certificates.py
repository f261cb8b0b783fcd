"""Certificates of a technician: their table and the form of one; and the days they are away."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from smallcmms.domain.absences import Absence
from smallcmms.domain.certificates import runs_out_soon
from smallcmms.services import certificates, technicians
from smallcmms.services.certificates import CertificateRow
from smallcmms.texts import _
from smallcmms.ui.kit import (
    Button,
    Cell,
    Column,
    DateBox,
    Desk,
    Form,
    Label,
    LineBox,
    block,
    column,
    row,
)
from smallcmms.ui.lists.short_rows import ShortRows


class CertificatesForm(QWidget):
    """Show what a technician is certified for, and add, change or put away a certificate."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._technician_id = desk, 0
        self._found: CertificateRow | None = None
        columns = [
            Column(_("Certificate"), lambda each: each.kind),
            Column(_("Number"), lambda each: each.number, 120),
            Column(_("Issued"), self._issued, 96),
            Column(_("Runs out"), self._expires, 140),
        ]
        self.list: ShortRows[CertificateRow] = ShortRows(columns, says=_("Certificates"))
        self.list.opened.connect(lambda place: self.edit(self.list.row_of(place)))
        self.none = Label(_("No certificates yet"), "second")
        self.form = Form(self)
        add = self.form.add
        self.kind = add("kind", LineBox(_("Certificate"), hint=_("EPA 608"), is_needed=True))
        number = add("number", LineBox(_("Number")))
        self.issued = add("issued_on", DateBox(_("Issued"), desk.formats, desk.today))
        self.expires = add("expires_on", DateBox(_("Runs out"), desk.formats, desk.today))
        self.do = Button("", on=self.save)
        self.away = Button(_("Put away"), "danger", is_small=True, on=self._put_away)
        self.back = Button(_("New"), "quiet", icon="plus", is_small=True, on=self.begin)
        boxes = row(gap=10)
        for box, wide in ((self.kind, 3), (number, 2), (self.issued, 2), (self.expires, 2)):
            boxes.addWidget(box, wide)
        foot = row(self.do, self.away, self.back, None)
        head = Label(_("Certificates"), "bold")
        self.setLayout(column(head, self.list, self.none, boxes, foot, gap=8))
        self.begin()

    def show_technician(self, technician_id: int) -> None:
        """Show the certificates of a technician."""
        if technician_id != self._technician_id:
            self._technician_id = technician_id
            self.begin()
        self.refresh()

    def refresh(self) -> None:
        """Show them as they are now."""
        if not self._technician_id:
            return
        found = certificates.rows(self._desk.store, self._technician_id)
        self.list.show_rows(found)
        self.none.setVisible(not found)

    def begin(self) -> None:
        """Begin a new certificate."""
        self._found = None
        self.form.clear()
        self.do.say(_("Add the certificate"))
        self.away.hide()
        self.back.hide()

    def edit(self, found: CertificateRow) -> None:
        """Change a certificate."""
        self._found = found
        names = ("kind", "number", "issued_on", "expires_on")
        self.form.fill({name: getattr(found, name) for name in names})
        self.do.say(_("Save the certificate"))
        self.away.show()
        self.back.show()
        self.kind.setFocus()

    def save(self) -> None:
        """Write the certificate as it is typed."""
        if not self.form.check():
            return
        values: dict[str, Any] = self.form.values()
        values["number"] = values["number"] or ""
        if self._found is None:
            certificates.add(self._desk.store, self._technician_id, **values)
        else:
            certificates.edit(self._desk.store, self._found.id, **values)
        self.begin()
        self.refresh()

    def _put_away(self) -> None:
        if self._found is not None:
            certificates.archive(self._desk.store, self._found.id)
            self._desk.front.toast(_("Certificate put away"))
            self.begin()
            self.refresh()

    def _issued(self, each: CertificateRow) -> str:
        return self._desk.formats.day_year(each.issued_on) if each.issued_on else ""

    def _expires(self, each: CertificateRow) -> Cell:
        if each.expires_on is None:
            return Cell(first=_("never"))
        today = self._desk.today()
        is_soon = runs_out_soon(each.expires_on, today)
        tone = "red" if each.expires_on < today else "amber" if is_soon else "text"
        return Cell(first=self._desk.formats.day_year(each.expires_on), tone=tone)


class AbsencesForm(QWidget):
    """Show when a technician is away, and note or take back an absence."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._technician_id = desk, 0
        self.list = ShortRows[Absence].of_cells(self._cell, says=_("Away"))
        self.list.opened.connect(self._take_back)
        self.form = Form(self)
        add = self.form.add
        first = DateBox(_("Away from"), desk.formats, desk.today, is_needed=True)
        self.first_on = add("first_on", first)
        self.last_on = add("last_on", DateBox(_("Through"), desk.formats, desk.today))
        do = Button(_("Note the absence"), on=self.save)
        boxes = row(self.first_on, self.last_on, block(column(19, do, None, gap=0)), None, gap=10)
        head = Label(_("Away"), "bold")
        self.setLayout(column(head, self.list, boxes, gap=8))

    def show_technician(self, technician_id: int) -> None:
        """Show the absences of a technician."""
        if technician_id != self._technician_id:
            self.form.clear()
        self._technician_id = technician_id
        self.refresh()

    def refresh(self) -> None:
        """Show them as they are now."""
        if self._technician_id:
            found = technicians.absences(self._desk.store, self._technician_id)
            today = self._desk.today()
            self.list.show_rows([each for each in found if each.last_on >= today])

    def save(self) -> None:
        """Note the absence that is typed; without an end it is one day."""
        if not self.form.check():
            return
        first = self.first_on.value
        last = self.last_on.value or first
        left = technicians.add_absence(
            self._desk.store, self._technician_id, first_on=first, last_on=last
        )
        if left:
            told = _("Off the board: {numbers}. Today reminds of it.", numbers=", ".join(left))
            self._desk.front.toast(told)
        self.form.clear()
        self.refresh()

    def _take_back(self, place: int) -> None:
        each = self.list.row_of(place)
        technicians.remove_absence(
            self._desk.store, self._technician_id, first_on=each.first_on, last_on=each.last_on
        )
        self._desk.front.toast(_("Absence taken back"))
        self.refresh()

    def _cell(self, each: Absence) -> Cell:
        day = self._desk.formats.day_year
        words = day(each.first_on)
        if each.last_on != each.first_on:
            words = _("{first} to {last}", first=words, last=day(each.last_on))
        return Cell(first=words, right=_("Enter takes it back"))
