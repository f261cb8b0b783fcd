"""Who is calling and from where: find as you type, or a new customer in three boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from smallcmms.domain import phone as phones
from smallcmms.services import advice, callers
from smallcmms.services.advice import Known
from smallcmms.services.callers import CallerRow
from smallcmms.services.calls import NewCustomer, Particulars
from smallcmms.services.messages import Incoming
from smallcmms.texts import _
from smallcmms.ui.kit import (
    Choice,
    Desk,
    FindBox,
    Form,
    Found,
    Label,
    LineBox,
    block,
    column,
    row,
)


class CallerBoxes(QWidget):
    """Find the caller; a known one brings phone, customer and site.

    ``edited`` tells of every key, ``moved`` that the site is another one, ``settled`` that the
    caller is known and the next thing is to be typed.
    """

    edited = Signal()
    moved = Signal()
    settled = Signal()

    def __init__(self, desk: Desk, form: Form) -> None:
        super().__init__()
        self._desk, self._has_chosen_place = desk, False
        self._known: Known | None = None
        self.who = form.add("caller", self._find_box())
        self.name = form.add("name", LineBox(_("Name")))
        self.phone = form.add("phone", LineBox(_("Phone or e-mail"), read=phones.written))
        self.address = form.add("address", LineBox(_("Street")))
        self.site = form.add("site_id", Choice(_("Site")))
        self.place = form.add("location_id", Choice(_("Where in the site")))
        self.fresh = block(column(row(self.name, self.phone, gap=8), self.address, gap=9))
        self.sites = block(row(self.site, self.place, gap=8))
        self._tell_phone, self._tell_more = Label("", "bold"), Label("", "second", is_cut=True)
        told = row(self._tell_phone, gap=6, margins=(2, 0, 2, 0))
        told.addWidget(self._tell_more, 1)
        self.told = block(told)
        pieces = (column(self.who, self.told, gap=3), self.fresh, self.sites)
        self.setLayout(column(*pieces, gap=9))
        self.site.changed.connect(self._move)
        self.place.changed.connect(self._choose_place)
        self.clear()

    def _find_box(self) -> FindBox:
        made = FindBox(
            _("Who is calling"),
            self._look,
            hint=_("3 letters or 4 digits of the phone"),
            icon="user",
            new=lambda text: _("New customer “{text}”", text=text),
            says=_("Who is calling"),
        )
        made.taken.connect(self._take)
        made.wants_new.connect(self._begin_new)
        made.cleared.connect(self._forget)
        made.line.returnPressed.connect(self.settled)
        return made

    @property
    def site_id(self) -> int | None:
        """Return where it is, if that is known."""
        return self.site.value if self._known else None

    @property
    def is_new(self) -> bool:
        """Tell whether a new customer is being taken in."""
        return self.fresh.isVisibleTo(self)

    def clear(self) -> None:
        """Know nobody."""
        self.who.set_value(None)
        self._know(None)
        self._show_new(is_new=False)

    def take(self, customer_id: int, contact_id: int | None = None) -> None:
        """Show a person or a customer as the caller."""
        self._know(advice.known(self._desk.store, customer_id, contact_id=contact_id))
        self._show_new(is_new=False)

    def go_to(self, site_id: int | None, location_id: int | None = None) -> None:
        """Show a site of the customer, and a place in it."""
        if site_id is not None and self._known:
            self.site.set_value(site_id)
            self._offer_places()
        self._has_chosen_place = location_id is not None
        self.place.set_value(location_id)

    def show_stranger(self, text: str) -> None:
        """Show somebody whom nobody knows, as they call themselves."""
        self.clear()
        self.who.show_taken(None, text)

    def show_sender(self, known: Incoming) -> None:
        """Show who wrote a message, and where it is."""
        if known.customer_id is not None:
            self.take(known.customer_id, known.contact_id)
            if known.site_id is not None:
                self.go_to(known.site_id, known.location_id)
        elif stranger := ", ".join(filter(None, (known.caller, known.address))):
            self.show_stranger(stranger)

    def follow(self, location_id: int | None) -> None:
        """Show where the asset stands, unless somebody chose a place."""
        if not self._has_chosen_place:
            self.place.set_value(location_id)

    def particulars(self) -> Particulars:
        """Return who calls and from where, for the request."""
        if self.is_new:
            return Particulars()
        if self._known is None:
            return self._stranger()
        caller = self._known.caller
        return Particulars(
            caller=caller.name,
            phone=caller.phone,
            customer_id=caller.customer_id,
            contact_id=caller.contact_id,
            site_id=self.site.value,
            location_id=self.place.value,
        )

    def new_customer(self) -> NewCustomer | None:
        """Return the customer to take in with the call."""
        if not self.is_new:
            return None
        told = self.phone.value or ""
        email, phone = (told, "") if "@" in told else ("", told)
        return NewCustomer(name=self.name.text, phone=phone, email=email, address=self.address.text)

    def content(self) -> dict[str, Any]:
        """Return everything as it was typed, for the draft."""
        caller = self._known.caller if self._known else None
        return {
            "who": self.who.text,
            "customer_id": caller.customer_id if caller else None,
            "contact_id": caller.contact_id if caller else None,
            "is_new": self.is_new,
            "name": self.name.typed,
            "phone": self.phone.typed,
            "address": self.address.typed,
            "site_id": self.site_id,
            "location_id": self.place.value if self._has_chosen_place else None,
        }

    def put_back(self, content: dict[str, Any]) -> None:
        """Show a draft again."""
        self.clear()
        if customer_id := content.get("customer_id"):
            self.take(customer_id, content.get("contact_id"))
            self.go_to(content.get("site_id"), content.get("location_id"))
        else:
            self.who.show_taken(None, content.get("who", ""))
        for box in ("name", "phone", "address"):
            getattr(self, box).put_back(content.get(box, ""))
        self._show_new(is_new=bool(content.get("is_new")))

    def _stranger(self) -> Particulars:
        text = self.who.text
        if any(letter.isalpha() for letter in text):
            return Particulars(caller=text)
        return Particulars(phone=phones.written(text))

    def _look(self, text: str) -> Sequence[Found]:
        return [self._found(each) for each in callers.callers(self._desk.store, text)]

    def _found(self, each: CallerRow) -> Found:
        customer = "" if each.customer == each.name else each.customer
        key = each.customer_id, each.contact_id
        return Found(key, each.name, customer, phones.written(each.phone))

    def _take(self, key: tuple[int, int | None]) -> None:
        self.take(*key)
        self.moved.emit()
        self.settled.emit()

    def _forget(self) -> None:
        self._know(None)
        self.moved.emit()

    def _begin_new(self, text: str) -> None:
        name, reached = _parted(text)
        self.name.set_value(name)
        self.phone.set_value(reached or None)
        self._know(None)
        self._show_new(is_new=True)
        next_box = self.address if reached else self.phone
        (next_box if name else self.name).setFocus()
        self.edited.emit()

    def _show_new(self, *, is_new: bool) -> None:
        self.fresh.setVisible(is_new)
        self.sites.setVisible(not is_new)

    def _know(self, known: Known | None) -> None:
        self._known, self._has_chosen_place = known, False
        self.told.setVisible(known is not None)
        self.site.set_items([(each.id, each.label) for each in known.sites] if known else [])
        self.site.set_value(known.site_id if known else None)
        self.site.editor.setEnabled(known is not None)
        self._offer_places()
        if known is not None:
            caller = known.caller
            is_same = caller.customer in ("", caller.name)
            text = caller.name if is_same else f"{caller.name}, {caller.customer}"
            self.who.show_taken((caller.customer_id, caller.contact_id), text)
            self._tell_phone.setText(phones.written(caller.phone))
            self._tell_more.setText(self._more(caller))

    def _more(self, caller: CallerRow) -> str:
        money = self._desk.formats.money
        owes = _("owes nothing")
        if caller.past_due:
            owes = _("owes {sum}, {late} late", sum=money(caller.owed), late=money(caller.past_due))
        elif caller.owed:
            owes = _("owes {sum}, none late", sum=money(caller.owed))
        told = " · ".join(filter(None, (caller.role, owes)))
        return f"· {told}" if caller.phone else told

    def _offer_places(self) -> None:
        found = advice.places(self._desk.store, self.site.value)
        anywhere: list[tuple[object, str]] = [(None, _("Anywhere"))]
        self.place.set_items([*anywhere, *((each.id, _written(each.path)) for each in found)])
        self.place.set_value(None)
        self.place.editor.setEnabled(bool(found))

    def _move(self) -> None:
        self._has_chosen_place = False
        self._offer_places()
        self.moved.emit()

    def _choose_place(self) -> None:
        self._has_chosen_place = True


def _parted(text: str) -> tuple[str, str]:
    """Return the name in what was typed, and the phone or the e-mail address."""
    if not any(letter.isalpha() for letter in text):
        return "", phones.written(text)
    words = text.replace(",", " ").split()
    address = next((word for word in words if "@" in word), "")
    return " ".join(word for word in words if word != address) if address else text, address


def _written(path: str) -> str:
    return path.replace(" › ", ", ")
