from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from smallcmms.domain.errors import NotFound, RuleBroken
from smallcmms.domain.levels import Hours
from smallcmms.domain.lines import LineKind
from smallcmms.domain.numbers import Kind
from smallcmms.domain.rates import RateClass
from smallcmms.services import choices, customers, rates, shop, working_hours
from smallcmms.services.steps import rates as rate_steps
from smallcmms.services.steps import shops, taxes
from smallcmms.store.store import Store
from tests import build
from tests.build import Story


def test_a_new_shop_has_its_levels_facts_rules_and_lists(store: Store) -> None:
    build.ridgeline(store)
    levels = [(row.level, row.answer_minutes, row.answer_workdays) for row in choices.levels(store)]
    assert levels == [(1, 60, None), (2, 240, None), (3, None, 3), (4, None, 10)]
    assert [fact.short for fact in choices.facts(store)][:2] == [
        "water escaping",
        "someone could get hurt",
    ]
    assert choices.rules(store)[0].level == 1
    assert "blocked" in {entry.code for entry in choices.rows(store, "cause")}
    assert "cleaned" in {entry.code for entry in choices.rows(store, "remedy")}
    assert not {entry.code for entry in choices.rows(store, "hold_reason")} & {"unknown"}


def test_a_shop_is_set_up_once(store: Store) -> None:
    assert not shop.has_shop(store)
    build.ridgeline(store)
    assert shop.has_shop(store)
    with pytest.raises(RuleBroken, match="has its shop already"):
        build.ridgeline(store)


def test_a_shop_needs_a_name(store: Store) -> None:
    with pytest.raises(RuleBroken, match="needs a name") as refused:
        shop.create(store, name=" ")
    assert refused.value.field == "name"
    with store.read() as session, pytest.raises(NotFound, match="no shop yet"):
        shops.current(session)


def test_a_shop_without_a_code_gets_one_of_four_signs(store: Store) -> None:
    shop.create(store, name="Ridgeline")
    code = shop.get(store).code
    assert len(code) == 4
    assert set(code) <= set(shop.CODE_LETTERS)


def test_setting_up_the_shop_cannot_be_undone_and_nothing_is_before_it(store: Store) -> None:
    build.ridgeline(store)
    assert store.next_undo() is None
    with pytest.raises(RuleBroken, match="There is nothing to take back"):
        store.undo()
    assert shop.has_shop(store)


def test_particulars_change_and_the_code_does_not(store: Store) -> None:
    build.ridgeline(store)
    shop.edit(store, name="Ridgeline Heating", terms_days=14)
    assert (shop.get(store).name, shop.get(store).terms_days) == ("Ridgeline Heating", 14)
    store.undo()
    assert shop.get(store).name == "Ridgeline Mechanical LLC"
    with pytest.raises(RuleBroken, match="code of the shop cannot be changed"):
        shop.edit(store, code="AAAA")


def test_a_series_begins_once_with_a_number_of_the_shops_choice(store: Store) -> None:
    shop.create(store, name="Ridgeline")
    shop.set_first_number(store, Kind.CUSTOMER, 14)
    customer_id = customers.add(store, name="Harbor View Apartments")
    assert customers.get(store, customer_id).number == "C-014"
    with pytest.raises(RuleBroken, match="have been used"):
        shop.set_first_number(store, Kind.CUSTOMER, 20)
    with pytest.raises(RuleBroken, match="1 or more"):
        shop.set_first_number(store, Kind.INVOICE, 0)


def test_the_working_week_and_holidays_are_read_as_kept(store: Store) -> None:
    build.ridgeline(store)
    saturday = Hours(time(9), time(12))
    working_hours.set_week(store, [None, None, None, None, None, saturday, None])
    working_hours.set_holidays(store, [date(2026, 7, 3), date(2026, 7, 3)])
    assert working_hours.get(store).holidays == (date(2026, 7, 3),)
    with store.read() as session:
        facts = shops.current(session)
    assert facts.week.hours(date(2026, 7, 13)) is None
    assert facts.week.hours(date(2026, 7, 18)) == saturday
    assert facts.holidays == {date(2026, 7, 3)}


def test_a_rate_holds_from_its_day_and_a_customers_own_comes_first(
    store: Store, story: Story
) -> None:
    rates.set_rate(store, kind=RateClass.REGULAR, price=Decimal(130), from_on=date(2026, 8, 1))
    rates.set_rate(
        store,
        kind=RateClass.REGULAR,
        price=Decimal(110),
        from_on=date(2026, 1, 1),
        customer_id=story.customer_id,
    )
    with store.read() as session:

        def hour(day: date, customer_id: int | None) -> Decimal:
            return rate_steps.hourly(
                session, RateClass.REGULAR, day, customer_id, story.technician_id
            )

        assert hour(date(2026, 7, 13), None) == 125
        assert hour(date(2026, 8, 1), None) == 130
        assert hour(date(2026, 7, 13), story.customer_id) == 110
        assert rate_steps.call_out(session, date(2026, 7, 13), story.customer_id) == 65
        with pytest.raises(RuleBroken, match="Overtime has no rate on Jul 13, 2026"):
            rate_steps.rate_on(session, RateClass.OVERTIME, date(2026, 7, 13), None)
    assert [row.price for row in rates.rows(store)][-1] == 110


def test_a_rate_below_zero_is_refused(store: Store, story: Story) -> None:
    with pytest.raises(RuleBroken, match="below zero"):
        rates.set_rate(store, kind=RateClass.REGULAR, price=Decimal(-1), from_on=date(2026, 7, 13))
    assert len(rates.rows(store)) == 2
    assert story.customer_id


def test_a_tax_goes_by_kind_of_line_day_and_customer(store: Store, story: Story) -> None:
    rates.add_tax(
        store,
        name="Sales tax",
        percent=Decimal("7.75"),
        from_on=date(2026, 8, 1),
        line_kinds=[LineKind.PART],
    )
    exempt = customers.add(
        store, name="St. Brendan Parish School", tax_profile="exempt", exemption_certificate="E-1"
    )
    with store.read() as session:

        def percent(kind: LineKind, day: date, customer_id: int, **more: bool) -> Decimal | None:
            tax = taxes.for_line(session, kind, day, customer_id, **more)
            return tax.percent if tax else None

        july, august = date(2026, 7, 13), date(2026, 8, 1)
        assert percent(LineKind.PART, july, story.customer_id) == Decimal("7.5")
        assert percent(LineKind.PART, august, story.customer_id) == Decimal("7.75")
        assert percent(LineKind.LABOUR, july, story.customer_id) is None
        assert percent(LineKind.PART, july, story.customer_id, is_taxable=False) is None
        assert percent(LineKind.PART, july, exempt) is None
        [rate] = taxes.rates(session, [1, None, 1])
        assert (rate.key, rate.percent) == ("1", Decimal("7.5"))


def test_an_archived_tax_is_charged_no_longer(store: Store, story: Story) -> None:
    [tax] = rates.taxes(store)
    rates.archive_tax(store, tax.id)
    assert rates.taxes(store) == []
    with store.read() as session:
        day = date(2026, 7, 13)
        assert taxes.for_line(session, LineKind.PART, day, story.customer_id) is None


@pytest.mark.parametrize(("name", "percent"), [(" ", "7.5"), ("Tax", "-1"), ("Tax", "101")])
def test_a_tax_needs_a_name_and_a_percentage(store: Store, name: str, percent: str) -> None:
    with pytest.raises(RuleBroken):
        rates.add_tax(
            store, name=name, percent=Decimal(percent), from_on=date(2026, 1, 1), line_kinds=[]
        )


def test_a_series_goes_on_with_a_later_number_but_bills_leave_no_gap(store: Store) -> None:
    build.ridgeline(store)
    shop.go_on_with(store, Kind.CUSTOMER, 40)
    customers.add(store, name="Oakmont Dental Group")
    with pytest.raises(RuleBroken, match="41 comes next"):
        shop.go_on_with(store, Kind.CUSTOMER, 40)
    with pytest.raises(RuleBroken, match="without a gap"):
        shop.go_on_with(store, Kind.INVOICE, 2000)
