"""What the page of a customer shows of one customer."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from smallcmms.domain.customers import CustomerKind, TaxProfile
from smallcmms.services import customers, lately, standings
from smallcmms.services.customers import ContactRow, CustomerPage, SiteRow
from smallcmms.services.lately import Lately
from smallcmms.services.standings import Prices, Standing
from smallcmms.store.store import Store
from smallcmms.texts import _, _n
from smallcmms.ui.forms.contact_log import ICONS as TALK_ICONS
from smallcmms.ui.forms.customer import terms_words
from smallcmms.ui.forms.files import FilesBlock
from smallcmms.ui.kit import (
    Button,
    Cell,
    Column,
    Desk,
    Label,
    Panel,
    PanelHeader,
    Strip,
    column,
    line,
    row,
    scrolled,
)
from smallcmms.ui.lists.short_rows import ShortRows
from smallcmms.ui.pages.customer_work import Bills, OpenWork, open_work, unpaid
from smallcmms.ui.widgets.fact import Fact, Facts
from smallcmms.ui.widgets.two_columns import TwoColumns

KIND_ICONS = {
    CustomerKind.COMMERCIAL: "building-2",
    CustomerKind.RESIDENTIAL: "house",
    CustomerKind.INTERNAL: "factory",
}
_LATELY_ICONS = {
    "request": "phone",
    "work_order": "circle-check",
    "invoice": "send",
    "payment": "banknote",
}
_FEW, _MANY = 5, 60
_TWO = 46
_LINE = 26


class CustomerDetails(Panel):
    """One customer: figures, open work, invoices, what was lately, people, sites, prices."""

    wants_person = Signal(int)
    wants_site = Signal(int)
    wants_talk = Signal(int)

    def __init__(self, desk: Desk, buttons: list[Button]) -> None:
        super().__init__()
        self.desk = desk
        self.page: CustomerPage | None = None
        self.name, self.number = Label("", "h1", is_cut=True), Label("", "key")
        self.name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.second = Label("", tone="text2", is_cut=True)
        self._make_head(buttons)
        self._make_figures()
        self.work, self.bills = OpenWork(desk), Bills(desk)
        self._make_lately()
        wide = _stacked(self.work, self.bills, self._lately_header, self.lately)
        self._make_people()
        self._make_sites()
        self._make_door()
        self._make_prices()
        self.files = FilesBlock(desk, "customer")
        narrow = _stacked(
            *(self._people_header, self.people, line(), self._sites_header, self.sites, line()),
            *(self._door, line(), PanelHeader("wallet", _("Prices")), self.prices),
            *(line(), self.files),
        )
        self.add(scrolled(TwoColumns(wide, narrow)), 1)

    @classmethod
    def rehearse(cls, store: Store, customer_id: int) -> Iterator[None]:
        """Ask what showing a customer asks."""
        customers.get(store, customer_id)
        standings.of(store, customer_id)
        yield
        open_work(store, customer_id)
        unpaid(store, customer_id)
        lately.lately(store, customer_id, limit=_FEW)
        customers.sites(store, customer_id)

    def show_customer(self, customer_id: int) -> None:
        """Show a customer."""
        store = self.desk.store
        self.page = customers.get(store, customer_id)
        self.files.show_record(customer_id)
        self._say_head(self.page)
        self._say_strip(self.page)
        self._say_figures(standings.of(store, customer_id))
        self.work.show_customer(customer_id)
        self.bills.show_customer(customer_id)
        self.lately.show_rows(lately.lately(store, customer_id, limit=self._told))
        self.people.show_rows(self.page.contacts)
        self._people_header.count.setText(str(len(self.page.contacts)))
        self._say_sites(customers.sites(store, customer_id))

    def _make_head(self, buttons: list[Button]) -> None:
        words = column(row(self.name, self.number, None, gap=10), self.second, gap=2)
        head = row(gap=8, margins=(16, 12, 16, 12))
        head.addLayout(words, 1)
        for button in buttons:
            head.addWidget(button)
        self.body.addLayout(head)
        self.go_there = Button(_("Show it"), is_small=True, on=self._show_other)
        self.strip = Strip("amber", "", "", self.go_there, icon="package")
        self.add(self.strip)
        self.add(line())

    def _make_figures(self) -> None:
        labels = (_("Open work"), _("Owes you"), _("Pays in"), _("Spent with you"), _("Assets"))
        self.figures = [Fact(label, "h2") for label in labels]
        self.add(Facts(self.figures))
        self.add(line())

    def _make_lately(self) -> None:
        self._told = _FEW
        self.all_of_it = Button(_("More"), "quiet", on=self._show_more)
        write = Button(_("Write down"), "quiet", icon="plus", on=lambda: self.wants_talk.emit(0))
        write.setAccessibleName(_("Write down what was said"))
        self._lately_header = PanelHeader("history", _("Last time"), "", self.all_of_it, write)
        columns = [Column("", self._when, 126), Column("", self._what)]
        self.lately = ShortRows[Lately](columns, row=_LINE, says=_("Last time"))
        self.lately.opened.connect(self._open_lately)

    def _make_people(self) -> None:
        add = Button(_("Add"), "quiet", icon="plus", on=lambda: self.wants_person.emit(0))
        add.setAccessibleName(_("Add a person"))
        self._people_header = PanelHeader("users", _("People"), "", add)
        self.people = ShortRows[ContactRow].of_cells(_person, row=_TWO, says=_("People"))
        self.people.opened.connect(
            lambda place: self.wants_person.emit(self.people.row_of(place).id)
        )

    def _make_sites(self) -> None:
        add = Button(_("Add"), "quiet", icon="plus", on=lambda: self.wants_site.emit(0))
        add.setAccessibleName(_("Add a site"))
        self._sites_header = PanelHeader("map-pin", _("Sites"), "", add)
        self.sites = ShortRows[SiteRow].of_cells(_site, row=_TWO, says=_("Sites"))
        self.sites.opened.connect(lambda place: self.wants_site.emit(self.sites.row_of(place).id))

    def _make_door(self) -> None:
        self.show_code = Button(_("Show code"), "quiet", on=self._show_code)
        self.door = Label("", wraps=True)
        note = _("Codes stay off paper unless you turn it on for one job.")
        inside = column(self.door, Label(note, "second", wraps=True), gap=2, margins=(14, 8, 14, 8))
        header = PanelHeader("key-round", _("Getting in"), "", self.show_code)
        self._door = _stacked(header, _held(inside))

    def _make_prices(self) -> None:
        self.prices = ShortRows[tuple[str, str]].of_cells(
            lambda each: Cell(first=each[0], tone="text2", right=each[1], right_tone="text"),
            row=_LINE,
            says=_("Prices"),
        )

    def _say_head(self, page: CustomerPage) -> None:
        self.name.setText(page.name)
        self.number.setText(page.number)
        is_taxed = page.tax_profile is TaxProfile.TAXABLE
        parts = (
            ", ".join(page.bill_to.split("\n")),
            terms_words(page.shown_terms_days),
            _("taxable") if is_taxed else _("tax exempt"),
            _("archived") if page.archived_on else "",
        )
        self.second.setText(" · ".join(filter(None, parts)))

    def _say_strip(self, page: CustomerPage) -> None:
        self.strip.setVisible(page.archived_on is not None)
        self.go_there.setVisible(page.merged_into_id is not None)
        if page.merged_into_id is not None:
            other = customers.get(self.desk.store, page.merged_into_id)
            words = _("Merged into {name}, {number}", name=other.name, number=other.number)
            self.strip.say(words, _("What was issued to this name stays as it is."))
        elif page.archived_on is not None:
            day = self.desk.formats.day_year(page.archived_on)
            self.strip.say(_("Archived {day}", day=day), _("Work and invoices are kept."))

    def _show_other(self) -> None:
        if self.page is not None and self.page.merged_into_id is not None:
            self.desk.front.go("customers", self.page.merged_into_id)

    def _show_more(self) -> None:
        """Tell more of what was, or only the last of it again."""
        self._told = _MANY if self._told == _FEW else _FEW
        self.all_of_it.say(_("More") if self._told == _FEW else _("Less"))
        if self.page is not None:
            told = lately.lately(self.desk.store, self.page.id, limit=self._told)
            self.lately.show_rows(told)

    def _say_figures(self, standing: Standing) -> None:
        work, owed, pays, spent, machines = self.figures
        money = self.desk.formats.money
        critical = standing.critical_calls
        calls = _n("{n} critical call waiting", "{n} critical calls waiting", critical)
        work.say(str(standing.open_work), calls if critical else "", second_tone="red")
        late = _("{amount} past due", amount=money(standing.past_due))
        owed.say(money(standing.owed), late if standing.past_due else "", second_tone="red")
        days = "" if standing.pays_in is None else _n("{n} day", "{n} days", standing.pays_in)
        pays.say(days, _("average, 12 months"))
        spent.say(money(standing.spent), _("last 12 months"))
        machines.say(str(standing.assets))
        self.prices.show_rows(self._price_lines(standing.prices))

    def _price_lines(self, prices: Prices) -> list[tuple[str, str]]:
        formats, lines = self.desk.formats, []
        if prices.hour is not None:
            lines.append((_("Labor"), _("{price} / h", price=formats.price(prices.hour))))
        if prices.after_hours_times is not None:
            times = formats.quantity(round(prices.after_hours_times, 3))
            lines.append((_("After hours"), _("× {times}", times=times)))
        if prices.call_out is not None:
            lines.append((_("Service call"), formats.price(prices.call_out)))
        return [*lines, (_("Parts"), _("list price"))]

    def _say_sites(self, found: list[SiteRow]) -> None:
        self.sites.show_rows(found)
        self._sites_header.count.setText(str(len(found)))
        self._say_door(found)

    def _say_door(self, found: list[SiteRow], codes: dict[int, str] | None = None) -> None:
        lines = [self._door_line(site, len(found), (codes or {}).get(site.id)) for site in found]
        self.door.setText("\n".join(filter(None, lines)))
        self._door.setVisible(bool(self.door.text()))
        self.show_code.setVisible(any(site.has_code for site in found) and codes is None)

    def _door_line(self, site: SiteRow, count: int, code: str | None) -> str:
        shown = _("Code {code}.", code=code or "••••") if site.has_code else ""
        words = " ".join(filter(None, (site.access_notes, shown)))
        return f"{site.label}: {words}" if words and count > 1 else words

    def _show_code(self) -> None:
        if self.page is not None:
            found = customers.sites(self.desk.store, self.page.id)
            with_code = [site for site in found if site.has_code]
            codes = {site.id: customers.show_code(self.desk.store, site.id) for site in with_code}
            self._say_door(found, codes)

    def _when(self, told: Lately) -> Cell:
        formats, today = self.desk.formats, self.desk.today()
        if told.at is None:
            return Cell(first=formats.relative_day(told.on, today), tone="text2")
        return Cell(first=formats.moment(told.at, today), tone="text2")

    def _what(self, told: Lately) -> Cell:
        icon = TALK_ICONS[told.how] if told.how else _LATELY_ICONS[told.kind]
        return Cell(icon=icon, first=self._lately_words(told))

    def _lately_words(self, told: Lately) -> str:
        amount = "" if told.amount is None else self.desk.formats.money(told.amount)
        if told.kind == "request":
            who = told.who or _("Somebody")
            return _(
                "{who} called: {words}, {number}", who=who, words=told.text, number=told.number
            )
        if told.kind == "contact_log":
            words = " ".join(told.text.split())
            return f"{told.who}: {words}" if told.who else words
        if told.kind == "invoice":
            return _("{number} sent, {amount}", number=told.number, amount=amount)
        if told.kind == "payment":
            return ", ".join(filter(None, (_payment_word(told.who), told.text, amount)))
        return f"{told.text}, {told.number}"

    def _open_lately(self, place: int) -> None:
        told = self.lately.row_of(place)
        pages = {"request": "requests", "work_order": "work_orders", "invoice": "invoices"}
        if told.kind == "contact_log":
            self.wants_talk.emit(told.id)
        elif told.kind in pages:
            self.desk.front.go(pages[told.kind], told.id)


def _payment_word(way: str) -> str:
    words = {
        "check": _("Check"),
        "card": _("Card"),
        "transfer": _("Transfer"),
        "cash": _("Cash"),
        "write_off": _("Written off"),
    }
    return words.get(way, _("Payment"))


def _person(person: ContactRow) -> Cell:
    second = ", ".join(filter(None, (person.role, person.email)))
    return Cell(first=person.name, second=second, right=person.phone or person.mobile, is_bold=True)


def _site(site: SiteRow) -> Cell:
    count = _n("{n} asset", "{n} assets", site.asset_count)
    second = ", ".join(filter(None, (site.address if site.name else "", site.city)))
    return Cell(
        icon="building-2",
        first=site.label,
        second=second,
        right=count,
        right_tone="accent",
        is_bold=True,
    )


def _stacked(*pieces: QWidget) -> QWidget:
    return _held(column(*pieces, None, gap=0))


def _held(layout: QLayout) -> QWidget:
    made = QWidget()
    made.setLayout(layout)
    return made
