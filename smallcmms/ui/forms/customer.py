"""The form of a customer: a new one with its first person and site, or one that is there."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from smallcmms.domain.customers import CustomerKind, TaxProfile
from smallcmms.domain.phone import written
from smallcmms.services import contacts, customer_duplicates, customers, drafts, sites
from smallcmms.services.customer_duplicates import Like
from smallcmms.services.customers import CustomerPage, NewContact, NewSite
from smallcmms.texts import _
from smallcmms.ui.forms.customer_merge import reason_words
from smallcmms.ui.kit import (
    Button,
    Cell,
    Choice,
    Desk,
    Form,
    Label,
    LineBox,
    MoneyBox,
    Strip,
    TextBox,
    column,
    row,
)
from smallcmms.ui.lists.short_rows import ShortRows

DRAFT = ("customer", "new")
_TERMS = (0, 7, 14, 15, 30, 45, 60)


def kind_words() -> list[tuple[object, str]]:
    """Return the kinds of customer in words."""
    return [
        (CustomerKind.COMMERCIAL, _("Commercial")),
        (CustomerKind.RESIDENTIAL, _("Home")),
        (CustomerKind.INTERNAL, _("Our own")),
    ]


def terms_words(days: int) -> str:
    """Return terms of payment in words: Due now, Net 30."""
    return _("Due now") if days == 0 else _("Net {days}", days=days)


def _terms() -> list[tuple[object, str]]:
    return [(None, _("As the shop")), *((days, terms_words(days)) for days in _TERMS)]


class NewCustomerForm(QWidget):
    """Fill in a customer with a first person and a first site: a draft from the first key."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.form = Form(self, draft=self._keep)
        add = self.form.add
        self.first = add(
            "name", LineBox(_("Customer"), hint=_("Company or family"), is_needed=True)
        )
        contact = add(
            "contact", LineBox(_("Who to ask for"), hint=_("The customer, if left empty"))
        )
        phone = add("phone", LineBox(_("Phone"), read=written))
        address = add("address", LineBox(_("Where the work is"), hint=_("Street and number")))
        city = add("city", LineBox(_("City")))
        more = (
            row(add("role", LineBox(_("Role"))), add("email", LineBox(_("E-mail"))), gap=10),
            row(
                add("kind", Choice(_("Kind"), kind_words())),
                add("terms_days", Choice(_("Terms"), _terms())),
                gap=10,
            ),
        )
        boxes = (row(contact, phone, gap=10), row(address, city, gap=10), *more)
        note = Label(_("Only the name is needed."), "second")
        self._like = 0
        self.there = Button(_("Show it"), is_small=True, on=self._show_like)
        self.strip = Strip("amber", "", "", self.there, icon="copy")
        self.strip.hide()
        self.setLayout(column(self.first, self.strip, *boxes, note, None, gap=10))
        for name in ("name", "phone", "address", "email"):
            self.form.boxes[name].left.connect(self._look_for_it)

    def begin(self) -> None:
        """Start empty, or go on with the draft."""
        self.strip.hide()
        self.form.clear()
        self.form.boxes["kind"].set_value(CustomerKind.COMMERCIAL)
        kept = drafts.get(self.desk.store, *DRAFT) or {}
        kind = kept.get("kind")
        self.form.put_back({**kept, "kind": CustomerKind(kind)} if kind else kept)

    def make(self) -> int:
        """Add the customer that was filled in; return the id."""
        told = self.form.values()
        return customers.add(
            self.desk.store,
            name=told["name"],
            kind=told["kind"] or CustomerKind.COMMERCIAL,
            terms_days=told["terms_days"],
            contact=_contact(told),
            site=NewSite(address=told["address"], city=told["city"]) if told["address"] else None,
            draft=DRAFT,
        )

    def _look_for_it(self) -> None:
        """Look whether the customer is there already, beside what the person goes on typing."""
        typed = {
            name: self.form.boxes[name].typed for name in ("name", "phone", "email", "address")
        }
        store = self.desk.store
        self.desk.background.run(
            self, lambda: (typed, customer_duplicates.like(store, **typed)), self._tell_like
        )

    def _tell_like(self, answer: tuple[dict[str, str], list[Like]]) -> None:
        typed, found = answer
        is_now = all(self.form.boxes[name].typed == text for name, text in typed.items())
        if is_now:
            self._like = found[0].id if found else 0
            self.strip.setVisible(bool(found))
        if is_now and found:
            words = _(
                "{name}, {number}, is there already", name=found[0].name, number=found[0].number
            )
            self.strip.say(words, reason_words(found[0].reasons))

    def _show_like(self) -> None:
        self.desk.front.go("customers", self._like)

    def _keep(self, typed: dict[str, Any]) -> None:
        if any(typed[name] for name in ("name", "contact", "phone", "address")):
            drafts.keep(self.desk.store, *DRAFT, typed)
        else:
            drafts.drop(self.desk.store, *DRAFT)


def _contact(told: dict[str, Any]) -> NewContact | None:
    if not any(told[name] for name in ("contact", "phone", "email")):
        return None
    return NewContact(
        name=told["contact"] or told["name"],
        phone=told["phone"] or "",
        role=told["role"],
        email=told["email"],
    )


class CustomerForm(QWidget):
    """Edit a customer; what is changed is saved when a box is left."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.customer_id = 0
        self.form = Form(self, save=self._save)
        add = self.form.add
        self.first = add("name", LineBox(_("Customer"), is_needed=True))
        kind = add("kind", Choice(_("Kind"), kind_words()))
        terms = add("terms_days", Choice(_("Terms"), _terms()))
        bill_to = add("bill_to", TextBox(_("Bill to"), hint=_("The address on invoices")))
        taxed = [(TaxProfile.TAXABLE, _("Taxable")), (TaxProfile.EXEMPT, _("Exempt"))]
        tax = add("tax_profile", Choice(_("Tax"), taxed))
        certificate = add("exemption_certificate", LineBox(_("Exemption certificate")))
        asks = [(False, _("Not needed")), (True, _("Needed"))]
        order = add("is_po_required", Choice(_("Purchase order"), asks))
        limit = add("not_to_exceed", MoneyBox(_("Not to exceed"), desk.formats))
        notes = add("notes", TextBox(_("Notes"), rows=3))
        pairs = (
            row(kind, terms, gap=10),
            bill_to,
            row(tax, certificate, gap=10),
            row(order, limit, gap=10),
            notes,
        )
        self.gone = ShortRows[tuple[str, int, str]].of_cells(_gone, row=30, says=_("Put away"))
        self.gone.opened.connect(lambda place: self._bring_back(self.gone.row_of(place)))
        self.gone_title = Label(_("People and sites that were put away"), "label")
        self.setLayout(column(self.first, *pairs, self.gone_title, self.gone, None, gap=10))

    def show_customer(self, page: CustomerPage) -> None:
        """Edit a customer."""
        if page.id != self.customer_id:
            self.form.clear()
        self.customer_id = page.id
        self.form.fill({name: getattr(page, name) for name in self.form.boxes})
        self._show_gone()

    def _show_gone(self) -> None:
        store = self.desk.store
        gone = [("user", each.id, each.name) for each in contacts.archived(store, self.customer_id)]
        gone += [
            ("map-pin", each.id, each.label) for each in sites.archived(store, self.customer_id)
        ]
        self.gone.show_rows(gone)
        self.gone_title.setVisible(bool(gone))

    def _bring_back(self, each: tuple[str, int, str]) -> None:
        verb = contacts.restore_contact if each[0] == "user" else sites.restore_site
        verb(self.desk.store, each[1])
        self._show_gone()

    def _save(self, values: dict[str, Any]) -> None:
        customers.edit(self.desk.store, self.customer_id, **values)


def _gone(each: tuple[str, int, str]) -> Cell:
    return Cell(icon=each[0], first=each[2], right=_("Bring back"), right_tone="accent")
