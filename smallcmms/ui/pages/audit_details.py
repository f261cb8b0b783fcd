"""One audit: its head, where the person stands, the lines by place, and what was seen."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from smallcmms.domain.audits import AuditStatus, Finding
from smallcmms.services import asset_audits
from smallcmms.services.asset_audits import AuditLine, AuditPage
from smallcmms.texts import _, _n
from smallcmms.ui import errors
from smallcmms.ui.forms.audit import SeenForm, finding_words
from smallcmms.ui.kit import (
    Button,
    Cell,
    Choice,
    Column,
    DateBox,
    Desk,
    Group,
    Label,
    LineBox,
    Panel,
    RowsModel,
    RowsView,
    StatePill,
    block,
    column,
    row,
)
from smallcmms.ui.states import Pill

_TONES = {
    Finding.OPEN: "text3",
    Finding.FOUND: "green",
    Finding.MISSING: "red",
    Finding.MOVED: "violet",
    Finding.NEW: "blue",
}


def status_pill(status: AuditStatus) -> Pill:
    """Return how far an audit is, as a pill."""
    pills = {
        AuditStatus.OUT: Pill(_("Sheet to enter"), "footprints", "blue"),
        AuditStatus.DONE: Pill(_("In the register"), "circle-check", "green"),
        AuditStatus.DROPPED: Pill(_("Given up"), "ban", "grey"),
    }
    return pills[status]


class AuditDetails(Panel):
    """Show an audit and enter its result; ``scanned`` tells in words what a tag did."""

    scanned = Signal(str)

    def __init__(self, desk: Desk, buttons: Sequence[Button], entering: Sequence[Button]) -> None:
        super().__init__()
        self.desk = desk
        self.page: AuditPage | None = None
        self._lines: dict[int, AuditLine] = {}
        self._make_head(buttons)
        self._make_entry(entering)
        columns = [
            Column(_("Tag"), lambda line: line.number, 78),
            Column(_("Asset"), _asset),
            Column(_("Seen"), _seen, 260),
        ]
        self.model = RowsModel[AuditLine](columns, self._fetch, self)
        self.list = RowsView(self.model, row=46, says=_("What should stand here"))
        self.list.chosen.connect(self._choose)
        self.add(self.list, 1)
        self.seen = SeenForm(desk)
        self._foot = block(column(self.seen), "footer")
        self.add(self._foot)

    def _make_head(self, buttons: Sequence[Button]) -> None:
        self.title, self.number = Label("", "h1", is_cut=True), Label("", "key")
        self.pill = StatePill()
        self.where = Label("", "second", is_cut=True)
        self.walked = DateBox(_("Walked on"), self.desk.formats, self.desk.today)
        self.title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        title = row(self.title, self.number, self.pill, None, gap=10)
        verbs = row(*buttons, None, gap=8)
        self.add(block(column(self.where, title, 4, verbs, gap=3, margins=(16, 12, 16, 12))))

    def _make_entry(self, buttons: Sequence[Button]) -> None:
        self.place = Choice(_("I stand at"))
        self.tag = LineBox(_("Scan or type a tag"), hint=_("A-0114"), icon="scan-line")
        self.tag.line.returnPressed.connect(errors.guarded(self, self._take_typed))
        self.counts = Label("", "second", wraps=True)
        boxes = row(gap=10)
        boxes.addWidget(self.place, 3)
        boxes.addWidget(self.tag, 2)
        boxes.addWidget(self.walked, 1)
        below = row(gap=10)
        below.addWidget(self.counts, 1)
        for button in buttons:
            below.addWidget(button)
        inside = column(boxes, below, gap=8, margins=(16, 8, 16, 10))
        self.entry = block(inside, "header")
        self.add(self.entry)

    def show_audit(self, audit_id: int) -> None:
        """Show an audit."""
        is_same = self.page is not None and self.page.row.id == audit_id
        page = self.page = asset_audits.get(self.desk.store, audit_id)
        audit = page.row
        self.title.setText(audit.site)
        self.number.setText(audit.number)
        self.pill.set_state(status_pill(audit.status))
        self.where.setText(self._about(page))
        self.counts.setText(count_words(page))
        is_open = audit.status is AuditStatus.OUT
        for piece in (self.place, self.tag, self.walked):
            piece.setVisible(is_open)
        self.place.set_items([("", _("The site itself")), *((each, each) for each in page.places)])
        if not is_same:
            self.place.set_value(audit.within)
            self.walked.set_value(audit.walked_on or self.desk.today())
        self._lines = {line.id: line for line in page.lines}
        self.model.set_groups(_groups(page))
        self._choose(self.list.chosen_id)

    def take_code(self, code: str) -> None:
        """Enter the asset whose tag was scanned here."""
        if self.page is None:
            return
        place = str(self.place.value or "")
        seen = asset_audits.scan(self.desk.store, self.page.row.id, code, place=place)
        self.list.choose(seen.line_id)
        words = finding_words()[seen.finding]
        self.scanned.emit(_("{name}: {finding}", name=seen.name, finding=words))

    def mark(self, finding: Finding) -> None:
        """Say what was seen of the asset that the person stands on, and go to the next."""
        line_id = self.list.chosen_id
        self.seen.mark(finding)
        if finding is not Finding.MOVED:
            order = list(self._lines)
            at = order.index(line_id) + 1 if line_id in order else 0
            self.list.choose(order[at] if at < len(order) else line_id)

    def _take_typed(self) -> None:
        self.take_code(self.tag.text)
        self.tag.set_value("")

    def _about(self, page: AuditPage) -> str:
        formats, audit = self.desk.formats, page.row
        customer = "" if audit.customer == audit.site else audit.customer
        day = formats.day_year(formats.local(audit.begun_at).date())
        parts = (customer, audit.within, audit.walked_by, _("begun {day}", day=day))
        return " · ".join(filter(None, parts))

    def _choose(self, line_id: int) -> None:
        if self.page is None:
            return
        is_open = self.page.row.status is AuditStatus.OUT
        line = self._lines.get(line_id) if is_open else None
        self.seen.show_line(self.page, line)
        self._foot.setVisible(line is not None)

    def _fetch(self, ids: Sequence[int]) -> dict[int, AuditLine]:
        return {each: self._lines[each] for each in ids if each in self._lines}


def count_words(page: AuditPage) -> str:
    """Return how many were found, are missing, moved, are new and are still open."""
    counts, words = page.counts, finding_words()
    kinds = (Finding.FOUND, Finding.MISSING, Finding.MOVED, Finding.NEW, Finding.OPEN)
    told = [f"{counts[each]} {words[each].lower()}" for each in kinds if counts[each]]
    total = _n("{n} asset", "{n} assets", len(page.lines))
    return " · ".join((total, *told))


def _groups(page: AuditPage) -> list[Group]:
    def place(line: AuditLine) -> str:
        return line.seen_place if line.finding is Finding.NEW else line.place

    return [
        Group(path or _("Without a place"), [line.id for line in lines], "map-pin")
        for path, lines in groupby(page.lines, key=place)
    ]


def _asset(line: AuditLine) -> Cell:
    plate = " · ".join(filter(None, (f"{line.make} {line.model}".strip(), line.serial)))
    return Cell(first=line.name, second=plate, is_bold=True)


def _seen(line: AuditLine) -> Cell:
    icons = {
        Finding.OPEN: "circle-dashed",
        Finding.FOUND: "check",
        Finding.MISSING: "triangle-alert",
        Finding.MOVED: "arrow-right",
        Finding.NEW: "plus",
    }
    tone = _TONES[line.finding]
    words = finding_words()[line.finding]
    is_moved = line.finding is Finding.MOVED
    told = " · ".join(filter(None, (line.seen_place if is_moved else "", line.note)))
    return Cell(first=words, second=told, icon=icons[line.finding], icon_tone=tone, tone=tone)
