"""Purchase orders must agree with what came in, and with the events about them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.services.invariants.rules import broken

_RULES = (
    (
        "{it}: what came in is not what its moves say.",
        """SELECT o.number FROM purchase_order_line l
        JOIN purchase_order o ON o.id = l.purchase_order_id
        WHERE l.part_id IS NOT NULL AND l.received <> (SELECT COALESCE(SUM(m.quantity), 0)
        FROM stock_move m WHERE m.purchase_order_line_id = l.id)""",
    ),
    (
        "{it}: another part came in than was ordered.",
        """SELECT o.number FROM stock_move m
        JOIN purchase_order_line l ON l.id = m.purchase_order_line_id
        JOIN purchase_order o ON o.id = l.purchase_order_id WHERE m.part_id IS NOT l.part_id""",
    ),
    (
        "{it}: a line orders nothing, or less than nothing came in.",
        """SELECT o.number FROM purchase_order_line l
        JOIN purchase_order o ON o.id = l.purchase_order_id
        WHERE l.quantity <= 0 OR l.received < 0 OR l.unit_cost < 0""",
    ),
    (
        "{it}: it is not as far as its lines are.",
        """SELECT o.number FROM purchase_order o JOIN (SELECT purchase_order_id,
        MIN(received >= quantity) AS is_whole, MAX(received > 0) AS is_begun
        FROM purchase_order_line GROUP BY purchase_order_id) l ON l.purchase_order_id = o.id
        WHERE (o.status = 'received' AND NOT is_whole)
        OR (o.status = 'part_received' AND (is_whole OR NOT is_begun))
        OR (o.status IN ('draft', 'ordered') AND is_begun)""",
    ),
    (
        "{it}: it is placed and has no day, or has a day and is not placed.",
        """SELECT number FROM purchase_order
        WHERE (status IN ('ordered', 'part_received', 'received') AND ordered_on IS NULL)
        OR (status = 'draft' AND ordered_on IS NOT NULL)
        OR (status = 'received') <> (received_on IS NOT NULL)""",
    ),
    (
        "{it}: the days that it was promised for or came on are before it was ordered.",
        """SELECT number FROM purchase_order
        WHERE promised_on < ordered_on OR received_on < ordered_on""",
    ),
    (
        "{it}: its state is not what its last event says.",
        """SELECT o.number FROM purchase_order o WHERE o.status <> 'draft'
        AND o.status IS NOT (SELECT e.now FROM event e WHERE e.record = 'purchase_order'
        AND e.record_id = o.id AND e.kind <> 'edited' AND e.now <> ''
        ORDER BY e.id DESC LIMIT 1)""",
    ),
    (
        "{it}: its part is in, and it waits for parts.",
        """SELECT number FROM work_order
        WHERE part_in_at IS NOT NULL AND status = 'on_hold' AND hold_reason = 'parts'""",
    ),
)


def problems(session: Session) -> Iterator[RuleBroken]:
    """Yield what is wrong with purchase orders, in words, naming the record."""
    yield from broken(session, _RULES)
