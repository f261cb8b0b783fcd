"""The settings: the shop, technicians and trucks, rates and taxes, job templates."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget

from smallcmms.texts import _, later
from smallcmms.ui.kit import (
    ROW,
    Cell,
    Column,
    Desk,
    Label,
    ListAndDetails,
    Panel,
    RowsModel,
    RowsView,
    block,
    column,
    row,
    scrolled,
)
from smallcmms.ui.pages.page import Page
from smallcmms.ui.pages.settings_sections import Section, sections


class SettingsPage(Page):
    """Change what the shop is and what it charges."""

    title = later("Settings")
    icon = "settings"
    keys = (("Tab", later("next box")), ("Ctrl+Z", later("undo")))
    tables = (
        *("shop", "technician", "stock_location", "rate", "tax", "job_template"),
        *("template_task", "template_part", "asset_class", "label_sheet"),
        *("level", "triage_rule", "triage_fact", "certificate", "certificate_need"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.sections = sections(desk)
        self.heading_label, self.hint = Label("", "h1"), Label("", "second", wraps=True)
        self.stack = QStackedWidget()
        for section in self.sections:
            self.stack.addWidget(scrolled(section.widget))
        self.model = RowsModel[Section]([Column("", self._cell)], self._fetch, self)
        self.list = RowsView(self.model, row=ROW, says=_("Settings"))
        self.list.chosen.connect(self._choose)
        left = Panel()
        left.add(self.list, 1)
        head = column(self.heading_label, self.hint, gap=2, margins=(16, 12, 16, 10))
        right = Panel(block(head, "header"))
        right.add(self.stack, 1)
        split = ListAndDetails("settings", left, right, widths=(226, 960))
        self.setLayout(row(split, margins=(18, 14, 18, 12)))
        self.model.set_ids(range(1, len(self.sections) + 1))
        self.list.choose(1)
        self._choose(1)

    def refresh(self) -> None:
        """Show everything as it is now."""
        for section in self.sections:
            section.widget.refresh()

    def begin(self, what: str, **facts: object) -> None:  # noqa: ARG002
        """Show a part of the settings by its name."""
        if what == "label_sheets":
            titles = [section.title for section in self.sections]
            self.list.choose(titles.index(_("Label sheets")) + 1)

    def _choose(self, place: int) -> None:
        if not place:
            return
        section = self.sections[place - 1]
        self.heading_label.setText(section.title)
        self.hint.setText(section.hint)
        self.stack.setCurrentIndex(place - 1)

    def _cell(self, section: Section) -> Cell:
        return Cell(first=section.title, icon=section.icon)

    def _fetch(self, places: Sequence[int]) -> dict[int, Section]:
        return {place: self.sections[place - 1] for place in places}
