"""What the rows of Today say, and which button does the next thing."""

from __future__ import annotations

from datetime import date, datetime

from smallcmms.domain.phone import written
from smallcmms.domain.work_orders import ShownState
from smallcmms.formats import Formats
from smallcmms.services.jobs_to_invoice import JobToInvoice
from smallcmms.services.missed_calls import MissedCallRow
from smallcmms.services.requests import RequestRow
from smallcmms.services.today import OnTrucks, Span, Today
from smallcmms.services.work_orders import WorkOrderRow
from smallcmms.texts import _, _n
from smallcmms.ui import when
from smallcmms.ui.kit import Cell, states
from smallcmms.ui.pages import request_words

OPEN, APPROVE, SCHEDULE, PRINT, ENTER, RESUME = (
    "open",
    "approve",
    "schedule",
    "print",
    "enter_sheet",
    "resume",
)
"""What the button of a row of work does."""
_NEXT = {
    ShownState.DRAFT: APPROVE,
    ShownState.TO_SCHEDULE: SCHEDULE,
    ShownState.WAITING_RETURN_VISIT: SCHEDULE,
    ShownState.ON_THE_TRUCK: ENTER,
    ShownState.SHEET_TO_ENTER: ENTER,
    ShownState.IN_PROGRESS: ENTER,
}


def request(row: RequestRow, formats: Formats, now: datetime) -> Cell:
    """Return a request to triage: what, for whom, how long is left."""
    is_hot = row.level == 1 or row.answer_by < now
    who = row.customer or _("Nobody knows who called")
    left = when.left(formats, row.answer_by, now)
    return Cell(
        level=row.level,
        first=request_words.title(row.words),
        second=f"{who} · ",
        second_then=left,
        second_then_tone="red" if is_hot else "text2",
        button=_("Triage"),
    )


def verb(row: WorkOrderRow, today: date) -> str:
    """Return what the button of a row of work does."""
    if row.state is ShownState.SCHEDULED:
        return PRINT if row.visit_on == today else OPEN
    if row.state in _NEXT:
        return _NEXT[row.state]
    return RESUME if row.state.value.startswith("waiting") else OPEN


def button(does: str, state: ShownState) -> str:
    """Return the words of the button."""
    if does == RESUME and state is ShownState.WAITING_PARTS:
        return _("Part is in")
    return {
        OPEN: _("Open"),
        APPROVE: _("Approve"),
        SCHEDULE: _("Schedule"),
        PRINT: _("Print"),
        ENTER: _("Enter"),
        RESUME: _("Go on"),
    }[does]


def work(row: WorkOrderRow, today: date, formats: Formats) -> Cell:
    """Return work that is late or due: what, for whom, why it is here."""
    pill = states.work_order(row.state)
    if row.days_late:
        why = _n("{n} day late", "{n} days late", row.days_late)
        tone = "red"
    else:
        due = formats.relative_day(row.due_on, today) if row.due_on else ""
        is_today = row.due_on == today
        why = pill.text if is_today or not due else _("due {day}", day=due)
        tone = "text2"
    if row.is_part_in:
        why = _("{why}, part is in", why=why)
    elif row.days_late and row.state is not ShownState.TO_SCHEDULE:
        why = f"{why}, {pill.text[:1].lower()}{pill.text[1:]}"
    does = verb(row, today)
    return Cell(
        level=row.level,
        first=row.title,
        second=f"{row.customer} · " if row.customer else " ",
        second_then=why,
        second_then_tone=tone,
        button=button(does, row.state),
    )


def sheet(row: WorkOrderRow, formats: Formats) -> Cell:
    """Return a sheet that is out after its day: whose, from when."""
    day = formats.day_name(row.visit_on) if row.visit_on else ""
    return Cell(
        level=row.level,
        first=row.title,
        second=" · ".join(
            filter(None, (row.customer, ", ".join(filter(None, (day, *row.technicians)))))
        ),
        button=_("Enter"),
    )


def job(each: JobToInvoice, formats: Formats) -> Cell:
    """Return a job to invoice: for whom, what, how much."""
    row = each.row
    amount = "" if each.amount is None else formats.money(each.amount)
    words = _("Finish") if each.invoice_id else _("Invoice")
    return Cell(
        first=row.customer or row.number,
        then=f"· {row.title}",
        is_bold=True,
        right=amount or (_("cannot be billed") if each.why else ""),
        is_right_bold=bool(amount),
        right_tone="text2" if amount else "amber",
        button=words if not each.why else _("Open"),
    )


def missed(row: MissedCallRow, formats: Formats, now: datetime) -> Cell:
    """Return a call that nobody answered: who, how often, since when."""
    phone = written(row.phone)
    since = formats.moment(row.last_at, formats.today(now))
    rings = _n("{n} call", "{n} calls", row.rings) if row.rings > 1 else ""
    tried = _("tried {when}", when=formats.moment(row.tried_at, formats.today(now))) if (
        row.tried_at is not None
    ) else ""  # fmt: skip
    told = (phone if row.caller else "", row.note, rings, since, tried)
    return Cell(
        icon="phone",
        first=row.caller or phone,
        second=" · ".join(filter(None, told)),
        button=_("Log call"),
    )


def on_trucks(found: OnTrucks, left: int, formats: Formats) -> Cell:
    """Return in one row what of the work due is on a truck."""
    number = len(found.ids)
    first = _n("{n} is on a truck", "{n} are on a truck", number)
    if not left:
        first = _n("It is on a truck", "All {n} are on a truck", number)
    second = ""
    if found.first_at is not None:
        clock = formats.time(found.first_at)
        second = _("printed {time}", time=clock)
        if found.added:
            second = _("{n} added since the {time} print", n=found.added, time=clock)
    return Cell(
        icon="circle-check", icon_tone="green", first=first, second=second, button=_("Reprint")
    )


def due_title(span: Span) -> str:
    """Return the title of the group of what is due."""
    return {
        Span.TODAY: _("Due today"),
        Span.TOMORROW: _("Due tomorrow"),
        Span.WEEK: _("Due this week"),
    }[span]


def summary(page: Today) -> str:
    """Return the line beside the title."""
    calls = _n("{n} request to triage", "{n} requests to triage", page.to_triage)
    things = _n("{n} thing below", "{n} things below", page.things)
    return " · ".join((calls, things) if page.to_triage else (things,))


def day_lately(day: date, today: date, formats: Formats) -> str:
    """Return a day of the last week by its name, an earlier one by its date."""
    is_lately = 0 < (today - day).days < 7  # noqa: PLR2004
    return formats.day_name(day) if is_lately else formats.relative_day(day, today)


def levels(critical: int, high: int) -> str:
    """Return how much of the open work is critical or high."""
    parts = []
    if critical:
        parts.append(_("{n} critical", n=critical))
    if high:
        parts.append(_("{n} high", n=high))
    return ", ".join(parts)
