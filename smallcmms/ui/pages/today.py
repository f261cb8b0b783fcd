"""Today: what needs the person at the desk now, each thing with the one button that does the next.

The page is asked for in the background and filled when the answer comes; what customers owe is
asked for after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from smallcmms.domain.work_orders import ShownState
from smallcmms.services import invoices, jobs_to_invoice, today, work_orders
from smallcmms.services.jobs_to_invoice import JobToInvoice
from smallcmms.services.today import Money, Name, Span, Today
from smallcmms.services.work_orders import WorkOrderRow
from smallcmms.texts import _, _n, later
from smallcmms.ui.forms.reason import ReasonForm
from smallcmms.ui.kit import (
    Button,
    EmptyState,
    Label,
    Panel,
    Segmented,
    action,
    block,
    column,
    row,
    scrolled,
    theme,
)
from smallcmms.ui.pages import today_words as words
from smallcmms.ui.pages.page import Page
from smallcmms.ui.pages.today_figures import Figures
from smallcmms.ui.pages.today_follow_ups import TodayFollowUps
from smallcmms.ui.pages.today_group import Thing, TodayGroup
from smallcmms.ui.pages.today_parts import TodayLowStock, TodayWaiting
from smallcmms.ui.pages.today_print import PrintAll
from smallcmms.ui.pages.today_strip import WaitsStrip
from smallcmms.ui.pages.today_upkeep import TodayUpkeep
from smallcmms.ui.question import Question
from smallcmms.ui.widgets.trucks import TrucksStrip

_CLOCK_MS, _TWO_COLUMNS = 20_000, 1130
_THREE = (
    (Name.OVERDUE, Name.DUE, Name.WAITING_PARTS),
    (Name.TRIAGE, Name.TO_INVOICE, Name.MISSED, Name.FOLLOW_UP),
    (Name.SHEETS, Name.LOW_STOCK, Name.UPKEEP),
)
_TWO = (
    (Name.TRIAGE, Name.OVERDUE, Name.DUE, Name.WAITING_PARTS),
    (Name.TO_INVOICE, Name.MISSED, Name.FOLLOW_UP, Name.SHEETS, Name.LOW_STOCK, Name.UPKEEP),
)


class TodayPage(Page):
    """Show what needs somebody now; ``filled`` tells that the answer is on the screen."""

    title, icon = later("Today"), "sun"
    keys = (
        ("↑ ↓", later("move")),
        ("Enter", later("open")),
        ("Space", later("do the button")),
        ("Ctrl 1–9", later("go to a page")),
    )
    tables = (
        *("request", "work_order", "visit", "visit_technician", "sheet_copy", "invoice"),
        *("payment_allocation", "payment", "labour", "used_part", "technician", "missed_call"),
        *("customer", "shop", "stock_location", "follow_up", "part", "stock_move", "reservation"),
        *("purchase_order", "purchase_order_line", "pm_occurrence"),
    )
    filled = Signal()

    def pieces(self) -> Iterator[None]:
        """Make the page a piece at a time."""
        self.page: Today | None = None
        self._money: Money | None = None
        self._whole: set[str] = set()
        self._question = Question[Today](self.desk.background, self)
        self._amounts = Question[Money](self.desk.background, self)
        self._make_head()
        self.strip, self.trucks, self.figures = WaitsStrip(), TrucksStrip(), Figures(self.desk)
        self.asking = ReasonForm()
        self.asking.setProperty("panel", "true")
        self.asking.closed.connect(self.asking.hide)
        self.printing = PrintAll(self.desk, self, self.asking)
        yield
        self.parts_group, self.low_stock = TodayWaiting(self.desk), TodayLowStock(self.desk)
        self.follow_ups, self.upkeep = TodayFollowUps(self.desk), TodayUpkeep(self.desk)
        yield
        self.groups = self._make_groups()
        yield
        self.empty = Panel(EmptyState("circle-check", _("Nothing needs you now"), _hint()))
        self.empty.hide()
        self._columns = row(gap=12)
        self._shown: tuple[tuple[Name, ...], ...] = ()
        board = Panel(self.trucks)
        pieces = (
            self._head,
            self.strip,
            self.asking,
            self.follow_ups.form,
            self.figures,
            board,
            self.empty,
        )
        inside = column(*pieces, gap=10, margins=(18, 14, 18, 12))
        inside.addLayout(self._columns)
        inside.addStretch(1)
        self.area = scrolled(inside)
        self.setLayout(column(self.area, gap=0))
        self._listen()
        self._arrange()

    def _make_head(self) -> None:
        self.day, self.summary = Label("", "h1"), Label("", tone="text2")
        names = (_("Today"), _("Tomorrow"), _("This week"))
        spans = [(str(span), name) for span, name in zip(Span, names, strict=True)]
        self.spans = Segmented(spans, is_small=True, says=_("What is shown"))
        self.spans.set_value(str(Span.TODAY))
        self._head = block(row(self.day, self.summary, None, self.spans))

    def _make_groups(self) -> dict[Name, TodayGroup]:
        self.all_invoices = Button("", "quiet", is_small=True, on=self.make_all_invoices)
        self.print_due = Button("", "quiet", is_small=True, on=self.print_all)
        scan = self.button("enter_a_sheet", "quiet", is_small=True)
        return {
            Name.TRIAGE: TodayGroup("inbox", _("To triage")),
            Name.OVERDUE: TodayGroup("calendar-x", _("Overdue"), tone="red"),
            Name.DUE: TodayGroup("calendar-check", _("Due today"), self.print_due),
            Name.WAITING_PARTS: self.parts_group,
            Name.MISSED: TodayGroup("phone", _("Missed calls")),
            Name.FOLLOW_UP: self.follow_ups,
            Name.LOW_STOCK: self.low_stock,
            Name.UPKEEP: self.upkeep,
            Name.SHEETS: TodayGroup("file-pen", _("Sheets to enter"), scan, tone="blue"),
            Name.TO_INVOICE: TodayGroup(
                "receipt", _("To invoice"), self.all_invoices, tone="green", height=34
            ),
        }

    def _listen(self) -> None:
        self.spans.chosen.connect(self.refresh)
        self.strip.pressed.connect(self.answer_now)
        self.trucks.opened.connect(partial(self.go, "work_orders"))
        for name, group in self.groups.items():
            group.wants_all.connect(partial(self._show_all, name))
            group.beyond.connect(partial(self._go_beyond, name))
        self._clock = QTimer(self, interval=_CLOCK_MS)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        theme.follow(self, self._arrange)

    def refresh(self, *_told: object) -> None:
        """Look everything up again, in the background."""
        store, span, whole = self.desk.store, Span(self.spans.value), frozenset(self._whole)
        self._question.ask(lambda: today.page(store, span=span, whole=whole), self._show)

    @action(later("Triage the worst now"), icon="siren")
    def answer_now(self) -> None:
        """Go to the L1 that waits."""
        waits = self.strip.waits
        if waits is None:
            self.go("requests")
        elif waits.kind == "request":
            self.go("requests", waits.id)
        else:
            self.desk.front.begin("work_orders", "schedule", work_order_id=waits.id)

    @action(later("Make all invoices"), icon="receipt")
    def make_all_invoices(self) -> None:
        """Draft the invoices of all jobs that have none."""
        made = jobs_to_invoice.make_all(self.desk.store)
        if made.invoice_ids:
            self.toast(_n("{n} invoice drafted", "{n} invoices drafted", len(made.invoice_ids)))
        if made.refused:
            told = _("Not drafted: {numbers}.", numbers=", ".join(made.refused))
            self.desk.front.tell(f"{told} {_('Open them to see why.')}")

    @action(later("Print what is due"), icon="printer")
    def print_all(self) -> None:
        """Print the sheets of today's visits that are not on a truck yet."""
        self.printing.print_sheets(self._to_print())

    @action(later("Scan"), icon="scan-line")
    def enter_a_sheet(self) -> None:
        """Enter a sheet that came back."""
        self.go("enter_sheet")

    def panes(self) -> list[QWidget]:
        """Return the strip of trucks and the groups, as F6 goes round."""
        found: list[QWidget] = [self.strip.do, self.trucks]
        found += [group.list for group in self._in_order()]
        return [pane for pane in found if pane.isVisible()]

    def shown(self) -> None:
        """Catch up, and give the keys to the first thing."""
        super().shown()
        self._tick()

    def _show(self, page: Today) -> None:
        self.page = page
        desk, now = self.desk, self.desk.store.now()
        self.day.setText(self._title(page))
        self.summary.setText(words.summary(page))
        self.strip.show_waits(page.waits, desk.formats, now)
        self.figures.show_figures(page.figures)
        self.trucks.show_board(page.board, desk.formats, now)
        self.groups[Name.DUE].header.title.setText(words.due_title(page.span))
        self._show_groups(page)
        self.empty.setVisible(not page.things and page.waits is None)
        self.commands["make_all_invoices"].setEnabled(bool(page.to_invoice.count))
        self.filled.emit()
        self._amounts.ask(lambda: today.money(desk.store), self._show_money)
        self.figures.ask()

    def _show_money(self, money: Money) -> None:
        """Show the amounts, which are asked for once the page is there."""
        self._money = money
        self.figures.show_money(money)
        if self.page is not None:
            self._show_jobs(self.page)

    def _title(self, page: Today) -> str:
        formats = self.desk.formats
        if page.span is Span.WEEK:
            return _("{first} to {last}", first=formats.day(page.on), last=formats.day(page.until))
        return formats.long_day(page.on)

    def _show_groups(self, page: Today) -> None:
        formats, now, groups = self.desk.formats, self.desk.store.now(), self.groups
        calls = [
            Thing(words.request(each, formats, now), open_call, open_call)
            for each in page.triage.rows
            for open_call in [partial(self.go, "requests", each.id)]
        ]
        groups[Name.TRIAGE].show_things(calls, page.triage.count)
        late = [self._work(each) for each in page.overdue.rows]
        groups[Name.OVERDUE].show_things(late, page.overdue.count)
        self._show_due(page)
        self.parts_group.show_group(page.waiting_parts, page.awaited)
        self.low_stock.show_group(page.low_stock)
        rung = [
            Thing(words.missed(each, formats, now), ring, ring)
            for each in page.missed.rows
            for ring in [partial(self._ring_back, each.id)]
        ]
        groups[Name.MISSED].show_things(rung, page.missed.count)
        self.follow_ups.show_group(page.follow_up)
        self.upkeep.show_group(page.upkeep)
        sheets = [
            Thing(words.sheet(each, formats), enter, enter)
            for each in page.sheets.rows
            for enter in [partial(self.go, "enter_sheet", each.id)]
        ]
        groups[Name.SHEETS].show_things(sheets, page.sheets.count)
        self._show_jobs(page)

    def _show_jobs(self, page: Today) -> None:
        told = self._money.jobs if self._money is not None and self._money.jobs else {}
        rows = [told.get(each.row.id, each) for each in page.to_invoice.rows]
        number = page.to_invoice.count
        self.groups[Name.TO_INVOICE].show_things([self._job(each) for each in rows], number)
        self.all_invoices.say(_("Make all {n}", n=number))
        self.all_invoices.setVisible(any(not each.invoice_id for each in page.to_invoice.rows))

    def _show_due(self, page: Today) -> None:
        due = [self._work(each) for each in page.due.rows]
        trucks, count = page.on_trucks, page.due.count + len(page.on_trucks.ids)
        shown = len(due)
        if trucks.ids:
            cell = words.on_trucks(trucks, page.due.count, self.desk.formats)
            again = partial(self.printing.print_sheets, trucks.ids)
            due.append(Thing(cell, partial(self.go, "work_orders", trucks.ids[0]), again))
            shown += len(trucks.ids)
        self.groups[Name.DUE].show_things(due, count, shown)
        number = len(self._to_print())
        self.print_due.say(_("Print {n}", n=number))
        self.print_due.setVisible(number > 1)
        self.commands["print_all"].setEnabled(bool(number))

    def _to_print(self) -> tuple[int, ...]:
        page, on = self.page, self.desk.today()
        rows = page.due.rows if page is not None else ()
        return tuple(each.id for each in rows if words.verb(each, on) == words.PRINT)

    def _work(self, each: WorkOrderRow) -> Thing:
        on, formats = self.desk.today(), self.desk.formats
        open_it = partial(self.go, "work_orders", each.id)
        press = self._press_of(words.verb(each, on), each, open_it)
        return Thing(words.work(each, on, formats), open_it, press)

    def _press_of(
        self, does: str, each: WorkOrderRow, open_it: Callable[[], object]
    ) -> Callable[[], object]:
        begin = self.desk.front.begin
        acts: dict[str, Callable[[], object]] = {
            words.OPEN: open_it,
            words.APPROVE: partial(self._approve, each),
            words.SCHEDULE: partial(begin, "work_orders", "schedule", work_order_id=each.id),
            words.PRINT: partial(self.printing.print_sheets, (each.id,)),
            words.ENTER: partial(self.go, "enter_sheet", each.id),
            words.RESUME: partial(self._resume, each),
        }
        return acts[does]

    def _approve(self, each: WorkOrderRow) -> None:
        work_orders.approve(self.desk.store, each.id)
        self.toast(_("{number} approved", number=each.number))

    def _resume(self, each: WorkOrderRow) -> None:
        if each.state is ShownState.WAITING_PARTS:
            self.parts_group.take_in(each)
            return
        work_orders.resume(self.desk.store, each.id)
        self.toast(_("{number} waits no longer", number=each.number))

    def _job(self, each: JobToInvoice) -> Thing:
        open_it = partial(self.go, "work_orders", each.row.id)
        if each.invoice_id:
            finish = partial(self.go, "invoices", each.invoice_id)
            return Thing(words.job(each, self.desk.formats), open_it, finish)
        press = open_it if each.why else partial(self._invoice, each)
        return Thing(words.job(each, self.desk.formats), open_it, press)

    def _invoice(self, each: JobToInvoice) -> None:
        self.go("invoices", invoices.draft(self.desk.store, each.row.id))
        self.toast(_("Invoice of {number} drafted", number=each.row.number))

    def _ring_back(self, missed_call_id: int) -> None:
        self.desk.front.begin("requests", "call", missed_call_id=missed_call_id)

    def _show_all(self, name: Name) -> None:
        self._whole.add(name)
        self.refresh()

    def _in_order(self) -> list[TodayGroup]:
        names = [name for names in self._shown for name in names]
        return [self.groups[name] for name in names if not self.groups[name].isHidden()]

    def _go_beyond(self, name: Name, step: int) -> None:
        """Go on to the group below or above with the arrows."""
        order = self._in_order()
        at = order.index(self.groups[name]) + step
        if 0 <= at < len(order):
            order[at].list.enter(step)
        elif at < 0:
            self.trucks.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tick(self) -> None:
        """Let the clock go on: how long is left, the line of now; another day is another page."""
        page = self.page
        if page is None or not self.isVisible():
            return
        now, formats = self.desk.store.now(), self.desk.formats
        if page.span is Span.TODAY and page.on != self.desk.today():
            self.refresh()
            return
        self.strip.show_waits(page.waits, formats, now)
        self.trucks.show_board(page.board, formats, now)

    def _arrange(self) -> None:
        """Lay the groups out in three columns, or in two where there is less room."""
        wanted = _TWO if self.width() < theme.px(_TWO_COLUMNS) else _THREE
        self.figures.fit(is_narrow=wanted is _TWO)
        if wanted == self._shown:
            return
        self._shown = wanted
        _empty(self._columns)
        for names in wanted:
            lane = column(gap=8)
            for name in names:
                lane.addWidget(self.groups[name])
            lane.addStretch(1)
            self._columns.addLayout(lane, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Use the room there is."""
        super().resizeEvent(event)
        if self.has_all:
            self._arrange()


def _empty(columns: QHBoxLayout) -> None:
    while item := columns.takeAt(0):
        lane = item.layout()
        while isinstance(lane, QVBoxLayout) and lane.takeAt(0):
            pass


def _hint() -> str:
    return _("Calls, work that is due and sheets to enter show up here")
