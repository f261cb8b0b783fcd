"""Which tax a line carries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from smallcmms.domain.customers import TaxProfile
from smallcmms.domain.lines import LineKind
from smallcmms.domain.money import TaxRate
from smallcmms.models import Customer, Tax


def for_line(
    session: Session,
    kind: LineKind,
    on: date,
    customer_id: int | None,
    *,
    is_taxable: bool = True,
) -> Tax | None:
    """Return the tax of a line of this kind on a day, or None where none is charged.

    Of several that fit, the one in force since the latest date counts.
    """
    if not is_taxable or _is_exempt(session, customer_id):
        return None
    query = (
        select(Tax)
        .where(Tax.from_on <= on, Tax.archived_on.is_(None))
        .order_by(Tax.from_on.desc(), Tax.id.desc())
    )
    fitting = (tax for tax in session.scalars(query) if kind.value in tax.line_kinds)
    return next(fitting, None)


def rates(session: Session, tax_ids: Iterable[int | None]) -> list[TaxRate]:
    """Return the rates of these taxes for the arithmetic, each once, keyed by its id."""
    wanted = {tax_id for tax_id in tax_ids if tax_id is not None}
    query = select(Tax).where(Tax.id.in_(wanted)).order_by(Tax.id)
    return [TaxRate(str(tax.id), tax.name, tax.percent) for tax in session.scalars(query)]


def _is_exempt(session: Session, customer_id: int | None) -> bool:
    if customer_id is None:
        return False
    return session.get_one(Customer, customer_id).tax_profile is TaxProfile.EXEMPT
