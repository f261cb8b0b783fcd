"""The tables of the shop file: what is kept, without behaviour."""

from smallcmms.models.asset import Asset, AssetClass, Warranty
from smallcmms.models.asset_audit import AssetAudit, AssetAuditLine
from smallcmms.models.attachment import Attachment
from smallcmms.models.base import Base
from smallcmms.models.contact_log import ContactLog
from smallcmms.models.customer import Contact, Customer, Location, Site
from smallcmms.models.deficiency import Deficiency
from smallcmms.models.event import Draft, Event, History, UndoStep
from smallcmms.models.follow_up import FollowUp
from smallcmms.models.import_batch import ImportBatch
from smallcmms.models.invoice import (
    Invoice,
    InvoiceLine,
    InvoiceTax,
    Payment,
    PaymentAllocation,
)
from smallcmms.models.job_template import JobTemplate, TemplatePart, TemplateTask
from smallcmms.models.label_sheet import LabelSheet
from smallcmms.models.meter import Meter, Reading
from smallcmms.models.missed_call import MissedCall
from smallcmms.models.part import (
    Part,
    PartFit,
    PartPar,
    Reservation,
    StockLocation,
    StockMove,
    Supplier,
)
from smallcmms.models.pm import PmCover, PmOccurrence, PmSchedule, PmScheduleAsset
from smallcmms.models.purchase_order import PurchaseOrder, PurchaseOrderLine
from smallcmms.models.request import Request
from smallcmms.models.shop import (
    Choice,
    Level,
    NumberGap,
    NumberSeries,
    Rate,
    Setting,
    Shop,
    Tax,
    TriageFact,
    TriageRule,
)
from smallcmms.models.stock_count import StockCount, StockCountLine
from smallcmms.models.technician import Certificate, CertificateNeed, Technician
from smallcmms.models.work_order import (
    Labour,
    PlannedPart,
    SheetCopy,
    Task,
    UsedPart,
    Visit,
    VisitTechnician,
    WorkOrder,
    WorkOrderAsset,
)

__all__ = [
    "Asset",
    "AssetAudit",
    "AssetAuditLine",
    "AssetClass",
    "Attachment",
    "Base",
    "Certificate",
    "CertificateNeed",
    "Choice",
    "Contact",
    "ContactLog",
    "Customer",
    "Deficiency",
    "Draft",
    "Event",
    "FollowUp",
    "History",
    "ImportBatch",
    "Invoice",
    "InvoiceLine",
    "InvoiceTax",
    "JobTemplate",
    "LabelSheet",
    "Labour",
    "Level",
    "Location",
    "Meter",
    "MissedCall",
    "NumberGap",
    "NumberSeries",
    "Part",
    "PartFit",
    "PartPar",
    "Payment",
    "PaymentAllocation",
    "PlannedPart",
    "PmCover",
    "PmOccurrence",
    "PmSchedule",
    "PmScheduleAsset",
    "PurchaseOrder",
    "PurchaseOrderLine",
    "Rate",
    "Reading",
    "Request",
    "Reservation",
    "Setting",
    "SheetCopy",
    "Shop",
    "Site",
    "StockCount",
    "StockCountLine",
    "StockLocation",
    "StockMove",
    "Supplier",
    "Task",
    "Tax",
    "Technician",
    "TemplatePart",
    "TemplateTask",
    "TriageFact",
    "TriageRule",
    "UndoStep",
    "UsedPart",
    "Visit",
    "VisitTechnician",
    "Warranty",
    "WorkOrder",
    "WorkOrderAsset",
]
