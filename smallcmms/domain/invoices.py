"""Invoices and credit notes: their states, when they are due, what they show, their chain."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256

from smallcmms.domain.errors import RuleBroken


class InvoiceState(StrEnum):
    """A draft may change and be deleted; an issued one is numbered and frozen."""

    DRAFT = "draft"
    ISSUED = "issued"


class InvoiceKind(StrEnum):
    """A bill, or the credit note that negates one."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


class StandingWord(StrEnum):
    """The word that a person reads on an invoice."""

    DRAFT = "draft"
    SENT = "sent"
    PART_PAID = "part_paid"
    LATE = "late"
    PAID = "paid"
    CREDITED = "credited"


class Age(StrEnum):
    """How long an invoice has been late; domain.md's first column is NOT_DUE and TO_30 together."""

    NOT_DUE = "not_due"
    TO_30 = "to_30"
    TO_60 = "to_60"
    TO_90 = "to_90"
    OVER_90 = "over_90"


@dataclass(frozen=True, slots=True)
class Standing:
    """How an invoice stands: its word, what is still owed, how many days it is late."""

    word: StandingWord
    owed: Decimal
    days_late: int = 0


LONGEST_TERMS = 365


def due_on(issued_on: date, terms_days: int) -> date:
    """Return the day an invoice is due; terms of 0 days mean due on receipt.

    Raises:
        RuleBroken: the terms are no number of days from 0 to 365.
    """
    if not 0 <= terms_days <= LONGEST_TERMS:
        raise RuleBroken("Terms are 0 to {most} days.", "terms", most=LONGEST_TERMS)
    return issued_on + timedelta(days=terms_days)


def move(state: InvoiceState, to: InvoiceState) -> InvoiceState:
    """Return the state that the invoice goes to; the only step is to issue a draft.

    Raises:
        RuleBroken: it is issued, and what is issued never changes.
    """
    if (state, to) != (InvoiceState.DRAFT, InvoiceState.ISSUED):
        raise RuleBroken("Issued; make a credit note")
    return to


def standing(
    state: InvoiceState,
    *,
    total: Decimal,
    paid: Decimal,
    credited: Decimal,
    due_on: date | None,
    today: date,
) -> Standing:
    """Return how an invoice stands; ``paid`` includes write-offs, all amounts are positive.

    A credit note has a negative total and negative ``paid``; it is never late.
    """
    if state is InvoiceState.DRAFT:
        return Standing(StandingWord.DRAFT, Decimal(0))
    owed = total - paid - credited
    is_settled = owed <= 0 if total >= 0 else owed >= 0
    if is_settled:
        is_credited = credited != 0 and paid == 0
        return Standing(StandingWord.CREDITED if is_credited else StandingWord.PAID, owed)
    if due_on is not None and due_on < today and total > 0:
        return Standing(StandingWord.LATE, owed, (today - due_on).days)
    return Standing(StandingWord.PART_PAID if paid or credited else StandingWord.SENT, owed)


def age(due_on: date, today: date) -> Age:
    """Return the column of the ageing list, by days past the due date."""
    days = (today - due_on).days
    for most, column in ((0, Age.NOT_DUE), (30, Age.TO_30), (60, Age.TO_60), (90, Age.TO_90)):
        if days <= most:
            return column
    return Age.OVER_90


def canonical(content: Mapping[str, object]) -> str:
    """Return what an invoice says in one spelling: sorted, ASCII, without spaces.

    Raises:
        TypeError: it holds a float or another value that has no one spelling.
    """
    return json.dumps(_plain(content), sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def _plain(value: object) -> object:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, Decimal):
        return _spelled(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{value!r} has no one spelling")


def _spelled(number: Decimal) -> str:
    if not number.is_finite():
        raise TypeError(f"{number!r} has no one spelling")
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def chain_hash(content: Mapping[str, object], previous: str) -> str:
    """Return the SHA-256 (hex) of an issued invoice's content, chained to the one before it.

    ``previous`` is the chain hash of the invoice before it in the series, empty for the first.
    """
    return sha256(f"{previous}\n{canonical(content)}".encode("ascii")).hexdigest()
