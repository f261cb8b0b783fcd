"""The upkeep of a building that was handed over: its jobs as PM schedules, its spares as parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from smallcmms.domain.buildings import Building, BuildingJob, BuildingPlan, Spare
from smallcmms.domain.imports import Outcome
from smallcmms.domain.recurrence import Interval, next_after
from smallcmms.domain.work_orders import WorkType
from smallcmms.models import (
    Asset,
    AssetClass,
    JobTemplate,
    Part,
    PartFit,
    PmSchedule,
    Supplier,
    TemplateTask,
)
from smallcmms.services import pm_schedules
from smallcmms.services.imports.entries import Entry
from smallcmms.services.imports.known import Known, alike
from smallcmms.services.imports.told import Change, Said
from smallcmms.services.imports.writes import Keys
from smallcmms.services.steps import events, shops


class Upkeep:
    """Judges the jobs and spares of the classes that were chosen."""

    def __init__(self, session: Session, known: Known, site_id: int) -> None:
        self._session, self._known, self._site_id = session, known, site_id
        self._writes = known.writes

    def judge(self, building: Building, plan: BuildingPlan) -> list[Entry]:
        """Say of each job and spare what becomes of it, and put on its way what is new."""
        wanted = set(plan.classes)
        entries = []
        if plan.has_jobs:
            entries += list(self._jobs(building, wanted))
        if plan.has_spares:
            spares = _Spares(self._session, self._known)
            entries += [spares.judge(each) for each in building.spares if each.class_name in wanted]
        return entries

    def _jobs(self, building: Building, wanted: set[str]) -> Iterator[Entry]:
        there = select(PmSchedule.id, PmSchedule.number, PmSchedule.name).where(
            PmSchedule.site_id == self._site_id
        )
        known = {alike(row.name): row for row in self._session.execute(there)}
        standing = {each.class_name for each in building.components} | self._at_site()
        for job in building.jobs:
            if job.class_name in wanted:
                yield self._judge_job(job, known, job.class_name in standing)

    def _at_site(self) -> set[str]:
        query = select(AssetClass.name).join(Asset, Asset.asset_class_id == AssetClass.id)
        return set(self._session.scalars(query.where(Asset.site_id == self._site_id).distinct()))

    def _judge_job(
        self,
        job: BuildingJob,
        known: Mapping[str, Any],
        has_assets: bool,  # noqa: FBT001
    ) -> Entry:
        entry = Entry(job.row, title=job.title)
        if (row := known.get(alike(job.title))) is not None:
            entry.outcome, entry.record_id, entry.number = Outcome.SAME, row.id, row.number
        elif job.every is None:
            entry.refuse("It does not come by the calendar: {text}.", text=job.frequency or "n/a")
        elif not has_assets:
            entry.refuse("No asset is of the class {name}.", name=job.class_name)
        else:
            unit = {"count": job.every, "unit": job.unit.value}
            entry.remark("A PM schedule, every {count} {unit}, first due one interval from today.",
                         **unit)  # fmt: skip
            class_id = self._known.class_of(job.class_name)
            self._writes.afterwards(partial(_begin, job, (self._site_id, class_id)))
        return entry


def _begin(
    job: BuildingJob, where: tuple[int, int], session: Session, at: datetime, keys: Keys
) -> None:
    """Begin the schedule of a job on the assets of its class, its tasks as its job template."""
    site_id, class_id = (
        keys.get(table, {}).get(key, key)
        for table, key in zip(("site", "asset_class"), where, strict=True)
    )
    assets = select(Asset.id).where(
        Asset.site_id == site_id, Asset.asset_class_id == class_id, Asset.archived_on.is_(None)
    )
    today = shops.current(session).day(at)
    interval = Interval(job.every or 1, job.unit)
    pm_schedules.make(
        session,
        at,
        name=job.title,
        site_id=site_id,
        asset_ids=session.scalars(assets.order_by(Asset.id)).all(),
        type=WorkType.INSPECTION if job.is_inspection else WorkType.PREVENTIVE,
        every=job.every,
        unit=job.unit,
        anchor_on=next_after(interval, today, today)[1],
        job_template_id=_template(session, at, job),
    )


def _template(session: Session, at: datetime, job: BuildingJob) -> int:
    """Return the job template of a job: the one of its name, or a new one."""
    same = select(JobTemplate.id).where(func.lower(JobTemplate.name) == job.title.lower())
    found = session.scalars(same).first()
    if found is not None:
        return found
    template = JobTemplate(name=job.title, title=job.name, planned_minutes=job.minutes)
    session.add(template)
    session.flush()
    for sequence, line in enumerate(job.lines):
        is_hazard = line.lower().startswith("lock out")
        session.add(
            TemplateTask(
                job_template_id=template.id, sequence=sequence, text=line, is_hazard=is_hazard
            )
        )
    events.note(session, at, "job_template", template.id, "added")
    return template.id


@dataclass(slots=True)
class _Kept:
    """A part, by the key that stands for it: its number, where it is there, and what it fits."""

    key: int
    number: str
    classes: set[int]


class _Spares:
    """Judges the spares: known by their maker's number."""

    def __init__(self, session: Session, known: Known) -> None:
        self._known, self._writes = known, known.writes
        query = select(Supplier.id, Supplier.name)
        self._suppliers = {alike(name): key for key, name in session.execute(query)}
        self._parts = {
            alike(number): _Kept(key, number, set())
            for key, number in session.execute(select(Part.id, Part.number))
        }
        by_key = {kept.key: kept for kept in self._parts.values()}
        fits = select(PartFit.part_id, PartFit.asset_class_id)
        for part_id, class_id in session.execute(fits):
            if class_id is not None:
                by_key[part_id].classes.add(class_id)

    def judge(self, spare: Spare) -> Entry:
        """Say what becomes of a spare."""
        entry = Entry(spare.row, title=spare.name, number=spare.number)
        class_id = self._known.class_of(spare.class_name)
        kept = self._parts.get(alike(spare.number))
        if kept is None:
            kept = self._parts[alike(spare.number)] = _Kept(self._add(spare), spare.number, set())
        elif class_id in kept.classes:
            entry.record_id, entry.outcome = kept.key, Outcome.SAME
        elif kept.key > 0:
            entry.record_id, entry.outcome = kept.key, Outcome.CHANGED
            entry.changes.append(Change("Fits", "", spare.class_name))
            told = {"now": spare.class_name, "values": {"field": "fits"}}
            self._writes.note("part", kept.key, "edited", **told)
        if class_id not in kept.classes:
            kept.classes.add(class_id)
            self._writes.add("part_fit", {"part_id": kept.key, "asset_class_id": class_id})
        return entry

    def _add(self, spare: Spare) -> int:
        told = {
            "number": spare.number,
            "name": spare.name,
            "cost": Decimal(0),
            "supplier_number": spare.number if spare.supplier else "",
            "notes": spare.description,
        }
        if spare.supplier:
            told["supplier_id"] = self._supplier(spare.supplier)
        made = self._writes.add("part", told)
        self._writes.note("part", made, "added")
        return made

    def _supplier(self, name: str) -> int:
        if alike(name) not in self._suppliers:
            event = {"record": "supplier", "kind": "added"}
            self._suppliers[alike(name)] = self._writes.add_beside(
                "supplier", {"name": name}, event
            )
        return self._suppliers[alike(name)]


def remarks(building: Building, plan: BuildingPlan) -> Iterator[Said]:
    """Say how much of the upkeep belongs to the classes that were chosen."""
    wanted = set(plan.classes)
    jobs = sum(each.class_name in wanted for each in building.jobs) if plan.has_jobs else 0
    spares = sum(each.class_name in wanted for each in building.spares) if plan.has_spares else 0
    if building.jobs:
        values = {"count": jobs, "all": len(building.jobs)}
        yield Said("{count} of {all} jobs are looked at.", values)
    if building.spares:
        values = {"count": spares, "all": len(building.spares)}
        yield Said("{count} of {all} spares are looked at.", values)
