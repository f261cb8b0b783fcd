from __future__ import annotations

import pytest
from sqlalchemy import select

from smallcmms.domain.imports import Kind
from smallcmms.models import Contact, Customer, Site
from smallcmms.services import callers, check, customers
from smallcmms.store.store import Store
from tests.build import Story
from tests.services.imports.lists import bring, changes, look, outcomes, reasons

LIST = """
Name|Contact|Phone|Mobile|Email|Role|Street|City|State|Zip|Terms|Type|Notes
Oak School|Ann Ito|937 555 0101||ann@oak.us|Owner|1 Oak St|Troy|OH|45373|Net 45|Home|Ring
Oak School|Ben Ito|937 555 0102||||1 Oak St||||||
Oak School|Ann Ito|||||2 Oak St|Troy|||Net 45||
Elm Bakery||937 555 0199||||7 Elm St||||||
"""


@pytest.fixture
def listed(store: Store, story: Story) -> Store:
    """Return the shop with the list brought in."""
    assert story.customer_id
    told = bring(store, Kind.CUSTOMERS, LIST)
    assert outcomes(told) == ["new"] * 4
    assert reasons(told.rows[1]) == ["More of the customer of row 2."]
    return store


def page(store: Store, name: str) -> customers.CustomerPage:
    with store.read() as session:
        found = session.scalars(select(Customer.id).where(Customer.name == name)).one()
    return customers.get(store, found)


def test_a_row_is_a_customer_or_more_of_one(listed: Store) -> None:
    oak = page(listed, "Oak School")
    assert (oak.kind, oak.terms_days, oak.notes) == ("residential", 45, "Ring")
    assert [(each.name, each.role) for each in oak.contacts] == [
        ("Ann Ito", "Owner"), ("Ben Ito", ""),
    ]  # fmt: skip
    sites = [(each.address, each.city) for each in customers.sites(listed, oak.id)]
    assert sites == [("1 Oak St", "Troy, OH 45373"), ("2 Oak St", "Troy")]
    assert check.problems(listed) == []


def test_a_number_without_a_name_is_the_customers_own(listed: Store) -> None:
    elm = page(listed, "Elm Bakery")
    assert [each.name for each in elm.contacts] == ["Elm Bakery"]
    (caller,) = callers.callers(listed, "555 0199")
    assert caller.customer == "Elm Bakery"


def test_what_differs_is_shown_and_what_is_more_is_added(listed: Store) -> None:
    number = page(listed, "Elm Bakery").number
    told = bring(
        listed,
        Kind.CUSTOMERS,
        f"""
        Customer No|Name      |Contact|Phone|Terms|Address |City   |Site
                   |oak school|ann ito|5550 |30   |1 oak st|Dayton |
        {number}   |Elm Cafe  |Cy Elm |     |     |9 Elm St|       |Shop 2
                   |Oak School|       |     |     |2 Oak St|       |
        """,
    )
    assert outcomes(told) == ["changed", "changed", "same"]
    assert changes(told.rows[0]) == [
        ("Terms, days", "45", "30"),
        ("Phone", "937 555 0101", "5550"),
        ("City", "Troy, OH 45373", "Dayton"),
    ]
    assert changes(told.rows[1]) == [
        ("Customer", "Elm Bakery", "Elm Cafe"), ("Contact", "", "Cy Elm"),
        ("Site address", "", "9 Elm St"),
    ]  # fmt: skip
    with listed.read() as session:
        digits = session.scalars(select(Contact.phone_digits).where(Contact.name == "Ann Ito"))
        names = session.scalars(select(Site.name).where(Site.address == "9 Elm St"))
        assert (digits.one(), names.one()) == ("5550", "Shop 2")


def test_rows_that_say_the_same_or_disagree_are_left_out(listed: Store) -> None:
    told = look(
        listed,
        Kind.CUSTOMERS,
        """
        Name      |Phone|Terms|Address
        New Co    |555  |30   |5 Ash St
        New Co    |555  |30   |5 Ash St
        New Co    |     |14   |
        Oak School|     |10   |
        Oak School|     |12   |
        Oak School|     |10   |
        """,
    )
    assert outcomes(told) == ["new", "duplicate", "refused", "changed", "refused", "duplicate"]
    assert [reasons(row)[0] for row in told.rows if row.reasons] == [
        "It says nothing more than row 2.",
        "Row 2 or one after it says something else: Terms, days.",
        "Row 5 or one after it says something else: Terms, days.",
        "It says nothing more than row 5.",
    ]


def test_a_customer_whose_name_is_not_theirs_alone_is_not_guessed(listed: Store) -> None:
    customers.add(listed, name="Oak School")
    told = look(listed, Kind.CUSTOMERS, "Name\nOak  SCHOOL\n")
    assert (outcomes(told), reasons(told.rows[0])) == (
        ["duplicate"], ["2 customers are called Oak  SCHOOL."],
    )  # fmt: skip


def test_a_customer_without_a_name_or_in_the_archive_is_left_out(listed: Store) -> None:
    elm = page(listed, "Elm Bakery")
    customers.archive(listed, elm.id)
    told = look(listed, Kind.CUSTOMERS, "Name|Phone\nElm Bakery|\n|555")
    assert outcomes(told) == ["refused", "refused"]
    assert reasons(told.rows[0]) == [f"{elm.number} is in the archive. Restore it first."]
    assert reasons(told.rows[1]) == ["A customer needs a name."]


def test_a_site_without_an_address_is_called_by_its_name(listed: Store) -> None:
    told = bring(listed, Kind.CUSTOMERS, "Name|Site|Zone\nAsh|Depot|North\nBirch||South")
    assert reasons(told.rows[1]) == [
        "City, zone and access are left out: the site has no address.",
    ]
    (site,) = customers.sites(listed, page(listed, "Ash").id)
    assert (site.address, site.zone, site.label) == ("Depot", "North", "Depot")
    assert customers.sites(listed, page(listed, "Birch").id) == []
    (again,) = look(listed, Kind.CUSTOMERS, "Name|Site|Zone\nAsh|depot|West").rows
    assert changes(again) == [("Zone", "North", "West")]


def test_rows_that_tell_two_things_of_one_person_are_not_both_believed(listed: Store) -> None:
    text = "Name|Contact|Phone|Address|Zone\nAsh|Ann|1|5 Ash St|N\nAsh|Ann|2||\nAsh||3|5 Ash St|S"
    told = bring(listed, Kind.CUSTOMERS, text)
    assert outcomes(told) == ["new", "refused", "refused"]
    assert reasons(told.rows[1]) == ["Row 2 or one after it says something else: Phone."]
    assert reasons(told.rows[2]) == ["Row 2 or one after it says something else: Zone."]
    again = look(listed, Kind.CUSTOMERS, text)
    assert outcomes(again) == ["same", "refused", "refused"]
