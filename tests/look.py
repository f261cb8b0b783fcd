"""Pictures of the pages of the demo shop, of every page that the story passes, and of the papers.

    python -m tests.look OUT [--only shop|story|papers]

Pages are taken in light and dark, on a screen of 1440 × 900 and one of 1100 × 700; the demo shop's
pages and the papers lie in OUT, the moments of the story in OUT/story.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from smallcmms import app
from smallcmms.cli.invoice import render as render_invoice
from smallcmms.domain.papers import PaperSize
from smallcmms.reports import audit_sheet, count_sheet, load_list, purchase_order, tags, work_order
from smallcmms.services import assets, invoices, lookups, tag_printing
from smallcmms.services.papers import audit_sheet as walk_paper
from smallcmms.services.papers import count_sheet as count_paper
from smallcmms.services.papers import load_list as load_paper
from smallcmms.services.papers import part_labels as shelf_paper
from smallcmms.services.papers import purchase_order as order_paper
from smallcmms.services.papers import tags as tag_paper
from smallcmms.services.papers import work_order as sheet_paper
from smallcmms.services.samples import ridgeline, story
from smallcmms.services.tag_printing import Habits
from smallcmms.store.opening import create, open_shop
from smallcmms.store.store import Store
from smallcmms.ui import pictures, theme
from smallcmms.ui.pictures import Pictures
from smallcmms.ui.theme import Mode
from tests import played
from tests.person import Person
from tests.ui.conftest import Answers

PAGES = (
    ("01-today", "today", "", ""),
    ("02-requests", "requests", "request", "R-1049"),
    ("03-work-orders", "work_orders", "work_order", "WO-2318"),
    ("05-assets", "assets", "asset", "A-0114"),
    ("05c-audits", "audits", "asset_audit", "AU-001"),
    ("07-parts", "parts", "part", "FLT-20252"),
    ("07b-counts", "stock_counts", "", ""),
    ("07c-load-a-truck", "load_truck", "", ""),
    ("07d-purchase-orders", "purchase_orders", "purchase_order", "PO-0087"),
    ("06-pm-schedules", "pm_schedules", "pm_schedule", "PM-009"),
    ("08-invoices", "invoices", "invoice", ""),
    ("09-customers", "customers", "customer", "C-014"),
)
"""The name of the picture, the page, and the record on it."""
SHEET, WORDS = "2310", "Kitchen still has no hot water. Puddle by the pump is getting bigger"
WORK_ORDER = "WO-2318"
LIST = (
    "Number;Customer;Contact;Phone;Street;City;Notes;Fax\n"
    "C-014;Harbor View Apartments;Priya Natarajan;937 555 0117;1200 Riverside Dr;Dayton, OH 45405;"
    "Call before noon;\n"
    "C-011;Bluebird Bakery;;;;;;\n"
    ";Riverbend Clinic;Ana Ruiz;937 555 0188;12 Ferry Rd;Dayton;;937 555 0189\n"
    ";Café Zürich;Reto Frei;937 555 0170;4 Mill St;Dayton;;\n"
    ";Riverbend Clinic;Ana Ruiz;937 555 0188;12 Ferry Rd;Dayton;;937 555 0189\n"
    ";;Nobody;937 555 0199;;;;\n"
)
"""Customers as another program writes them: known, new, twice and without a name."""


class Clock:
    """A clock that is set."""

    def __init__(self) -> None:
        self.moment = story.july(14, 10, 24)

    def __call__(self) -> datetime:
        return self.moment

    def set(self, moment: datetime) -> None:
        self.moment = moment.astimezone(UTC)


class Studio:
    """Where the pictures are taken: one application, a folder for files, one for pictures."""

    def __init__(self, application: QApplication, files: Path, out: Path) -> None:
        self._application, self._files, self.out = application, files, out
        self._ask = Answers()
        self._ask.path = files / "printed.pdf"

    def sit_down(
        self, path: Path, clock: Callable[[], datetime], folder: str = ""
    ) -> tuple[Person, Pictures]:
        """Open a file; return who sits there and the camera."""
        person = Person(self._application, path, ask=self._ask, clock=clock)
        person.wait_for_shop()
        into = self.out / folder
        into.mkdir(parents=True, exist_ok=True)
        return person, Pictures(person.window, person.program.background, into)

    def welcome(self) -> None:
        """Take the first run."""
        nothing = self._files / "nothing.smallcmms"
        person = Person(self._application, nothing, ask=self._ask, clock=Clock())
        person.wait(lambda: person.window.view("first_run") is not None)
        taken = Pictures(person.window, person.program.background, self.out)
        taken.take_both("11-first-run")
        person.leave()

    def shop(self) -> None:
        """Play the demo shop."""
        clock, path = Clock(), self._files / "ridgeline.smallcmms"
        store = create(path, now=clock)
        ridgeline.play(
            store, clock.set, render_sheet=work_order.render, render_invoice=render_invoice
        )
        store.close()

    def papers(self) -> None:
        """Take the papers of the demo shop; its draft is issued for it."""
        store = open_shop(self._files / "ridgeline.smallcmms", now=Clock())
        try:
            self._papers(store)
        finally:
            store.close()

    def pages(self) -> None:
        """Take the pages of the demo shop."""
        person, taken = self.sit_down(self._files / "ridgeline.smallcmms", Clock())
        for name, page, record, number in PAGES:
            person.window.go(page, _id_of(person.store, record, number) if number else 0)
            person.rest()
            if page == "requests":
                _type_a_call(person)
            taken.take_both(name)
        self._list(person, taken)
        person.window.go("settings")
        taken.take_both("11b-settings")
        person.window.go("enter_sheet", lookups.of(person.store, "work_order", SHEET))
        person.rest()
        taken.take_both("12-enter-sheet")
        person.window.go("work_orders")
        taken.take_both("13-search", partial(_search, person))
        person.leave()

    def _list(self, person: Person, taken: Pictures) -> None:
        """Take the steps of bringing in a list."""
        path = self._files / "customers.csv"
        path.write_text(LIST, "cp1252")
        person.window.begin("imports", "import", kind="customers")
        taken.take_both("15-list-file")
        person.window.begin("imports", "import", kind="customers", path=str(path))
        person.rest()
        taken.take_both("15-list-columns")
        person.press("Ctrl+Return")
        person.rest()
        taken.take_both("15-list-preview")

    def _papers(self, store: Store) -> None:
        order_id = lookups.of(store, "work_order", WORK_ORDER)
        said = sheet_paper.work_order(store, order_id, copy=1, revision=1)
        for size in (PaperSize.LETTER, PaperSize.A4):
            paper = replace(said, manner=replace(said.manner, paper_size=size))
            drawn = work_order.render(paper).pdf
            pictures.of_paper(drawn, self.out, f"A-work-order-{size.value}")
        [draft_id] = invoices.find(store, filters=invoices.Filters(chip=invoices.Chip.DRAFT))
        invoices.issue(store, draft_id, render=render_invoice)
        pictures.of_paper(invoices.document(store, draft_id), self.out, "B-invoice")
        walk = walk_paper.audit_sheet(store, lookups.of(store, "asset_audit", "AU-001"))
        pictures.of_paper(audit_sheet.render(walk).pdf, self.out, "G-audit")
        self._stock_papers(store)
        machines = list(assets.find(store))[:30]
        for key in ("5160", "22806"):
            sheet = tag_paper.tags(store, machines, told=Habits(sheet=key))
            pictures.of_paper(tags.render(sheet).pdf, self.out, f"C-tags-{key}")

    def _stock_papers(self, store: Store) -> None:
        """Take the papers of the stock, on both sheets that offices buy."""
        counted = count_paper.count_sheet(store, lookups.of(store, "stock_count", "ST-002"))
        jess, today = lookups.technician(store, "Jess"), date(2026, 7, 14)
        loaded = load_paper.load_list(store, jess, today)
        ordered = order_paper.purchase_order(store, lookups.of(store, "purchase_order", "PO-0085"))
        for size in (PaperSize.LETTER, PaperSize.A4):
            manner = replace(counted.manner, paper_size=size)
            drawn = count_sheet.render(replace(counted, manner=manner)).pdf
            pictures.of_paper(drawn, self.out, f"H-count-sheet-{size.value}")
            drawn = load_list.render(replace(loaded, manner=manner)).pdf
            pictures.of_paper(drawn, self.out, f"I-load-list-{size.value}")
            drawn = purchase_order.render(replace(ordered, manner=manner)).pdf
            pictures.of_paper(drawn, self.out, f"J-purchase-order-{size.value}")
        shelves = tag_printing.wanting_parts(store)
        for key in ("5160", "22806"):
            sheet = shelf_paper.part_labels(store, shelves, told=Habits(sheet=key))
            pictures.of_paper(tags.render(sheet).pdf, self.out, f"C-shelf-tags-{key}")

    def story(self) -> None:
        """Play the story by keys, and take each page that it passes."""
        clock, path = story.Clock(), self._files / "story.smallcmms"
        store = create(path, now=clock)
        story.set_up(store)
        story.before(store)
        store.close()
        clock.set(13, 7, 10)
        person, taken = self.sit_down(path, clock, "story")
        person.window.go("assets", lookups.of(person.store, "asset", "A-0133"))
        taken.take_both("1-asset")
        for count, (moment, name, move) in enumerate(_MOVES, start=2):
            clock.set(*moment)
            move(person)
            person.rest()
            taken.take_both(f"{count}-{name}")
        person.leave()


_MONDAY, _TUESDAY = 13, 14
_MOVES: tuple[tuple[tuple[int, int, int], str, Callable[[Person], None]], ...] = (
    ((_MONDAY, 7, 10), "call", played.call),
    ((_MONDAY, 7, 10), "triage", played.log_the_call),
    ((_MONDAY, 7, 14), "triaged", played.triage),
    ((_MONDAY, 7, 20), "printed", played.print_for_the_truck),
    ((_TUESDAY, 10, 31), "sheet", played.scan_sheet),
    ((_TUESDAY, 10, 31), "sheet-typed", played.type_sheet),
    ((_TUESDAY, 10, 32), "draft", played.done_at_once),
    ((_TUESDAY, 10, 33), "sent", played.send),
)


def _id_of(store: Store, record: str, number: str) -> int:
    if record == "part":
        return lookups.part(store, number)
    return lookups.of(store, record, number)


def _type_a_call(person: Person) -> None:
    person.press("Ctrl+L")
    person.type("veldk")
    person.press("Return")
    person.type(WORDS)
    person.press("Tab", "Tab", "Space")
    person.rest()


def _search(person: Person) -> None:
    person.press("Ctrl+K")
    person.type("valve")


def main() -> int:
    """Take the pictures that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", choices=("shop", "story", "welcome"))
    options = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as folder:
        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
        application = app.begin()
        theme.begin(application, Mode.LIGHT)
        options.out.mkdir(parents=True, exist_ok=True)
        studio = Studio(application, Path(folder), options.out)
        if options.only in (None, "welcome"):
            studio.welcome()
        if options.only in (None, "shop"):
            studio.shop()
            studio.pages()
            studio.papers()
        if options.only in (None, "story"):
            studio.story()
    sys.stdout.write(f"The pictures lie in {options.out}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
