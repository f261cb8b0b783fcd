from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.invoices import StandingWord
from smallcmms.domain.payments import PaymentMethod
from smallcmms.services import check, customers, invoices, payments
from smallcmms.store.store import Store
from tests import build
from tests.bills import rendered
from tests.build import Story
from tests.conftest import Clock


@pytest.fixture
def story(story: Story, clock: Clock) -> Story:
    clock.moment = build.july(14, 10, 32)
    return story


def issued(store: Store, customer_id: int, amount: int) -> int:
    invoice_id = invoices.draft_by_hand(store, customer_id=customer_id)
    invoices.add_line(store, invoice_id, text="Work", price=Decimal(amount))
    invoices.issue(store, invoice_id, render=rendered)
    return invoice_id


def word(store: Store, invoice_id: int) -> tuple[StandingWord, Decimal]:
    standing = invoices.get(store, invoice_id).standing
    return standing.word, standing.owed


def test_a_payment_in_part_and_the_rest_pay_an_invoice(store: Store, story: Story) -> None:
    invoice_id = issued(store, story.customer_id, 100)
    payments.take(store, invoice_id=invoice_id, amount=Decimal("40.50"), reference=" 3318 ")
    assert word(store, invoice_id) == (StandingWord.PART_PAID, Decimal("59.50"))
    payments.take(
        store, invoice_id=invoice_id, amount=Decimal("59.50"), method=PaymentMethod.CASH,
        received_on=date(2026, 7, 13),
    )  # fmt: skip
    assert word(store, invoice_id) == (StandingWord.PAID, Decimal(0))
    paid = invoices.get(store, invoice_id).payments
    assert [(row.amount, row.method.value, row.reference) for row in paid] == [
        (Decimal("59.50"), "cash", ""),
        (Decimal("40.50"), "check", "3318"),
    ]
    with pytest.raises(RuleBroken, match="Nothing is owed on INV-1187"):
        payments.take(store, invoice_id=invoice_id, amount=Decimal(1))
    assert check.problems(store) == []


def test_a_payment_is_taken_back_by_undo(store: Store, story: Story) -> None:
    invoice_id = issued(store, story.customer_id, 100)
    payments.take(store, invoice_id=invoice_id, amount=Decimal(100))
    assert str(store.next_undo()) == "Take a payment from Harbor View Apartments"
    store.undo()
    assert word(store, invoice_id) == (StandingWord.SENT, Decimal(100))


def test_what_is_too_much_is_refused_or_kept_as_credit(store: Store, story: Story) -> None:
    invoice_id = issued(store, story.customer_id, 100)
    with pytest.raises(RuleBroken, match=r"Only 100.00 is owed") as refused:
        payments.take(store, invoice_id=invoice_id, amount=Decimal(130))
    assert refused.value.field == "amount"
    assert payments.rows(store, story.customer_id) == []
    payment_id = payments.take(store, invoice_id=invoice_id, amount=Decimal(130), keep_rest=True)
    [row] = payments.rows(store, story.customer_id)
    assert (row.id, row.amount, row.unallocated) == (payment_id, Decimal(130), Decimal(30))
    assert invoices.get(store, invoice_id).credit == Decimal(30)
    assert check.problems(store) == []


def test_credit_goes_towards_a_later_invoice_of_the_same_customer(
    store: Store, story: Story
) -> None:
    first = issued(store, story.customer_id, 100)
    payment_id = payments.take(store, invoice_id=first, amount=Decimal(130), keep_rest=True)
    later = issued(store, story.customer_id, 50)
    with pytest.raises(RuleBroken, match="Only"):
        payments.allocate(store, payment_id, invoice_id=later, amount=Decimal(31))
    payments.allocate(store, payment_id, invoice_id=later, amount=Decimal(10))
    assert word(store, later) == (StandingWord.PART_PAID, Decimal(40))
    payments.allocate(store, payment_id, invoice_id=later)
    assert word(store, later) == (StandingWord.PART_PAID, Decimal(20))
    with pytest.raises(RuleBroken, match="Only"):
        payments.allocate(store, payment_id, invoice_id=later)
    stranger = issued(store, customers.add(store, name="Oakmont"), 10)
    with pytest.raises(RuleBroken, match="another customer's"):
        payments.allocate(store, payment_id, invoice_id=stranger)
    assert check.problems(store) == []


def test_a_payment_of_a_customer_pays_the_oldest_first(
    store: Store, story: Story, clock: Clock
) -> None:
    old = issued(store, story.customer_id, 100)
    clock.moment += timedelta(days=1)
    new = issued(store, story.customer_id, 50)
    payments.take(store, customer_id=story.customer_id, amount=Decimal(120))
    assert word(store, old) == (StandingWord.PAID, Decimal(0))
    assert word(store, new) == (StandingWord.PART_PAID, Decimal(30))
    with pytest.raises(RuleBroken, match="Only"):
        payments.take(store, customer_id=story.customer_id, amount=Decimal(31))
    with pytest.raises(TypeError, match="for an invoice or a customer"):
        payments.take(store, amount=Decimal(1))


def test_a_write_off_never_leaves_credit(store: Store, story: Story) -> None:
    invoice_id = issued(store, story.customer_id, 100)
    write_off = PaymentMethod.WRITE_OFF
    with pytest.raises(RuleBroken, match="Only"):
        payments.take(
            store, invoice_id=invoice_id, amount=Decimal(101), method=write_off, keep_rest=True
        )
    payments.take(store, invoice_id=invoice_id, amount=Decimal(100), method=write_off)
    assert word(store, invoice_id) == (StandingWord.PAID, Decimal(0))


@pytest.mark.parametrize("amount", ["0", "-5"])
def test_a_payment_is_more_than_nothing(store: Store, story: Story, amount: str) -> None:
    invoice_id = issued(store, story.customer_id, 100)
    with pytest.raises(RuleBroken, match="more than zero"):
        payments.take(store, invoice_id=invoice_id, amount=Decimal(amount))


def test_a_payment_is_of_a_day_that_has_come_and_exact(store: Store, story: Story) -> None:
    invoice_id = issued(store, story.customer_id, 100)
    with pytest.raises(RuleBroken, match="still to come") as refused:
        payments.take(
            store, invoice_id=invoice_id, amount=Decimal(5), received_on=date(2026, 7, 15)
        )
    assert refused.value.field == "received_on"
    with pytest.raises(RuleBroken, match="finer than USD"):
        payments.take(store, invoice_id=invoice_id, amount=Decimal("5.001"))


def test_drafts_and_credit_notes_are_not_paid(store: Store, story: Story) -> None:
    draft_id = invoices.draft_by_hand(store, customer_id=story.customer_id)
    with pytest.raises(RuleBroken, match="It is a draft"):
        payments.take(store, invoice_id=draft_id, amount=Decimal(1))
    invoice_id = issued(store, story.customer_id, 100)
    note_id = invoices.credit(store, invoice_id, reason="Wrong", render=rendered)
    with pytest.raises(RuleBroken, match="CN-1 is a credit note"):
        payments.take(store, invoice_id=note_id, amount=Decimal(1))
    with pytest.raises(RuleBroken, match="Nothing is owed"):
        payments.take(store, invoice_id=invoice_id, amount=Decimal(1))


def test_what_was_paid_for_a_credited_invoice_becomes_credit(store: Store, story: Story) -> None:
    invoice_id = issued(store, story.customer_id, 100)
    payments.take(store, invoice_id=invoice_id, amount=Decimal(60))
    invoices.credit(store, invoice_id, reason="Wrong", render=rendered)
    assert invoices.get(store, invoice_id).credit == Decimal(60)
    assert invoices.ageing(store).owed == 0
    assert check.problems(store) == []
