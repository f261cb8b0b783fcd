"""What a work order says on paper; a technician's copy has no money in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain import papers
from smallcmms.domain.copies import Audience
from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.labour import LabourClass
from smallcmms.domain.levels import Level
from smallcmms.domain.part_places import PartPlace, Whence
from smallcmms.domain.quantity import hours
from smallcmms.domain.tags import TagKind, code
from smallcmms.formats import Formats
from smallcmms.models import (
    Asset,
    AssetClass,
    Contact,
    Customer,
    Location,
    Request,
    Site,
    Technician,
    WorkOrder,
)
from smallcmms.services.steps import choices, levels, shops, work_order_assets
from smallcmms.services.steps import work_order_lines as lines
from smallcmms.services.steps.past_work import PastLine, past_work
from smallcmms.services.steps.shops import ShopFacts
from smallcmms.services.steps.work_order_lines import PlannedLine, VisitLine
from smallcmms.texts import in_language

PAST_ON_PAPER = 3
_CITY = 2


def work_order(
    session: Session,
    at: datetime,
    order: WorkOrder,
    *,
    audience: Audience,
    technician_id: int | None,
    copy: int,
    revision: int,
) -> papers.WorkOrder:
    """Return what a copy of the work order says to its reader.

    Raises:
        RuleBroken: the work is not done yet, and a customer's copy tells what was done.
    """
    shop = shops.current(session)
    visit = lines.coming(lines.visits(session, order.id))
    assets = work_order_assets.of(session, order)
    manner = _manner(session, shop, order, audience, technician_id)
    site = session.get(Site, order.site_id) if order.site_id else None
    return papers.WorkOrder(
        manner=manner,
        shop=shops.letterhead(session),
        number=order.number,
        copy=copy,
        revision=revision,
        code=code(shop.code, TagKind.WORK_ORDER, order.number, copy),
        level=Level(order.level),
        level_word=levels.word(session, order.level),
        printed_at=at,
        audience=audience,
        visit=_visit(visit, shop, technician_id),
        customer=_customer(session, order),
        site=site.name if site else "",
        address=tuple(line for line in (site.address, site.city) if line) if site else (),
        place=_place(session, order),
        contact=_contact(session, order),
        access_notes=site.access_notes if site else "",
        access_code=site.access_code if site and order.is_code_on_paper else "",
        what_is_wrong=order.wrong or order.title,
        note_for_truck=_note(order, site, _hazards(session, assets)),
        asset=_asset(assets),
        lock_out=_lock_out(assets),
        parts=_parts(session, order, visit, manner),
        history=tuple(
            _past(line, manner) for line in past_work(session, order, most=PAST_ON_PAPER)
        ),
        tasks=_tasks(session, order),
        causes=_choices(session, "cause"),
        remedies=_choices(session, "remedy"),
        done=_done(session, order) if audience is Audience.CUSTOMER else None,
    )


def goes_with(session: Session, order: WorkOrder) -> int | None:
    """Return the first technician of the next visit."""
    visit = lines.coming(lines.visits(session, order.id))
    return visit.technicians[0].id if visit and visit.technicians else None


def _manner(
    session: Session,
    shop: ShopFacts,
    order: WorkOrder,
    audience: Audience,
    technician_id: int | None,
) -> papers.Manner:
    language = ""
    if audience is Audience.CUSTOMER and order.customer_id is not None:
        language = session.get_one(Customer, order.customer_id).language or language
    reader = technician_id or goes_with(session, order)
    if audience is Audience.TECHNICIAN and reader is not None:
        language = session.get_one(Technician, reader).sheet_language or language
    return shop.manner(language)


def _visit(visit: VisitLine | None, shop: ShopFacts, technician_id: int | None) -> papers.Visit:
    if visit is None:
        return papers.Visit()
    who = sorted(visit.technicians, key=lambda worker: worker.id != technician_id)
    return papers.Visit(
        on=shop.day(visit.planned_from),
        starts_at=visit.planned_from,
        ends_at=visit.planned_to,
        technicians=tuple(worker.name for worker in who),
        truck=next((worker.truck for worker in who if worker.truck), ""),
    )


def _customer(session: Session, order: WorkOrder) -> str:
    if order.customer_id is None:
        return ""
    return session.get_one(Customer, order.customer_id).name


def _place(session: Session, order: WorkOrder) -> str:
    place = session.get(Location, order.location_id) if order.location_id else None
    return place.path if place else ""


def _contact(session: Session, order: WorkOrder) -> papers.Contact:
    if order.contact_id is not None:
        contact = session.get_one(Contact, order.contact_id)
        phone = contact.phone or contact.mobile
        return papers.Contact(name=contact.name, phone=phone, role=contact.role)
    first = select(Request).where(Request.work_order_id == order.id).order_by(Request.id).limit(1)
    request = session.scalars(first).one_or_none()
    if request is None:
        return papers.Contact()
    return papers.Contact(name=request.caller, phone=request.phone)


def _hazards(session: Session, assets: Sequence[Asset]) -> list[str]:
    """Return the hazards of the classes of the assets, each once."""
    ids = dict.fromkeys(each.asset_class_id for each in assets if each.asset_class_id)
    told = (session.get_one(AssetClass, key).hazards for key in ids)
    return list(dict.fromkeys(told))


def _note(order: WorkOrder, site: Site | None, of_classes: Sequence[str]) -> str:
    """Return the note for the truck, with the instructions and the hazards of site and class."""
    hazards = (site.hazards if site else "", *of_classes)
    return "\n".join(text for text in (order.truck_note, order.instructions, *hazards) if text)


def _asset(assets: Sequence[Asset]) -> papers.Asset | None:
    if not assets:
        return None
    if len(assets) > 1:
        codes, tags = (each.short_code or each.name for each in assets), (x.number for x in assets)
        return papers.Asset(name=", ".join(codes), tag=", ".join(tags))
    [asset] = assets
    return papers.Asset(
        short_code=asset.short_code,
        name=asset.name,
        tag=asset.number,
        make_model=f"{asset.make} {asset.model}".strip(),
        serial=asset.serial,
        nameplate=asset.nameplate,
    )


def _lock_out(assets: Sequence[Asset]) -> papers.LockOut | None:
    """Return the lock-out of an asset; where several are worked on, each step names its own."""
    locked = [each for each in assets if each.lock_out_steps]
    if not locked:
        return None
    energies = ", ".join(dict.fromkeys(filter(None, (x.lock_out_energies for x in locked))))
    names = {each.id: f"{each.short_code or each.name}: " for each in locked}
    steps = (
        f"{names[each.id] if len(assets) > 1 else ''}{step}"
        for each in locked
        for step in each.lock_out_steps
    )
    return papers.LockOut(energies=energies, steps=tuple(steps))


def _parts(
    session: Session, order: WorkOrder, visit: VisitLine | None, manner: papers.Manner
) -> tuple[papers.Part, ...]:
    """Return the load list in the order of the plan, as box 3 and its form have it."""
    trucks = {worker.truck_id for worker in (visit.technicians if visit else ())} - {None}
    planned = lines.planned(session, order.id, frozenset(key for key in trucks if key))
    return tuple(_part(line, manner) for line in planned)


def _part(line: PlannedLine, manner: papers.Manner) -> papers.Part:
    whence = line.whence
    return papers.Part(
        quantity=line.quantity,
        name=line.name,
        number=line.number,
        where=_where(line, whence, manner) if whence else "",
        is_pickup=whence is not None and whence.whence is not Whence.ABOARD,
    )


def _where(line: PlannedLine, whence: PartPlace, manner: papers.Manner) -> str:
    _ = in_language(manner.language)._
    quantity = Formats(locale=manner.locale).quantity
    if whence.whence is Whence.ABOARD:
        return _("on {truck}", truck=whence.place)
    where = f"{whence.place} {line.bin}".strip() if whence.is_shop else whence.place
    if whence.whence is Whence.SHORT:
        missing = line.quantity - whence.aboard - whence.fetched
        if missing == line.quantity:
            return _("not in stock")
        if not where:
            return _("{n} short", n=quantity(missing))
        if missing <= 0:
            return _("{where}, kept for other work", where=where)
        return _("{where}, {n} short", where=where, n=quantity(missing))
    if whence.aboard:
        where = _("{n} in {where}", n=quantity(whence.fetched), where=where)
    is_last = whence.is_last and whence.fetched == 1
    return _("{where}, last one", where=where) if is_last else where


def _history(session: Session, order: WorkOrder, manner: papers.Manner) -> tuple[papers.Past, ...]:
    return tuple(_past(line, manner) for line in past_work(session, order, most=PAST_ON_PAPER))


def _past(line: PastLine, manner: papers.Manner) -> papers.Past:
    who = ", ".join(line.technicians)
    if line.minutes:
        formats = Formats(locale=manner.locale, zone=manner.zone)
        who = f"{who}, {formats.hours(line.minutes)}" if who else formats.hours(line.minutes)
    return papers.Past(on=line.on, text=line.text, who=who)


def _tasks(session: Session, order: WorkOrder) -> tuple[papers.Task, ...]:
    return tuple(
        papers.Task(
            text=task.text,
            kind=task.kind,
            unit=task.unit,
            low=task.low,
            high=task.high,
            choices=task.choices,
            section=task.section,
        )
        for task in lines.tasks(session, order.id)
    )


def _choices(session: Session, kind: str) -> tuple[papers.Choice, ...]:
    found = choices.entries(session, kind)
    return tuple(papers.Choice(key=key, text=text) for key, text in found)


def _done(session: Session, order: WorkOrder) -> papers.Done:
    if order.done_on is None:
        message = "{number} is not done yet. A customer's copy tells what was done."
        raise RuleBroken(message, number=order.number)
    minutes = sum(
        line.minutes
        for line in lines.labour(session, order.id)
        if line.labour_class is not LabourClass.TRAVEL
    )
    used: Sequence[lines.UsedLine] = lines.used(session, order.id)
    return papers.Done(
        on=order.done_on,
        text=order.found_and_did,
        hours=hours(minutes) if minutes else None,
        parts=tuple(
            papers.Part(quantity=line.quantity, name=line.name, number=line.number)
            for line in used
            if line.quantity > Decimal(0)
        ),
        signed_by=order.signed_by,
    )
