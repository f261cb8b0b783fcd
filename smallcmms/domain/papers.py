"""What each printed paper says: everything is decided and computed before a page is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from smallcmms.domain.copies import Audience
from smallcmms.domain.label_sheets import LabelSheet
from smallcmms.domain.levels import Level
from smallcmms.domain.tasks import TaskKind


class PaperSize(StrEnum):
    """The sheets that offices buy."""

    LETTER = "letter"
    A4 = "a4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a paper is written: its language, its numbers and dates, its clock and its sheet.

    `zone` is the shop's time zone; moments on papers are aware datetimes in any zone.
    """

    language: str = "en"
    locale: str = "en_US"
    zone: str = "America/New_York"
    paper_size: PaperSize = PaperSize.LETTER


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """The shop as its papers name it."""

    name: str
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    tax_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """When somebody is expected on site, and who comes with which truck."""

    on: date | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    technicians: tuple[str, ...] = ()
    truck: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """The person to ask for."""

    name: str = ""
    phone: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """The asset as a technician finds it: "P-1 Hot-water circulator", tag A-0114."""

    short_code: str = ""
    name: str = ""
    tag: str = ""
    make_model: str = ""
    serial: str = ""
    nameplate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LockOut:
    """What must be made dead before work begins: the energies in words, then the steps."""

    energies: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part to load: how many, which, and where it lies; `is_pickup` when the truck lacks it."""

    quantity: Decimal
    name: str
    number: str = ""
    where: str = ""
    is_pickup: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One line of what was done on this asset before; `who` may add hours: "Marco, 1.0 h"."""

    on: date
    text: str
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A line of the checklist; `low` and `high` are its limits, `section` the heading above it."""

    text: str
    kind: TaskKind = TaskKind.TICK
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    choices: tuple[str, ...] = ()
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A box to tick: the key that is stored and the word that is printed."""

    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a customer's copy says of the finished work, in plain words and without rates.

    `parts` holds the parts that were used, `hours` the hours on site.
    """

    on: date
    text: str
    hours: Decimal | None = None
    parts: tuple[Part, ...] = ()
    signed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrder:
    """What a work order says on paper. There is no money here: a technician's copy has none.

    `number` is whole ("WO-2318"); `code` is the text of its QR; `site` is the name of the place
    ("St. Brendan Parish School"), `address` its lines without it, `place` the way inside.
    `access_code` is blank unless somebody switched it on for this job. `causes` and `remedies`
    are the words to tick in box 5. `done` is wanted for a customer's copy alone.
    """

    manner: Manner
    shop: Shop
    number: str
    copy: int
    revision: int
    code: str
    level: Level
    level_word: str
    printed_at: datetime
    audience: Audience = Audience.TECHNICIAN
    visit: Visit = Visit()
    customer: str = ""
    site: str = ""
    address: tuple[str, ...] = ()
    place: str = ""
    contact: Contact = Contact()
    access_notes: str = ""
    access_code: str = ""
    what_is_wrong: str = ""
    note_for_truck: str = ""
    asset: Asset | None = None
    lock_out: LockOut | None = None
    parts: tuple[Part, ...] = ()
    history: tuple[Past, ...] = ()
    tasks: tuple[Task, ...] = ()
    causes: tuple[Choice, ...] = ()
    remedies: tuple[Choice, ...] = ()
    done: Done | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLine:
    """One line of the money block: what, how much of it, and what it comes to."""

    text: str
    detail: str = ""
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class JobMoney:
    """The money of a job, for the office's own copy alone; every amount is already computed."""

    currency: str
    lines: tuple[MoneyLine, ...]
    total: Decimal
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A name and the lines under it: a bill-to, or the place where work was done."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLine:
    """A line of an invoice; `unit_price` is for `base` units, `tax_mark` points to its tax row."""

    text: str
    quantity: Decimal
    unit_price: Decimal
    amount: Decimal
    unit: str = ""
    base: Decimal = Decimal(1)
    tax_mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRow:
    """One rate's tax: "Sales tax" of 7.5 percent on the base, and what it comes to."""

    name: str
    percent: Decimal
    base: Decimal
    tax: Decimal
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """What an invoice or a credit note says; amounts are final, nothing is added up on paper.

    `credits` names the invoice that a credit note negates, and is blank on an invoice. A draft
    has no number and no code. `heading` is the bold start of what the customer reads ("RTU-2 not
    cooling."), `text` goes on from there. `pay` and `footer` stand above the stub.
    """

    manner: Manner
    currency: str
    shop: Shop
    bill_to: Party
    lines: tuple[InvoiceLine, ...]
    subtotal: Decimal
    tax_rows: tuple[TaxRow, ...]
    total: Decimal
    number: str = ""
    code: str = ""
    is_draft: bool = False
    credits: str = ""
    work_done_at: Party | None = None
    issued_on: date | None = None
    due_on: date | None = None
    terms: str = ""
    work_order: str = ""
    customer_number: str = ""
    heading: str = ""
    text: str = ""
    pay: str = ""
    footer: str = ""
    is_tax_included: bool = False
    exemption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseLine:
    """A line of a purchase order, in the part's own unit at its cost.

    Where the supplier packs it, `packs` of `pack_of` each, called `pack`, come to the quantity.
    `job` names the work order that it is bought for.
    """

    text: str
    quantity: Decimal
    unit_cost: Decimal
    amount: Decimal
    number: str = ""
    supplier_number: str = ""
    unit: str = ""
    packs: Decimal | None = None
    pack: str = ""
    pack_of: Decimal | None = None
    job: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseOrder:
    """What a purchase order says: what is bought, at what cost; no price of sale stands on it.

    `account` is the shop's number at the supplier, `reference` the supplier's for this order;
    `state` is how far the order is, in a word, blank once it is simply placed.
    """

    manner: Manner
    currency: str
    shop: Shop
    supplier: Party
    deliver_to: Party
    number: str
    code: str
    lines: tuple[PurchaseLine, ...]
    total: Decimal
    state: str = ""
    ordered_on: date | None = None
    promised_on: date | None = None
    account: str = ""
    reference: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """One label: the text of its QR, the readable number, and whom to call.

    `shelf` is where a part lies, on the tag of its shelf. `link` is what a second code opens on a
    customer's phone: an e-mail or a text to the shop.
    """

    code: str
    number: str
    name: str = ""
    place: str = ""
    phone: str = ""
    shelf: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TagSheet:
    """Tags on a sheet of labels, beginning at label `start_at` (the first is 1).

    The nudge moves everything, in millimetres to the right and down. Guides are for the screen
    and for a test on plain paper.
    """

    labels: LabelSheet
    tags: tuple[Tag, ...]
    manner: Manner = Manner()
    start_at: int = 1
    nudge_x_mm: Decimal = Decimal(0)
    nudge_y_mm: Decimal = Decimal(0)
    has_guides: bool = False
