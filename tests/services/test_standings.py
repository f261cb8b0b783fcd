from __future__ import annotations

from datetime import date
from decimal import Decimal

from smallcmms.domain.invoices import InvoiceKind
from smallcmms.domain.rates import RateClass
from smallcmms.services import customers, lately, rates, standings
from smallcmms.store.store import Store
from tests import build, past


def test_what_is_owed_and_past_due_adds_up_as_on_the_customers_page(
    store: Store, story: build.Story
) -> None:
    harbor = story.customer_id
    past.bill(store, harbor, total=74235, sent_on=date(2026, 6, 24))
    past.bill(store, harbor, total=191560, sent_on=date(2026, 6, 2))
    part_paid = past.bill(store, harbor, total=46890, sent_on=date(2026, 5, 20))
    past.pay(store, harbor, part_paid, amount=20000, on=date(2026, 7, 6))
    standing = standings.of(store, harbor)
    assert (standing.owed, standing.past_due) == (Decimal("2926.85"), Decimal("2184.50"))
    row = customers.rows(store, [harbor])[harbor]
    assert (row.owed, row.past_due) == (standing.owed, standing.past_due)
    assert standing.spent == Decimal("3126.85")


def test_a_credit_note_takes_its_invoice_off_what_is_owed(store: Store, story: build.Story) -> None:
    harbor = story.customer_id
    invoice = past.bill(store, harbor, total=10000, sent_on=date(2026, 5, 1))
    past.bill(
        store,
        harbor,
        total=-10000,
        sent_on=date(2026, 5, 2),
        kind=InvoiceKind.CREDIT_NOTE,
        credits_id=invoice,
    )
    standing = standings.of(store, harbor)
    assert {standing.owed, standing.past_due, standing.spent} == {Decimal(0)}


def test_pays_in_is_the_mean_of_three_invoices_or_more(store: Store, story: build.Story) -> None:
    harbor = story.customer_id
    for day, paid in ((1, date(2026, 6, 11)), (2, date(2026, 6, 22))):
        invoice = past.bill(store, harbor, total=100, sent_on=date(2026, 6, day))
        past.pay(store, harbor, invoice, amount=100, on=paid)
    assert standings.of(store, harbor).pays_in is None
    invoice = past.bill(store, harbor, total=100, sent_on=date(2026, 6, 3))
    past.pay(store, harbor, invoice, amount=60, on=date(2026, 6, 10))
    past.pay(store, harbor, invoice, amount=40, on=date(2026, 7, 4))
    assert standings.of(store, harbor).pays_in == 20  # (10 + 20 + 31) / 3 = 20.33


def test_open_work_and_critical_calls_are_counted(store: Store, story: build.Story) -> None:
    past.call(store, story)
    past.finished_work(store, story, title="Old")
    standing = standings.of(store, story.customer_id)
    assert (standing.open_work, standing.critical_calls, standing.assets) == (0, 0, 1)


def test_prices_are_the_customers_own_where_they_have_any(store: Store, story: build.Story) -> None:
    prices = standings.of(store, story.customer_id).prices
    assert (prices.hour, prices.after_hours_times, prices.call_out) == (
        Decimal(125),
        None,
        Decimal(65),
    )
    always = date(2000, 1, 1)
    rates.set_rate(store, kind=RateClass.AFTER_HOURS, price=Decimal("187.50"), from_on=always)
    rates.set_rate(
        store,
        kind=RateClass.REGULAR,
        price=Decimal(100),
        from_on=always,
        customer_id=story.customer_id,
    )
    prices = standings.of(store, story.customer_id).prices
    assert (prices.hour, prices.after_hours_times) == (Decimal(100), Decimal("1.875"))


def test_lately_tells_calls_work_bills_and_money_the_latest_first(
    store: Store, story: build.Story
) -> None:
    harbor = story.customer_id
    past.finished_work(store, story, title="Heater replaced", done_on=date(2026, 7, 9))
    invoice = past.bill(store, harbor, total=74235, sent_on=date(2026, 6, 24))
    past.pay(store, harbor, invoice, amount=20000, on=date(2026, 7, 6))
    past.call(store, story)
    told = lately.lately(store, harbor)
    assert [each.kind for each in told] == ["request", "work_order", "payment", "invoice"]
    assert told[0].text == "Sump pump alarm is on, water is high"
    assert (told[2].text, told[2].who, told[2].amount) == ("3342", "check", Decimal("200.00"))
    assert told[3].amount == Decimal("742.35")
    assert len(lately.lately(store, harbor, limit=2)) == 2


def test_a_bill_that_is_due_today_is_not_late(store: Store, story: build.Story) -> None:
    past.bill(store, story.customer_id, total=100, sent_on=date(2026, 7, 13), terms_days=0)
    standing = standings.of(store, story.customer_id)
    assert (standing.owed, standing.past_due) == (Decimal("1.00"), Decimal("0.00"))
