"""What the rules need to know of the shop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from smallcmms.domain import papers
from smallcmms.domain.errors import NotFound
from smallcmms.domain.levels import Hours, WorkWeek
from smallcmms.domain.money import Currency
from smallcmms.domain.papers import Manner, PaperSize
from smallcmms.models import Shop

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class ShopFacts:
    """The shop as the rules see it."""

    name: str
    phone: str
    code: str
    currency: Currency
    locale: str
    zone: ZoneInfo
    paper: str
    terms_days: int
    is_tax_included: bool
    travel_is_billed: bool
    week: WorkWeek
    holidays: frozenset[date]

    def day(self, moment: datetime) -> date:
        """Return the shop's calendar day of a moment."""
        return moment.astimezone(self.zone).date()

    def manner(self, language: str = "") -> Manner:
        """Return how a paper is written: in its reader's language, or else in the shop's."""
        return Manner(
            language=language or self.locale,
            locale=self.locale,
            zone=self.zone.key,
            paper_size=PaperSize(self.paper),
        )


def current(session: Session) -> ShopFacts:
    """Return the shop of this file.

    Raises:
        NotFound: the file has no shop yet.
    """
    shop = session.get(Shop, 1)
    if shop is None:
        raise NotFound("This file has no shop yet.")
    return ShopFacts(
        name=shop.name,
        phone=shop.phone,
        code=shop.code,
        currency=Currency(shop.currency),
        locale=shop.locale,
        zone=ZoneInfo(shop.zone),
        paper=shop.paper,
        terms_days=shop.terms_days,
        is_tax_included=shop.is_tax_included,
        travel_is_billed=shop.travel_is_billed,
        week=week(shop.hours),
        holidays=frozenset(date.fromisoformat(text) for text in shop.holidays),
    )


def letterhead(session: Session) -> papers.Shop:
    """Return the shop as its papers name it."""
    shop = session.get_one(Shop, 1)
    return papers.Shop(
        name=shop.name,
        address=tuple(line.strip() for line in (shop.address, shop.city) if line.strip()),
        phone=shop.phone,
        email=shop.email,
        tax_id=shop.tax_id,
    )


def week(hours: Mapping[str, Any]) -> WorkWeek:
    """Return the working week of hours as kept: {"mon": ["08:00", "17:00"], …}, days off left out.

    A shop that has told no hours works the usual week.
    """
    if not hours:
        return WorkWeek()
    return WorkWeek(tuple(_day(hours.get(weekday)) for weekday in WEEKDAYS))


def _day(span: list[str] | None) -> Hours | None:
    if not span:
        return None
    opens, closes = span
    return Hours(time.fromisoformat(opens), time.fromisoformat(closes))
