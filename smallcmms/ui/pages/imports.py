"""Bringing in a list: the file, what its columns are, what becomes of its rows, then at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget

from smallcmms.domain.buildings import Building, BuildingPlan
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.imports import Kind, Outcome, Plan
from smallcmms.domain.tables import Book, shown
from smallcmms.exchange import cobie, tables
from smallcmms.services import imports
from smallcmms.services.imports import Done, Preview
from smallcmms.texts import _, _n, later
from smallcmms.ui import errors
from smallcmms.ui.forms.import_classes import ImportClasses
from smallcmms.ui.forms.import_columns import ImportColumns
from smallcmms.ui.forms.import_file import ImportFile, kind_words
from smallcmms.ui.forms.import_preview import ImportPreview
from smallcmms.ui.kit import (
    Button,
    Job,
    Label,
    Segmented,
    block,
    column,
    row,
)
from smallcmms.ui.pages.page import Page

Result = TypeVar("Result")
FILE, COLUMNS, PREVIEW = "file", "columns", "preview"
_PAGES = {
    Kind.CUSTOMERS: "customers",
    Kind.ASSETS: "assets",
    Kind.TECHNICIANS: "settings",
    Kind.PARTS: "parts",
    Kind.WORK_ORDERS: "assets",
    Kind.READINGS: "assets",
    Kind.COBIE: "assets",
}
"""Where what was brought in is seen."""


class ImportsPage(Page):
    """Bring in customers, assets, technicians, past work or a building in three steps.

    Nothing is written before the last button; that is one change, and one undo takes it back.
    """

    title = later("Bring in a list")
    icon = "upload"
    keys = (
        ("Tab", later("next box")),
        ("Ctrl+Return", later("next step")),
        ("Esc", later("step back")),
    )
    tables = ("import_batch",)

    def pieces(self) -> Iterator[None]:
        """Make the page a piece at a time."""
        self._path: Path | None = None
        self._kind = Kind.CUSTOMERS
        self._book: Book | None = None
        self._building: Building | None = None
        self._preview: Preview | None = None
        self.stack = QStackedWidget()
        self._lay_out()
        self.file = ImportFile(self.desk)
        self.stack.addWidget(self.file)
        yield
        self.columns, self.classes = ImportColumns(self.desk), ImportClasses(self.desk)
        self.preview = ImportPreview(self.desk)
        for piece in (self.columns, self.classes, self.preview):
            self.stack.addWidget(piece)
        yield
        self.file.chosen.connect(self.open_file)
        self.columns.replanned.connect(self._speak)
        self.columns.resheeted.connect(self._guess)
        self.columns.reread.connect(self._read_again)
        self.setAcceptDrops(True)
        self._show(FILE)

    def _lay_out(self) -> None:
        steps = [
            (FILE, _("1 File")),
            (COLUMNS, _("2 What is in it")),
            (PREVIEW, _("3 Look through")),
        ]
        self.steps = Segmented(steps, says=_("Steps"))
        self.steps.chosen.connect(self._go_to_step)
        self.what = Label("", "bold", is_cut=True)
        self.summary = Label("", "second", is_cut=True)
        self.back = Button(_("Back"), on=self.leave)
        self.next = Button("", "primary", key="Ctrl+Return", on=self._go_on)
        top = row(self.steps, 6, gap=8)
        top.addWidget(self.what, 1)
        foot = row(self.back, gap=8, margins=(0, 0, 0, 0))
        foot.addWidget(self.summary, 1)
        foot.addWidget(self.next)
        self.foot = block(foot)
        page = column(top, gap=10, margins=(18, 14, 18, 12))
        page.addWidget(self.stack, 1)
        page.addWidget(self.foot)
        self.setLayout(page)

    def refresh(self) -> None:
        """Look up again what was brought in before."""
        self.file.refresh()

    def shown(self) -> None:
        """Catch up, and give the keys to the step."""
        super().shown()
        self._give_keys()

    def _give_keys(self) -> None:
        """Let the keys go to what comes next in this step."""
        step = self.steps.value
        if step == FILE:
            self.file.open_button.setFocus()
        elif step == PREVIEW:
            (self.preview.list if self.preview.model.rowCount() else self.back).setFocus()
        else:
            self.next.setFocus()

    def begin(self, what: str, **facts: object) -> None:
        """Begin with a kind of list, or with a file at once."""
        if what != "import":
            return
        self._show(FILE)
        self.file.kinds.set_value(Kind(str(facts.get("kind", Kind.CUSTOMERS))))
        self.file.open_button.setFocus()
        if path := facts.get("path"):
            self.open_file(self.file.kind, Path(str(path)))

    def leave(self) -> bool:
        """Go a step back."""
        step = self.steps.value
        if step == FILE:
            return False
        self._show(COLUMNS if step == PREVIEW else FILE)
        self._give_keys()
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take a file that is dragged here."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Open a file that is dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.open_file(self.file.kind, paths[0])

    def open_file(self, kind: Kind, path: Path) -> None:
        """Read a file and show what it most likely means."""
        self._kind, self._path = kind, path
        if kind is Kind.COBIE:
            store = self.desk.store

            def work(job: Job) -> tuple[Building, BuildingPlan]:
                building = cobie.read(path.read_bytes(), path.name)
                job.step(1, 2)
                return building, imports.guess_building(store, building)

            self._work(_("Reading {name}", name=path.name), work, self._show_building)
        else:
            self._read_again("", "")

    def _read_again(self, encoding: str, delimiter: str) -> None:
        path, kind, store = self._path, self._kind, self.desk.store
        if path is None:
            return

        def work(job: Job) -> tuple[Book, Plan]:
            data = path.read_bytes()
            book = tables.read(data, path.name, encoding=encoding, delimiter=delimiter)
            job.step(1, 2)
            return book, imports.guess(store, kind, book)

        self._work(_("Reading {name}", name=path.name), work, self._show_book)

    def _guess(self, sheet: int, header: int | None) -> None:
        """Look at another sheet or header row."""
        book, kind, store = self._book, self._kind, self.desk.store
        if book is not None:
            self._work(
                _("Reading {name}", name=book.name),
                lambda _job: (
                    book,
                    imports.guess(store, kind, book, sheet=sheet, header=header),
                ),
                self._show_book,
            )

    def _speak(self, plan: Plan) -> None:
        """Find out what the columns tell of numbers and days, where the person did not say."""
        book, store = self._book, self.desk.store
        if book is not None:
            self.ask(
                lambda: (book, imports.spoken(store, book, plan)),
                lambda told: self.columns.show_plan(*told),
            )

    def _show_book(self, told: tuple[Book, Plan]) -> None:
        self._book, plan = told
        self.columns.show_plan(self._book, plan)
        self._show(COLUMNS)
        self._give_keys()

    def _show_building(self, told: tuple[Building, BuildingPlan]) -> None:
        self._building, plan = told
        self.classes.show_building(self._building, plan)
        self._show(COLUMNS)
        self._give_keys()

    def _go_to_step(self, step: str) -> None:
        if step == PREVIEW:
            self.steps.set_value(COLUMNS)
            self._look_through()
        else:
            self._show(step)

    def _go_on(self) -> None:
        if self.steps.value == COLUMNS:
            self._look_through()
        elif self.steps.value == PREVIEW:
            self._bring_in()

    def _look_through(self) -> None:
        """Say what would become of each row; nothing is written."""
        store, book, building = self.desk.store, self._book, self._building
        words = _("Looking through {name}", name=self._path.name if self._path else "")
        if self._kind is Kind.COBIE and building is not None:
            chosen = self.classes.told()
            self._work(
                words,
                lambda _job: imports.preview_building(store, building, chosen),
                self._show_preview,
            )
        elif book is not None:
            plan = self.columns.told()
            self._work(
                words,
                lambda job: imports.preview(store, book, plan, step=job.step),
                self._show_preview,
            )

    def _show_preview(self, preview: Preview) -> None:
        self._preview = preview
        self.preview.show_preview(preview, partial(_cells, self._book, preview.plan))
        self._show(PREVIEW)
        self._give_keys()

    def _bring_in(self) -> None:
        preview, store = self._preview, self.desk.store
        if preview is None:
            return
        changed = preview.counts[Outcome.CHANGED]
        text = _n(
            "{n} record that is there already will change.",
            "{n} records that are there already will change.",
            changed,
        )
        more = _("What the file says takes the place of what stands there. Undo takes it all back.")
        if preview.is_asking and not self.desk.ask.question(self, text, more, _("Bring it in")):
            return
        self._work(
            _("Bringing in {name}", name=preview.name),
            lambda job: imports.run(store, preview, is_agreed=True, step=job.step),
            self._done,
        )

    def _done(self, done: Done) -> None:
        self._preview = None
        self.preview.preview = None
        made, changed = done.counts[Outcome.NEW], done.counts[Outcome.CHANGED]
        words = _("Brought in: {made} new, {changed} changed", made=made, changed=changed)
        self._show(FILE)
        self.go(_PAGES[self._kind])
        self.toast(words if done.batch_id else _("Everything was there already"),
                   has_undo=done.batch_id is not None)  # fmt: skip

    def _show(self, step: str) -> None:
        """Show a step; one that cannot be reached yet is grey."""
        is_building = self._kind is Kind.COBIE
        opened = self._building if is_building else self._book
        if step == COLUMNS and opened is None:
            step = FILE
        self.steps.set_value(step)
        self.steps.part(COLUMNS).setEnabled(opened is not None)
        self.steps.part(PREVIEW).setEnabled(opened is not None)
        second = self.classes if is_building else self.columns
        self.stack.setCurrentWidget({FILE: self.file, COLUMNS: second}.get(step, self.preview))
        self.foot.setVisible(step != FILE)
        self.what.setText(self._what() if step != FILE else "")
        self.next.say(_("Look through") if step == COLUMNS else self._last_words())
        self.next.setEnabled(step == COLUMNS or self._has_work())
        self.summary.setText(self._summary() if step == PREVIEW else "")

    def _what(self) -> str:
        return f"{kind_words(self._kind)} · {self._path.name if self._path else ''}"

    def _has_work(self) -> bool:
        return self._preview is not None and not self._preview.is_empty

    def _last_words(self) -> str:
        if not self._has_work() or self._preview is None:
            return _("Nothing to bring in")
        counts = self._preview.counts
        new, changed = counts[Outcome.NEW], counts[Outcome.CHANGED]
        if not changed:
            return _("Bring in {new}", new=new)
        if not new:
            return _("Change {changed}", changed=changed)
        return _("Bring in {new}, change {changed}", new=new, changed=changed)

    def _summary(self) -> str:
        if self._preview is None:
            return ""
        left = self._preview.counts[Outcome.REFUSED] + self._preview.counts[Outcome.DUPLICATE]
        words = _n("{n} row is left out.", "{n} rows are left out.", left) if left else ""
        return " ".join(filter(None, (_("Nothing is written yet."), words)))

    def _work(
        self, title: str, work: Callable[[Job], Result], then: Callable[[Result], object]
    ) -> None:
        """Do something off the screen's thread: shown after 400 ms, with Stop."""
        self._busy(is_busy=True)

        def doing(job: Job) -> tuple[Result | None, Exception | None]:
            try:
                return work(job), None
            except OSError as error:
                why = error.strerror or type(error).__name__
                return None, RuleBroken("{title}: {why}", title=title, why=why)
            except Exception as error:  # noqa: BLE001, it is shown where the buttons come back
                return None, error

        def finish(answer: tuple[Result | None, Exception | None]) -> None:
            self._busy(is_busy=False)
            result, error = answer
            if error is not None:
                errors.show(error, self)
            else:
                then(result)  # type: ignore[arg-type]

        self.desk.background.run_long(self, title, doing, finish)

    def _busy(self, *, is_busy: bool) -> None:
        for piece in (self.next, self.file.open_button, self.steps):
            piece.setEnabled(not is_busy)
        if not is_busy:
            self._show(self.steps.value)


def _cells(book: Book | None, plan: Plan | None, row_number: int) -> list[str]:
    """Return what a row of the file says in the columns that are used."""
    if book is None or plan is None:
        return []
    cells = book.sheets[plan.sheet].rows[row_number - 1]
    told = [
        (column.header, shown(cells[column.position]))
        for column in plan.columns
        if column.field and column.position < len(cells)
    ]
    return [f"{header}: {text}" for header, text in told if text]
