"""The form of a customer: a new one with its first person and site, or one that is there."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from smallcmms.domain.customers import CustomerKind, TaxProfile
from smallcmms.domain.phone import written
from smallcmms.services import customers, drafts
from smallcmms.services.customers import CustomerPage, NewContact, NewSite
from smallcmms.texts import _
from smallcmms.ui.kit import Choice, Desk, Form, Label, LineBox, MoneyBox, TextBox, column, row

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
        self.setLayout(column(self.first, *boxes, note, None, gap=10))

    def begin(self) -> None:
        """Start empty, or go on with the draft."""
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
        self.setLayout(column(self.first, *pairs, None, gap=10))

    def show_customer(self, page: CustomerPage) -> None:
        """Edit a customer."""
        if page.id != self.customer_id:
            self.form.clear()
        self.customer_id = page.id
        self.form.fill({name: getattr(page, name) for name in self.form.boxes})

    def _save(self, values: dict[str, Any]) -> None:
        customers.edit(self.desk.store, self.customer_id, **values)
