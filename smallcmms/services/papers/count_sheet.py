"""What the sheet of a count says: what to count, and not how many there should be."""

from __future__ import annotations

from smallcmms.domain.papers import Shop
from smallcmms.domain.stock_papers import CountRow, CountSheet
from smallcmms.services import stock_counts
from smallcmms.services.steps import shops
from smallcmms.store.store import Store


def count_sheet(store: Store, count_id: int, *, is_recount_only: bool = False) -> CountSheet:
    """Return what the sheet of a count says, as it was begun; a new print says the same.

    ``is_recount_only`` is the sheet of the lines that are to be counted once more.

    Raises:
        NotFound: there is no such count.
    """
    with store.read() as session:
        page, shop = stock_counts.get(store, count_id), shops.current(session)
    return CountSheet(
        manner=shop.manner(),
        shop=Shop(name=shop.name, phone=shop.phone),
        number=page.row.number,
        code=page.code,
        printed_at=store.now(),
        place=page.row.place,
        counted_by=page.row.counted_by,
        is_recount=is_recount_only,
        rows=tuple(
            CountRow(bin=line.bin, number=line.number, name=line.name, unit=line.unit)
            for line in page.lines
            if (line.is_recount and line.counted is None if is_recount_only else not line.is_added)
        ),
    )
