"""Job templates: checklist, parts, safety, time and price of a usual job."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from smallcmms.domain import matching
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.money import from_minor, to_minor
from smallcmms.domain.tasks import TaskKind
from smallcmms.models import JobTemplate, Part, TemplatePart, TemplateTask
from smallcmms.services.steps import shops
from smallcmms.store.store import Store, about


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A line of the checklist; limits are in the line's unit."""

    text: str
    kind: TaskKind = TaskKind.CHECK
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    is_required: bool = True
    is_hazard: bool = False


@dataclass(frozen=True, slots=True)
class TemplatePartRow:
    """A part that the job usually needs."""

    part_id: int
    name: str
    quantity: Decimal
    number: str


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A job template; the flat price is in the shop's currency, None where time is billed."""

    id: int
    name: str
    title: str
    safety: tuple[str, ...]
    planned_minutes: int | None
    flat_price: Decimal | None
    lines: tuple[TemplateLine, ...]
    parts: tuple[TemplatePartRow, ...]


def read_line(text: str) -> TemplateLine:
    """Return a line of a checklist as it is typed: "Motor current | A | 9.8" asks for a number.

    The unit and the highest value that is right follow the words. A line about locking out is
    marked as a hazard.

    Raises:
        RuleBroken: it says nothing, or its limit is no number.
    """
    words, unit, high = ([part.strip() for part in text.split("|")] + ["", ""])[:3]
    if not words:
        raise RuleBroken("A line of a checklist says what to do.", field="lines")
    if not unit:
        return TemplateLine(words, is_hazard=words.lower().startswith("lock out"))
    if high and not re.fullmatch(r"-?[0-9]+(\.[0-9]{1,3})?", high):
        raise RuleBroken("{limit} is no limit. Try 9.8.", field="lines", limit=high)
    return TemplateLine(
        words, kind=TaskKind.NUMBER, unit=unit, high=Decimal(high) if high else None
    )


def write_line(line: TemplateLine) -> str:
    """Return a line as ``read_line`` reads it."""
    high = "" if line.high is None else f"{line.high.normalize():f}"
    return " | ".join(filter(None, (line.text, line.unit, high)))


def rows(store: Store) -> list[TemplateRow]:
    """Return the job templates in use, by name."""
    query = (
        select(JobTemplate.id).where(JobTemplate.archived_on.is_(None)).order_by(JobTemplate.name)
    )
    with store.read() as session:
        return [_row(session, template_id) for template_id in session.scalars(query).all()]


def match(store: Store, text: str) -> int | None:
    """Return the job template whose name a text holds whole, the one with the most words."""
    query = select(JobTemplate.id, JobTemplate.name).where(JobTemplate.archived_on.is_(None))
    said = matching.words(text)
    with store.read() as session:
        named = [
            (template_id, matching.words(name)) for template_id, name in session.execute(query)
        ]
    fitting = [
        (len(words), -template_id) for template_id, words in named if words and words <= said
    ]
    return -max(fitting)[1] if fitting else None


def get(store: Store, template_id: int) -> TemplateRow:
    """Return one job template."""
    with store.read() as session:
        return _row(session, template_id)


def add(
    store: Store,
    *,
    name: str,
    title: str = "",
    lines: Sequence[TemplateLine] = (),
    parts: Sequence[tuple[int, Decimal]] = (),
    safety: Sequence[str] = (),
    planned_minutes: int | None = None,
    flat_price: Decimal | None = None,
) -> int:
    """Write a job template; ``parts`` are ids of parts with quantities.

    Raises:
        RuleBroken: the name is empty or taken.
    """
    with store.change("Add job template {name}", name=name.strip()) as session:
        template = JobTemplate(name=name.strip())
        _fill(
            session,
            template,
            title=title,
            safety=safety,
            planned_minutes=planned_minutes,
            flat_price=flat_price,
        )
        session.add(template)
        session.flush()
        _write_lines(session, template.id, lines, parts)
        about(session, "job_template", template.id)
        return template.id


def edit(
    store: Store,
    template_id: int,
    *,
    name: str,
    title: str = "",
    lines: Sequence[TemplateLine] = (),
    parts: Sequence[tuple[int, Decimal]] = (),
    safety: Sequence[str] = (),
    planned_minutes: int | None = None,
    flat_price: Decimal | None = None,
) -> None:
    """Write a job template anew; work orders made from it stay as they are.

    Raises:
        RuleBroken: the name is empty or taken.
    """
    with store.change("Edit job template {name}", name=name.strip()) as session:
        template = session.get_one(JobTemplate, template_id)
        with session.no_autoflush:
            template.name = name.strip()
            _fill(
                session,
                template,
                title=title,
                safety=safety,
                planned_minutes=planned_minutes,
                flat_price=flat_price,
            )
        for owned in (TemplateTask, TemplatePart):
            session.execute(delete(owned).where(owned.job_template_id == template_id))
        _write_lines(session, template_id, lines, parts)
        about(session, "job_template", template_id)


def archive(store: Store, template_id: int) -> None:
    """Offer a job template no longer."""
    with store.change("Archive a job template") as session:
        session.get_one(JobTemplate, template_id).archived_on = store.now().date()
        about(session, "job_template", template_id)


def _fill(
    session: Session,
    template: JobTemplate,
    *,
    title: str,
    safety: Sequence[str],
    planned_minutes: int | None,
    flat_price: Decimal | None,
) -> None:
    if not template.name:
        raise RuleBroken("A job template needs a name.", field="name")
    same = select(JobTemplate.id).where(JobTemplate.name == template.name)
    if any(other != template.id for other in session.scalars(same)):
        raise RuleBroken("There is a job template {name}.", field="name", name=template.name)
    currency = shops.current(session).currency
    template.title, template.safety = title, list(safety)
    template.planned_minutes = planned_minutes
    template.flat_price = None if flat_price is None else to_minor(flat_price, currency)


def _write_lines(
    session: Session,
    template_id: int,
    lines: Sequence[TemplateLine],
    parts: Sequence[tuple[int, Decimal]],
) -> None:
    for sequence, line in enumerate(lines, 1):
        session.add(
            TemplateTask(
                job_template_id=template_id,
                sequence=sequence,
                text=line.text,
                kind=line.kind,
                unit=line.unit,
                low=line.low,
                high=line.high,
                is_required=line.is_required,
                is_hazard=line.is_hazard,
            )
        )
    for sequence, (part_id, quantity) in enumerate(parts, 1):
        session.add(
            TemplatePart(
                job_template_id=template_id, part_id=part_id, quantity=quantity, sequence=sequence
            )
        )


def _row(session: Session, template_id: int) -> TemplateRow:
    template = session.get_one(JobTemplate, template_id)
    tasks = select(TemplateTask).where(TemplateTask.job_template_id == template_id)
    parts = (
        select(TemplatePart.part_id, Part.name, TemplatePart.quantity, Part.number)
        .join(Part, Part.id == TemplatePart.part_id)
        .where(TemplatePart.job_template_id == template_id)
        .order_by(TemplatePart.sequence)
    )
    currency = shops.current(session).currency
    flat = template.flat_price
    return TemplateRow(
        id=template.id,
        name=template.name,
        title=template.title,
        safety=tuple(template.safety),
        planned_minutes=template.planned_minutes,
        flat_price=None if flat is None else from_minor(flat, currency),
        lines=tuple(
            TemplateLine(
                text=task.text,
                kind=task.kind,
                unit=task.unit,
                low=task.low,
                high=task.high,
                is_required=task.is_required,
                is_hazard=task.is_hazard,
            )
            for task in session.scalars(tasks.order_by(TemplateTask.sequence))
        ),
        parts=tuple(TemplatePartRow(*row) for row in session.execute(parts)),
    )
