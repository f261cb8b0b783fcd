"""What the page of an asset shows of one asset."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smallcmms.domain.assets import AssetStatus
from smallcmms.domain.work_orders import BillingRule
from smallcmms.services import assets, work_orders
from smallcmms.services.assets import AssetPage, PastWork
from smallcmms.services.work_orders import WorkOrderRow
from smallcmms.texts import _, _n
from smallcmms.ui.forms.asset import criticality_words, status_words
from smallcmms.ui.kit import (
    Button,
    Cell,
    Chips,
    Column,
    Desk,
    Label,
    Panel,
    PanelHeader,
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
from smallcmms.ui.widgets.fact import Fact, Facts
from smallcmms.ui.widgets.two_columns import TwoColumns

ALL, REPAIRS, PLANNED = "all", "repairs", "planned"
_ROW = 32
_TAG = 252
_CODE = 99
_ROOM = 760
_MONTHS = 12
Work = PastWork | WorkOrderRow


class AssetDetails(Panel):
    """One asset: its tag, plate, warranty, history and lock-out."""

    def __init__(self, desk: Desk, buttons: list[Button]) -> None:
        super().__init__()
        self.desk = desk
        self.page: AssetPage | None = None
        self._open: list[WorkOrderRow] = []
        self._past: list[PastWork] = []
        self._make_head(buttons)
        labels = (_("Make and model"), _("Serial"), _("Installed"), _("Warranty"), _("Status"))
        self.figures = [Fact(label) for label in labels]
        self.add(Facts(self.figures))
        self.add(line())
        self._make_history()
        self._make_lock_out()
        wide = _stacked(self.history_header, self.history, self.nothing)
        narrow = _stacked(self.lock_out, self.notes)
        self.add(scrolled(TwoColumns(wide, narrow, width=286)), 1)

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
        self._say_lock_out(self.page)
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
        title = row(self.name, self.number, self.state, None, gap=10)
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
            Column(_("Date"), self._when, 112),
            Column(_("Work"), _what),
            Column(_("Who"), _who, 80),
            Column(_("Hours"), self._hours, 68, is_right=True),
            Column(_("Billed"), self._billed, 98, is_right=True),
        ]
        self.history = ShortRows[Work](columns, row=_ROW, says=_("History"))
        self.history.opened.connect(
            lambda place: self.desk.front.go("work_orders", self.history.row_of(place).id)
        )
        self.nothing = Label(_("Work on this asset will stand here."), "second")
        self.nothing.setContentsMargins(12, 10, 12, 10)

    def _make_lock_out(self) -> None:
        self.energies, self.steps = Label("", "bold", wraps=True), Label("", wraps=True)
        note = Label(_("Prints on every work order."), "second", wraps=True)
        inside = column(self.energies, self.steps, note, gap=3, margins=(12, 8, 12, 8))
        header = PanelHeader("lock-keyhole", _("Lock out before work"))
        self.lock_out = _stacked(header, block(inside))
        self.note = Label("", wraps=True)
        inside = column(self.note, margins=(12, 8, 12, 8))
        self.notes = _stacked(PanelHeader("file-text", _("Notes")), block(inside))

    def _say_head(self, page: AssetPage) -> None:
        asset = page.row
        place = asset.place.split(" › ") if asset.place else []
        self.where.setText(" › ".join(filter(None, (asset.customer, asset.site, *place))))
        self.name.setText(asset.label)
        self.number.setText(asset.number)
        pill = states.work_order(self._open[0].state.value) if self._open else None
        self.state.set_state(pill and pill._replace(text=f"{pill.text}, {self._open[0].number}"))
        words = "\n".join(filter(None, (asset.label, ", ".join(place[-1:]), page.shop_phone)))
        self.tag.show_tag(page.code, asset.number, words)

    def _say_facts(self, page: AssetPage) -> None:
        asset, today = page.row, self.desk.today()
        plate, serial, installed, warranty, status = self.figures
        plate.say(f"{asset.make} {asset.model}".strip(), page.nameplate)
        serial.say(asset.serial, _("their tag {tag}", tag=page.own_tag) if page.own_tag else "")
        if page.installed_on is None:
            installed.say("")
        else:
            since = self.desk.formats.day_year(page.installed_on)
            installed.say(since, _age(page.installed_on, today))
        self._say_warranty(warranty, page, today)
        is_down = asset.status is AssetStatus.DOWN
        needed = dict(criticality_words())[page.criticality] if page.criticality else ""
        status.say(dict(status_words())[asset.status], needed, tone="red" if is_down else "")

    def _say_warranty(self, fact: Fact, page: AssetPage, today: date) -> None:
        if not page.warranties:
            fact.say("")
            return
        promise = page.warranties[0]
        day = self.desk.formats.day_year(promise.ends_on)
        words = _("Until {day}", day=day) if promise.ends_on >= today else _("Ended {day}", day=day)
        kinds = {"parts": _("parts"), "labour": _("labor"), "full": _("parts and labor")}
        fact.say(words, ", ".join(filter(None, (kinds[promise.kind.value], promise.guarantor))))

    def _say_lock_out(self, page: AssetPage) -> None:
        self.energies.setText(page.lock_out_energies)
        self.energies.setVisible(bool(page.lock_out_energies))
        steps = enumerate(page.lock_out_steps, start=1)
        self.steps.setText("\n".join(f"{number}. {step}" for number, step in steps))
        self.lock_out.setVisible(bool(page.lock_out_energies or page.lock_out_steps))
        self.note.setText(page.notes)
        self.notes.setVisible(bool(page.notes))

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


def _age(since: date, today: date) -> str:
    months = (today.year - since.year) * _MONTHS + today.month - since.month
    months -= today.day < since.day
    years, months = divmod(max(months, 0), _MONTHS)
    parts = (
        _n("{n} year", "{n} years", years) if years else "",
        _n("{n} month", "{n} months", months) if months else "",
    )
    return " ".join(filter(None, parts))


def _stacked(*pieces: QWidget) -> QWidget:
    return block(column(*pieces, None, gap=0))
