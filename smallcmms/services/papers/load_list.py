"""What a load list says: what to fetch in the shop, what is on the truck, what is short."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from smallcmms.domain import tags
from smallcmms.domain.papers import Manner, Shop
from smallcmms.domain.stock_papers import LoadList, LoadRow, LoadStop
from smallcmms.formats import Formats
from smallcmms.models import Technician
from smallcmms.services import load_lists
from smallcmms.services.load_lists import LoadDay, LoadLine, Stop
from smallcmms.services.restock import RestockLine
from smallcmms.services.steps import shops
from smallcmms.store.store import Store
from smallcmms.texts import in_language

_ONE = Decimal(1)


def load_list(store: Store, technician_id: int, on: date) -> LoadList:
    """Return what the load list of a technician's day says.

    Raises:
        RuleBroken: there is no such technician.
    """
    with store.read() as session:
        day = load_lists.load_list(store, technician_id=technician_id, on=on)
        shop = shops.current(session)
        manner = shop.manner(session.get_one(Technician, technician_id).sheet_language)
    words = _Words(manner, day)
    return LoadList(
        manner=manner,
        shop=Shop(name=shop.name, phone=shop.phone),
        technician=day.technician,
        truck=day.truck,
        on=on,
        code=tags.load_code(shop.code, technician_id, on),
        printed_at=store.now(),
        minutes=day.minutes,
        stops=tuple(_stop(stop) for stop in day.stops),
        rows=tuple(words.row(line) for line in day.lines),
        restock=tuple(words.restocked(line) for line in day.restock),
    )


def _stop(stop: Stop) -> LoadStop:
    place = ", ".join(filter(None, (stop.site, stop.customer)))
    return LoadStop(starts_at=stop.planned_from, number=stop.number, place=place, title=stop.title)


class _Words:
    """Says in words where a part is."""

    def __init__(self, manner: Manner, day: LoadDay) -> None:
        self._ = in_language(manner.language)._
        self._formats, self._day = Formats(manner.locale, zone=manner.zone), day

    def row(self, line: LoadLine) -> LoadRow:
        """Return a part of the day's jobs."""
        return LoadRow(
            quantity=line.quantity,
            unit=line.unit,
            name=line.name,
            number=line.number,
            where=self._where(line),
            is_fetched=line.on_truck < line.quantity,
            note=", ".join(self._missing(line)),
            purpose=", ".join(line.jobs),
        )

    def restocked(self, line: RestockLine) -> LoadRow:
        """Return a part that brings the truck to its par."""
        _, formats = self._, self._formats
        return LoadRow(
            quantity=line.take,
            unit=line.unit,
            name=line.name,
            number=line.number,
            where=self._shelf(line.bin) if line.take else "",
            is_fetched=True,
            note=self._short(line.short) if line.short else "",
            purpose=_("{number} of {count}",
                      number=formats.quantity(line.on_truck), count=formats.quantity(line.par)),
        )  # fmt: skip

    def _shelf(self, shelf: str) -> str:
        return f"{self._day.shelf} {shelf}".strip()

    def _where(self, line: LoadLine) -> str:
        _, shelf, truck = self._, self._shelf(line.bin), self._day.truck
        if line.on_truck == line.quantity:
            return _("on {truck}", truck=truck)
        if line.on_truck and line.fetch:
            return _(
                "on {truck}: {here}, {where}: {there}",
                truck=truck,
                here=self._formats.quantity(line.on_truck),
                where=shelf,
                there=self._formats.quantity(line.fetch),
            )
        if line.on_truck:
            here = self._formats.quantity(line.on_truck)
            return _("on {truck}: {here}", truck=truck, here=here)
        if line.fetch and line.short:
            return _("{where}: {there}", where=shelf, there=self._formats.quantity(line.fetch))
        if line.fetch:
            is_last = line.in_shop == line.fetch == _ONE
            return _("{where}, last one", where=shelf) if is_last else shelf
        return ""

    def _missing(self, line: LoadLine) -> Iterator[str]:
        """Yield what is wrong with a part, and where there is more of it."""
        _ = self._
        if not line.short:
            return
        if line.part_id is None:
            yield _("not kept in the shop, buy it")
            return
        yield self._short(line.short)
        if line.kept:
            kept = self._formats.quantity(line.kept)
            yield _("{count} in the shop for other jobs", count=kept)
        for each in line.elsewhere:
            has = self._formats.quantity(each.quantity)
            yield _("{truck} has {count}", truck=each.name, count=has)
        if line.on_order:
            yield _("{count} on order", count=self._formats.quantity(line.on_order))

    def _short(self, quantity: Decimal) -> str:
        return self._("{count} short", count=self._formats.quantity(quantity))
