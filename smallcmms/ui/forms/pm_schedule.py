"""The form of a PM schedule: its rule, its season, its work order, and what is rarely changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.pm import Landing, Missed, Timing
from smallcmms.domain.recurrence import MonthDay, Unit
from smallcmms.domain.typed import read_whole
from smallcmms.domain.typed_dates import read_date
from smallcmms.domain.work_orders import BillingRule, WorkType
from smallcmms.services import drafts, pm_offers, pm_schedules
from smallcmms.services.pm_pages import PmPage
from smallcmms.texts import _
from smallcmms.ui.drafting import Drafting
from smallcmms.ui.forms.pm_rule import RULE, PmRule
from smallcmms.ui.forms.pm_work import PmWork
from smallcmms.ui.kit import (
    Choice,
    DateBox,
    Desk,
    Form,
    Label,
    LineBox,
    TextBox,
    block,
    column,
    line,
    row,
    theme,
)
from smallcmms.ui.work_order_words import type_words

DRAFT = ("pm_schedule", "new")
_DAYS = 48
_BETWEEN = re.compile(r"\s+to\s+|\s*[\u2013\u2026]\s*|\.\.")
_USUAL = {"lead_days": 7, "missed": Missed.COALESCE, "landing": Landing.KEEP}


class PmForm(QWidget):
    """The boxes of a schedule; the owner says how they are saved."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.form = self._form()
        self.rule, self.work = PmRule(desk, self.form), PmWork(desk, self.form)
        self.first: QWidget = self.work.name
        self._add_dates()
        self._add_rest()
        pieces = (
            *(self.rule, line(), self.rule.season, line(), self._dates, line()),
            *(self.work, line(), self._rest),
        )
        self.setLayout(column(*pieces, None, gap=12))
        self.work.assets.changed.connect(self._offer)

    def _form(self) -> Form:
        raise NotImplementedError

    def _add_dates(self) -> None:
        add = self.form.add
        self.lead = add("lead_days", _days(_("Days before")))
        landings = [
            (Landing.KEEP, _("Keep the date")),
            (Landing.BEFORE, _("Move to the workday before")),
            (Landing.AFTER, _("Move to the workday after")),
            (Landing.SKIP, _("Skip it")),
        ]
        self.landing = add(
            "landing", Choice("", landings, size="small", says=_("On a weekend or holiday"))
        )
        before = row(self.lead, Label(_("days before")), None, gap=6)
        left = column(Label(_("Make the work order"), "h3"), before, gap=6)
        right = column(Label(_("If it lands on a weekend or holiday"), "h3"), gap=6)
        right.addWidget(self.landing)
        both = row(gap=18)
        both.addLayout(left)
        both.addLayout(right, 1)
        self._dates = block(both)

    def _add_rest(self) -> None:
        add, formats = self.form.add, self.desk.formats
        missed = [
            (Missed.COALESCE, _("One work order for all that was missed")),
            (Missed.EACH, _("A work order for each")),
        ]
        hint = _("By itself")
        boxes = row(
            add("missed", Choice(_("If dates were missed"), missed)),
            add("early_days", _days("", label=_("Early window, days"), hint=hint)),
            add("grace_days", _days("", label=_("Grace, days"), hint=hint)),
            gap=10,
        )
        kinds = row(
            add("type", Choice(_("Kind of work"), type_words())),
            add("ends_on", DateBox(_("Ends on"), formats, self.desk.today, hint=_("Never"))),
            gap=10,
        )
        example = _("A stretch a line: Dec 20 to Jan 2")
        blackouts = add("blackouts", TextBox(_("Not on these days"), hint=example))
        notes = add("instructions", TextBox(_("Safety and instructions"), rows=2))
        head = Label(_("Rarely changed"), "h3")
        self._rest = block(column(head, boxes, kinds, blackouts, notes, gap=8))

    def told(self) -> dict[str, Any]:
        """Return what all boxes say, as the service wants it.

        Raises:
            RuleBroken: a box cannot be read; it names the box.
        """
        names = set(self.form.boxes) - set(RULE)
        plain = {name: self.form.read(name) for name in sorted(names)}
        return {**self.rule.told(), **self._plain(plain)}

    def _plain(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return values of boxes under the names and in the units of the service."""
        told = {name: value for name, value in values.items() if name not in RULE}
        if "assets" in told:
            told["asset_ids"] = told.pop("assets")
        if "hours" in told:
            hours = told.pop("hours")
            told["planned_minutes"] = int(hours * 60) if hours else None
        if "blackouts" in told:
            told["blackouts"] = self._stretches(told["blackouts"])
        if "lead_days" in told:
            told["lead_days"] = told["lead_days"] or 0
        return told

    def _stretches(self, text: str) -> list[list[str]]:
        today, locale = self.desk.today(), self.desk.formats.locale
        found = []
        for each in filter(None, map(str.strip, text.splitlines())):
            first, *rest = _BETWEEN.split(each, maxsplit=1)
            days = [
                read_date(part, today=today, locale=locale, field="blackouts")
                for part in (first, *rest)
            ]
            if days[-1] < days[0]:
                raise RuleBroken("The stretch ends before it begins.", "blackouts")
            found.append([days[0].isoformat(), days[-1].isoformat()])
        return found

    def _written(self, stretches: tuple[tuple[date, date], ...]) -> str:
        day = self.desk.formats.day_year
        return "\n".join(
            _("{first} to {last}", first=day(first), last=day(last)) for first, last in stretches
        )

    def _offer(self, pm_schedule_id: int = 0) -> None:
        assets = self.work.assets.value
        offers = pm_offers.offers(self.desk.store, assets, pm_schedule_id=pm_schedule_id)
        self.work.offer(offers)
        self.rule.offer_meters(offers.meters)


class EditPmForm(PmForm):
    """Edit a schedule that is there: what is changed is saved when a box is left."""

    def __init__(self, desk: Desk) -> None:
        self.page: PmPage | None = None
        super().__init__(desk)

    def _form(self) -> Form:
        return Form(self, save=self._save)

    def show_schedule(self, page: PmPage) -> None:
        """Show a schedule."""
        if self.page is not None and page.id != self.page.id:
            self.form.clear()
        self.page = page
        self.form.fill({"assets": page.assets})
        self._offer(page.id)
        same = ("landing", "missed", "early_days", "grace_days", "lead_days", "type", "ends_on")
        values = {name: getattr(page, name) for name in (*same, "instructions")}
        values |= {"blackouts": self._written(page.blackouts)}
        self.form.fill(values | self.rule.values_of(page) | self.work.values_of(page))
        self.rule.fit()
        self.work.after_fill()

    def _save(self, values: dict[str, Any]) -> None:
        if self.page is None:
            return
        told = self._plain(values)
        if not values.keys().isdisjoint(RULE):
            rule = self.rule.told()
            if rule["is_by_limits"] == self.page.rule.is_by_limits:
                del rule["is_by_limits"]
            told |= rule
        pm_schedules.edit(self.desk.store, self.page.id, **told)


class NewPmForm(PmForm):
    """Fill in a new schedule: a draft from the first key."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.drafting = Drafting(desk.store, desk.background, DRAFT[0], self)
        self._has_begun = False

    def _form(self) -> Form:
        return Form(self, draft=self._keep)

    def begin(self, asset_id: int | None = None, label: str = "", name: str = "") -> None:
        """Begin with what is known, or go on with the draft."""
        self._has_begun = False
        self.form.clear()
        self._offer()
        self.form.fill(
            {
                **_USUAL, "has_every": True, "unit": Unit.MONTHS, "timing": Timing.FIXED.value,
                "month_day": MonthDay.SAME, "nth": 1, "weekday": 0, "season": (),
                "type": WorkType.PREVENTIVE, "billing_rule": BillingRule.TIME_AND_MATERIALS,
            }
        )  # fmt: skip
        kept = drafts.get(self.desk.store, *DRAFT) or {}
        self.form.put_back({name: kept[name] for name in ("assets",) if name in kept})
        self._offer()
        self.form.put_back(kept)
        if asset_id:
            self.work.assets.set_value([(asset_id, label)])
            self._offer()
        if name:
            self.work.name.set_value(name)
        self.rule.fit()
        self.work.after_fill()
        self._has_begun = True

    def make(self) -> int:
        """Begin the schedule; return its id."""
        told = self.told()
        assets = told["asset_ids"]
        site_id = pm_offers.offers(self.desk.store, assets).site_id
        if site_id is None:
            raise RuleBroken("On which asset? Choose at least one.", "assets")
        self.drafting.end()
        return pm_schedules.add(self.desk.store, site_id=site_id, draft=DRAFT, **told)

    def _keep(self, typed: dict[str, Any]) -> None:
        if self._has_begun:
            self.drafting.keep(DRAFT[1], typed)


def _days(says: str, *, label: str = "", hint: str = "") -> LineBox:
    size = "" if label else "small"
    box = LineBox(label, hint=hint, size=size, read=read_whole, says=says or label)
    if not label:
        box.setFixedWidth(theme.px(_DAYS))
    return box
