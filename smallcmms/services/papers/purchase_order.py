"""What a purchase order says on paper, and to a supplier's own program."""

from __future__ import annotations

from smallcmms.domain import papers
from smallcmms.domain.papers import Manner, Party
from smallcmms.domain.purchase_orders import PurchaseOrderStatus
from smallcmms.services import purchase_order_pages
from smallcmms.services.purchase_order_pages import OrderLine, PurchaseOrderPage
from smallcmms.services.steps import shops
from smallcmms.store.store import Store
from smallcmms.texts import in_language


def purchase_order(store: Store, purchase_order_id: int) -> papers.PurchaseOrder:
    """Return what a purchase order says on paper, as it stands.

    Raises:
        NotFound: there is none.
    """
    page = purchase_order_pages.get(store, purchase_order_id)
    with store.read() as session:
        shop, head = shops.current(session), shops.letterhead(session)
    manner = shop.manner()
    return papers.PurchaseOrder(
        manner=manner,
        currency=shop.currency.code,
        shop=head,
        supplier=_supplier(page),
        deliver_to=Party(name=head.name, lines=_filled(*head.address, head.phone)),
        number=page.row.number,
        code=page.code,
        lines=tuple(_line(line) for line in page.lines),
        total=page.row.total,
        state=_state(page.row.status, manner),
        ordered_on=page.row.ordered_on,
        promised_on=page.row.promised_on,
        account=page.account,
        reference=page.reference,
        note=page.note,
    )


def _supplier(page: PurchaseOrderPage) -> Party:
    lines = _filled(*page.address.splitlines(), page.phone, page.email)
    return Party(name=page.row.supplier, lines=lines)


def _line(line: OrderLine) -> papers.PurchaseLine:
    return papers.PurchaseLine(
        text=line.name,
        quantity=line.quantity,
        unit_cost=line.unit_cost,
        amount=line.amount,
        number=line.number,
        supplier_number=line.supplier_number,
        unit=line.unit,
        packs=line.packs,
        pack=line.pack,
        pack_of=line.pack_of,
        job=line.work_order,
    )


def _state(status: PurchaseOrderStatus, manner: Manner) -> str:
    _ = in_language(manner.language)._
    words = {PurchaseOrderStatus.DRAFT: _("Draft"), PurchaseOrderStatus.CANCELLED: _("Cancelled")}
    return words.get(status, "")


def _filled(*lines: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in lines if line.strip())
