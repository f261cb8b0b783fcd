"""The work order that a PM schedule makes: on what, by which checklist, who, for how much."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QMenu, QWidget

from smallcmms.domain.work_orders import BillingRule
from smallcmms.services import job_templates, technicians
from smallcmms.services.pm_offers import Offers
from smallcmms.services.pm_pages import PmPage
from smallcmms.texts import _, _n
from smallcmms.ui import errors
from smallcmms.ui.forms.work_order import find_assets
from smallcmms.ui.kit import (
    Choice,
    Desk,
    FindBox,
    Form,
    Found,
    Label,
    LineBox,
    MoneyBox,
    QuantityBox,
    block,
    column,
    row,
    theme,
)
from smallcmms.ui.widgets.flow import Flow
from smallcmms.ui.widgets.tag_chip import ChosenBox

_LABEL, _HOURS = 86, 74
_MINUTES = Decimal(60)


class PmWork(QWidget):
    """The boxes of the work order, in a form of somebody else."""

    def __init__(self, desk: Desk, form: Form) -> None:
        super().__init__()
        self._desk, self._form = desk, form
        self._offers = Offers(None, (), (), ())
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnMinimumWidth(0, theme.px(_LABEL))
        self._grid.setColumnStretch(1, 1)
        self._add_boxes()
        self.setLayout(column(Label(_("The work order"), "h3"), self._grid, gap=6))
        self.template.changed.connect(self._show_parts)
        self.rule.changed.connect(self._fit)
        self.assets.wants_more.connect(self._look_for_asset)
        self.another.taken.connect(errors.guarded(self, self._take_asset))
        self.covers.wants_more.connect(self._offer_schedules)

    def _add_boxes(self) -> None:
        add, formats = self._form.add, self._desk.formats
        self.name = add("name", LineBox(size="small", is_needed=True, says=_("What is done")))
        self.assets = add("assets", ChosenBox(says=_("Assets")))
        self.another = FindBox("", self._assets, hint=_("Code or name"), says=_("Another asset"))
        self.another.hide()
        self.template = add("job_template_id", Choice(size="small", says=_("Checklist")))
        self.who = add("technician_id", Choice(size="small", says=_("Who")))
        self.hours = add("hours", QuantityBox("", formats, size="small", hint="h", says=_("Hours")))
        self.hours.setFixedWidth(theme.px(_HOURS))
        self.parts = Flow()
        self.rule = add("billing_rule", Choice("", billing_words(), size="small", says=_("Price")))
        self.price = add("flat_price", MoneyBox("", formats, size="small", says=_("Flat price")))
        self.price.setFixedWidth(theme.px(_HOURS))
        self.covers = add("covers", ChosenBox(says=_("Smaller schedules that it includes")))
        who, price = row(gap=6), row(gap=6)
        who.addWidget(self.who, 1)
        who.addWidget(self.hours)
        price.addWidget(self.rule, 1)
        price.addWidget(self.price)
        self._put(_("What is done"), self.name)
        self._put(_("Assets"), block(column(self.assets, self.another, gap=4)))
        self._put(_("Checklist"), self.template)
        self._put(_("Who, how long"), block(who))
        self._put(_("Reserve parts"), self.parts)
        self._put(_("Price"), block(price))
        self._put(_("Includes"), self.covers)

    def _put(self, words: str, piece: QWidget) -> None:
        at = self._grid.rowCount()
        label = Label(words, "label")
        self._grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
        label.setMinimumHeight(theme.px(26))
        self._grid.addWidget(piece, at, 1)

    def offer(self, offers: Offers) -> None:
        """Offer what can be chosen now."""
        self._offers, store = offers, self._desk.store
        none: list[tuple[object, str]] = [(None, _("None"))]
        self._templates = job_templates.rows(store)
        listed = [(each.id, _checklist(each)) for each in self._templates]
        self.template.set_items([*none, *listed])
        anybody: list[tuple[object, str]] = [(None, _("Whoever can go"))]
        people = [(each.id, each.name) for each in technicians.rows(store)]
        self.who.set_items([*anybody, *people])
        self.covers.add.setEnabled(bool(offers.schedules))
        self._fit()

    def values_of(self, page: PmPage) -> dict[str, Any]:
        """Return what the boxes show of a schedule."""
        minutes = page.planned_minutes
        return {
            "name": page.name,
            "assets": page.assets,
            "job_template_id": page.job_template_id,
            "technician_id": page.technician_id,
            "hours": None if minutes is None else Decimal(minutes) / _MINUTES,
            "billing_rule": page.billing_rule,
            "flat_price": page.flat_price,
            "covers": page.covers,
        }

    def after_fill(self) -> None:
        """Show what follows from the boxes."""
        self.another.hide()
        self._show_parts()
        self._fit()

    def _fit(self) -> None:
        self.price.setVisible(self.rule.value == BillingRule.FLAT_RATE)

    def _show_parts(self) -> None:
        chosen = [each for each in self._templates if each.id == self.template.value]
        parts = chosen[0].parts if chosen else ()
        quantity = self._desk.formats.quantity
        words = [f"{quantity(part.quantity)} × {part.number}" for part in parts]
        if not words:
            words = [_("None: the checklist names no parts")]
        self.parts.show_pieces([_quiet(each) for each in words])

    def _look_for_asset(self) -> None:
        self.another.set_value(None)
        self.another.show()
        self.another.setFocus()

    def _assets(self, text: str) -> Sequence[Found]:
        """Return the assets that a few letters may mean, of the site where there is one."""
        if self._offers.site_id is None:
            return find_assets(self._desk, text)
        words = text.casefold().split()
        return [
            Found(key, name)
            for key, name in self._offers.assets
            if key not in self.assets.value and all(word in name.casefold() for word in words)
        ]

    def _take_asset(self) -> None:
        key = self.another.value
        self.another.hide()
        self.assets.take_in(int(key), self.another.text.split(" ")[0])

    def _offer_schedules(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, name in self._offers.schedules:
            if key not in self.covers.value:
                act = menu.addAction(name.replace("&", "&&"))
                act.triggered.connect(partial(self._take_schedule, key, name))
        menu.popup(self.covers.add.mapToGlobal(self.covers.add.rect().bottomLeft()))

    def _take_schedule(self, key: int, name: str) -> None:
        errors.guarded(self, partial(self.covers.take_in, key, name))()

    _templates: Sequence[job_templates.TemplateRow] = ()


def _quiet(words: str) -> Label:
    label = Label(words, "second")
    label.setMinimumHeight(theme.px(26))
    return label


def _checklist(template: job_templates.TemplateRow) -> str:
    number = len(template.lines)
    return _n("{name} ({n} line)", "{name} ({n} lines)", number, name=template.name)


def billing_words() -> list[tuple[object, str]]:
    """Return how the work of a schedule is paid for."""
    return [
        (BillingRule.TIME_AND_MATERIALS, _("By time and parts")),
        (BillingRule.FLAT_RATE, _("Flat price")),
        (BillingRule.AGREEMENT, _("In a plan, not billed per visit")),
        (BillingRule.WARRANTY, _("Under warranty")),
        (BillingRule.NOT_BILLABLE, _("Not billed")),
    ]
