"""Records that must agree with each other: stock with its use, states with their events."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.orm import Session

from smallcmms.domain.errors import RuleBroken
from smallcmms.domain.requests import RequestStatus
from smallcmms.domain.work_orders import WorkOrderStatus
from smallcmms.models import Base

_TERMS = {
    "STANDING": """(i.kind = 'invoice' AND NOT EXISTS (SELECT 1 FROM invoice c
        WHERE c.credits_id = i.id AND c.state = 'issued'))""",
    "MOVED": """(SELECT COALESCE(SUM(m.quantity), 0) FROM stock_move m WHERE m.used_part_id = u.id
        AND m.part_id = u.part_id AND m.location_id = u.location_id)""",
}
"""What the questions below call an invoice that bills, and what left the stock for a used part."""

_RULES = (
    (
        "{it}: a used part is not what left the stock.",
        """SELECT w.number FROM used_part u JOIN work_order w ON w.id = u.work_order_id
        WHERE u.part_id IS NOT NULL AND u.location_id IS NOT NULL AND MOVED <> -u.quantity""",
    ),
    (
        "{it}: stock moved for a used part that is another part.",
        """SELECT p.number FROM stock_move m JOIN part p ON p.id = m.part_id
        JOIN used_part u ON u.id = m.used_part_id
        WHERE u.part_id IS NULL OR u.part_id <> m.part_id""",
    ),
    (
        "{it}: a move is reversed by one that is not its opposite.",
        """SELECT p.number FROM stock_move m JOIN part p ON p.id = m.part_id
        JOIN stock_move o ON o.id = m.reverses_id
        WHERE m.quantity <> -o.quantity OR m.part_id <> o.part_id
        OR m.location_id <> o.location_id""",
    ),
    (
        "{it}: the same labor is billed twice.",
        """SELECT MIN(i.number) FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id
        WHERE l.labour_id IS NOT NULL AND STANDING
        GROUP BY l.labour_id HAVING COUNT(*) > 1""",
    ),
    (
        "{it}: the same part is billed twice.",
        """SELECT MIN(i.number) FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id
        WHERE l.used_part_id IS NOT NULL AND STANDING
        GROUP BY l.used_part_id HAVING COUNT(*) > 1""",
    ),
    (
        "{it}: work of another work order is billed.",
        """SELECT i.number FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id
        LEFT JOIN labour b ON b.id = l.labour_id LEFT JOIN used_part u ON u.id = l.used_part_id
        WHERE COALESCE(b.work_order_id, u.work_order_id) <> i.work_order_id""",
    ),
    (
        "{it}: more went towards invoices than came in.",
        """SELECT c.number FROM payment p JOIN customer c ON c.id = p.customer_id
        WHERE p.amount <= 0 OR p.amount < (SELECT COALESCE(SUM(a.amount), 0)
        FROM payment_allocation a WHERE a.payment_id = p.id)""",
    ),
    (
        "{it}: a payment of nobody, of another customer or for a draft is on it.",
        """SELECT COALESCE(i.number, i.id) FROM payment_allocation a
        LEFT JOIN payment p ON p.id = a.payment_id LEFT JOIN invoice i ON i.id = a.invoice_id
        LEFT JOIN customer c ON c.id = i.customer_id
        WHERE a.amount <= 0 OR i.state <> 'issued' OR i.kind <> 'invoice'
        OR p.customer_id IS NULL
        OR p.customer_id NOT IN (c.id, COALESCE(c.merged_into_id, c.id))""",
    ),
    (
        "{it}: more is paid than it comes to.",
        """SELECT i.number FROM invoice i JOIN (SELECT invoice_id, SUM(amount) AS paid
        FROM payment_allocation GROUP BY invoice_id) a ON a.invoice_id = i.id
        WHERE a.paid > CASE WHEN STANDING THEN i.total ELSE 0 END""",
    ),
    (
        "{it}: it says invoiced, and no invoice of it stands.",
        """SELECT w.number FROM work_order w WHERE w.invoiced_at IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM invoice i
        WHERE i.work_order_id = w.id AND i.state = 'issued' AND STANDING)""",
    ),
    (
        "{it}: it is finished and has no end, or has an end and is not finished.",
        """SELECT number FROM work_order
        WHERE (status IN ('closed', 'cancelled')) <> (closed_at IS NOT NULL)""",
    ),
    (
        "{it}: it is on hold without a reason, or has a reason and is not on hold.",
        "SELECT number FROM work_order WHERE (status = 'on_hold') <> (hold_reason <> '')",
    ),
    (
        "{it}: a copy is entered without a day, or has a day and is not entered.",
        """SELECT w.number FROM sheet_copy s JOIN work_order w ON w.id = s.work_order_id
        WHERE (s.state = 'entered') <> (s.entered_at IS NOT NULL)""",
    ),
    (
        "{it}: it is over and has no end, or has an end and is not over.",
        "SELECT number FROM asset_audit WHERE (status = 'out') <> (done_at IS NULL)",
    ),
    (
        "{it}: it is over and has no end, or has an end and is not over.",
        "SELECT number FROM stock_count WHERE (status = 'open') <> (ended_at IS NULL)",
    ),
    (
        "{it}: a difference is not what was booked.",
        """SELECT DISTINCT c.number FROM stock_count_line l
        JOIN stock_count c ON c.id = l.stock_count_id
        LEFT JOIN stock_move m ON m.id = l.move_id
        WHERE (c.status <> 'entered' AND l.move_id IS NOT NULL)
        OR (c.status = 'entered' AND l.counted IS NOT NULL
        AND (l.expected IS NULL OR l.counted - l.expected <> COALESCE(m.quantity, 0)
        OR m.part_id <> l.part_id OR m.location_id <> c.location_id))""",
    ),
    (
        "{it}: it is accepted and has no work order.",
        "SELECT number FROM request WHERE status = 'accepted' AND work_order_id IS NULL",
    ),
    (
        "{it}: it is answered and not closed, or closed and not answered.",
        """SELECT number FROM request
        WHERE (status IN ('new', 'waiting')) <> (closed_at IS NULL)""",
    ),
)
"""What is wrong, and the question that finds the records that it is wrong with."""

_STATES = {"work_order": WorkOrderStatus, "request": RequestStatus}
_OWNERS = {"event": {"invoice"}, "attachment": set[str]()}
"""Tables that name records freely; an event may outlive a draft that was thrown away."""


def problems(session: Session) -> Iterator[RuleBroken]:
    """Yield what does not agree."""
    for message, question in _RULES:
        for term, meaning in _TERMS.items():
            question = question.replace(term, meaning)  # noqa: PLW2901
        for (it,) in session.execute(text(question)):
            yield RuleBroken(message, it=it)
    for table, states in _STATES.items():
        yield from _states(session, table, list(states))
    for table, excused in _OWNERS.items():
        yield from _missing(session, table, excused)


def _states(session: Session, table: str, states: list[str]) -> Iterator[RuleBroken]:
    """Yield the records whose state is not what the last event about it says."""
    known = ", ".join(f"'{state}'" for state in states)
    question = f"""SELECT r.number, r.status, (SELECT e.now FROM event e
        WHERE e.record = '{table}' AND e.record_id = r.id AND e.kind <> 'edited'
        AND e.now IN ({known}) ORDER BY e.id DESC LIMIT 1) AS told FROM "{table}" r"""  # noqa: S608
    for number, status, told in session.execute(text(question)):
        if status not in states or (told is not None and told != status):
            message = "{number}: it is {status}, and its last event says {told}."
            yield RuleBroken(message, number=number, status=status, told=told or "")


def _missing(session: Session, table: str, excused: set[str]) -> Iterator[RuleBroken]:
    """Yield what names a record that is not there."""
    for (record,) in session.execute(text(f'SELECT DISTINCT record FROM "{table}"')).all():  # noqa: S608
        if record not in Base.metadata.tables:
            yield RuleBroken("{table}: there are no {record}.", table=table, record=record)
        elif record not in excused:
            question = f"""SELECT COUNT(*) FROM "{table}" t WHERE t.record = :record
                AND NOT EXISTS (SELECT 1 FROM "{record}" r WHERE r.id = t.record_id)"""  # noqa: S608
            lost = session.execute(text(question), {"record": record}).scalar_one()
            if lost:
                message = "{table}: {number} of {record} are missing."
                yield RuleBroken(message, table=table, record=record, number=lost)
