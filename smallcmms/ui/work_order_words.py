"""The words of a work order's page: what waits, when, where a part lies, what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from smallcmms.domain.labour import LabourClass
from smallcmms.domain.part_places import PartPlace, Whence
from smallcmms.domain.sheets import Mark
from smallcmms.domain.stock import ReservationStatus
from smallcmms.domain.work_orders import HoldReason, ShownState, WorkType
from smallcmms.formats import Formats
from smallcmms.services.timeline import TimelineRow
from smallcmms.services.work_order_list import WorkOrderRow
from smallcmms.services.work_orders import PlannedLine, TaskLine, VisitLine, WorkOrderPage
from smallcmms.texts import _, _n, later
from smallcmms.ui.states import Pill

_NEAR = 7
_DONE = {ShownState.TO_REVIEW, ShownState.TO_INVOICE, ShownState.INVOICED, ShownState.CLOSED}
_HOLDS = MappingProxyType(
    {
        HoldReason.PARTS: later("Parts"),
        HoldReason.CUSTOMER: later("The customer"),
        HoldReason.APPROVAL: later("Approval"),
        HoldReason.ACCESS: later("Access"),
        HoldReason.WEATHER: later("The weather"),
        HoldReason.SUBCONTRACTOR: later("A subcontractor"),
        HoldReason.RETURN_VISIT: later("A return visit"),
    }
)
_FIELDS = MappingProxyType(
    {
        "title": later("Title"),
        "wrong": later("What is wrong"),
        "truck_note": later("Note for the truck"),
        "instructions": later("Instructions"),
        "planned_minutes": later("Planned time"),
        "due_on": later("Due day"),
        "type": later("Kind of work"),
        "billing_rule": later("Billing"),
        "customer_id": later("Customer"),
        "site_id": later("Site"),
        "location_id": later("Place"),
        "contact_id": later("Contact"),
        "asset_id": later("Asset"),
        "limit": later("Limit"),
        "flat_price": later("Flat price"),
        "po_number": later("Purchase order"),
        "quantity": later("Quantity"),
        "text": later("Checklist line"),
    }
)


def hold_words() -> list[tuple[object, str]]:
    """Return what work can wait for."""
    return [(reason, _(text)) for reason, text in _HOLDS.items()]


def type_words() -> list[tuple[object, str]]:
    """Return the kinds of work."""
    words = {
        WorkType.CORRECTIVE: _("Repair"),
        WorkType.EMERGENCY: _("Emergency"),
        WorkType.PREVENTIVE: _("Planned upkeep"),
        WorkType.INSPECTION: _("Inspection"),
        WorkType.CONDITION_BASED: _("By condition"),
        WorkType.INSTALLATION: _("Installation"),
        WorkType.IMPROVEMENT: _("Improvement"),
        WorkType.WARRANTY: _("Warranty"),
        WorkType.REWORK: _("Done again"),
        WorkType.INTERNAL: _("Our own"),
    }
    return list(words.items())


def class_words() -> list[tuple[object, str]]:
    """Return the classes of working time."""
    return [
        (LabourClass.REGULAR, _("On site")),
        (LabourClass.OVERTIME, _("Overtime")),
        (LabourClass.AFTER_HOURS, _("After hours")),
        (LabourClass.TRAVEL, _("Driving")),
        (LabourClass.WAITING, _("Waiting for parts")),
    ]


def mark_word(mark: Mark | None) -> str:
    """Return what a marked line says beside its box; OK goes without a word."""
    words = {Mark.FIXED: _("Fixed"), Mark.BAD: _("Bad")}
    return words.get(mark, "") if mark else ""


def when_in_list(each: WorkOrderRow, formats: Formats, today: date) -> tuple[str, str]:
    """Return what stands at the right of a row, and its tone: 1 d late, Tue, Marco, due Jul 15."""
    if each.days_late:
        late = _("{n} d late", n=each.days_late)
        return _("{late}, part is in", late=late) if each.is_part_in else late, "red"
    if each.is_part_in:
        return _("Part is in"), "green"
    if each.state in _DONE and each.done_on is not None:
        return _("done {day}", day=formats.day(each.done_on)), "text2"
    if each.visit_on is not None and each.technicians:
        is_near = abs((each.visit_on - today).days) < _NEAR
        day = formats.day_name(each.visit_on) if is_near else formats.day(each.visit_on)
        return f"{day}, {', '.join(each.technicians)}", "text2"
    if each.due_on is None:
        return "", "text2"
    return _("due {day}", day=formats.day(each.due_on)), "text2"


def visit_words(visit: VisitLine, formats: Formats, today: date) -> str:
    """Return when a visit is: Today 1:00–3:30 PM."""
    day = formats.relative_day(formats.local(visit.planned_from).date(), today)
    return f"{day[:1].upper()}{day[1:]} {formats.span(visit.planned_from, visit.planned_to)}"


def due_words(page: WorkOrderPage, formats: Formats, today: date) -> tuple[str, str]:
    """Return until when the work is due, or since when it is done, and its tone."""
    if page.done_on is not None:
        return _("done {day}", day=formats.relative_day(page.done_on, today)), ""
    if page.days_late:
        return _n("{n} day late", "{n} days late", page.days_late), "red"
    if page.due_on is None:
        return "", ""
    return _("due {day}", day=formats.relative_day(page.due_on, today)), ""


def task_words(task: TaskLine, formats: Formats) -> str:
    """Return a line of the checklist with the limits of its reading."""
    low, high = (_limit(limit, task.unit, formats) for limit in (task.low, task.high))
    if low and high:
        return _("{text}, {low} to {high}", text=task.text, low=low, high=high)
    if high:
        return _("{text}, limit {high}", text=task.text, high=high)
    return _("{text}, {low} or more", text=task.text, low=low) if low else task.text


def _limit(limit: Decimal | None, unit: str, formats: Formats) -> str:
    return "" if limit is None else f"{formats.quantity(limit)} {unit}".strip()


def part_place(line: PlannedLine, formats: Formats) -> Pill | None:
    """Return where a planned part is: green on the truck that goes, amber where to fetch it.

    What the work has no claim to, because others have or nothing is there, is red, and blue once
    it is on order.
    """
    whence = line.whence
    if whence is None:
        return None
    if whence.whence is Whence.ABOARD:
        return Pill(_("On {truck}", truck=whence.place), "package-check", "green")
    if whence.whence is Whence.SHORT:
        return _short(line, whence, formats)
    where = f"{whence.place} {line.bin}".strip() if whence.is_shop else whence.place
    if whence.is_last and whence.fetched == 1:
        where = _("{where}, last one", where=where)
    if not whence.aboard:
        return Pill(_("Pick up: {where}", where=where), "warehouse", "amber")
    n = formats.quantity(whence.fetched)
    return Pill(_("Pick up {n}: {where}", n=n, where=where), "warehouse", "amber")


def _short(line: PlannedLine, whence: PartPlace, formats: Formats) -> Pill:
    missing = line.quantity - whence.aboard - whence.fetched
    n = formats.quantity(missing if missing > 0 else line.quantity)
    if line.due_on is not None:
        words = _("{n} short, due {day}", n=n, day=formats.day(line.due_on))
        return Pill(words, "shopping-cart", "blue")
    if line.order_number:
        words = _("{n} short, on {order}", n=n, order=line.order_number)
        return Pill(words, "shopping-cart", "blue")
    if missing <= 0:
        return Pill(_("Short, kept for other work"), "package-open", "red")
    if missing == line.quantity:
        return Pill(_("Not in stock"), "package-open", "red")
    return Pill(_("{n} short", n=n), "package-open", "red")


def parts_words(lines: Sequence[PlannedLine]) -> str:
    """Return how the planned parts stand: 3 reserved, 1 short."""
    claims = [line.claim for line in lines if line.claim is not None]
    if not lines:
        return _("None planned")
    if not claims:
        return _("{n} planned", n=len(lines))
    short = claims.count(ReservationStatus.SHORT)
    kept = _("{n} reserved", n=len(claims) - short) if len(claims) > short else ""
    return ", ".join(filter(None, (kept, _("{n} short", n=short) if short else "")))


def told(row: TimelineRow, formats: Formats) -> str:
    """Return what happened, in words."""
    return _(row.text, **_written(row, formats)).strip().rstrip(":,")


def _written(row: TimelineRow, formats: Formats) -> Mapping[str, Any]:
    values = dict(row.values)
    day = formats.local(row.at).date()
    for name, value in values.items():
        if isinstance(value, datetime):
            values[name] = formats.moment(value, day)
        elif isinstance(value, date):
            values[name] = formats.relative_day(value, day)
    if "hold_reason" in values:
        values["hold_reason"] = _(_HOLDS[HoldReason(values["hold_reason"])]).lower()
    if "field" in values:
        field = str(values["field"])
        values["field"] = _(_FIELDS.get(field, field.replace("_", " ").capitalize()))
    if row.kind == "logged":
        values["caller"] = values.get("caller") or _("Somebody")
    if row.kind == "printed":
        values["truck"] = values.get("truck") or _("the truck")
    return values
