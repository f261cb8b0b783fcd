"""Stock: the lists of parts and of what to order, with many parts and more moves."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from smallcmms.services import parts, reordering, technicians
from smallcmms.services.samples import story
from smallcmms.store.opening import create, open_shop
from tests.bench import floors
from tests.bench.rounds import Ratio, compare

NOW = datetime(2026, 7, 14, 14, 24, tzinfo=UTC)
TODAY = date(2026, 7, 14)
AT = "2026-07-14 14:24:00.000000"
PLACES, SUPPLIERS, DAYS = 3, 20, 400
NAMES = ("Filter", "Belt", "Motor", "Valve", "Gasket")
ONE_IN = 10
"""One part in so many is reserved, one in so many is on order."""
PAGE = 50


def shop(folder: Path, count: int, moves: int) -> Path:
    """Return a shop file with so many parts and moves, the same each time."""
    path = folder / f"stock-{count}-{moves}.smallcmms"
    path.unlink(missing_ok=True)
    store = create(path, now=lambda: NOW)
    story.set_up(store)
    story.before(store)
    for number in range(PLACES):
        technicians.add(store, name=f"Technician {number}", truck=f"Van {number}")
    places = [place.id for place in parts.locations(store)]
    store.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        _pour(connection, count, moves, places)
        connection.execute("ANALYZE")
    return path


def _pour(connection: sqlite3.Connection, count: int, moves: int, places: list[int]) -> None:
    dice = Random(1)
    write = connection.executemany
    ids = range(100, 100 + count)
    write("INSERT INTO supplier (id, name, phone, email, address, account, notes) VALUES"
          " (?, ?, '', '', '', '', '')",
          [(100 + number, f"Supplier {number}") for number in range(SUPPLIERS)])  # fmt: skip
    write(
        "INSERT INTO part (id, number, name, unit, purchase_unit, barcode, supplier_id,"
        " supplier_number, cost, price, is_taxable, keep, lead_days, bin, notes)"
        " VALUES (?, ?, ?, '', '', '', ?, '', ?, ?, 1, ?, ?, ?, '')",
        [
            (key, f"P-{key:06d}", f"{NAMES[key % len(NAMES)]} {key}",
             100 + key % SUPPLIERS, dice.randint(1, 99) * 1000, dice.randint(1, 99) * 10_000,
             dice.choice((None, 2000, 4000)), dice.choice((None, 3)), f"A-{key % 40}")
            for key in ids
        ],
    )  # fmt: skip
    write(
        "INSERT INTO stock_move (part_id, location_id, kind, quantity, unit_cost, reason,"
        " override_reason, moved_on, recorded_at) VALUES (?, ?, ?, ?, 10000, '', '', ?, ?)",
        [
            (key, places[0], "count", 12_000, (TODAY - timedelta(days=DAYS)).isoformat(), AT)
            for key in ids
        ]
        + [
            (dice.choice(ids), dice.choice(places), *dice.choice(KINDS),
             (TODAY - timedelta(days=dice.randrange(DAYS))).isoformat(), AT)
            for _ in range(moves - count)
        ],
    )  # fmt: skip
    _claims(connection, ids)


KINDS = (("receipt", 3000), ("issue", -1000), ("issue", -2000), ("count", 1000))


def _claims(connection: sqlite3.Connection, ids: range) -> None:
    write, some = connection.executemany, ids[::ONE_IN]
    connection.execute(
        "INSERT INTO work_order (id, number, revision, origin, type, level, status, title, wrong,"
        " truck_note, instructions, is_code_on_paper, billing_rule, earlier_number, po_number,"
        " hold_reason, cancel_reason, problem, cause, remedies, detection, found_and_did,"
        " not_on_sheet, signed_by, is_unhappy, claim_number, created_at) VALUES (1, 'WO-1', 1,"
        " 'by_hand', 'corrective', 3, 'approved', 'Work', '', '', '', 0, 'time_and_materials', '',"
        f" '', '', '', '', '', '[]', '', '', '[]', '', 0, '', '{AT}')"
    )
    write("INSERT INTO planned_part (id, work_order_id, part_id, text, quantity, sequence)"
          " VALUES (?, 1, ?, '', 1000, 1)", [(key, key) for key in some])  # fmt: skip
    write("INSERT INTO reservation (planned_part_id, work_order_id, part_id, quantity, status,"
          f" made_at) VALUES (?, 1, ?, 1000, 'active', '{AT}')",
          [(key, key) for key in some])  # fmt: skip
    write("INSERT INTO purchase_order (id, number, supplier_id, status, made_at, promised_on,"
          f" reference, note, cancel_reason) VALUES (?, ?, ?, 'ordered', '{AT}', '2026-07-20', '',"
          " '', '')", [(100 + number, f"PO-{number:04d}", 100 + number)
                       for number in range(SUPPLIERS)])  # fmt: skip
    write("INSERT INTO purchase_order_line (purchase_order_id, sequence, part_id, text,"
          " supplier_number, unit, quantity, unit_cost, received)"
          " VALUES (?, 1, ?, '', '', '', 4000, 10000, 1000)",
          [(100 + key % SUPPLIERS, key) for key in ids[1::ONE_IN]])  # fmt: skip


def lists(path: Path, rounds: int) -> Iterator[tuple[str, Ratio]]:
    """Yield how long the list of all parts, that of the low ones and that to order take."""
    store, connection = open_shop(path, now=lambda: NOW), floors.connect(path)
    for name, chip in (("every part", "all"), ("low parts", "low")):

        def ours(_round: int, chip: str = chip) -> tuple[list[int], list[tuple[int, int]]]:
            ids = list(parts.find(store, chip=chip))
            rows = parts.rows(store, ids[:PAGE])
            return ids, [(_thousandths(row.on_hand), _thousandths(row.available))
                         for row in map(rows.__getitem__, ids[:PAGE])]  # fmt: skip

        def floor(_round: int, chip: str = chip) -> tuple[list[int], list[tuple[int, int]]]:
            ids = floors.parts(connection, is_low=chip == "low")
            page = floors.parts_page(connection, ids[:PAGE])
            return ids, [page[key][-2:] for key in ids[:PAGE]]

        assert ours(0) == floor(0)
        yield name, compare(ours, floor, rounds)
    since = (TODAY - timedelta(days=90)).isoformat()
    told = {each.part_id: _thousandths(each.quantity) for each in reordering.suggestions(store)}
    assert told == floors.to_order(connection, since)
    suggested: Callable[[int], object] = lambda _round: reordering.suggestions(store)  # noqa: E731
    bare: Callable[[int], object] = lambda _round: floors.to_order(connection, since)  # noqa: E731
    yield "parts to order", compare(suggested, bare, rounds)
    connection.close()
    store.close()


def _thousandths(quantity: Decimal) -> int:
    return int(quantity.scaleb(3))
