"""The words that other programs head their columns with, and what our fields are called.

Sources: Snipe-IT's sample and importer, MaintainX, Maximo, Fracttal, SAP PM, QuickBooks and
common address books.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Words(NamedTuple):
    """A field: its key, its kind of value, what it is called, and other words for it (by ``|``)."""

    key: str
    value: str
    label: str
    others: str
    is_required: bool = False


CUSTOMER = "customer|customer name|client|client name|account|account name|company|company name"
_SITE = (
    "site|site name|facility|facility name|property|property name|siteid|job site|service location"
)
_ADDRESS = "address|site address|service address|street|street address|address line 1|address 1"

FIELDS: Mapping[str, tuple[Words, ...]] = MappingProxyType(
    {
        "customers": (
            Words("number", "text", "Our number", "customer number|customer no|customer id"),
            Words(
                "name", "text", "Customer",
                f"name|{CUSTOMER}|organization|organisation|display name|full name|bill to name",
                is_required=True,
            ),
            Words("kind", "customer_kind", "Kind", "kind|customer type|type|segment"),
            Words("bill_to", "text", "Bill to",
                  "bill to|billing address|invoice address|billing street"),
            Words("terms_days", "terms", "Terms, days",
                  "terms|terms days|payment terms|net days|credit days"),
            Words("contact", "text", "Contact",
                  "contact|contact name|contact person|attention|attn|person"),
            Words("role", "text", "Role", "role|title|job title|position|function"),
            Words("phone", "text", "Phone",
                  "phone|telephone|phone number|main phone|work phone|tel|phone 1"),
            Words("mobile", "text", "Mobile", "mobile|cell|mobile phone|cell phone|mobile number"),
            Words("email", "text", "E-mail", "email|e mail|email address|main email|mail"),
            Words("address", "text", "Site address", _ADDRESS),
            Words("city", "text", "City", "city|town|city state zip|city and zip"),
            Words("state", "text", "State", "state|province|region|county|department state region"),
            Words("zip", "text", "Zip code", "zip|zip code|zipcode|postal code|postcode|post code"),
            Words("site", "text", "Site name", f"{_SITE}|location"),
            Words("zone", "text", "Zone", "zone|area|territory|route"),
            Words("access_notes", "text", "Access",
                  "access|access notes|how to get in|directions|gate"),
            Words("hazards", "text", "Hazards", "hazards|dangers|warnings|safety"),
            Words("notes", "text", "Notes", "notes|note|comments|comment|remarks|memo"),
        ),
        "assets": (
            Words(
                "tag", "text", "Tag",
                "tag|asset tag|asset #|asset number|asset no|assetnum|equipment number|code|barcode"
                "|bar code|id|asset id|our number|tag number|inventory number",
            ),
            Words(
                "name", "text", "Name",
                "asset|name|asset name|item name|equipment|equipment name|description|unit|machine",
                is_required=True,
            ),
            Words("short_code", "text", "Short code",
                  "short code|short name|unit number|unit no|abbreviation"),
            Words("parent", "text", "Part of",
                  "parent|parent asset|parent code|part of|belongs to|superior equipment"),
            Words("customer", "text", "Customer", f"{CUSTOMER}|owner name"),
            Words("site", "text", "Site", _SITE),
            Words("address", "text", "Site address", _ADDRESS),
            Words("building", "text", "Building", "building|block|wing"),
            Words("floor", "text", "Floor", "floor|level|storey|story"),
            Words("place", "text", "Place",
                  "place|location|room|space|position|functional location|where"),
            Words("class", "text", "Class",
                  "class|category|asset type|type|asset category|asset class|equipment type"
                  "|group 1"),
            Words("make", "text", "Make", "make|manufacturer|brand|mfr|vendor make"),
            Words("model", "text", "Model", "model|model number|model no|model name|model #"),
            Words("serial", "text", "Serial number",
                  "serial|serial number|serial no|serialnum|serial #|s n|sn"),
            Words("nameplate", "text", "Nameplate",
                  "nameplate|name plate|rating plate|specification|specs"),
            Words("criticality", "criticality", "Criticality",
                  "criticality|priority|critical|importance"),
            Words("status", "status", "Status", "status|state|condition|operating status"),
            Words("installed_on", "past", "Installed",
                  "installed|installed on|install date|installation date|in service"
                  "|in service date|commissioned|start date|purchase date"),
            Words("expected_life_years", "whole", "Expected life, years",
                  "expected life|expected life years|useful life|life|lifetime|eol years"),
            Words("replacement_cost", "money", "Replacement cost",
                  "replacement cost|purchase cost|cost|price|value|purchase price"
                  "|acquisition value"),
            Words("warranty_until", "date", "Warranty until",
                  "warranty until|warranty|warranty end|warranty ends|warranty expires"
                  "|warranty expiration|warranty date"),
            Words("warranty_months", "whole", "Warranty, months",
                  "warranty months|months of warranty"),
            Words("guarantor", "text", "Guarantor",
                  "guarantor|warranty provider|warranty by|warranty company"),
            Words("notes", "text", "Notes", "notes|note|asset notes|comments|comment|remarks"),
        ),
        "technicians": (
            Words(
                "name", "text", "Name",
                "name|technician|technician name|full name|employee|employee name|tech|worker",
                is_required=True,
            ),
            Words("initials", "text", "Initials", "initials|short|code"),
            Words("phone", "text", "Phone",
                  "phone|mobile|cell|telephone|phone number|mobile phone"),
            Words("email", "text", "E-mail", "email|e mail|email address|mail"),
            Words("truck", "text", "Truck", "truck|van|vehicle"),
            Words("trades", "list", "Trades", "trades|trade|skills|skill|craft|crafts"),
            Words("cost_rate", "price", "Cost rate",
                  "cost rate|cost per hour|hourly cost|wage|pay rate"),
            Words("bill_rate", "price", "Bill rate",
                  "bill rate|rate|hourly rate|billing rate|labor rate|labour rate"),
            Words("weekly_hours", "hours", "Weekly hours",
                  "weekly hours|hours per week|hours a week|week hours"),
            Words("sheet_language", "text", "Sheet language", "sheet language|language"),
        ),
        "parts": (
            Words(
                "number", "text", "Number",
                "number|part number|part no|part #|part|item number|item no|item #|sku|stock code"
                "|stock number|material|material number|itemnum|code|product code|part id",
                is_required=True,
            ),
            Words(
                "name", "text", "Name",
                "name|part name|item|item name|description|part description|product"
                "|product name|material description|title",
                is_required=True,
            ),
            Words("unit", "text", "Unit", "unit|uom|unit of measure|issue unit|base unit"),
            Words("purchase_unit", "text", "Bought as",
                  "bought as|purchase unit|order unit|pack|package|pack unit"),
            Words("purchase_factor", "quantity", "Units in it",
                  "units in it|pack size|package size|units per pack|per pack|conversion factor"
                  "|purchase factor"),
            Words("barcode", "text", "Barcode", "barcode|bar code|ean|upc|gtin"),
            Words("supplier", "text", "Supplier",
                  "supplier|vendor|supplier name|vendor name|preferred vendor|bought from"
                  "|manufacturer"),
            Words("supplier_number", "text", "Supplier’s number",
                  "supplier number|vendor number|vendor part number|supplier part number"
                  "|catalog number|catalogue number|order number|mpn|manufacturer part number"
                  "|model number|model"),
            Words("cost", "price", "Cost",
                  "cost|unit cost|average cost|avg cost|purchase cost|purchase price|last cost"
                  "|buy price|cost price"),
            Words("price", "price", "Price",
                  "price|sell price|sales price|selling price|list price|unit price|retail"
                  "|sales rate"),
            Words("markup", "quantity", "Markup, %", "markup|markup percent|mark up"),
            Words("keep", "quantity", "Keep",
                  "keep|minimum|min|min qty|minimum quantity|min stock|minimum stock"
                  "|reorder point|reorder level|rop|par level"),
            Words("order_up_to", "quantity", "Order up to",
                  "order up to|maximum|max|max qty|maximum quantity|max stock|maximum stock"),
            Words("safety_stock", "quantity", "Safety stock",
                  "safety stock|safety|buffer|buffer stock"),
            Words("lead_days", "whole", "Days to come",
                  "days to come|lead time|lead days|lead time days|delivery days|delivery time"),
            Words("bin", "text", "Shelf",
                  "shelf|bin|bin location|binnum|storage bin|rack|aisle"),
            Words("on_hand", "quantity", "On hand",
                  "on hand|quantity|qty|quantity on hand|qty on hand|stock|in stock|current stock"
                  "|curbal|balance|available quantity|count"),
            Words("place", "text", "Place",
                  "place|location|storeroom|store|warehouse|truck|stock location|site"),
            Words("notes", "text", "Notes", "notes|note|comments|comment|remarks"),
        ),
        "work-orders": (
            Words("number", "text", "Earlier number",
                  "number|work order|work order number|work order no|wo|wo number|wo #"
                  "|wonum|order|order number|job number|job no|id"),
            Words("asset", "text", "Asset",
                  "asset|asset tag|asset #|assetnum|asset name|equipment|equipment number"
                  "|machine|unit|asset id"),
            Words("customer", "text", "Customer", CUSTOMER),
            Words("site", "text", "Site", _SITE),
            Words(
                "title", "text", "What was wrong",
                "title|what was wrong|description|short text|shorttext|original shorttext"
                "|summary|subject|problem|work description|job|task",
                is_required=True,
            ),
            Words("found_and_did", "text", "Found and did",
                  "found and did|work done|resolution|completion notes|long text|notes"
                  "|remarks|comments|action taken|remedy"),
            Words("type", "text", "Type",
                  "type|work type|order type|pm type|pmtype|category|worktype"
                  "|maintenance type"),
            Words("level", "level", "Level", "level|priority|urgency|wopriority"),
            Words("received_on", "past", "Received",
                  "received|received on|reported|report date|reportdate|created|created on"
                  "|request date|requested on|opened"),
            Words(
                "done_on", "past", "Done on",
                "done|done on|done date|completed|completed on|completion date"
                "|date completed|date|actual finish|actfinish|closed|close date|finished"
                "|bsc start date|basic start date|start date|service date",
                is_required=True,
            ),
            Words("cost", "signed_money", "Cost",
                  "cost|total cost|amount|total|actual cost|historic cost|price|costs"),
            Words("po_number", "text", "P.O. number", "po|po number|purchase order|customer po"),
        ),
        "readings": (
            Words("asset", "text", "Asset",
                  "asset|asset tag|asset number|asset no|assetnum|tag|equipment|equipment number"
                  "|machine|unit number|asset id|asset name"),
            Words("meter", "text", "Meter or sensor",
                  "meter|meter name|sensor|sensor name|sensor id|channel|point|measuring point"
                  "|signal|series|device|device id|name|parameter|metername"),
            Words(
                "read_at", "moment", "Read on",
                "read on|date|moment|timestamp|time stamp|datetime|date time|date and time|read at"
                "|reading date|measured at|measured on|recorded|logged at|day|local time",
                is_required=True,
            ),
            Words("time", "clock", "Clock time", "time|clock time|clock|reading time|hour"),
            Words(
                "value", "measure", "Value",
                "value|reading|measurement|measure|result|meter reading|count|level|amount",
                is_required=True,
            ),
            Words("unit", "text", "Unit", "unit|units|uom|unit of measure|eu"),
        ),
    }
)  # fmt: skip
"""The fields of each kind of list, in the order in which people expect them."""

CUSTOM_KINDS = frozenset({"assets"})
"""The lists whose other columns can be kept under their own names."""

NOTHING = frozenset({"", "n/a", "#n/a"})
"""What stands for an empty cell."""
NO_NAME = frozenset(
    {"-", "--", "none", "na", "unknown", "unk", "tbd", "?", "x", "0", "no", "various"}
)
"""What stands in the column of a tag or a serial number and tells no asset from another."""

VALUES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "customer_kind": {
            "residential": "residential", "home": "residential", "private": "residential",
            "person": "residential", "individual": "residential", "commercial": "commercial",
            "business": "commercial", "company": "commercial", "industrial": "commercial",
            "internal": "internal", "own": "internal",
        },
        "criticality": {
            "a": "a", "b": "b", "c": "c", "1": "a", "2": "b", "3": "c", "4": "c", "5": "c",
            "critical": "a", "high": "a", "medium": "b", "normal": "b", "low": "c",
        },
        "status": {
            "in service": "in_service", "active": "in_service", "operating": "in_service",
            "operational": "in_service", "running": "in_service", "online": "in_service",
            "in use": "in_service", "deployed": "in_service", "ready to deploy": "standby",
            "ok": "in_service", "good": "in_service", "standby": "standby", "spare": "standby",
            "not ready": "standby", "down": "down", "broken": "down", "out of service": "down",
            "offline": "down", "pending": "standby", "retired": "retired", "inactive": "retired",
            "decommissioned": "retired", "archived": "retired", "disposed": "retired",
            "scrapped": "retired", "lost": "retired",
        },
        "work_type": {
            "emergency": "emergency", "breakdown": "emergency", "corrective": "corrective",
            "repair": "corrective", "reactive": "corrective", "service call": "corrective",
            "cm": "corrective", "pm01": "corrective", "preventive": "preventive",
            "preventative": "preventive", "planned": "preventive", "scheduled": "preventive",
            "pm": "preventive", "maintenance": "preventive", "pm02": "preventive",
            "inspection": "inspection", "condition based": "condition_based",
            "predictive": "condition_based", "installation": "installation",
            "install": "installation", "project": "improvement", "improvement": "improvement",
            "upgrade": "improvement", "warranty": "warranty", "rework": "rework",
            "callback": "rework", "call back": "rework", "internal": "internal",
        },
        "level": {
            "1": "1", "2": "2", "3": "3", "4": "4", "5": "4", "l1": "1", "l2": "2", "l3": "3",
            "l4": "4", "critical": "1", "emergency": "1", "urgent": "1", "high": "2",
            "medium": "3", "normal": "3", "low": "4", "none": "4",
        },
    }
)  # fmt: skip
"""What people write for our choices."""
