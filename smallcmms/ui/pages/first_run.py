"""The first page of a person who has no shop file yet: begin one, or open one that is there."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, Qt, QTimeZone, Signal

from smallcmms.domain.money import Currency
from smallcmms.domain.typed import read_price
from smallcmms.texts import _, later
from smallcmms.ui.ask import Ask
from smallcmms.ui.view import View
from smallcmms.ui.widgets.box import LineBox
from smallcmms.ui.widgets.button import Button
from smallcmms.ui.widgets.choice import Choice
from smallcmms.ui.widgets.form import Form
from smallcmms.ui.widgets.label import Label
from smallcmms.ui.widgets.panel import Panel, block, column, row
from smallcmms.ui.widgets.segmented import Segmented
from smallcmms.ui.widgets.tick import Tick

_WIDE = 560
KINDS = "SmallCMMS (*.smallcmms)"
ZONES = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix",
    "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu", "America/Toronto",
    "America/Halifax", "Europe/London", "Europe/Berlin",
)  # fmt: skip
"""The times that are offered beside the machine's own."""
_LANDS = frozenset(
    ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
)


class FirstRunPage(View):
    """Three choices: your business, its money and paper; or a file that is there.

    ``brings_in`` tells whether a list is to be brought in once the new file is made.
    """

    title = later("Welcome")
    icon = "house"
    keys = (("Tab", later("next box")), ("Ctrl+Return", later("begin")))
    wants_new = Signal(object)
    wants_file = Signal(object)

    def __init__(self, ask: Ask, folder: Path) -> None:
        super().__init__()
        self._ask, self._folder = ask, folder
        self.brings_in = False
        self._make_boxes()
        self.open_button = Button(_("Open a shop file"), "quiet", on=self._open)
        panel = Panel()
        panel.setFixedWidth(_WIDE)
        panel.pad(
            Label(_("Your business"), "h1"),
            Label(_("This stands on every sheet and invoice."), "second"),
            self.name,
            row(self.phone, self.city),
            row(self.place, self.zone),
            row(self.labour, self.call_out),
            row(Label(_("Paper"), "label"), self.paper, None),
            Label(_("Money and time stay; everything else can be changed later."), "second"),
            self.brings,
            gap=12,
        )
        foot = row(
            self.open_button,
            None,
            Button(_("Begin"), "primary", key="Ctrl+Return", on=self._begin),
            margins=(16, 10, 16, 10),
        )
        panel.add(block(foot, "footer"))
        page = column(None, gap=0)
        page.addWidget(panel, 0, Qt.AlignmentFlag.AlignHCenter)
        page.addStretch(2)
        self.setLayout(page)

    def shown(self) -> None:
        """Begin with the name."""
        self.name.setFocus()

    def _make_boxes(self) -> None:
        self.form = Form(self)
        self.name = self.form.add("name", LineBox(_("Name"), is_needed=True))
        self.phone = self.form.add("phone", LineBox(_("Phone")))
        self.city = self.form.add("city", LineBox(_("Place")))
        moneys = [
            ("en_US USD", _("US dollar")),
            ("en_CA CAD", _("Canadian dollar")),
            ("en_GB GBP", _("Pound")),
            ("en_IE EUR", _("Euro, as in Ireland")),
            ("de_DE EUR", _("Euro, as in Germany")),
            ("de_CH CHF", _("Swiss franc")),
            ("en_AU AUD", _("Australian dollar")),
            ("en_NZ NZD", _("New Zealand dollar")),
        ]
        self.place = Choice(_("Money"), list({**_own_money(), **dict(moneys)}.items()))
        names = dict.fromkeys((*_here(), *ZONES))
        self.zone = Choice(_("Time"), [(zone, zone.replace("_", " ")) for zone in names])
        self.labour = self.form.add("labour", LineBox(_("Price of an hour"), read=self._price))
        self.call_out = self.form.add("call_out", LineBox(_("Service call"), read=self._price))
        self.paper = Segmented([("letter", "Letter"), ("a4", "A4")], says=_("Paper"))
        self.paper.set_value("letter")
        self.brings = Tick(_("Then bring in a list of customers, assets or past work"))

    def _price(self, typed: str) -> Decimal:
        locale, currency = self.place.value.split()
        return read_price(typed, locale=locale, currency=Currency(currency))

    def _begin(self) -> None:
        if not self.form.check():
            return
        locale, currency = self.place.value.split()
        facts: dict[str, Any] = self.form.values()
        facts |= {"locale": locale, "currency": currency, "zone": self.zone.value}
        self.brings_in = self.brings.isChecked()
        self.wants_new.emit(facts | {"paper": self.paper.value})

    def _open(self) -> None:
        path = self._ask.open_file(self, _("Open a shop file"), KINDS, self._folder)
        if path is not None:
            self.wants_file.emit(path)


def _own_money() -> dict[str, str]:
    """Return the money of the country this machine is set to, and how it is written there."""
    own = QLocale.system()
    code = own.currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode)
    name = own.currencySymbol(QLocale.CurrencySymbolFormat.CurrencyDisplayName)
    return {f"{own.name()} {code}": name} if code and name else {}


def _here() -> list[str]:
    """Return the time of this machine, where it names a place."""
    name = bytes(QTimeZone.systemTimeZoneId().data()).decode()
    return [name] if name.partition("/")[0] in _LANDS else []
