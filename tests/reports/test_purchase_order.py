"""The purchase order on paper: what the supplier reads, and what brings it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from smallcmms.domain import papers
from smallcmms.domain.papers import Party, PurchaseLine
from smallcmms.domain.tags import TagKind, code
from smallcmms.reports import purchase_order
from tests.reports import readers, samples

MANNERS = pytest.mark.parametrize("manner", [samples.LETTER, samples.A4], ids=["letter", "a4"])


def order(manner: papers.Manner = samples.LETTER) -> papers.PurchaseOrder:
    shop = samples.invoice().shop
    filters = PurchaseLine(
        text="Filter 20×25×2, MERV 8",
        number="FLT-20252",
        supplier_number="MVS-402025",
        quantity=Decimal(18),
        unit_cost=Decimal("4.10"),
        amount=Decimal("73.80"),
        packs=Decimal(3),
        pack="pack",
        pack_of=Decimal(6),
    )
    contactor = PurchaseLine(
        text="Contactor 40 A",
        number="CTR-40-2",
        quantity=Decimal(4),
        unit_cost=Decimal("19.80"),
        amount=Decimal("79.20"),
        job="WO-2302",
    )
    return papers.PurchaseOrder(
        manner=manner,
        currency="USD",
        shop=shop,
        supplier=Party(name="Miami Valley Supply", lines=("1180 Needmore Road",)),
        deliver_to=Party(name=shop.name, lines=shop.address),
        number="PO-0089",
        code=code("KQ2A", TagKind.PURCHASE_ORDER, "PO-0089"),
        lines=(filters, contactor),
        total=Decimal("153.00"),
        ordered_on=date(2026, 7, 13),
        promised_on=date(2026, 7, 15),
        account="RM-2207",
        note="Deliver before 7:30 AM.",
    )


@MANNERS
def test_an_order_says_what_to_send_where_at_the_supplier_s_own_numbers(
    manner: papers.Manner,
) -> None:
    pdf = purchase_order.render(order(manner)).pdf
    assert len(readers.pages(pdf)) == 1
    text = readers.words(pdf)
    for each in (
        "Purchase order PO-0089",
        "Supplier",
        "Miami Valley Supply",
        "Deliver to",
        "Ordered Jul 13, 2026",
        "Wanted by Jul 15, 2026",
        "Our account RM-2207",
        "Deliver before 7:30 AM.",
        "MVS-402025 Filter 20×25×2, MERV 8 3 × pack of 6 · our number FLT-20252 18 $4.10 $73.80",
        "– Contactor 40 A our number CTR-40-2 · for WO-2302 4 $19.80 $79.20",
        "Total without tax $153.00",
        "Write PO-0089 on the delivery note and on the invoice.",
        "Came on",
    ):
        assert each in text, each


def test_its_code_is_read_from_the_paper() -> None:
    image = readers.picture(purchase_order.render(order()).pdf, 0, 200)
    assert readers.by_zxing(image) == readers.by_zbar(image) == [order().code]


def test_a_long_order_goes_on_with_its_titles_and_counts_its_pages() -> None:
    long = replace(order(), lines=order().lines * 12)
    pages = readers.pages(purchase_order.render(long).pdf)
    assert len(pages) == 2
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of 2" in page
    assert "Your number" in pages[1]
    assert "Total without tax" in pages[1]


def test_a_draft_and_a_cancelled_order_say_so() -> None:
    text = readers.words(purchase_order.render(replace(order(), state="Draft")).pdf)
    assert "Purchase order · Draft" in text


def test_nothing_is_added_up_on_paper() -> None:
    odd = replace(order(), total=Decimal("1.23"))
    assert "Total without tax $1.23" in readers.words(purchase_order.render(odd).pdf)


def test_the_same_order_gives_the_same_bytes() -> None:
    assert purchase_order.render(order()).pdf == purchase_order.render(order()).pdf


def test_a_supplier_s_long_number_stays_whole() -> None:
    line = replace(order().lines[0], supplier_number="410A-25LB-CYLINDER")
    text = readers.words(purchase_order.render(replace(order(), lines=(line,))).pdf)
    assert "410A-25LB-CYLINDER" in text
