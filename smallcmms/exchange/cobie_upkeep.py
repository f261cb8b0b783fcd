"""What COBie says of upkeep: the Job sheet's work that comes again, and the Spare sheet's parts.

A job of several rows is one work with several tasks, in the order of their TaskNumber; Frequency
with FrequencyUnit is the time between two [NBIMS-US V3, chapter 4.2, Job and Spare].
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from smallcmms.domain.buildings import BuildingJob, Spare
from smallcmms.domain.recurrence import Unit
from smallcmms.exchange.cobie_rows import Left, Record, number, told

_EVERY = {
    "day": (1, Unit.DAYS),
    "week": (1, Unit.WEEKS),
    "month": (1, Unit.MONTHS),
    "quarter": (3, Unit.MONTHS),
    "year": (1, Unit.YEARS),
}
_SAID = {
    "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter",
    "annual": "year", "annually": "year", "yearly": "year",
}  # fmt: skip
_MINUTES = {"minute": 1, "hour": 60, "day": 480}
"""A day of work is eight hours (ours)."""
_Row = tuple[int, Record]


def jobs(records: Sequence[_Row], classes: Collection[str], left: Left) -> Iterator[BuildingJob]:
    """Yield the jobs of the Job sheet, each with its tasks, once for each class it is done on."""
    found: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row, record in records:
        name = told(record, "Name")
        for class_name in _classes(record, classes) if name else ():
            found[name, class_name].append((row, record))
    for (name, class_name), tasks in found.items():
        yield _job(name, class_name, sorted(tasks, key=_place), left)


def _classes(record: Record, known: Collection[str]) -> Sequence[str]:
    """Return the classes that a row names: one, or several with commas between them."""
    whole = told(record, "TypeName")
    if whole in known:
        return (whole,)
    return [each for part in whole.split(",") if (each := part.strip())]


def _place(task: _Row) -> tuple[int, int]:
    text = told(task[1], "TaskNumber")
    return (int(text) if text.isascii() and text.isdigit() else 0, task[0])


def _job(name: str, class_name: str, tasks: Sequence[_Row], left: Left) -> BuildingJob:
    first = min(row for row, _ in tasks)
    every, unit, said = next(
        (rule for row, record in tasks if (rule := _rule(record))[0] is not None),
        _rule(tasks[0][1]),
    )
    minutes = sum((_minutes(record, left, row) for row, record in tasks), Decimal(0))
    category = " ".join(told(record, "Category") for _, record in tasks).casefold()
    return BuildingJob(
        row=first,
        name=name,
        class_name=class_name,
        every=every,
        unit=unit,
        frequency=said,
        lines=tuple(dict.fromkeys(told(record, "Description") or name for _, record in tasks)),
        minutes=int(minutes) or None,
        is_inspection="inspect" in category,
    )


def _rule(record: Record) -> tuple[int | None, Unit, str]:
    """Return how often a job comes, None where it does not come by the calendar, and the words."""
    frequency, word = told(record, "Frequency"), told(record, "FrequencyUnit").casefold()
    said = " ".join(filter(None, (frequency, told(record, "FrequencyUnit"))))
    factor, unit = _EVERY.get(_SAID.get(word, word.rstrip("s")), (0, Unit.MONTHS))
    whole = frequency.partition(".")
    is_whole = whole[0].isascii() and whole[0].isdigit() and not whole[2].strip("0")
    times = int(whole[0]) if is_whole and len(whole[0]) <= len("999") else 0
    return times * factor or None, unit, said


def _minutes(record: Record, left: Left, row: int) -> Decimal:
    if not told(record, "Duration"):
        return Decimal(0)
    unit = told(record, "DurationUnit").casefold().rstrip("s")
    span = number(record, "Duration", left, row) or Decimal(0)
    return span * _MINUTES.get(unit, 0)


def spares(
    records: Sequence[_Row], makers: Mapping[str, str], classes: Collection[str]
) -> Iterator[Spare]:
    """Yield the parts of the Spare sheet, each once for each class that it fits."""
    for row, record in records:
        name = told(record, "Name")
        first = told(record, "Suppliers").split(",", maxsplit=1)[0].strip()
        for class_name in _classes(record, classes) if name else ():
            yield Spare(
                row=row,
                name=name,
                class_name=class_name,
                number=told(record, "PartNumber") or name,
                supplier=makers.get(first.casefold(), first),
                description=told(record, "Description"),
            )
