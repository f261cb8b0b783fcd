"""The pane of forms of the customers' page: a customer, a person, a site, a talk, a merge."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from smallcmms.services import contact_log, contacts, customers, sites
from smallcmms.texts import _
from smallcmms.ui.forms.contact import ContactForm
from smallcmms.ui.forms.contact_log import ContactLogForm
from smallcmms.ui.forms.customer import CustomerForm, NewCustomerForm
from smallcmms.ui.forms.customer_merge import CustomerMergeForm
from smallcmms.ui.forms.pane import FormPane
from smallcmms.ui.forms.site import SiteForm
from smallcmms.ui.kit import Desk


class CustomerPane(FormPane):
    """One form at a time; ``made`` tells the customer that was added or is left of a merge."""

    made = Signal(int)

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.new_form, self.form = NewCustomerForm(desk), CustomerForm(desk)
        self.contact_form, self.site_form = ContactForm(desk), SiteForm(desk)
        self.talk_form, self.merge_form = ContactLogForm(desk), CustomerMergeForm(desk)
        super().__init__(
            *(self.new_form, self.form, self.contact_form, self.site_form),
            *(self.talk_form, self.merge_form),
        )
        self.contact_form.put_away.connect(self.close_form)
        self.site_form.put_away.connect(self.close_form)

    def begin_customer(self) -> None:
        """Fill in a new customer, or go on with the draft."""
        self.new_form.begin()
        hint = _("Esc leaves; what is typed is kept as a draft.")
        words = _("Add customer")
        self.show_new(self.new_form, _("New customer"), words, self._make_customer, hint)

    def edit_customer(self, customer_id: int) -> None:
        """Edit a customer."""
        page = customers.get(self.desk.store, customer_id)
        self.form.show_customer(page)
        self.show_edit(self.form, page.name)

    def follow(self, customer_id: int) -> None:
        """Show what changed elsewhere in the form that is open."""
        if self.holds(self.form):
            self.form.show_customer(customers.get(self.desk.store, customer_id))
        elif self.holds(self.site_form) and self.site_form.site_id:
            self.site_form.places.look_up()

    def edit_person(self, customer_id: int, contact_id: int) -> None:
        """Edit a person of a customer; 0 is a new one."""
        found = {each.id: each for each in contacts.contacts(self.desk.store, customer_id)}
        if contact_id in found:
            self.contact_form.show_contact(found[contact_id], customer_id)
            self.show_edit(self.contact_form, found[contact_id].name)
            return
        self.contact_form.begin(customer_id)
        self.show_new(
            self.contact_form,
            _("New person"),
            _("Add person"),
            self._closing(self.contact_form.make),
        )

    def edit_site(self, customer_id: int, site_id: int) -> None:
        """Edit a site of a customer; 0 is a new one."""
        if site_id:
            site = sites.site(self.desk.store, site_id)
            self.site_form.show_site(site)
            self.show_edit(self.site_form, site.label)
            return
        self.site_form.begin(customer_id)
        self.show_new(
            self.site_form, _("New site"), _("Add site"), self._closing(self.site_form.make)
        )

    def write_down(self, customer_id: int, entry_id: int = 0) -> None:
        """Write down a talk with a customer, or put one right."""
        entries = contact_log.rows(self.desk.store, customer_id) if entry_id else []
        entry = next((each for each in entries if each.id == entry_id), None)
        if entry is not None:
            self.talk_form.show_entry(customer_id, entry)
            self.show_edit(self.talk_form, _("What was said"))
            return
        self.talk_form.begin(customer_id)
        make = self._closing(self.talk_form.make)
        self.show_new(self.talk_form, _("What was said"), _("Write it down"), make)

    def merge(self, customer_id: int) -> None:
        """Ask into which customer this one is merged."""
        name = customers.get(self.desk.store, customer_id).name
        self.merge_form.show_customer(customer_id)
        self.show_new(self.merge_form, _("Merge {name}", name=name), _("Merge"), self._merge)

    def _merge(self) -> None:
        into = self.merge_form.make()
        self.close_form()
        self.made.emit(into)
        self.desk.front.toast(
            _("Merged into {name}", name=customers.get(self.desk.store, into).name)
        )

    def _make_customer(self) -> None:
        customer_id = self.new_form.make()
        self.close_form()
        self.made.emit(customer_id)
        name = customers.get(self.desk.store, customer_id).name
        self.desk.front.toast(_("Added {name}", name=name))

    def _closing(self, make: Callable[[], object]) -> Callable[[], None]:
        def act() -> None:
            make()
            self.close_form()

        return act
