"""What is said of an asset in words: how it does, how much it is needed, how old it is."""

from __future__ import annotations

from smallcmms.domain.assets import AssetStatus, Criticality, Owner
from smallcmms.domain.meters import MeterKind, ReadingKind
from smallcmms.domain.warranties import WarrantyKind
from smallcmms.texts import _, _n
from smallcmms.ui.states import Pill

_MONTHS = 12
Words = list[tuple[object, str]]


def statuses() -> Words:
    """Return what an asset can be."""
    return [
        (AssetStatus.IN_SERVICE, _("In service")),
        (AssetStatus.STANDBY, _("Standby")),
        (AssetStatus.DOWN, _("Down")),
        (AssetStatus.RETIRED, _("Retired")),
    ]


def criticalities() -> Words:
    """Return how much an asset can be needed."""
    return [
        (None, _("Not said")),
        (Criticality.A, _("A: cannot do without it today")),
        (Criticality.B, _("B: soon missed")),
        (Criticality.C, _("C: can wait")),
    ]


def owners() -> Words:
    """Return whose an asset can be."""
    return [(Owner.CUSTOMER, _("The customer's")), (Owner.SHOP, _("The shop's"))]


def warranty_kinds() -> Words:
    """Return what a warranty can cover."""
    return [
        (WarrantyKind.FULL, _("parts and labor")),
        (WarrantyKind.PARTS, _("parts")),
        (WarrantyKind.LABOUR, _("labor")),
    ]


def meter_kinds() -> Words:
    """Return what a meter can be."""
    return [
        (MeterKind.GAUGE, _("Goes up and down: current, pressure")),
        (MeterKind.CUMULATIVE, _("Counts up: hours, starts, miles")),
    ]


def reading_kinds(kind: MeterKind) -> Words:
    """Return what can have happened to a meter when it was read."""
    told: Words = [(ReadingKind.NORMAL, _("As usual"))]
    if kind is MeterKind.CUMULATIVE:
        told += [
            (ReadingKind.RESET, _("Was reset")),
            (ReadingKind.ROLLOVER, _("Rolled over")),
        ]
    return [*told, (ReadingKind.REPLACED, _("New meter"))]


def status_pill(status: AssetStatus) -> Pill | None:
    """Return the pill of an asset that is not simply in service."""
    words = dict(statuses())[status]
    if status is AssetStatus.IN_SERVICE:
        return None
    tone = "red" if status is AssetStatus.DOWN else "grey"
    return Pill(words, "ban" if status is AssetStatus.RETIRED else "circle-dashed", tone)


def span(months: int) -> str:
    """Return an age: 7 years 10 months."""
    years, rest = divmod(months, _MONTHS)
    parts = (
        _n("{n} year", "{n} years", years) if years else "",
        _n("{n} month", "{n} months", rest) if rest else "",
    )
    return " ".join(filter(None, parts))
