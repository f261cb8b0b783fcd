"""The form that merges a customer into another: those that are like it, or any other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QWidget

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.likeness import Likeness
from smallcmms.services import customer_duplicates, customers
from smallcmms.services.customer_duplicates import Like
from smallcmms.texts import _
from smallcmms.ui.kit import (
    Desk,
    FindBox,
    Form,
    Found,
    Label,
    Option,
    Options,
    block,
    column,
)


def reason_words(reasons: Iterable[Likeness]) -> str:
    """Return why two customers may be one: same phone, like name."""
    words = {
        Likeness.PHONE: _("same phone"),
        Likeness.EMAIL: _("same e-mail"),
        Likeness.ADDRESS: _("same address"),
        Likeness.NAME: _("name like it"),
    }
    return ", ".join(words[reason] for reason in reasons)


class CustomerMergeForm(QWidget):
    """Choose the customer that is left; ``make`` merges."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.customer_id = 0
        self.form = Form(self)
        what = _(
            "People, sites, work, calls, talks, payments and drafts go over. Issued invoices stay "
            "as they are, and are owed by the customer that is left. Undo takes it back."
        )
        self.options = Options(says=_("Likely the same"))
        self.alike = Label(_("Likely the same"), "label")
        self.well = block(column(self.options, margins=(1, 1, 1, 1)), "well")
        words = _("Merge into")
        self.other = FindBox(words, self._look, hint=_("Name, number, phone"), says=words)
        self.first = self.form.add("into", self.other)
        self.options.chosen.connect(lambda _key: self.other.set_value(None))
        self.other.taken.connect(lambda _key: self.options.set_value(None))
        told = Label(what, "second", wraps=True)
        self.setLayout(column(told, self.alike, self.well, self.other, None, gap=10))

    def show_customer(self, customer_id: int) -> None:
        """Merge this customer; those that are like it are found meanwhile."""
        self.customer_id = customer_id
        self.form.clear()
        self._offer([])
        store = self.desk.store
        self.desk.background.run(
            self,
            lambda: (customer_id, customer_duplicates.of(store, customer_id)),
            lambda found: self._offer(found[1]) if found[0] == self.customer_id else None,
        )

    def make(self) -> int:
        """Merge, and return the customer that is left.

        Raises:
            RuleBroken: no customer was chosen.
        """
        into = self.other.value or self.options.value
        if into is None:
            raise RuleBroken("Say into which customer.", "into")
        customers.merge(self.desk.store, self.customer_id, into=int(str(into)))
        return int(str(into))

    def _offer(self, found: Sequence[Like]) -> None:
        options = [
            Option(each.id, each.name, second=reason_words(each.reasons), right=each.number)
            for each in found
        ]
        self.options.set_options(options)
        self.options.set_value(options[0].key if options else None)
        for piece in (self.alike, self.well):
            piece.setVisible(bool(options))

    def _look(self, text: str) -> Sequence[Found]:
        found = customers.find(self.desk.store, text=text)
        ids = [each for each in found if each != self.customer_id]
        rows = customers.rows(self.desk.store, ids[:8])
        return [Found(each, rows[each].name, rows[each].second, rows[each].number) for each in rows]
