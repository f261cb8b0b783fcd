"""What the search asks the file of each kind of record; the ids wanted are given as ``ids``."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, Select, String, func, literal_column, select, type_coerce

from smallcmms.models import (
    Asset,
    AssetAudit,
    Contact,
    ContactLog,
    Customer,
    Invoice,
    Location,
    MissedCall,
    Part,
    Payment,
    PaymentAllocation,
    PmSchedule,
    PurchaseOrder,
    Request,
    Reservation,
    Site,
    StockCount,
    StockLocation,
    StockMove,
    Supplier,
    Technician,
    WorkOrder,
)
from smallcmms.models.part import KEEPING
from smallcmms.services.steps import owed
from smallcmms.store.prepared import Prepared, each

_WANTED = each("ids")


def _by_id(model: Any, *more: Any) -> Select[Any]:
    wanted = select(model.id, *more).select_from(_WANTED)
    return wanted.join(model, model.id == _WANTED.c.value)


_NAME = Customer.name.label("customer")
_ON_HAND = select(func.coalesce(func.sum(StockMove.quantity), 0)).where(
    StockMove.part_id == _WANTED.c.value
)
_RESERVED = select(func.coalesce(func.sum(Reservation.quantity), 0)).where(
    Reservation.part_id == _WANTED.c.value, literal_column(KEEPING)
)
FREE = Prepared(
    select(
        _WANTED.c.value,
        type_coerce(_ON_HAND.scalar_subquery(), Integer)
        - type_coerce(_RESERVED.scalar_subquery(), Integer),
    )
)
PAID = Prepared(
    select(Invoice.work_order_id, type_coerce(func.max(Payment.received_on), String))
    .select_from(_WANTED)
    .join(Invoice, Invoice.work_order_id == _WANTED.c.value)
    .join(PaymentAllocation, PaymentAllocation.invoice_id == Invoice.id)
    .join(Payment, Payment.id == PaymentAllocation.payment_id)
    .where(owed.IS_BILL, owed.REMAINING <= 0)
    .group_by(Invoice.work_order_id)
)
WORK_ORDERS = _by_id(
    WorkOrder,
    WorkOrder.number,
    WorkOrder.title,
    WorkOrder.wrong,
    WorkOrder.po_number,
    WorkOrder.found_and_did,
    WorkOrder.status,
    WorkOrder.level,
    _NAME,
).outerjoin(Customer, Customer.id == WorkOrder.customer_id)
REQUESTS = _by_id(
    Request,
    Request.number,
    Request.words,
    Request.caller,
    Request.status,
    Request.level,
    _NAME,
).outerjoin(Customer, Customer.id == Request.customer_id)
ASSETS = (
    _by_id(
        Asset,
        Asset.number,
        Asset.short_code,
        Asset.name,
        Asset.status,
        _NAME,
        func.coalesce(Location.name, "").label("place"),
    )
    .join(Site, Site.id == Asset.site_id)
    .join(Customer, Customer.id == Site.customer_id)
    .outerjoin(Location, Location.id == Asset.location_id)
)
PM_SCHEDULES = (
    _by_id(PmSchedule, PmSchedule.number, PmSchedule.name, PmSchedule.level, _NAME)
    .join(Site, Site.id == PmSchedule.site_id)
    .join(Customer, Customer.id == Site.customer_id)
)
CONTACTS = _by_id(
    Contact, Contact.customer_id, Contact.name, Contact.role, Contact.phone, Contact.mobile, _NAME
).join(Customer, Customer.id == Contact.customer_id)
SITES = _by_id(Site, Site.customer_id, Site.name, Site.address, _NAME).join(
    Customer, Customer.id == Site.customer_id
)
INVOICES = (
    _by_id(Invoice, Invoice.number, Invoice.text, Invoice.state, WorkOrder.title, _NAME)
    .join(Customer, Customer.id == Invoice.customer_id)
    .outerjoin(WorkOrder, WorkOrder.id == Invoice.work_order_id)
)
AUDITS = (
    _by_id(
        AssetAudit,
        AssetAudit.number,
        AssetAudit.status,
        func.iif(Site.name != "", Site.name, Site.address).label("site"),
        _NAME,
    )
    .join(Site, Site.id == AssetAudit.site_id)
    .join(Customer, Customer.id == Site.customer_id)
)
STOCK_COUNTS = _by_id(
    StockCount, StockCount.number, StockCount.counted_by, StockLocation.name
).join(StockLocation, StockLocation.id == StockCount.location_id)
PURCHASE_ORDERS = _by_id(
    PurchaseOrder,
    PurchaseOrder.number,
    PurchaseOrder.status,
    PurchaseOrder.reference,
    PurchaseOrder.note,
    Supplier.name.label("supplier"),
).join(Supplier, Supplier.id == PurchaseOrder.supplier_id)
SAYINGS = _by_id(
    ContactLog, ContactLog.customer_id, ContactLog.said, ContactLog.happened_at, _NAME
).join(Customer, Customer.id == ContactLog.customer_id)
MISSED_CALLS = (
    _by_id(
        MissedCall,
        MissedCall.phone,
        MissedCall.name,
        MissedCall.note,
        MissedCall.called_at,
        MissedCall.request_id,
        Contact.name.label("contact"),
        _NAME,
    )
    .outerjoin(Contact, Contact.id == MissedCall.contact_id)
    .outerjoin(Customer, Customer.id == MissedCall.customer_id)
)
CUSTOMERS = _by_id(Customer, Customer.number, Customer.name, Customer.bill_to)
PARTS = _by_id(Part, Part.number, Part.name, Part.supplier_number)
SUPPLIERS = _by_id(Supplier, Supplier.name, Supplier.phone, Supplier.account)
TECHNICIANS = _by_id(Technician, Technician.name, Technician.initials, Technician.phone)
