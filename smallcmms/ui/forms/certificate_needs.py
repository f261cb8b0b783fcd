"""What work asks for: which certificate for which class of assets, which asset, which site."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from smallcmms.domain.certificates import runs_out_soon
from smallcmms.domain.errors import RuleBroken
from smallcmms.services import asset_classes, certificates, search
from smallcmms.services.certificates import CertificateRow, NeedRow
from smallcmms.texts import _
from smallcmms.ui.kit import (
    Button,
    Cell,
    Choice,
    Desk,
    FindBox,
    Form,
    Found,
    Label,
    LineBox,
    column,
    row,
)
from smallcmms.ui.lists.short_rows import ShortRows

_KINDS = ("asset", "site")


class NeedsForm(QWidget):
    """Show what is asked for and what runs out soon, and ask for another certificate."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.needs = ShortRows[NeedRow].of_cells(_need, says=_("Asked for"))
        self.needs.opened.connect(self._ask_no_more)
        self.soon = ShortRows[CertificateRow].of_cells(self._soon, says=_("Runs out soon"))
        self.none = Label(_("No work asks for a certificate yet."), "second")
        self.fine = Label(_("Nothing runs out in the next 30 days."), "second")
        self.form = Form(self)
        add = self.form.add
        self.kind = add("kind", LineBox(_("Certificate"), hint=_("EPA 608"), is_needed=True))
        self.of_class = add("asset_class_id", Choice(_("Asset class")))
        words = _("Or an asset or site")
        self.where = add("where", FindBox(words, self._look, says=words))
        self.of_class.changed.connect(lambda: self.where.set_value(None))
        self.where.taken.connect(lambda _key: self.of_class.set_value(None))
        do = Button(_("Ask for it"), on=self.save)
        boxes = row(gap=10)
        for box, wide in ((self.kind, 3), (self.of_class, 3), (self.where, 4)):
            boxes.addWidget(box, wide)
        boxes.addLayout(column(19, do, None, gap=0))
        self.setLayout(
            column(
                Label(_("Work asks for"), "bold"), self.needs, self.none, boxes, 12,
                Label(_("Runs out soon"), "bold"), self.soon, self.fine, None,
                gap=8, margins=(16, 12, 16, 12),
            )
        )  # fmt: skip

    def refresh(self) -> None:
        """Show everything as it is now."""
        store = self._desk.store
        needs, soon = certificates.needs(store), certificates.running_out(store)
        self.needs.show_rows(needs)
        self.soon.show_rows(soon)
        self.none.setVisible(not needs)
        self.fine.setVisible(not soon)
        none: list[tuple[object, str]] = [(None, _("None"))]
        self.of_class.set_items(
            [*none, *((each.id, each.name) for each in asset_classes.rows(store))]
        )

    def save(self) -> None:
        """Ask for the certificate that is typed."""
        if not self.form.check():
            return
        where: dict[str, int] = {}
        if self.of_class.value is not None:
            where["asset_class_id"] = self.of_class.value
        elif self.where.value is not None:
            record, record_id = self.where.value
            where[f"{record}_id"] = record_id
        else:
            message = "Say which class of assets, asset or site asks for it."
            raise RuleBroken(message, "where")
        certificates.ask_for(self._desk.store, kind=self.kind.text, **where)
        self.form.clear()
        self.refresh()

    def _ask_no_more(self, place: int) -> None:
        need = self.needs.row_of(place)
        certificates.ask_no_more(self._desk.store, need.id)
        self._desk.front.toast(_("{kind} is asked for there no more", kind=need.kind))
        self.refresh()

    def _look(self, text: str) -> Sequence[Found]:
        hits = search.find(self._desk.store, text)
        return [
            Found((hit.kind, hit.id), hit.number or hit.title, hit.title)
            for hit in hits
            if hit.kind in _KINDS
        ]

    def _soon(self, each: CertificateRow) -> Cell:
        today, day = self._desk.today(), each.expires_on
        words = self._desk.formats.day_year(day) if day else ""
        is_over = day is not None and day < today
        tone = "red" if is_over else "amber" if runs_out_soon(day, today) else "text2"
        right = _("ran out {day}", day=words) if is_over else _("runs out {day}", day=words)
        return Cell(first=each.technician, then=each.kind, right=right, right_tone=tone)


def _need(each: NeedRow) -> Cell:
    return Cell(first=each.kind, then=_("for {where}", where=each.where), right=_("take back"))
