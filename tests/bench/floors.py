"""The limits: the same results by the barest means. Nothing of the program is imported here."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from PySide6.QtSql import QSqlDatabase, QSqlQueryModel
from PySide6.QtWidgets import QTableView
from qrcode import constants
from qrcode.main import QRCode
from qrcode.util import QRData
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

SETTINGS = """
PRAGMA journal_mode = delete; PRAGMA synchronous = 3; PRAGMA fullfsync = 1;
PRAGMA foreign_keys = 1; PRAGMA recursive_triggers = 1; PRAGMA trusted_schema = 0;
PRAGMA cell_size_check = 1; PRAGMA temp_store = 2; PRAGMA cache_size = -16000;
"""
BARE_WINDOW = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, QApplication.quit)
application = QApplication([])
window = Window()
window.resize(1200, 800)
window.show()
application.exec()
print("painted")
"""
PAGE = """
SELECT w.id, w.number, w.title, w.level, w.status, w.hold_reason, w.billing_rule, w.invoiced_at,
    w.due_on, w.done_on, w.created_at, coalesce(c.name, ''), coalesce(s.address, ''),
    coalesce(nullif(a.short_code, ''), a.name, ''),
    (SELECT p.state FROM sheet_copy p WHERE p.work_order_id = w.id AND p.audience = 'technician'
        AND p.state NOT IN ('failed', 'lost') ORDER BY p.copy DESC LIMIT 1),
    (SELECT group_concat(v.planned_from || v.status || coalesce(t.name, ''), '|') FROM visit v
        LEFT JOIN visit_technician vt ON vt.visit_id = v.id
        LEFT JOIN technician t ON t.id = vt.technician_id WHERE v.work_order_id = w.id)
FROM work_order w LEFT JOIN customer c ON c.id = w.customer_id
    LEFT JOIN site s ON s.id = w.site_id LEFT JOIN asset a ON a.id = w.asset_id
WHERE {narrowed} ORDER BY {order} LIMIT 50
"""
PAID = """(SELECT max(y.received_on) FROM invoice i
    JOIN payment_allocation a ON a.invoice_id = i.id JOIN payment y ON y.id = a.payment_id
    WHERE i.work_order_id = r.id AND i.state = 'issued' AND i.kind = 'invoice'
    HAVING sum(a.amount) >= i.total)"""
HITS = {
    "customer": "SELECT r.id, r.number, r.name, r.bill_to FROM customer r",
    "contact": """SELECT r.id, coalesce(nullif(r.phone, ''), r.mobile), r.name, c.name, r.role
        FROM contact r JOIN customer c ON c.id = r.customer_id""",
    "site": """SELECT r.id, '', r.name, r.address, c.name
        FROM site r JOIN customer c ON c.id = r.customer_id""",
    "asset": """SELECT r.id, r.number, r.short_code, r.name, r.status, c.name, l.name
        FROM asset r JOIN site s ON s.id = r.site_id JOIN customer c ON c.id = s.customer_id
        LEFT JOIN location l ON l.id = r.location_id""",
    "request": """SELECT r.id, r.number, r.words, r.caller, r.status, r.level, c.name
        FROM request r LEFT JOIN customer c ON c.id = r.customer_id""",
    "work_order": PAGE.partition("WHERE {narrowed}")[0]
    .replace("work_order w", "work_order r")
    .replace("w.", "r.")
    .replace(
        "FROM work_order r", f", r.wrong, r.po_number, r.found_and_did, {PAID} FROM work_order r"
    ),
    "invoice": """SELECT r.id, coalesce(r.number, ''), r.text, w.title, c.name, r.kind, r.state,
        r.currency, r.total, r.due_on,
        (SELECT sum(a.amount) FROM payment_allocation a WHERE a.invoice_id = r.id),
        (SELECT sum(n.total) FROM invoice n WHERE n.credits_id = r.id AND n.state = 'issued')
        FROM invoice r JOIN customer c ON c.id = r.customer_id
        LEFT JOIN work_order w ON w.id = r.work_order_id""",
    "part": """SELECT r.id, r.number, r.name, r.supplier_number,
        (SELECT sum(m.quantity) FROM stock_move m WHERE m.part_id = r.id),
        (SELECT sum(k.quantity) FROM reservation k
            WHERE k.part_id = r.id AND k.settled_at IS NULL) FROM part r""",
    "technician": "SELECT r.id, r.initials, r.name, r.phone FROM technician r",
    "asset_audit": "SELECT r.id, r.number, r.walked_by FROM asset_audit r",
    "stock_count": """SELECT r.id, r.number, r.counted_by, l.name
        FROM stock_count r JOIN stock_location l ON l.id = r.location_id""",
    "purchase_order": """SELECT r.id, r.number, r.status, s.name
        FROM purchase_order r JOIN supplier s ON s.id = r.supplier_id""",
    "supplier": "SELECT r.id, r.phone, r.name FROM supplier r",
    "contact_log": """SELECT r.id, '', r.said, r.happened_at, c.name
        FROM contact_log r JOIN customer c ON c.id = r.customer_id""",
    "missed_call": "SELECT r.id, r.phone, r.name, r.note, r.called_at FROM missed_call r",
    "pm_schedule": """SELECT r.id, r.number, r.name, c.name FROM pm_schedule r
        JOIN site s ON s.id = r.site_id JOIN customer c ON c.id = s.customer_id""",
}
"""What tells of a record that was found, as the search does: its pill's facts too."""
LIST = """
SELECT w.number, w.title, w.level, c.name, w.due_on FROM work_order w
LEFT JOIN customer c ON c.id = w.customer_id ORDER BY w.id
"""
_STOCK = """WITH lies AS (SELECT part_id, sum(quantity) AS n FROM stock_move GROUP BY part_id),
    kept AS (SELECT part_id, sum(quantity) AS n FROM reservation WHERE settled_at IS NULL
        GROUP BY part_id),
    coming AS (SELECT l.part_id, sum(l.quantity - l.received) AS n FROM purchase_order_line l
        JOIN purchase_order o ON o.id = l.purchase_order_id
        WHERE o.status IN ('ordered', 'part_received') AND l.received < l.quantity
        GROUP BY l.part_id),
    used AS (SELECT part_id, -sum(quantity) AS n FROM stock_move
        WHERE kind IN ('issue', 'return') AND moved_on > :since GROUP BY part_id)
"""
_PROJECTED = "coalesce(lies.n, 0) - coalesce(kept.n, 0) + coalesce(coming.n, 0)"
_JOINED = """part p LEFT JOIN lies ON lies.part_id = p.id LEFT JOIN kept ON kept.part_id = p.id
    LEFT JOIN coming ON coming.part_id = p.id"""
PARTS = "SELECT id FROM part WHERE archived_on IS NULL ORDER BY name, id"
LOW_PARTS = f"""{_STOCK} SELECT p.id FROM {_JOINED} WHERE p.archived_on IS NULL
    AND {_PROJECTED} < coalesce(p.keep, 0) ORDER BY p.name, p.id"""
PARTS_PAGE = """SELECT p.id, p.number, p.name, p.unit, p.cost, p.price, p.is_taxable, p.bin, s.name,
    p.keep, p.order_up_to, p.purchase_factor,
    (SELECT group_concat(o.promised_on || o.number || (l.quantity - l.received))
        FROM purchase_order_line l JOIN purchase_order o ON o.id = l.purchase_order_id
        WHERE l.part_id = p.id AND o.status IN ('ordered', 'part_received')
        AND l.received < l.quantity),
    (SELECT coalesce(sum(k.quantity), 0) FROM reservation k
        WHERE k.part_id = p.id AND k.settled_at IS NULL)
FROM part p LEFT JOIN supplier s ON s.id = p.supplier_id WHERE p.id IN ({ids})"""
PLACES_PAGE = """SELECT m.part_id, m.location_id, l.name, sum(m.quantity) FROM stock_move m
    JOIN stock_location l ON l.id = m.location_id WHERE m.part_id IN ({ids})
    GROUP BY m.part_id, m.location_id"""
TO_ORDER = f"""{_STOCK} SELECT p.id, p.number, p.name, s.name, p.cost, p.keep, p.order_up_to,
    p.purchase_factor, p.lead_days, p.safety_stock, {_PROJECTED}, coalesce(used.n, 0)
FROM {_JOINED} LEFT JOIN used ON used.part_id = p.id LEFT JOIN supplier s ON s.id = p.supplier_id
WHERE p.archived_on IS NULL AND {_PROJECTED} < max(coalesce(p.keep, 0),
    round(coalesce(used.n, 0) * coalesce(p.lead_days, 0) / 90.0) + coalesce(p.safety_stock, 0))"""
USE_DAYS, WHOLE = 90, 1000
FIND = "SELECT rowid FROM search WHERE search MATCH ? AND rowid < ? ORDER BY rowid DESC"
TERMS = "CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, search, instance)"
TERM = "SELECT term FROM terms WHERE term >= ? LIMIT 1"
INDEXED = 3
ROOM = 1 << 40
A_KIND = 5


def connect(path: Path) -> sqlite3.Connection:
    """Open a file with the settings that the program opens it with."""
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=512)
    connection.executescript(SETTINGS)
    return connection


def page(connection: sqlite3.Connection, narrowed: str, order: str) -> list[tuple[Any, ...]]:
    """Read a page of work orders in one statement."""
    return connection.execute(PAGE.format(narrowed=narrowed, order=order)).fetchall()


def find(
    connection: sqlite3.Connection, text: str, kinds: Mapping[int, str]
) -> list[tuple[str, tuple[Any, ...]]]:
    """Find the newest five of each kind, and read what tells of them."""
    match = " AND ".join(_begun(connection, word) for word in text.split())
    found: dict[int, list[int]] = {}
    bound = ROOM * (max(kinds) + 1)
    while bound > ROOM:
        rows, bound = connection.execute(FIND, (match, bound)), 0
        for (rowid,) in rows:
            place, each = divmod(rowid, ROOM)
            if len(found.setdefault(place, [])) == A_KIND:
                bound = place * ROOM
                break
            found[place].append(each)
    return [
        (kinds[place], row)
        for place, ids in found.items()
        for row in connection.execute(
            f"{HITS[kinds[place]]} WHERE r.id IN ({','.join('?' * len(ids))})", ids
        )
    ]


def _begun(connection: sqlite3.Connection, word: str) -> str:
    """Return the words of the index that begin so, which FTS5 walks faster than a beginning."""
    if len(word) <= INDEXED:
        return f'"{word}" *'
    terms: list[str] = []
    at = word
    while row := connection.execute(TERM, (at,)).fetchone():
        if not row[0].startswith(word):
            break
        terms.append(f'"{row[0]}"')
        at = f"{row[0]}\x01"
    return f"({' OR '.join(terms)})"


def parts(connection: sqlite3.Connection, *, is_low: bool) -> list[int]:
    """Read which parts there are in the order of their names, or which of them are low."""
    found = connection.execute(LOW_PARTS if is_low else PARTS, {"since": ""} if is_low else {})
    return [key for (key,) in found]


def parts_page(connection: sqlite3.Connection, ids: list[int]) -> dict[int, tuple[Any, ...]]:
    """Read a page of parts in two statements; at the end stand what is on hand and what is free."""
    marks = ",".join("?" * len(ids))
    lying: dict[int, int] = {}
    for part_id, _place, _name, count in connection.execute(PLACES_PAGE.format(ids=marks), ids):
        lying[part_id] = lying.get(part_id, 0) + count
    return {
        row[0]: (*row, lying.get(row[0], 0), lying.get(row[0], 0) - row[-1])
        for row in connection.execute(PARTS_PAGE.format(ids=marks), ids)
    }


def to_order(connection: sqlite3.Connection, since: str) -> dict[int, int]:
    """Read how much of which parts is to be ordered, in thousandths of their units."""
    found = {}
    for row in connection.execute(TO_ORDER, {"since": since}):
        keep, up_to, pack, lead, safety, projected, used = (each or 0 for each in row[5:])
        least = max(keep, (2 * used * lead + USE_DAYS) // (2 * USE_DAYS) + safety)
        size = pack or WHOLE
        found[row[0]] = -(-(max(up_to, least) - projected) // size) * size
    return found


def save(connection: sqlite3.Connection, statements: Iterable[tuple[str, list[Any]]]) -> None:
    """Write rows in one transaction that is safe on the disk."""
    connection.execute("BEGIN IMMEDIATE")
    for statement, values in statements:
        connection.execute(statement, values)
    connection.execute("COMMIT")


class BareList:
    """A list of work orders by Qt's own means: a model of a query, and a table."""

    def __init__(self, path: Path) -> None:
        self._file = QSqlDatabase.addDatabase("QSQLITE", "floor")
        self._file.setDatabaseName(str(path))
        self._file.open()

    def close(self) -> None:
        """Let the file go."""
        self._file.close()
        self._file = QSqlDatabase()
        QSqlDatabase.removeDatabase("floor")

    def open(self) -> QTableView:
        """Show every work order and return the table."""
        model = QSqlQueryModel()
        model.setQuery(LIST, self._file)
        while model.canFetchMore():
            model.fetchMore()
        view = QTableView()
        view.setModel(model)
        model.setParent(view)
        return view


def fonts(folder: Path) -> None:
    """Register fonts under the names of their files."""
    rl_config.useA85 = 0
    for file in sorted(folder.glob("*.ttf")):
        pdfmetrics.registerFont(TTFont(file.stem, file))


def document(pages: Iterable[Any], size: tuple[float, float], first_font: str) -> bytes:
    """Set pages on a canvas, each as (code, the drawing as it is, the texts with their fonts)."""
    whole = BytesIO()
    canvas = Canvas(
        whole, pagesize=size, pageCompression=1, invariant=1,
        initialFontName=first_font,  # type: ignore[arg-type]
    )  # fmt: skip
    for code, drawing, texts in pages:
        if code:
            _encode(code)
        canvas._code.extend(drawing)  # type: ignore[attr-defined]
        written = canvas.beginText()
        for font, points, grey, x, y, text in texts:
            written.setFillGray(grey)
            written.setFont(font, points)
            written.setTextOrigin(x, y)
            written.textOut(text)
        canvas.drawText(written)
        canvas.showPage()
    canvas.save()
    return whole.getvalue()


def _encode(code: str) -> list[str]:
    """Encode a code as runs of black; where it is drawn is part of the drawing."""
    symbol = QRCode(version=2, error_correction=constants.ERROR_CORRECT_H, border=0, mask_pattern=2)
    symbol.add_data(QRData(code, mode=2))
    symbol.make(fit=False)
    return [
        f"{column} {row} 1 1 re"
        for row, dark in enumerate(symbol.get_matrix())
        for column, is_dark in enumerate(dark)
        if is_dark
    ]


_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def month_after(every: int, anchor: date, after: date) -> date:
    """Return the first date of every so many months after a day, by bare month arithmetic."""
    start = anchor.year * 12 + anchor.month - 1
    months = after.year * 12 + after.month - 1
    steps = max((months - start) // every, 0)
    while True:
        year, month = divmod(start + steps * every, 12)
        leap = month == 1 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        found = date(year, month + 1, min(anchor.day, 29 if leap else _LENGTHS[month]))
        if found > after:
            return found
        steps += 1
