"""The settings: the shop, technicians and trucks, rates and taxes, job templates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QStackedWidget

from smallcmms.texts import _, later
from smallcmms.ui.kit import (
    ROW,
    Cell,
    Column,
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

    def pieces(self) -> Iterator[None]:
        """Make the page a piece at a time."""
        self.sections: list[Section] = []
        self._stale: set[int] = set()
        self.heading_label, self.hint = Label("", "h1"), Label("", "second", wraps=True)
        self.stack = QStackedWidget()
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
        yield
        for section in sections(self.desk):
            self.sections.append(section)
            self.stack.addWidget(scrolled(section.widget))
            yield
        self.model.set_ids(range(1, len(self.sections) + 1))
        self.list.choose(1)
        self._choose(1)

    def refresh(self) -> None:
        """Show what is seen as it is now, and each other section once it is chosen."""
        self._stale = set(range(1, len(self.sections) + 1))
        self._choose(self.list.chosen_id)

    def begin(self, what: str, **facts: object) -> None:  # noqa: ARG002
        """Show a part of the settings by its name."""
        if what == "label_sheets":
            titles = [section.title for section in self.sections]
            self.list.choose(titles.index(_("Label sheets")) + 1)

    def _choose(self, place: int) -> None:
        if not place:
            return
        section = self.sections[place - 1]
        if place in self._stale:
            self._stale.remove(place)
            section.widget.refresh()
        self.heading_label.setText(section.title)
        self.hint.setText(section.hint)
        self.stack.setCurrentIndex(place - 1)

    def _cell(self, section: Section) -> Cell:
        return Cell(first=section.title, icon=section.icon)

    def _fetch(self, places: Sequence[int]) -> dict[int, Section]:
        return {place: self.sections[place - 1] for place in places}
