"""The forms of a work order: a new one by hand, or what one that is there says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from smallcmms.domain.levels import Level
from smallcmms.domain.typed_dates import read_minutes
from smallcmms.services import assets, drafts, job_templates, sites, work_orders
from smallcmms.services.work_orders import WorkOrderPage
from smallcmms.texts import _
from smallcmms.ui.kit import (
    Choice,
    DateBox,
    Desk,
    FindBox,
    Form,
    Found,
    Label,
    LineBox,
    MoneyBox,
    TextBox,
    column,
    row,
    states,
)
from smallcmms.ui.work_order_words import type_words

DRAFT = ("work_order", "new")
_MOST = 8


def find_assets(desk: Desk, text: str) -> Sequence[Found]:
    """Return the assets that a few typed letters may mean."""
    ids = list(assets.find(desk.store, text=text)[:_MOST])
    found = assets.rows(desk.store, ids)
    return [
        Found(each.id, each.label, f"{each.customer}, {each.site}", each.number)
        for each in (found[asset_id] for asset_id in ids if asset_id in found)
    ]


def _find_sites(desk: Desk, text: str) -> Sequence[Found]:
    return [
        Found(site.id, f"{site.customer}, {site.label}") for site in sites.find(desk.store, text)
    ]


def _minutes_box() -> LineBox:
    return LineBox(_("Planned minutes"), hint=_("90 or 1:30"), read=read_minutes)


class NewWorkOrderForm(QWidget):
    """Fill in a work order by hand: a draft from the first key."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._customer_id: int | None = None
        self.form = Form(self, draft=self._keep)
        add, hint = self.form.add, _("Code, name or customer")
        self.asset = add("asset", FindBox(_("Asset"), self._assets, hint=hint))
        where = _("Customer or address")
        self.site = add("site", FindBox(_("Where"), self._sites, hint=where))
        self.first: QWidget = self.asset
        self.title = add("title", LineBox(_("What is to be done"), is_needed=True))
        wrong = add("problem", TextBox(_("What is wrong"), hint=_("In the customer’s words")))
        levels = [(level, states.level_spoken(level)) for level in Level]
        self.level = add("level", Choice(_("How bad"), levels))
        self.minutes = add("minutes", _minutes_box())
        self.template = add("template", Choice(_("Job template")))
        due = add("due_on", DateBox(_("Due"), desk.formats, desk.today, hint=_("By its level")))
        note = add("truck_note", TextBox(_("Notes for the truck")))
        self.asset.taken.connect(self._take_asset)
        self.template.changed.connect(self._take_template)
        foot = Label(_("The number comes by itself."), "second")
        pairs = (
            row(self.asset, self.site, gap=10),
            row(self.level, self.template, gap=10),
            row(self.minutes, due, gap=10),
        )
        upper = (pairs[0], self.title, wrong)
        self.setLayout(column(*upper, *pairs[1:], note, foot, None, gap=10))

    def begin(
        self,
        *,
        customer_id: int | None = None,
        site_id: int | None = None,
        asset_id: int | None = None,
        words: str = "",
    ) -> None:
        """Start with what is known, or go on with the draft."""
        self.form.clear()
        rows = job_templates.rows(self.desk.store)
        self.template.set_items([(None, _("None")), *((each.id, each.name) for each in rows)])
        self.level.set_value(Level.MEDIUM)
        self._customer_id = customer_id
        self._put_back(drafts.get(self.desk.store, *DRAFT) or {})
        if customer_id and not site_id:
            site_id = sites.usual(self.desk.store, customer_id)
        if asset_id:
            self._show_asset(asset_id)
        elif site_id:
            self._show_site(site_id)
        if words:
            self.title.set_value(words)
            self.form.boxes["problem"].set_value(words)

    def make(self) -> int:
        """Make the work order and let it be done, in one step; return its id."""
        told = self.form.values()
        due = {"due_on": told["due_on"]} if told["due_on"] else {}
        return work_orders.add(
            self.desk.store,
            title=told["title"],
            level=told["level"],
            wrong=told["problem"] or told["title"],
            asset_id=told["asset"],
            site_id=told["site"],
            customer_id=None if told["site"] else self._customer_id,
            truck_note=told["truck_note"],
            planned_minutes=told["minutes"],
            template_id=told["template"],
            is_approved=True,
            draft=DRAFT,
            **due,
        )

    def _put_back(self, kept: dict[str, Any]) -> None:
        level = kept.get("level")
        self.form.put_back({**kept, "level": Level(level)} if level else kept)

    def _keep(self, typed: dict[str, Any]) -> None:
        named = ("title", "problem", "truck_note", "minutes", "due_on")
        if any(typed[name] for name in named) or typed["asset"][0] or typed["site"][0]:
            drafts.keep(self.desk.store, *DRAFT, typed)
        else:
            drafts.drop(self.desk.store, *DRAFT)

    def _take_asset(self, asset_id: object) -> None:
        self._show_asset(int(str(asset_id)))
        self.title.setFocus()

    def _show_asset(self, asset_id: int) -> None:
        asset = assets.get(self.desk.store, asset_id).row
        self.asset.show_taken(asset.id, asset.label)
        self.site.show_taken(asset.site_id, f"{asset.customer}, {asset.site}")

    def _show_site(self, site_id: int) -> None:
        site = sites.site(self.desk.store, site_id)
        self.site.show_taken(site_id, f"{site.customer}, {site.label}")

    def _take_template(self) -> None:
        if self.template.value is None:
            return
        template = job_templates.get(self.desk.store, self.template.value)
        if not self.title.text:
            self.title.set_value(template.title or template.name)
        if not self.minutes.text and template.planned_minutes:
            self.minutes.set_value(template.planned_minutes)

    def _assets(self, text: str) -> Sequence[Found]:
        return find_assets(self.desk, text)

    def _sites(self, text: str) -> Sequence[Found]:
        return _find_sites(self.desk, text)


class WorkOrderForm(QWidget):
    """Edit what a work order says; what is changed is saved when a box is left."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.work_order_id = 0
        self.form = Form(self, save=self._save)
        add, formats = self.form.add, desk.formats
        self.first: QWidget = add("title", LineBox(_("What is to be done"), is_needed=True))
        self.asset = add("asset_id", FindBox(_("Asset"), lambda text: find_assets(desk, text)))
        due = add("due_on", DateBox(_("Due"), formats, desk.today, is_needed=True))
        money = (
            add("limit", MoneyBox(_("Not to exceed"), formats)),
            add("flat_price", MoneyBox(_("Flat price"), formats)),
            add("po_number", LineBox(_("Purchase order"))),
        )
        boxes = (
            self.first,
            add("wrong", TextBox(_("What is wrong"))),
            row(self.asset, add("type", Choice(_("Kind of work"), type_words())), gap=10),
            row(add("planned_minutes", _minutes_box()), due, gap=10),
            add("instructions", TextBox(_("Safety and instructions"), rows=3)),
            row(*money, gap=10),
        )
        self.setLayout(column(*boxes, None, gap=10))

    def show_work_order(self, page: WorkOrderPage) -> None:
        """Edit a work order."""
        if page.id != self.work_order_id:
            self.form.clear()
        self.work_order_id = page.id
        names = set(self.form.boxes) - {"asset_id"}
        self.form.fill({name: getattr(page, name) for name in names})
        if not self.form.holds(self.focusWidget()):
            asset = page.asset
            self.asset.show_taken(asset and asset.id, asset.text if asset else "")

    def _save(self, values: dict[str, Any]) -> None:
        if values.get("asset_id"):
            asset = assets.get(self.desk.store, values["asset_id"]).row
            values |= {"site_id": asset.site_id, "location_id": asset.location_id}
            values["customer_id"] = asset.customer_id
        work_orders.edit(self.desk.store, self.work_order_id, **values)
