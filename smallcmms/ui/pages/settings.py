"""The settings: the shop, technicians and trucks, rates and taxes, job templates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from PySide6.QtWidgets import QStackedWidget

from smallcmms.services import asset_classes, job_templates, label_sheets, suppliers, technicians
from smallcmms.services.asset_classes import ClassRow
from smallcmms.services.job_templates import TemplateRow
from smallcmms.services.suppliers import SupplierRow
from smallcmms.services.technicians import TechnicianRow
from smallcmms.texts import _, _n, later
from smallcmms.ui.forms.asset_class import AssetClassForm
from smallcmms.ui.forms.certificate_needs import NeedsForm
from smallcmms.ui.forms.follow_ups import FollowUpsForm
from smallcmms.ui.forms.job_template import JobTemplateForm
from smallcmms.ui.forms.label_sheet import LabelSheetForm, OwnSheet
from smallcmms.ui.forms.levels import LevelsForm
from smallcmms.ui.forms.rates import RatesForm
from smallcmms.ui.forms.shop import ShopForm
from smallcmms.ui.forms.supplier import SupplierForm
from smallcmms.ui.forms.technician import TechnicianForm
from smallcmms.ui.forms.working_hours import WorkingHoursForm
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
from smallcmms.ui.pages.settings_register import Register


class Section(NamedTuple):
    """A part of the settings: its words, what it is for, its icon, and its form."""

    title: str
    hint: str
    icon: str
    widget: Any


class SettingsPage(Page):
    """Change what the shop is and what it charges."""

    title = later("Settings")
    icon = "settings"
    keys = (("Tab", later("next box")), ("Ctrl+Z", later("undo")))
    tables = (
        *("shop", "technician", "stock_location", "rate", "tax", "job_template"),
        *(
            "template_task",
            "template_part",
            "asset_class",
            "label_sheet",
        ),
        *("level", "triage_rule", "triage_fact", "certificate", "certificate_need"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.sections = self._make_sections()
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

    def _make_sections(self) -> Sequence[Section]:
        return (*self._of_shop(), *self._of_work(), *self._of_things())

    def _of_shop(self) -> Iterator[Section]:
        desk, store = self.desk, self.desk.store
        people = Register(
            lambda: technicians.rows(store),
            _technician,
            TechnicianForm(desk),
            add=_("Add the technician"),
            says=_("Technicians"),
        )
        yield Section(
            _("Your business"),
            _("It stands on every paper. Issued invoices stay as they are."),
            "building-2",
            ShopForm(desk),
        )
        yield Section(
            _("People and trucks"), _("Who drives out, and in which truck."), "users", people
        )

    def _of_work(self) -> Iterator[Section]:
        desk, store = self.desk, self.desk.store
        templates = Register(
            lambda: job_templates.rows(store),
            _template,
            JobTemplateForm(desk),
            add=_("Add the job template"),
            says=_("Job templates"),
        )
        yield Section(
            _("Levels and answer times"),
            _("Every call gets the worst level that matches. You can change it on any call."),
            "siren",
            LevelsForm(desk),
        )
        yield Section(
            _("Hours and holidays"),
            _("Answer times in workdays, free gaps and PM dates keep to them."),
            "clock",
            WorkingHoursForm(desk),
        )
        yield Section(
            _("Certificates"),
            _("What work asks for. Who lacks it is offered last, and going asks why."),
            "shield-check",
            NeedsForm(desk),
        )
        yield Section(
            _("Rates and taxes"),
            _("What is charged from a day on. What was done before keeps its price."),
            "receipt",
            RatesForm(desk),
        )
        yield Section(
            _("Job templates"),
            _("Checklist, parts, time and price of a usual job."),
            "square-check",
            templates,
        )

    def _of_things(self) -> Iterator[Section]:
        desk, store = self.desk, self.desk.store
        classes = Register(
            lambda: asset_classes.rows(store, is_archived=True),
            _class,
            AssetClassForm(desk),
            add=_("Add the class"),
            says=_("Asset classes"),
        )
        labels = Register(
            lambda: [OwnSheet(*each) for each in label_sheets.own(store).items()],
            _label_sheet,
            LabelSheetForm(desk),
            add=_("Add the label sheet"),
            says=_("Label sheets"),
        )
        sellers = Register(
            lambda: list(suppliers.rows(store, suppliers.find(store)).values()),
            _supplier,
            SupplierForm(desk),
            add=_("Add the supplier"),
            says=_("Suppliers"),
        )
        bought = _("Where parts are bought, and how long they take to come.")
        yield Section(_("Suppliers"), bought, "shopping-cart", sellers)
        yield Section(
            _("Follow-ups and sensors"),
            _("What the program looks after by itself."),
            "phone",
            FollowUpsForm(desk),
        )
        kinds = _("What machines of one kind have in common.")
        yield Section(_("Asset classes"), kinds, "boxes", classes)
        yield Section(
            _("Label sheets"),
            _("Sheets of your own to print tags on, measured with a ruler."),
            "qr-code",
            labels,
        )

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


def _technician(found: TechnicianRow) -> Cell:
    return Cell(first=found.name, second=found.truck or _("no truck"), right=found.initials)


def _supplier(found: SupplierRow) -> Cell:
    parts = _n("{n} part", "{n} parts", found.parts)
    return Cell(first=found.name, second=found.phone or " ", right=parts)


def _class(found: ClassRow) -> Cell:
    assets = _n("{n} asset", "{n} assets", found.assets)
    return Cell(
        first=found.name,
        second=assets if found.archived_on is None else _("archived"),
        tone="text" if found.archived_on is None else "text3",
    )


def _label_sheet(found: OwnSheet) -> Cell:
    sheet = found.sheet
    grid = f"{sheet.columns} × {sheet.rows}"
    return Cell(first=sheet.name, second=f"{sheet.width:g} × {sheet.height:g} mm", right=grid)


def _template(found: TemplateRow) -> Cell:
    lines = _n("{n} line", "{n} lines", len(found.lines))
    minutes = "" if found.planned_minutes is None else _("{n} min", n=found.planned_minutes)
    return Cell(first=found.name, second=lines, right=minutes)
