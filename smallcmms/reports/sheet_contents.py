"""The texts of a work order sheet, written in its language for their places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from smallcmms import texts
from smallcmms.domain import papers
from smallcmms.domain.sheet_contents import (
    ACCESS,
    BIG,
    BIG_BOLD,
    BODY,
    BODY_BOLD,
    LEVEL,
    NAME,
    NAME_BOLD,
    PLAIN,
    PLAIN_BOLD,
    WRONG,
    Contents,
    PartRow,
    PastRow,
    TaskRow,
    Words,
)
from smallcmms.domain.tasks import TaskKind
from smallcmms.domain.wrapping import Line, Type
from smallcmms.formats import Formats
from smallcmms.texts import Texts

_WRITTEN = 1024
"""So many days and times are written once: the sheets of a day are printed together."""


class Wording:
    """Writes the values of one paper in its own language, numbers and dates."""

    def __init__(self, manner: papers.Manner, currency: str = "USD") -> None:
        self.texts: Texts = texts.in_language(manner.language)
        self.formats = Formats(manner.locale, currency, manner.zone)


@lru_cache(maxsize=_WRITTEN)
def _written(write: Callable[..., str], formats: Formats, *values: date) -> str:
    return write(formats, *values)


def contents(order: papers.WorkOrder, wording: Wording) -> Contents:
    """Return what the technician's sheet holds, ready to be laid out."""
    _ = wording.texts._
    return Contents(
        paper_size=order.manner.paper_size,
        level=Line(f"L{int(order.level)} {order.level_word.upper()}", LEVEL),
        when=Line(when(order.visit, wording), BIG_BOLD),
        who=_who(order.visit),
        go_to=_go_to(order),
        ask_for=_ask_for(order.contact, wording),
        access=_access(order, wording),
        note=_lines(order.note_for_truck, ACCESS),
        wrong=_lines(order.what_is_wrong, WRONG),
        asset=asset_lines(order.asset, wording),
        energies=order.lock_out.energies if order.lock_out else "",
        steps=order.lock_out.steps if order.lock_out else (),
        no_steps=() if order.lock_out and order.lock_out.steps else _no_steps(wording),
        parts=tuple(_part(part, wording) for part in order.parts),
        history=_history(order, wording),
        times=_times(order.visit, wording),
        second_times=(_("2nd visit"),),
        tasks=_tasks(order.tasks, wording),
        results=_results(wording),
        causes=_short(order.causes),
        remedies=_short(order.remedies),
        words=_words(wording),
    )


def _lines(text: str, kind: Type) -> tuple[Line, ...]:
    return (Line(text, kind),) if text.strip() else ()


def when(visit: papers.Visit, wording: Wording) -> str:
    """Return when somebody is expected: Tue Jul 14, 1:00-3:30 PM, with an en dash."""
    formats = wording.formats
    day = (
        _written(Formats.weekday, formats, visit.on) if visit.on else wording.texts._("No day set")
    )
    if visit.starts_at and visit.ends_at:
        return f"{day}, {_written(Formats.span, formats, visit.starts_at, visit.ends_at)}"
    if visit.starts_at:
        return f"{day}, {_written(Formats.time, formats, visit.starts_at)}"
    return day


def _who(visit: papers.Visit) -> Line:
    names = ", ".join(visit.technicians)
    if names and visit.truck:
        return Line(f"{names}, ", BIG_BOLD, visit.truck, BIG)
    return Line(names, BIG_BOLD, visit.truck, BIG)


def _go_to(order: papers.WorkOrder) -> tuple[Line, ...]:
    street = order.address[:1]
    names = [name for name in dict.fromkeys((order.customer, order.site)) if name not in street]
    return (
        *(Line(name, NAME) for name in names if name),
        *(Line(line, BIG_BOLD) for line in street),
        *(Line(line, NAME) for line in order.address[1:]),
        *_lines(order.place, NAME_BOLD),
    )


def _ask_for(contact: papers.Contact, wording: Wording) -> tuple[Line, ...]:
    if not contact.name and not contact.phone:
        return (Line(wording.texts._("Nobody named"), NAME),)
    return (
        *_lines(contact.name, BIG_BOLD),
        *_lines(contact.phone, BIG_BOLD),
        *_lines(contact.role, NAME),
    )


def _access(order: papers.WorkOrder, wording: Wording) -> tuple[Line, ...]:
    lines = _lines(order.access_notes, ACCESS)
    if order.access_code:
        code = Line(wording.texts._("Access code") + " ", ACCESS, order.access_code, NAME_BOLD)
        return (code, *lines)
    return lines


def asset_lines(asset: papers.Asset | None, wording: Wording) -> tuple[Line, ...]:
    """Return what identifies the asset: its name, tag, make, serial and nameplate."""
    _ = wording.texts._
    if asset is None:
        return (Line(_("None named"), NAME),)
    make = f" · {asset.make_model}" if asset.make_model else ""
    tag = Line(_("Tag") + " ", PLAIN, asset.tag, PLAIN_BOLD, make)
    return (
        Line(asset_name(asset), NAME_BOLD),
        *([tag] if asset.tag else _lines(asset.make_model, PLAIN)),
        *_lines(_("Serial {serial}", serial=asset.serial) if asset.serial else "", PLAIN),
        *_lines(asset.nameplate, PLAIN),
    )


def asset_name(asset: papers.Asset) -> str:
    """Return an asset's short code and name: P-1 Hot-water circulator."""
    return f"{asset.short_code} {asset.name}".strip()


def _no_steps(wording: Wording) -> tuple[Line, ...]:
    words = wording.texts._("No lock-out steps on file. Make it safe before you start.")
    return (Line(words, BODY_BOLD),)


def _part(part: papers.Part, wording: Wording) -> PartRow:
    quantity = wording.formats.quantity(part.quantity)
    return PartRow(quantity, part.name, part.number, part.where, part.is_pickup)


def _history(order: papers.WorkOrder, wording: Wording) -> tuple[PastRow, ...]:
    if order.asset and not order.history:
        return (PastRow("", wording.texts._("None yet"), ""),)
    days = (_past_day(past, wording) for past in order.history)
    pairs = zip(days, order.history, strict=True)
    return tuple(PastRow(day, past.text, past.who) for day, past in pairs)


def _past_day(past: papers.Past, wording: Wording) -> str:
    return _written(Formats.day_year, wording.formats, past.on).replace(",", "")


def _times(visit: papers.Visit, wording: Wording) -> tuple[str, ...]:
    day = _written(Formats.day, wording.formats, visit.on) if visit.on else ""
    if len(visit.technicians) < 2:  # noqa: PLR2004
        return (day,)
    return tuple(f"{(name.split() or [''])[0]} {day}".strip() for name in visit.technicians)


def _tasks(tasks: tuple[papers.Task, ...], wording: Wording) -> tuple[TaskRow, ...]:
    sections = ("", *(task.section for task in tasks))
    return tuple(
        TaskRow(task_text(task, wording), task.unit, "" if task.section == before else task.section)
        for task, before in zip(tasks, sections, strict=False)
    )


def task_text(task: papers.Task, wording: Wording) -> str:
    """Return a line of the checklist with its limits or choices, unless it names them itself."""
    if task.kind is TaskKind.CHOICE and task.choices:
        return f"{task.text}: {' / '.join(task.choices)}"
    low, high = (_limit(value, task, wording) for value in (task.low, task.high))
    values = {"text": task.text, "low": low, "high": high, "unit": task.unit}
    if low and high:
        message = wording.texts._("{text}, {low} to {high} {unit}", **values)
    elif high:
        message = wording.texts._("{text}, limit {high} {unit}", **values)
    elif low:
        message = wording.texts._("{text}, {low} {unit} or more", **values)
    else:
        message = task.text
    return " ".join(message.split())


def _limit(value: Decimal | None, task: papers.Task, wording: Wording) -> str:
    text = "" if value is None else wording.formats.quantity(value)
    return "" if f"{text} {task.unit}".strip() in task.text else text


def _results(wording: Wording) -> tuple[tuple[str, Line], ...]:
    _ = wording.texts._
    return (
        ("result.fixed", Line(_("Fixed"), BODY_BOLD)),
        ("result.holding", Line(_("Holding for now"), BODY_BOLD)),
        ("result.go_back", Line(_("Go back for:"), BODY_BOLD)),
        ("result.go_back_part", Line(_("part"), BODY)),
        ("result.go_back_access", Line(_("no access"), BODY)),
        ("result.go_back_time", Line(_("time"), BODY)),
    )


def _short(choices: tuple[papers.Choice, ...]) -> tuple[papers.Choice, ...]:
    """Return choices without what explains them in brackets; the form beside the sheet has it."""
    pairs = ((choice.key, choice.text.partition(" (")[0]) for choice in choices)
    return tuple(papers.Choice(key=key, text=text) for key, text in pairs)


def _words(wording: Wording) -> Words:
    _ = wording.texts._
    return Words(
        when=_("When and who"),
        go_to=_("Go to"),
        ask_for=_("Ask for"),
        access=_("Way in"),
        note=_("Note for the truck"),
        wrong=_("What is wrong"),
        asset=_("Asset"),
        steps=_("Lock out"),
        load=_("Load before you leave"),
        history=_("This asset before"),
        tasks=_("Do and check"),
        cause=_("Cause"),
        remedy=_("Remedy"),
        quote=_("Saw something else to quote:"),
        goes_on=_("… whole text on a later page"),
    )


def day_and_time(order: papers.WorkOrder, wording: Wording) -> str:
    """Return when the copy was printed: Jul 14, 8:05 AM."""
    formats = wording.formats
    printed: date = formats.local(order.printed_at).date()
    day = _written(Formats.day, formats, printed)
    return f"{day}, {_written(Formats.time, formats, order.printed_at)}"
