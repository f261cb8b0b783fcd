"""A building as its makers hand it over: places, classes of equipment, and the pieces of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from smallcmms.domain.recurrence import Unit


@dataclass(frozen=True, slots=True)
class Promise:
    """A warranty of every piece of a class: on parts or labour, for so many months, by whom."""

    kind: str
    months: int
    guarantor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingClass:
    """A class of equipment; ``count`` pieces of it stand in the building."""

    name: str
    category: str = ""
    description: str = ""
    make: str = ""
    model: str = ""
    is_fixed: bool = True
    expected_life_years: int | None = None
    replacement_cost: Decimal | None = None
    promises: tuple[Promise, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A piece of equipment; ``space`` is the name of the room that it stands in."""

    row: int
    name: str
    class_name: str
    space: str = ""
    other_spaces: tuple[str, ...] = ()
    description: str = ""
    tag: str = ""
    serial: str = ""
    installed_on: date | None = None
    warranty_starts_on: date | None = None
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Space:
    """A room, the floor that it lies on, and what it is for."""

    name: str
    floor: str
    description: str = ""

    @property
    def label(self) -> str:
        """Return what people call the room: its number and what it is for."""
        words = "".join(filter(str.isalnum, self.description.casefold()))
        name = "".join(filter(str.isalnum, self.name.casefold()))
        return self.name if words in ("", name) else f"{self.name} {self.description}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingJob:
    """Work that comes again on every piece of a class: every so many units of the calendar.

    ``every`` is None where it does not come by the calendar; ``frequency`` is what the file says.
    """

    row: int
    name: str
    class_name: str
    every: int | None = None
    unit: Unit = Unit.MONTHS
    frequency: str = ""
    lines: tuple[str, ...] = ()
    minutes: int | None = None
    is_inspection: bool = False

    @property
    def title(self) -> str:
        """Return what its schedule is called: the work, and on what."""
        return f"{self.name} · {self.class_name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spare:
    """A part that fits the pieces of a class; ``number`` is its maker's."""

    row: int
    name: str
    class_name: str
    number: str
    supplier: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """A building: ``floors`` by name; ``remarks`` say what of the file could not be used."""

    file: str
    name: str
    address: str
    floors: tuple[str, ...]
    spaces: tuple[Space, ...]
    classes: tuple[BuildingClass, ...]
    components: tuple[Component, ...]
    jobs: tuple[BuildingJob, ...] = ()
    spares: tuple[Spare, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()

    @property
    def worth(self) -> tuple[str, ...]:
        """Return the classes that are most likely worth an asset: what is built in and there."""
        return tuple(each.name for each in self.classes if each.is_fixed and each.count)


@dataclass(frozen=True, slots=True)
class BuildingPlan:
    """What of a building is brought in: the classes chosen, by name, and whose it is.

    With ``has_jobs`` the work on these classes comes as PM schedules, with ``has_spares`` the parts
    that fit them.
    """

    classes: tuple[str, ...]
    customer: str = ""
    has_jobs: bool = True
    has_spares: bool = True


def chosen(building: Building, classes: Sequence[str]) -> tuple[Component, ...]:
    """Return the pieces of the classes that were chosen."""
    wanted = set(classes)
    return tuple(each for each in building.components if each.class_name in wanted)
