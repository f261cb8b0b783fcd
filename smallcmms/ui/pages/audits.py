"""The page of audits: walks through a site with a sheet, and their result."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from smallcmms.domain.audits import AuditStatus, Finding
from smallcmms.reports import audit_sheet as report
from smallcmms.services import asset_audits
from smallcmms.services.asset_audits import AuditRow
from smallcmms.services.papers.audit_sheet import audit_sheet
from smallcmms.texts import _, _n, later
from smallcmms.ui.forms.audit import NewAuditForm, finding_words
from smallcmms.ui.forms.pane import FormPane
from smallcmms.ui.kit import (
    Cell,
    EmptyState,
    ListAndDetails,
    Panel,
    PanelHeader,
    action,
    row,
)
from smallcmms.ui.pages.audit_details import AuditDetails, status_pill
from smallcmms.ui.pages.list_page import ListPage


class AuditsPage(ListPage):
    """Begin an audit, print its sheet, enter what was seen, and put it into the register."""

    title = later("Audits")
    icon = "footprints"
    keys = (
        ("↑ ↓", later("next asset")),
        ("Alt+1", later("found")),
        ("Alt+2", later("missing")),
        ("Alt+3", later("moved")),
        ("Ctrl+P", later("print the sheet")),
    )
    tables = ("asset_audit", "asset_audit_line", "asset", "site", "location", "customer")

    def pieces(self) -> Iterator[None]:
        """Make the page a piece at a time."""
        self.begin_list()
        new = self.button("new", is_small=True, text=_("New"))
        left = Panel(PanelHeader("footprints", _("Audits"), "", new, is_big=True))
        rows = partial(asset_audits.rows, self.desk.store)
        left.add(self.list_of(rows, _cell, says=_("Audits")), 1)
        panes = ListAndDetails("audits", left, self.right, widths=(306, 880))
        self.setLayout(row(panes, margins=(18, 14, 18, 12)))
        yield
        self.new_form = NewAuditForm(self.desk)
        more = self.more_button("save_sheet", "rest_missing", "give_up")
        buttons = [self.button("apply", "primary"), self.button("print_sheet"), more]
        entering = [self.button(name, is_small=True) for name in ("rest_found", "add_new")]
        self.details = AuditDetails(self.desk, buttons, entering)
        self.details.scanned.connect(self.toast)
        fact, hint = _("No audits yet"), _("Walk a site with a sheet of what should stand there.")
        self.empty = Panel(EmptyState("footprints", fact, hint, self.button("new", "primary")))
        self.put_beside(self.details, FormPane(self.new_form), self.empty)

    def refresh(self) -> None:
        """Look list and audit up again."""
        self.show_list(asset_audits.find(self.desk.store))

    def go_to(self, record_id: int) -> None:
        """Show an audit."""
        self.shown_id = record_id
        self.refresh()
        self.show_record()

    def begin(self, what: str, **facts: object) -> None:
        """Begin an audit of a site."""
        if what == "asset_audit":
            site_id = facts.get("site_id")
            self._begin_new(site_id if isinstance(site_id, int) else 0)

    def take_code(self, code: str) -> bool:
        """Enter a scanned tag into the audit that is open."""
        page = self.details.page
        is_here = self.right.currentWidget() is self.details and page is not None
        if not is_here or page is None or page.row.status is not AuditStatus.OUT:
            return False
        if code == page.code:
            return True
        self.details.take_code(code)
        return True

    @action(later("New audit"), shortcut="Ctrl+N", icon="plus")
    def new(self) -> None:
        """Begin an audit."""
        self._begin_new(0)

    @action(later("Print the sheet"), shortcut="Ctrl+P", icon="printer")
    def print_sheet(self) -> None:
        """Print the sheet, and keep it with the audit."""
        pdf = self._drawn()
        number = self._row().number
        if self.desk.printing.print(self, pdf, number):
            asset_audits.keep_sheet(self.desk.store, self.shown_id, pdf=pdf)
            self.toast(_("Printed {number}", number=number))

    @action(later("Save as PDF"), icon="download")
    def save_sheet(self) -> None:
        """Write the sheet into a file, and keep it with the audit."""
        pdf = self._drawn()
        saved = self.desk.printing.save(self, pdf, Path(f"{self._row().number}.pdf"))
        if saved is not None:
            asset_audits.keep_sheet(self.desk.store, self.shown_id, pdf=pdf)
            self.toast(_("Saved {name}", name=saved.name), has_undo=False)

    @action(later("Found"), shortcut="Alt+1", icon="check")
    def found(self) -> None:
        """Mark the asset as found, and go to the next."""
        self.details.mark(Finding.FOUND)

    @action(later("Missing"), shortcut="Alt+2", icon="triangle-alert")
    def missing(self) -> None:
        """Mark the asset as missing, and go to the next."""
        self.details.mark(Finding.MISSING)

    @action(later("Moved"), shortcut="Alt+3", icon="arrow-right")
    def moved(self) -> None:
        """Say that the asset stands somewhere else."""
        self.details.mark(Finding.MOVED)

    @action(later("Rest found"), icon="check")
    def rest_found(self) -> None:
        """Mark what is still open as found."""
        self._mark_rest(Finding.FOUND)

    @action(later("Rest missing"), icon="triangle-alert")
    def rest_missing(self) -> None:
        """Mark what is still open as missing."""
        self._mark_rest(Finding.MISSING)

    @action(later("Add a new asset"), shortcut="Ctrl+Shift+A", icon="plus")
    def add_new(self) -> None:
        """Enter an asset that the sheet did not have."""
        place = str(self.details.place.value or "")
        name = _("New asset")
        line_id = asset_audits.add_new(self.desk.store, self.shown_id, name=name, place=place)
        self.details.list.choose(line_id)
        box = self.details.seen.plate[1]
        box.editor.setFocus()
        box.line.selectAll()

    @action(later("Put into the register"), icon="circle-check")
    def apply(self) -> None:
        """Put what was seen into the register: one step."""
        self.details.seen.form.keep()
        walked_on = self.details.walked.value
        counts = asset_audits.apply(self.desk.store, self.shown_id, walked_on=walked_on)
        words = finding_words()
        kinds = [each for each in Finding if counts[each] and each is not Finding.OPEN]
        told = ", ".join(f"{counts[each]} {words[each].lower()}" for each in kinds)
        self.toast(_("{number}: {told}", number=self._row().number, told=told))

    @action(later("Give up"), icon="ban")
    def give_up(self) -> None:
        """Give the audit up; nothing of it goes into the register."""
        asset_audits.drop(self.desk.store, self.shown_id)
        self.toast(_("{number} given up", number=self._row().number))

    def _mark_rest(self, finding: Finding) -> None:
        count = asset_audits.mark_rest(self.desk.store, self.shown_id, finding=finding)
        words = finding_words()[finding].lower()
        self.toast(_n("{n} asset {words}", "{n} assets {words}", count, words=words))

    def _row(self) -> AuditRow:
        return asset_audits.rows(self.desk.store, [self.shown_id])[self.shown_id]

    def _drawn(self) -> bytes:
        return report.render(audit_sheet(self.desk.store, self.shown_id)).pdf

    def _begin_new(self, site_id: int) -> None:
        self.new_form.begin(site_id)
        self.right.setCurrentWidget(self.pane)
        title, words = _("New audit"), _("Begin the audit")
        self.pane.show_new(self.new_form, title, words, self._make)

    def _make(self) -> None:
        self.shown_id = self.new_form.make()
        self.pane.close_form()
        self.refresh()
        number, lines = self._row().number, self._row().lines
        words = _n("{number} begun: {n} asset", "{number} begun: {n} assets", lines, number=number)
        self.toast(words)

    def show_record(self) -> None:
        """Show the audit, or that there is none yet."""
        if self.shown_id:
            self.details.show_audit(self.shown_id)
        self.right.setCurrentWidget(self.details if self.shown_id else self.empty)
        page = self.details.page if self.shown_id else None
        is_open = page is not None and page.row.status is AuditStatus.OUT
        for name in ("apply", "rest_found", "rest_missing", "add_new", "give_up"):
            self.commands[name].setEnabled(is_open)
        for name in ("found", "missing", "moved"):
            self.commands[name].setEnabled(is_open)
        for name in ("print_sheet", "save_sheet"):
            self.commands[name].setEnabled(page is not None)


def _cell(audit: AuditRow) -> Cell:
    seen = _("{seen} of {lines} seen", seen=audit.seen, lines=audit.lines)
    second = " · ".join(filter(None, (audit.number, seen)))
    names = dict.fromkeys((audit.customer, audit.site))
    return Cell(first=", ".join(names), second=second, pill=status_pill(audit.status))
