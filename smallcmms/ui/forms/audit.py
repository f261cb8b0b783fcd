"""Forms of an audit: beginning one, and what was seen of one asset."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QWidget

from smallcmms.domain.audits import Finding
from smallcmms.services import asset_audits, sites, technicians
from smallcmms.services.asset_audits import AuditLine, AuditPage
from smallcmms.texts import _
from smallcmms.ui.kit import (
    Button,
    Choice,
    Desk,
    FindBox,
    Form,
    Found,
    Label,
    LineBox,
    Segmented,
    block,
    column,
    row,
)


def finding_words() -> dict[Finding, str]:
    """Return what can be said of an asset on a walk."""
    return {
        Finding.OPEN: _("Not looked at"),
        Finding.FOUND: _("Found"),
        Finding.MISSING: _("Missing"),
        Finding.MOVED: _("Moved"),
        Finding.NEW: _("New"),
    }


class NewAuditForm(QWidget):
    """Say which site is walked, or which part of it, and who walks."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.form = Form(self)
        where = _("Customer or address")
        self.site = FindBox(_("Site"), self._sites, hint=where, is_needed=True)
        self.first = self.form.add("site_id", self.site)
        self.site.taken.connect(self._offer)
        self.part = self.form.add("location_id", Choice(_("Which part of it")))
        self.walker = self.form.add("walked_by", Choice(_("Who walks")))
        note = Label(_("The sheet lists what should stand there, place by place."), "second")
        pieces = (self.site, row(self.part, self.walker, gap=10), note, None)
        self.setLayout(column(*pieces, gap=10))

    def begin(self, site_id: int = 0) -> None:
        """Start at a site, or at none."""
        self.form.clear()
        self.part.set_items([(None, _("All of it"))])
        names = [(each.name, each.name) for each in technicians.rows(self.desk.store)]
        self.walker.set_items([("", _("Nobody yet")), *names])
        self.walker.set_value("")
        if site_id:
            site = sites.site(self.desk.store, site_id)
            self.site.show_taken(site_id, f"{site.customer}, {site.label}")
            self._offer(site_id)

    def make(self) -> int:
        """Begin the audit; return its id."""
        return asset_audits.begin(self.desk.store, **self.form.values())

    def _offer(self, site_id: int) -> None:
        places = sites.locations(self.desk.store, site_id)
        items = [(each.id, each.path) for each in places]
        self.part.set_items([(None, _("All of it")), *items])

    def _sites(self, text: str) -> list[Found]:
        found = sites.find(self.desk.store, text)
        return [Found(site.id, f"{site.customer}, {site.label}") for site in found]


class SeenForm(QWidget):
    """What was seen of the asset that the person stands on; a new one has a name and a plate."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._audit_id = 0
        self._line: AuditLine | None = None
        words = finding_words()
        kinds = (Finding.FOUND, Finding.MISSING, Finding.MOVED, Finding.OPEN)
        says = _("What was seen")
        self.finding = Segmented([(each.value, words[each]) for each in kinds], says=says)
        self.finding.chosen.connect(self._mark_chosen)
        self.title = Label("", "h3", is_cut=True)
        self.form = Form(self, save=self._save)
        add = self.form.add
        self.place = add("place", LineBox(_("Stands now"), hint=_("Building A › Basement")))
        self.note = add("note", LineBox(_("Note")))
        self.plate = [
            add("short_code", LineBox(_("Short code"))),
            add("name", LineBox(_("Name"), is_needed=True)),
            add("make", LineBox(_("Make"))),
            add("model", LineBox(_("Model"))),
            add("serial", LineBox(_("Serial"))),
        ]
        self.take_off = Button(_("Take off"), "quiet", is_small=True, on=self._take_off)
        head = row(gap=10)
        head.addWidget(self.title, 1)
        head.addWidget(self.finding)
        head.addWidget(self.take_off)
        boxes = row(self.place, self.note, gap=10)
        self._plate = block(row(*self.plate, gap=10))
        self.setLayout(column(head, self._plate, boxes, gap=8, margins=(14, 10, 14, 10)))

    def show_line(self, page: AuditPage, line: AuditLine | None) -> None:
        """Show a line of an audit, or none."""
        if self._line is not None and (line is None or line.id != self._line.id):
            self.form.keep()
        self._audit_id, self._line = page.row.id, line
        self.setVisible(line is not None)
        if line is None:
            return
        is_new = line.finding is Finding.NEW
        self.title.setText(" ".join(filter(None, (line.number, line.name))))
        self.finding.setVisible(not is_new)
        self.finding.set_value(line.finding.value)
        self.take_off.setVisible(is_new)
        self._plate.setVisible(is_new)
        self.place.setVisible(is_new or line.finding is Finding.MOVED)
        name = line.name.removeprefix(line.short_code).strip() if is_new else line.name
        told = {"place": line.seen_place, "note": line.note, "name": name}
        plate = {each: getattr(line, each) for each in ("short_code", "make", "model", "serial")}
        self.form.fill(told | plate)
        self._offer(page.places)

    def mark(self, finding: Finding) -> None:
        """Say what was seen of it; one that moved waits for its place."""
        line = self._line
        if line is None or line.finding is Finding.NEW:
            return
        self.finding.set_value(finding.value)
        self.place.setVisible(finding is Finding.MOVED)
        if finding is Finding.MOVED and not self.place.text.strip():
            self.place.editor.setFocus()
            return
        place = self.place.text if finding is Finding.MOVED else ""
        asset_audits.mark(self.desk.store, self._audit_id, line.id, finding=finding, place=place)

    def _mark_chosen(self, key: str) -> None:
        self.mark(Finding(key))

    def _offer(self, paths: tuple[str, ...]) -> None:
        completer = QCompleter(list(paths), self.place.line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self.place.changed)
        self.place.line.setCompleter(completer)

    def _save(self, values: dict[str, str]) -> None:
        line, store = self._line, self.desk.store
        if line is None:
            return
        if line.finding is Finding.NEW:
            asset_audits.edit_new(store, self._audit_id, line.id, **values)
            return
        finding = Finding(self.finding.value or line.finding.value)
        if finding is Finding.MOVED and not self.place.text.strip():
            return
        place = self.place.text if finding is Finding.MOVED else ""
        asset_audits.mark(
            *(store, self._audit_id, line.id), finding=finding, place=place, note=self.note.text
        )

    def _take_off(self) -> None:
        if self._line is not None:
            asset_audits.remove_new(self.desk.store, self._audit_id, self._line.id)
