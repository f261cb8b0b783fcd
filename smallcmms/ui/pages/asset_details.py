"""What the page of an asset shows of one asset."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from smallcmms.domain.repair_or_replace import Figures, months_between
from smallcmms.domain.work_orders import BillingRule
from smallcmms.services import assets, pm_past, work_orders
from smallcmms.services.assets import AssetPage, PastWork, WarrantyRow
from smallcmms.services.work_orders import WorkOrderRow
from smallcmms.store.store import Store
from smallcmms.texts import _, _n
from smallcmms.ui.asset_words import span, status_pill, warranty_kinds
from smallcmms.ui.kit import (
    Button,
    Cell,
    Chips,
    Column,
    Desk,
    Label,
    Panel,
    PanelHeader,
    Pill,
    StatePill,
    TagPreview,
    block,
    column,
    line,
    row,
    scrolled,
    states,
    theme,
)
from smallcmms.ui.lists.short_rows import ShortRows
from smallcmms.ui.pages.asset_about import AssetAbout, stacked
from smallcmms.ui.pages.asset_readings import AssetReadings
from smallcmms.ui.widgets.fact import Fact, Facts
from smallcmms.ui.widgets.two_columns import TwoColumns

ALL, REPAIRS, PLANNED = "all", "repairs", "planned"
_ROW = 32
_TAG = 252
_CODE = 99
_ROOM = 760
Work = PastWork | WorkOrderRow


class AssetDetails(Panel):
    """One asset: its tag, plate, warranty, history, readings and lock-out."""

    def __init__(self, desk: Desk, buttons: list[Button]) -> None:
        super().__init__()
        self.desk = desk
        self.page: AssetPage | None = None
        self._open: list[WorkOrderRow] = []
        self._past: list[PastWork] = []
        self._make_head(buttons)
        labels = (_("Make and model"), _("Serial"), _("Installed"), _("Warranty"))
        self.figures = [Fact(label) for label in (*labels, _("Repair or replace"))]
        self.add(Facts(self.figures))
        self.add(line())
        self._make_history()
        self.readings, self.about = AssetReadings(desk), AssetAbout(desk)
        wide = stacked(self.history_header, self.history, self.nothing, self.readings)
        self.add(scrolled(TwoColumns(wide, self.about, width=286, least=820)), 1)

    @classmethod
    def rehearse(cls, store: Store, asset_id: int) -> Iterator[None]:
        """Ask what showing an asset asks."""
        assets.get(store, asset_id)
        ids = work_orders.find(store, filters=work_orders.Filters(asset_id=asset_id))
        work_orders.rows(store, ids)
        yield
        assets.history(store, asset_id)
        pm_past.of_asset(store, asset_id)

    def show_asset(self, asset_id: int) -> None:
        """Show an asset."""
        store = self.desk.store
        self.page = assets.get(store, asset_id)
        ids = work_orders.find(store, filters=work_orders.Filters(asset_id=asset_id))
        found = work_orders.rows(store, ids)
        self._open = [found[each] for each in ids]
        self._past = assets.history(store, asset_id)
        self._say_head(self.page)
        self._say_facts(self.page)
        self.readings.show_meters(self.page.meters)
        self.about.show_asset(self.page)
        self._say_history()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave the words of the tag out where there is no room for them."""
        super().resizeEvent(event)
        is_wide = self.width() >= theme.px(_ROOM)
        for words in (self.tag.first, self.tag.second):
            words.setVisible(is_wide)
        self.tag.code.setFixedSize(theme.px(_CODE), theme.px(_CODE))
        self._well.setFixedWidth(theme.px(_TAG if is_wide else _CODE + 8))

    def _make_head(self, buttons: list[Button]) -> None:
        self.where = Label("", "second", is_cut=True)
        self.name, self.number = Label("", "h1", is_cut=True), Label("", "key")
        self.name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.state = StatePill()
        self.tag = TagPreview()
        self.tag.first.setProperty("role", "h2")
        self.tag.third.hide()
        self._well = block(row(self.tag, margins=(2, 2, 2, 2)), "well")
        self.status, self.stub = StatePill(), StatePill()
        pills = (self.state, self.status, self.stub)
        title = row(self.name, self.number, *pills, None, gap=10)
        words = column(self.where, title, 4, row(*buttons, None), gap=3)
        head = row(gap=16, margins=(16, 12, 16, 12))
        head.addLayout(words, 1)
        head.addWidget(self._well)
        self.body.addLayout(head)
        self.add(line())

    def _make_history(self) -> None:
        kinds = [(ALL, _("All")), (REPAIRS, _("Repairs")), (PLANNED, _("PM"))]
        self.which = Chips(kinds)
        self.which.chosen.connect(self._say_history)
        self.history_header = PanelHeader("history", _("History"), "", self.which)
        columns = [
            Column(_("Date"), self._when, 114),
            Column(_("Work"), _what),
            Column(_("Who"), _who, 66),
            Column(_("Hours"), self._hours, 58, is_right=True),
            Column(_("Billed"), self._billed, 88, is_right=True),
        ]
        self.history = ShortRows[Work](columns, row=_ROW, says=_("History"))
        self.history.opened.connect(
            lambda place: self.desk.front.go("work_orders", self.history.row_of(place).id)
        )
        self.nothing = Label(_("Work on this asset will stand here."), "second")
        self.nothing.setContentsMargins(12, 10, 12, 10)

    def _say_head(self, page: AssetPage) -> None:
        asset = page.row
        place = asset.place.split(" › ") if asset.place else []
        self.where.setText(" › ".join(filter(None, (asset.customer, asset.site, *place))))
        self.name.setText(asset.label)
        self.number.setText(asset.number)
        pill = states.work_order(self._open[0].state.value) if self._open else None
        self.state.set_state(pill and pill._replace(text=f"{pill.text}, {self._open[0].number}"))
        self.status.set_state(_archived() if page.archived_on else status_pill(asset.status))
        self.stub.set_state(self._audit_pill(page))
        words = "\n".join(filter(None, (asset.label, ", ".join(place[-1:]), page.shop_phone)))
        self.tag.show_tag(page.code, asset.number, words)

    def _audit_pill(self, page: AssetPage) -> Pill | None:
        """Return what the last walk left open: it is missing, or nobody looked at it yet."""
        if page.missing_on is None:
            return _to_audit() if page.row.is_stub else None
        day = self.desk.formats.day(page.missing_on)
        return Pill(_("Missing since {day}", day=day), "triangle-alert", "red")

    def _say_facts(self, page: AssetPage) -> None:
        asset, today = page.row, self.desk.today()
        plate, serial, installed, warranty, worth = self.figures
        plate.say(f"{asset.make} {asset.model}".strip(), page.asset_class)
        tag = _("their tag {tag}", tag=page.own_tag) if page.own_tag else ""
        serial.say(asset.serial, ", ".join(filter(None, (page.nameplate, tag))))
        if page.installed_on is None:
            installed.say("")
        else:
            since = self.desk.formats.day_year(page.installed_on)
            installed.say(since, span(page.figures.months or 0))
        self._say_warranty(warranty, page, today)
        self._say_worth(worth, page.figures)

    def _say_worth(self, fact: Fact, figures: Figures) -> None:
        formats = self.desk.formats
        if figures.replacement_cost is None and not figures.repairs:
            fact.say("")
            return
        spent = _("{amount} spent", amount=formats.money(figures.spent))
        if figures.share is None or figures.replacement_cost is None:
            told = _n("{n} repair", "{n} repairs", figures.repairs)
        else:
            percent, new = formats.percent(figures.share), formats.money(figures.replacement_cost)
            told = _("{percent} of {amount} new", percent=percent, amount=new)
        tone = "amber" if figures.is_to_replace else ""
        if figures.is_past_its_life and figures.life_months:
            told = _("{told}, past its {life}", told=told, life=span(figures.life_months))
        fact.say(spent, told, tone=tone, second_tone=tone)

    def _say_warranty(self, fact: Fact, page: AssetPage, today: date) -> None:
        if not page.warranties:
            fact.say("")
            return
        promise = page.warranties[0]
        day = self.desk.formats.day_year(promise.ends_on)
        holds = promise.ends_on >= today
        words = _("Until {day}", day=day) if holds else _("Ended {day}", day=day)
        covers = dict(warranty_kinds())[promise.kind]
        fact.say(
            words,
            ", ".join(filter(None, (_length(promise), covers, promise.guarantor))),
            tone="green" if holds else "",
        )

    def _say_history(self) -> None:
        which = self.which.value
        past = [
            work for work in self._past if which == ALL or work.is_planned == (which == PLANNED)
        ]
        shown: list[Work] = [*(self._open if which == ALL else ()), *past]
        self.history_header.count.setText(str(len(shown)))
        self.history.show_rows(shown)
        self.nothing.setVisible(not shown)

    def _when(self, work: Work) -> Cell:
        formats, today = self.desk.formats, self.desk.today()
        if isinstance(work, PastWork):
            return Cell(first=formats.day_year(work.on))
        on = work.visit_on or work.due_on
        words = formats.relative_day(on, today) if on else _("open")
        return Cell(first=words, tone="violet", is_bold=True)

    def _hours(self, work: Work) -> str:
        if not isinstance(work, PastWork) or not work.minutes:
            return ""
        return self.desk.formats.quantity(round(Decimal(work.minutes) / 60, 2))

    def _billed(self, work: Work) -> str:
        if not isinstance(work, PastWork):
            return ""
        if work.billed is not None:
            return self.desk.formats.money(work.billed)
        return _("plan") if work.billing_rule is BillingRule.AGREEMENT else ""


def _what(work: Work) -> Cell:
    return Cell(first=work.title, then=work.number)


def _who(work: Work) -> str:
    return ", ".join(work.who if isinstance(work, PastWork) else work.technicians)


def _length(promise: WarrantyRow) -> str:
    """Return how long a warranty holds: 5 years."""
    if promise.starts_on is None:
        return ""
    return span(months_between(promise.starts_on, promise.ends_on))


def _archived() -> Pill:
    return Pill(_("Archived"), "package", "grey")


def _to_audit() -> Pill:
    return Pill(_("To audit"), "clipboard-list", "amber")
