"""The sections of the settings: what each is called, what it is for, and its form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from smallcmms.services import asset_classes, job_templates, label_sheets, suppliers, technicians
from smallcmms.services.asset_classes import ClassRow
from smallcmms.services.job_templates import TemplateRow
from smallcmms.services.suppliers import SupplierRow
from smallcmms.services.technicians import TechnicianRow
from smallcmms.texts import _, _n
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
from smallcmms.ui.kit import Cell, Desk
from smallcmms.ui.pages.settings_register import Register


class Section(NamedTuple):
    """A part of the settings: its words, what it is for, its icon, and its form."""

    title: str
    hint: str
    icon: str
    widget: Any


def sections(desk: Desk) -> Iterator[Section]:
    """Yield the sections in the order of the page, each made when it is asked for."""
    yield from _of_shop(desk)
    yield from _of_work(desk)
    yield from _of_things(desk)


def _of_shop(desk: Desk) -> Iterator[Section]:
    store = desk.store
    yield Section(
        _("Your business"),
        _("It stands on every paper. Issued invoices stay as they are."),
        "building-2",
        ShopForm(desk),
    )
    people = Register(
        lambda: technicians.rows(store),
        _technician,
        TechnicianForm(desk),
        add=_("Add the technician"),
        says=_("Technicians"),
    )
    yield Section(_("People and trucks"), _("Who drives out, and in which truck."), "users", people)


def _of_work(desk: Desk) -> Iterator[Section]:
    store = desk.store
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
    templates = Register(
        lambda: job_templates.rows(store),
        _template,
        JobTemplateForm(desk),
        add=_("Add the job template"),
        says=_("Job templates"),
    )
    yield Section(
        _("Job templates"),
        _("Checklist, parts, time and price of a usual job."),
        "square-check",
        templates,
    )


def _of_things(desk: Desk) -> Iterator[Section]:
    store = desk.store
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
    classes = Register(
        lambda: asset_classes.rows(store, is_archived=True),
        _class,
        AssetClassForm(desk),
        add=_("Add the class"),
        says=_("Asset classes"),
    )
    kinds = _("What machines of one kind have in common.")
    yield Section(_("Asset classes"), kinds, "boxes", classes)
    labels = Register(
        lambda: [OwnSheet(*each) for each in label_sheets.own(store).items()],
        _label_sheet,
        LabelSheetForm(desk),
        add=_("Add the label sheet"),
        says=_("Label sheets"),
    )
    yield Section(
        _("Label sheets"),
        _("Sheets of your own to print tags on, measured with a ruler."),
        "qr-code",
        labels,
    )


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
