from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

from smallcmms.domain import papers
from smallcmms.domain.copies import Audience
from smallcmms.reports.work_order_copies import render_office
from tests.reports import samples
from tests.trust import technicians_copies


def test_a_technicians_copy_has_no_money_on_it_whatever_the_prices(tmp_path: Path) -> None:
    outcome = technicians_copies.run(tmp_path / "shop.smallcmms", count=100, seed=1187)
    assert (outcome.copies, outcome.found) == (100, 0), outcome.first
    assert outcome.pages > 200


def test_money_on_a_paper_would_be_found() -> None:
    amount = technicians_copies.price(Random(1))
    line = papers.MoneyLine(text="Labor", amount=amount)
    money = papers.JobMoney(currency="USD", lines=(line,), total=amount)
    order = replace(samples.circulator(), audience=Audience.OFFICE)
    assert technicians_copies.amounts(render_office(order, money).pdf, order.code)
