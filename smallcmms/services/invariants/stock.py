"""Stock that must agree with its moves, and reservations with what is on hand and planned."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.services.invariants.rules import broken

_THERE = "(SELECT COALESCE(SUM(m.quantity), 0) FROM stock_move m WHERE m.part_id = p.id)"
_KEPT = """(SELECT COALESCE(SUM(k.quantity), 0) FROM reservation k WHERE k.part_id = p.id
    AND k.status = 'active')"""
_RESERVING = "('approved', 'scheduled', 'in_progress', 'on_hold')"
_RULES = (
    (
        "{it}: less than nothing lies in a place, and no move says why.",
        """SELECT DISTINCT p.number FROM (SELECT part_id, location_id FROM stock_move
            GROUP BY part_id, location_id HAVING SUM(quantity) < 0) b
        JOIN part p ON p.id = b.part_id
        WHERE NOT EXISTS (SELECT 1 FROM stock_move m WHERE m.part_id = b.part_id
            AND m.location_id = b.location_id AND m.quantity < 0 AND m.override_reason <> '')""",
    ),
    (
        "{it}: a move from one place to another has no other end that is its opposite.",
        """SELECT DISTINCT p.number FROM stock_move m JOIN part p ON p.id = m.part_id
        WHERE (m.kind = 'transfer' OR m.pair_id IS NOT NULL) AND NOT EXISTS (
            SELECT 1 FROM stock_move o WHERE (o.id = m.pair_id OR o.pair_id = m.id)
            AND o.part_id = m.part_id AND o.quantity = -m.quantity
            AND o.location_id <> m.location_id AND o.kind = m.kind)""",
    ),
    (
        "{it}: a move is taken back twice.",
        """SELECT DISTINCT p.number FROM stock_move m JOIN part p ON p.id = m.part_id
        WHERE m.reverses_id IS NOT NULL GROUP BY m.reverses_id HAVING COUNT(*) > 1""",
    ),
    (
        "{it}: more is kept for jobs than is on hand, and none of them is short.",
        f"""SELECT p.number FROM part p WHERE {_KEPT} > 0 AND {_KEPT} > {_THERE}""",  # noqa: S608
    ),
    (
        "{it}: a job is short of it, and there is enough.",
        f"""SELECT DISTINCT p.number FROM reservation r JOIN part p ON p.id = r.part_id
        WHERE r.status = 'short' AND r.quantity <= {_THERE} - {_KEPT}""",  # noqa: S608
    ),
    (
        "{it}: a reservation is over without a day, or has a day and is not over.",
        """SELECT w.number FROM reservation r JOIN work_order w ON w.id = r.work_order_id
        WHERE (r.status IN ('active', 'short')) <> (r.settled_at IS NULL)""",
    ),
    (
        "{it}: parts are kept for it, and it needs none.",
        f"""SELECT DISTINCT w.number FROM reservation r JOIN work_order w ON w.id = r.work_order_id
        WHERE r.settled_at IS NULL AND w.status NOT IN {_RESERVING}""",  # noqa: S608
    ),
    (
        "{it}: a planned part is neither kept nor booked.",
        f"""SELECT DISTINCT w.number FROM planned_part l JOIN work_order w ON w.id = l.work_order_id
        WHERE l.part_id IS NOT NULL AND w.status IN {_RESERVING}
        AND NOT EXISTS (SELECT 1 FROM used_part u WHERE u.planned_part_id = l.id)
        AND NOT EXISTS (SELECT 1 FROM reservation r WHERE r.planned_part_id = l.id
            AND r.settled_at IS NULL)""",  # noqa: S608
    ),
    (
        "{it}: what is kept is not what is planned.",
        """SELECT DISTINCT w.number FROM reservation r JOIN work_order w ON w.id = r.work_order_id
        LEFT JOIN planned_part l ON l.id = r.planned_part_id
        WHERE r.settled_at IS NULL AND (l.part_id IS NOT r.part_id
            OR l.quantity IS NOT r.quantity OR l.work_order_id IS NOT r.work_order_id)""",
    ),
    (
        "{it}: a planned part is kept twice.",
        """SELECT DISTINCT w.number FROM reservation r JOIN work_order w ON w.id = r.work_order_id
        WHERE r.settled_at IS NULL GROUP BY r.planned_part_id HAVING COUNT(*) > 1""",
    ),
    (
        "{it}: parts take each other's place in a circle.",
        """WITH RECURSIVE after (id, next) AS (
            SELECT id, superseded_by_id FROM part WHERE superseded_by_id IS NOT NULL
            UNION SELECT after.id, part.superseded_by_id FROM after
            JOIN part ON part.id = after.next WHERE part.superseded_by_id IS NOT NULL)
        SELECT p.number FROM after JOIN part p ON p.id = after.id WHERE after.next = after.id""",
    ),
)
"""What is wrong, and the question that finds the records that it is wrong with."""


def problems(session: Session) -> Iterator[RuleBroken]:
    """Yield the parts and the work orders whose stock does not agree."""
    yield from broken(session, _RULES)
