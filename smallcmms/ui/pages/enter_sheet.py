"""Enter a sheet: the paper at the left, its boxes in the same order at the right."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.lines import LineKind
from smallcmms.domain.sheets import NotOnSheet, SheetEntry
from smallcmms.services import lookups, sheets
from smallcmms.services.sheets import SheetCheck, SheetForm
from smallcmms.texts import _, later
from smallcmms.ui.drafting import Drafting
from smallcmms.ui.forms.sheet import SheetEdit
from smallcmms.ui.kit import (
    Button,
    EmptyState,
    Label,
    LevelBadge,
    LineBox,
    ListAndDetails,
    Panel,
    PanelHeader,
    PdfPreview,
    StatePill,
    Strip,
    action,
    block,
    column,
    row,
    scrolled,
    states,
)
from smallcmms.ui.pages.page import Page

CHECKED_AFTER_MS = 150
_MAY_BE_MISSING = {
    "lock_out": NotOnSheet.LOCK_OUT,
    "tasks": NotOnSheet.TASKS,
    "cause": NotOnSheet.CODING,
    "problem": NotOnSheet.CODING,
    "remedies": NotOnSheet.CODING,
    "date": NotOnSheet.DONE_ON,
    "times.0.date": NotOnSheet.DONE_ON,
    "visits": NotOnSheet.VISITS,
}


class EnterSheetPage(Page):
    """Type a sheet that came back; every key is kept as a draft until it is done."""

    title = later("Enter a sheet")
    icon = "scan-line"
    keys = (
        ("Tab", later("next box, same order as the paper")),
        ("O F B", later("mark a line")),
        ("Ctrl+Return", later("done, make invoice")),
        ("PgDown", later("next sheet")),
    )
    tables = ("sheet_copy", "visit", "work_order")

    def pieces(self) -> Iterator[None]:
        """Make the page a piece at a time."""
        self._order_id = 0
        self._is_changing = self._is_back = False
        self.sheet: SheetForm | None = None
        self.edit: SheetEdit | None = None
        self.drafting = Drafting(self.desk.store, self.desk.background, sheets.DRAFT, self)
        self.drafting.kept.connect(lambda: self.desk.front.note(_("Saved as you type")))
        self._timer = QTimer(self, singleShot=True, interval=CHECKED_AFTER_MS)
        self._timer.timeout.connect(self._check)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._empty())
        self.stack.addWidget(
            ListAndDetails("enter_sheet", self._paper(), self._form(), widths=(526, 660))
        )
        self.setLayout(row(self.stack, margins=(18, 14, 18, 12)))
        yield

    def _empty(self) -> Panel:
        self.number = LineBox(_("Number of the work order"), hint=_("2310"))
        self.number.line.setMaximumWidth(180)
        opens = Button(_("Open the sheet"), "primary", on=self._open_typed)
        self.number.line.returnPressed.connect(opens.click)
        fact = _("No sheet is waiting")
        hint = _("Scan the code of a sheet, or type its number.")
        ask = row(None, self.number, column(None, opens), None, gap=8)
        return Panel(None, EmptyState("scan-line", fact, hint), ask, None)

    def _paper(self) -> Panel:
        self.paper_head = PanelHeader("scan-line", "", "", self._side_buttons(), is_big=True)
        self.paper = PdfPreview(says=_("The sheet as it was printed"))
        self.paper.verticalScrollBar().rangeChanged.connect(self._scroll_paper)
        panel = Panel(self.paper_head)
        panel.add(self.paper, 1)
        return panel

    def _side_buttons(self) -> Button:
        self.side = Button(_("Front"), is_small=True, on=self._turn)
        return self.side

    def _form(self) -> Panel:
        self.number_label, self.badge, self.pill = Label("", "bold"), LevelBadge(), StatePill()
        self.next_words = Label("", "second")
        self.heading_label = Label("", "h2", is_cut=True)
        self.second = Label("", "second", is_cut=True)
        first = row(self.number_label, self.badge, self.pill, None, self.next_words)
        head = column(first, self.heading_label, self.second, gap=3, margins=(16, 11, 16, 10))
        self.stale = Strip("amber", _("The work order was changed after this copy was printed."))
        self.missing = Strip("amber", "", "", Button(_("Not on the sheet"), on=self._answer))
        self.area: QScrollArea = scrolled(column())
        panel = Panel(block(head, "header"), self.stale, self.missing)
        panel.add(self.area, 1)
        panel.add(self._foot())
        return panel

    def _foot(self) -> QWidget:
        self.bill = Label("", "second", wraps=True)
        self.later_button = Button(_("Save, next sheet"), on=self.save_next)
        self.done_button = Button(
            _("Done, make invoice"), "primary", key="Ctrl+Return", on=self._done
        )
        foot = row(gap=8, margins=(14, 10, 14, 10))
        foot.addWidget(self.bill, 1)
        foot.addWidget(self.later_button)
        foot.addWidget(self.done_button)
        return block(foot, "footer")

    def refresh(self) -> None:
        """Look the sheet up again, unless it is being typed."""
        if not self._is_changing and self._order_id:
            self._load_again(self._order_id, self.sheet.copy if self.sheet else None)

    def shown(self) -> None:
        """Take the first sheet of the pile where none is open."""
        super().shown()
        if not self._order_id:
            self.ask(lambda: sheets.pile(self.desk.store), self._take_first)

    def go_to(self, record_id: int) -> None:
        """Open the sheet of a work order."""
        self._load(record_id)

    def begin(self, what: str, **facts: object) -> None:
        """Take the copy that was scanned, of the work order whose sheet is open."""
        copy = facts.get("copy")
        if what == "sheet" and isinstance(copy, int):
            self._load(self._order_id, copy)

    def current_id(self) -> int:
        """Return the work order whose sheet is open."""
        return self._order_id

    def keep(self) -> None:
        """Keep what is typed now."""
        super().keep()
        self.drafting.flush()

    @action(later("Save, next sheet"), shortcut="PgDown", icon="arrow-right")
    def save_next(self) -> None:
        """Complete the work for review, and open the next sheet of the pile."""
        self._enter(sheets.Then.REVIEW)

    def _take_first(self, pile: object) -> None:
        ids = list(pile)  # type: ignore[call-overload]
        if ids and not self._order_id:
            self._load(ids[0])
        elif not ids:
            self.stack.setCurrentIndex(0)

    def _open_typed(self) -> None:
        self._load(lookups.of(self.desk.store, "work_order", self.number.text))

    def _load(self, work_order_id: int, copy: int | None = None) -> None:
        self._order_id = work_order_id
        self.ask(lambda: self._look(work_order_id, copy), lambda found: self._show(*found))

    def _load_again(self, work_order_id: int, copy: int | None) -> None:
        """Look the open sheet up again; one that was taken back is closed."""

        def look() -> tuple[SheetForm, bytes] | None:
            try:
                return self._look(work_order_id, copy)
            except RuleBroken:
                return None

        self._timer.stop()  # the newest question wins: first the sheet, then the check of it
        self.ask(look, self._show_again)

    def _show_again(self, found: tuple[SheetForm, bytes] | None) -> None:
        if found is None:
            self._close()
        else:
            self._show(*found)
            self._timer.start()

    def _look(self, work_order_id: int, copy: int | None) -> tuple[SheetForm, bytes]:
        sheet = sheets.form(self.desk.store, work_order_id, copy=copy)
        kept = sheet.document_hash
        return sheet, self.desk.store.files.get(kept) if kept else b""

    def _close(self) -> None:
        self._timer.stop()
        self.drafting.flush()
        self.edit = self.sheet = None
        self._order_id = 0
        self.area.setWidget(block(column()))
        self.stack.setCurrentIndex(0)

    def _show(self, sheet: SheetForm, pdf: bytes) -> None:
        if not sheet.can_be_entered:
            self._order_id = 0
            self.stack.setCurrentIndex(0)
            return
        is_same = self.edit is not None and _lines(self.sheet) == _lines(sheet)
        self.sheet = sheet
        self._show_paper(sheet, pdf)
        self._show_head(sheet)
        if not is_same:
            self._show_boxes(sheet)

    def _show_boxes(self, sheet: SheetForm) -> None:
        self.edit = SheetEdit(self.desk, sheet)
        if sheet.draft:
            self.edit.show_entry(SheetEntry.from_json(sheet.draft))
        self.edit.changed.connect(self._changed)
        self.area.setWidget(self.edit)
        self.missing.hide()
        self.stack.setCurrentIndex(1)
        self.done_button.say(_("Done, make invoice") if sheet.is_billable else _("Done"))
        self.later_button.setVisible(True)
        self._check()
        if self.isVisible():
            self.edit.enter()

    def _show_paper(self, sheet: SheetForm, pdf: bytes) -> None:
        copy = "" if sheet.copy is None else _("copy {n}", n=sheet.copy)
        number = sheet.number.rpartition("-")[2]
        self.paper_head.title.setText(_("Sheet {number}", number=number))
        self.paper_head.count.setText(copy or _("not printed"))
        self.side.setVisible(bool(pdf))
        if pdf:
            self.paper.show_pdf(pdf)
            self._turn_to(is_back=True)

    def _show_head(self, sheet: SheetForm) -> None:
        self.number_label.setText(sheet.number)
        self.badge.set_level(sheet.level)
        self.pill.set_state(states.work_order(sheet.state.value))
        following = _("next in the pile: {number}", number=sheet.next_number)
        self.next_words.setText(following if sheet.next_id else "")
        self.heading_label.setText(sheet.title)
        who = ", ".join(worker.name.split()[0] for worker in sheet.workers)
        place = ", ".join(filter(None, (sheet.customer, sheet.place)))
        self.second.setText(" · ".join(filter(None, (place, who))))
        self.stale.setVisible(sheet.is_stale)

    def _turn(self) -> None:
        self._turn_to(is_back=self.side.words == _("Back"))

    def _turn_to(self, *, is_back: bool) -> None:
        self._is_back = is_back
        self._scroll_paper()
        self.side.say(_("Front") if is_back else _("Back"))

    def _scroll_paper(self) -> None:
        bar = self.paper.verticalScrollBar()
        bar.setValue(bar.maximum() if self._is_back else 0)

    def _changed(self) -> None:
        self._timer.start()
        self._keep_draft()

    def _keep_draft(self) -> None:
        if self.edit is not None and self.sheet is not None:
            subject = str(self.sheet.work_order_id)
            self.drafting.keep(subject, self.edit.entry().to_json())

    def _check(self) -> None:
        if self.edit is None or self.sheet is None:
            return
        store, order_id, edit = self.desk.store, self.sheet.work_order_id, self.edit
        entry = edit.entry()
        self.ask(lambda: sheets.check(store, order_id, entry), self._show_check)

    def _show_check(self, check: SheetCheck) -> None:
        if self.edit is not None:
            self.edit.show_check(check)
        self.bill.setText(self._bill_words(check))

    def _bill_words(self, check: SheetCheck) -> str:
        if check.bill is None:
            return ""
        said = []
        for each in check.bill_lines:
            amount = self.desk.formats.quantity(each.quantity)
            is_time = each.kind is LineKind.LABOUR
            said.append(_("{n} h", n=amount) if is_time else each.text.lower())
        if check.bill.tax:
            said.append(_("tax"))
        total = self.desk.formats.money(check.bill.total)
        if not said:
            return ""
        return _("Invoice would be {total}: {lines}", total=total, lines=", ".join(said))

    def _done(self) -> None:
        is_billed = self.sheet is not None and self.sheet.is_billable
        self._enter(sheets.Then.INVOICE if is_billed else sheets.Then.CLOSE)

    def _enter(self, then: sheets.Then) -> None:
        if self.edit is None or self.sheet is None:
            return
        self._timer.stop()
        self.drafting.end()
        sheet = self.sheet
        self._is_changing = True
        try:
            entered = sheets.enter(
                self.desk.store, sheet.work_order_id, self.edit.entry(), copy=sheet.copy, then=then
            )
        except RuleBroken as error:
            self._offer(error)
            raise
        finally:
            self._is_changing = False
        self._leave(sheet)
        self.toast(_("{number} entered", number=sheet.number))
        if entered.invoice_id is not None:
            self.go("invoices", entered.invoice_id)
        elif sheet.next_id:
            self._load(sheet.next_id)

    def _leave(self, sheet: SheetForm) -> None:
        self.edit = self.sheet = None
        self._order_id = 0
        self.area.setWidget(block(column()))
        self.stack.setCurrentIndex(0 if not sheet.next_id else 1)

    def _offer(self, error: RuleBroken) -> None:
        """Offer to say that what is missing is not on the sheet."""
        answer = _MAY_BE_MISSING.get(error.field)
        self.missing.setVisible(answer is not None)
        if answer is not None:
            self._missing = answer
            self.missing.say(_(error.message, **error.values))

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Ask no more once nobody looks."""
        self._timer.stop()
        super().hideEvent(event)

    def _answer(self) -> None:
        if self.edit is not None:
            self.edit.answered.add(self._missing)
            self.missing.hide()
            self._changed()
            self.done_button.setFocus(Qt.FocusReason.OtherFocusReason)


def _lines(sheet: SheetForm | None) -> object:
    """Return what decides which boxes a sheet has."""
    if sheet is None:
        return None
    return (
        sheet.work_order_id,
        tuple(worker.id for worker in sheet.workers),
        tuple(task.id for task in sheet.tasks),
        tuple(part.planned_part_id for part in sheet.parts),
    )
