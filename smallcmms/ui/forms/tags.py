"""Printing tags: the label sheet, the first free label, the nudge, and the sheet as it will be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.papers import TagSheet
from smallcmms.reports import tag_test
from smallcmms.reports import tags as report
from smallcmms.reports.page import Rendered
from smallcmms.services import tag_printing
from smallcmms.services.tag_printing import Habits
from smallcmms.texts import _, _n
from smallcmms.ui.forms.tag_choices import TagChoices
from smallcmms.ui.forms.tag_kinds import ASSETS, TagKind
from smallcmms.ui.kit import (
    Button,
    Desk,
    Panel,
    PanelHeader,
    PdfPreview,
    block,
    line,
    row,
    scrolled,
)

_SIDE = 270
_MANY = 90
"""More tags than these are drawn in the background."""
_ROLL_PREVIEW = 4


class PrintTags(Panel):
    """Print the tags of some assets, or of shelves; ``closed`` tells that the person is done.

    Label sheet, first label and nudge are remembered; a printed sheet moves the first label on.
    """

    closed = Signal()

    def __init__(self, desk: Desk, kind: TagKind = ASSETS) -> None:
        super().__init__()
        self.desk, self._kind = desk, kind
        self.header = PanelHeader("qr-code", _("Print tags"), is_big=True)
        self.add(self.header)
        self.preview = PdfPreview(says=_("Preview of the label sheet"))
        self.choices = TagChoices(desk, self._kind)
        self.choices.changed.connect(self._draw)
        side = scrolled(self.choices)
        side.setFixedWidth(_SIDE)
        inside = row(side, line(is_upright=True), gap=0)
        inside.addWidget(self.preview, 1)
        self.body.addLayout(inside, 1)
        self.print_button = Button(
            _("Print tags"), "primary", icon="printer", key="Ctrl+Return", on=self.print_sheet
        )
        self.test_button = Button(_("Test page"), on=self.print_test_page)
        save = Button(_("Save as PDF"), icon="download", on=self.save_sheet)
        own = Button(_("Own label sheets"), "link", on=self.edit_sheets)
        back = Button(_("Back"), on=self.close_form)
        foot = row(
            self.print_button, save, self.test_button, back, None, own, margins=(16, 8, 16, 8)
        )
        self.add(block(foot, "footer"))

    def show_tags(self, asset_ids: Sequence[int]) -> None:
        """Lay the tags of these assets out."""
        self.choices.show_assets(asset_ids)
        self._draw()

    def print_sheet(self) -> None:
        """Print the tags, and remember which label is free next."""
        self._with_pdf(self._print)

    def save_sheet(self) -> None:
        """Write the tags into a file."""
        self._with_pdf(self._save)

    def print_test_page(self) -> None:
        """Print outlines and rulers on plain paper."""
        told = self.choices.habits()
        paper = self._paper((), told)
        title = _("Test page: {labels}", labels=paper.labels.name)
        if self.desk.printing.print(self, tag_test.render(paper).pdf, title):
            words = _("Printed the test page. Hold it and a label sheet against the light.")
            self.desk.front.toast(words, has_undo=False)

    def edit_sheets(self) -> None:
        """Go to the label sheets that the shop has measured itself."""
        self.close_form()
        self.desk.front.begin("settings", "label_sheets")

    def close_form(self) -> None:
        """Remember the choices and go back."""
        try:
            told = self.choices.habits()
        except RuleBroken:
            pass  # what cannot be read is not remembered
        else:
            tag_printing.remember(self.desk.store, told)
        self.closed.emit()

    def _with_pdf(self, act: Callable[[Sequence[int], Habits, bytes], None]) -> None:
        """Draw the tags, many of them in the background, and go on with the PDF."""
        told, asset_ids = self.choices.habits(), list(self.choices.asset_ids)
        if not asset_ids:
            raise RuleBroken("There is nothing to print a tag for.", "whose")
        if len(asset_ids) <= _MANY:
            act(asset_ids, told, report.render(self._paper(asset_ids, told)).pdf)
            return
        paper = self._paper(asset_ids, told)
        self.desk.background.run_long(
            self,
            _("Drawing tags"),
            lambda _job: report.render(paper).pdf,
            lambda pdf: act(asset_ids, told, pdf),
        )

    def _print(self, asset_ids: Sequence[int], told: Habits, pdf: bytes) -> None:
        words = _n("Printed {n} tag", "Printed {n} tags", len(asset_ids))
        if self.desk.printing.print(self, pdf, self.header.title.text()):
            self._printed(asset_ids, told)
            self.desk.front.toast(words)
            self.closed.emit()

    def _save(self, asset_ids: Sequence[int], told: Habits, pdf: bytes) -> None:
        saved = self.desk.printing.save(self, pdf, Path(_("Tags") + ".pdf"))
        if saved is not None:
            self.choices.show_habits(self._printed(asset_ids, told))
            self.desk.front.toast(_("Saved {name}", name=saved.name))
            self._draw()

    def _draw(self) -> None:
        """Show the first page as it will be, and what is to be known about it."""
        asset_ids = self.choices.asset_ids
        self.header.title.setText(_n("Print {n} tag", "Print {n} tags", len(asset_ids)))
        self.choices.hint.setText("")
        try:
            told = self.choices.habits()
            most = self.choices.labels_chosen.count - told.start_at + 1
            first = asset_ids[: max(most, _ROLL_PREVIEW)]
            paper = self._paper(first, told, has_guides=True)
            drawn = report.render(_as_read(paper))
        except RuleBroken as error:
            self.choices.hint.setText(_(error.message, **error.values))
        else:
            self.preview.show_pdf(drawn.pdf)
            self.choices.hint.setText(self._told(drawn, paper, len(asset_ids)))

    def _told(self, drawn: Rendered, paper: TagSheet, count: int) -> str:
        if drawn.missing:
            return _("No letters to print: {letters}", letters=" ".join(drawn.missing))
        labels = paper.labels
        pages = -(-(paper.start_at - 1 + count) // labels.count)
        said = [_n("{n} page.", "{n} pages.", pages)]
        if not labels.is_roll:
            said.append(_("Dashed lines do not print."))
        if not labels.is_checked:
            said.append(_("Check this sheet with a test page: sources disagree about it."))
        return " ".join(said)

    def _paper(
        self, asset_ids: Sequence[int], told: Habits, *, has_guides: bool = False
    ) -> TagSheet:
        return self._kind.paper(self.desk.store, asset_ids, told=told, has_guides=has_guides)

    def _printed(self, asset_ids: Sequence[int], told: Habits) -> Habits:
        record = self._kind.record
        return tag_printing.printed(self.desk.store, asset_ids, told, record=record)


def _as_read(paper: TagSheet) -> TagSheet:
    """Return the tags as they are read: on a roll they are printed lying on their side."""
    if not paper.labels.is_turned:
        return paper
    right, down = -paper.nudge_y_mm, paper.nudge_x_mm
    return replace(paper, labels=paper.labels.upright, nudge_x_mm=right, nudge_y_mm=down)
