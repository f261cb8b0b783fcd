"""The fields of each kind of record, as add and edit read them."""

from __future__ import annotations

from smallcmms.cli.fields import (
    Read,
    day,
    days,
    hours,
    kind,
    lines,
    number,
    pairs,
    text,
    truth,
    whole,
)
from smallcmms.domain.assets import AssetStatus, Criticality, Owner
from smallcmms.domain.customers import CustomerKind, TaxProfile
from smallcmms.domain.meters import MeterKind, ReadingKind
from smallcmms.domain.papers import PaperSize
from smallcmms.domain.warranties import WarrantyKind
from smallcmms.services.steps.shops import WEEKDAYS

CUSTOMER: dict[str, Read] = {
    "name": text,
    "kind": kind(CustomerKind),
    "bill_to": text,
    "terms_days": whole,
    "tax_profile": kind(TaxProfile),
    "exemption_certificate": text,
    "is_po_required": truth,
    "not_to_exceed": number,
    "language": text,
    "notes": text,
}
CONTACT: dict[str, Read] = {
    "name": text,
    "role": text,
    "phone": text,
    "mobile": text,
    "email": text,
}
SITE: dict[str, Read] = {
    "address": text,
    "city": text,
    "name": text,
    "zone": text,
    "access_notes": text,
    "access_code": text,
    "hazards": text,
}
ASSET: dict[str, Read] = {
    "name": text,
    "short_code": text,
    "own_tag": text,
    "make": text,
    "model": text,
    "serial": text,
    "nameplate": text,
    "criticality": kind(Criticality),
    "status": kind(AssetStatus),
    "installed_on": day,
    "expected_life_years": whole,
    "replacement_cost": number,
    "owner": kind(Owner),
    "lock_out_energies": text,
    "lock_out_steps": lines,
    "custom_values": pairs,
    "is_stub": truth,
    "notes": text,
}
METER: dict[str, Read] = {
    "name": text,
    "unit": text,
    "sensor": text,
    "kind": kind(MeterKind),
    "rolls_over_at": number,
    "low": number,
    "high": number,
}
READING: dict[str, Read] = {"value": number, "read_on": day, "kind": kind(ReadingKind)}
WARRANTY: dict[str, Read] = {
    "ends_on": day,
    "starts_on": day,
    "kind": kind(WarrantyKind),
    "guarantor": text,
}
ASSET_CLASS: dict[str, Read] = {
    "name": text,
    "hazards": text,
    "problem_codes": lines,
    "expected_life_years": whole,
    "custom_fields": lines,
}
TECHNICIAN: dict[str, Read] = {
    "name": text,
    "initials": text,
    "trades": lines,
    "phone": text,
    "email": text,
    "truck": text,
    "cost_rate": number,
    "bill_rate": number,
    "weekly_minutes": whole,
    "sheet_language": text,
}
PART: dict[str, Read] = {
    "number": text,
    "name": text,
    "unit": text,
    "cost": number,
    "price": number,
    "markup": number,
    "is_taxable": truth,
    "purchase_unit": text,
    "purchase_factor": number,
    "barcode": text,
    "supplier": text,
    "supplier_number": text,
    "keep": number,
    "order_up_to": number,
    "safety_stock": number,
    "lead_days": whole,
    "superseded_by": text,
    "bin": text,
    "notes": text,
}
SUPPLIER: dict[str, Read] = {
    "name": text,
    "phone": text,
    "email": text,
    "address": text,
    "account": text,
    "notes": text,
}
WORK_ORDER: dict[str, Read] = {
    "title": text,
    "wrong": text,
    "truck_note": text,
    "instructions": text,
    "planned_minutes": whole,
    "due_on": day,
    "po_number": text,
    "is_code_on_paper": truth,
    "problem": text,
    "cause": text,
    "claim_number": text,
}
SHOP: dict[str, Read] = {
    "name": text,
    "tagline": text,
    "address": text,
    "city": text,
    "phone": text,
    "email": text,
    "tax_id": text,
    "paper": kind(PaperSize),
    "terms_days": whole,
    "is_tax_included": truth,
    "travel_is_billed": truth,
    "invoice_footer": text,
    "payment_note": text,
}
WEEK: dict[str, Read] = dict.fromkeys(WEEKDAYS, hours)
HOLIDAYS: dict[str, Read] = {"days": days}
