"""What a new shop starts with: its lists of problems, causes, remedies and reasons.

Texts are message ids; the shop edits all of them. A symptom and a cause never stand in one list
[ISO 14224].
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from smallcmms.domain.work_orders import HoldReason, WorkType

Entry = tuple[str, str]
"""A code that is kept, and the text that people read."""

PROBLEMS: tuple[Entry, ...] = (
    ("no_heat", "No heat"),
    ("no_cooling", "No cooling"),
    ("no_power", "No power"),
    ("will_not_start", "Will not start"),
    ("trips", "Trips"),
    ("water_leak", "Water leak"),
    ("refrigerant_leak", "Refrigerant leak"),
    ("gas_leak", "Gas leak"),
    ("blocked", "Blocked"),
    ("low_flow", "Low flow"),
    ("overheats", "Overheats"),
    ("noise", "Noise"),
    ("vibration", "Vibration"),
    ("smell", "Smell"),
    ("error_code", "Error code"),
    ("stuck", "Stuck"),
    ("damaged", "Damaged"),
    ("worn", "Worn"),
    ("out_of_calibration", "Out of calibration"),
    ("no_fault_found", "No fault found"),
    ("other", "Other"),
)

CAUSES: tuple[Entry, ...] = (
    ("worn", "Worn"),
    ("blocked", "Blocked"),
    ("dirty", "Dirty"),
    ("loose", "Loose"),
    ("corroded", "Corroded"),
    ("leaking_seal", "Leaking seal"),
    ("electrical", "Electrical"),
    ("control_or_sensor", "Control or sensor"),
    ("lubrication", "Lubrication"),
    ("installation", "Installation"),
    ("misuse", "Misuse"),
    ("outside", "Outside (weather, power, animal)"),
    ("age", "Age"),
    ("unknown", "Unknown"),
)

REMEDIES: tuple[Entry, ...] = (
    ("replaced", "Replaced"),
    ("repaired", "Repaired"),
    ("adjusted", "Adjusted"),
    ("cleaned", "Cleaned"),
    ("tightened", "Tightened"),
    ("lubricated", "Lubricated"),
    ("reset", "Reset"),
    ("tested_only", "Tested only"),
    ("temporary_fix", "Temporary fix"),
    ("nothing_found", "Nothing found"),
)

HOLD_REASONS: tuple[Entry, ...] = (
    (HoldReason.PARTS.value, "Parts"),
    (HoldReason.CUSTOMER.value, "Customer"),
    (HoldReason.APPROVAL.value, "Approval"),
    (HoldReason.ACCESS.value, "Access"),
    (HoldReason.WEATHER.value, "Weather"),
    (HoldReason.SUBCONTRACTOR.value, "Subcontractor"),
    (HoldReason.RETURN_VISIT.value, "Return visit"),
)
"""The hold reasons of domain.md's table, which are the ones that a state can carry."""

CANCEL_REASONS: tuple[Entry, ...] = (
    ("not_needed", "No longer needed"),
    ("fixed_itself", "Fixed itself or by the customer"),
    ("too_expensive", "Too expensive"),
    ("other_shop", "Went to another shop"),
    ("entered_twice", "Entered twice"),
    ("other", "Other"),
)
"""Ours, as the decline and no-show reasons are."""

DECLINE_REASONS: tuple[Entry, ...] = (
    ("not_our_work", "Not our kind of work"),
    ("too_far", "Too far away"),
    ("no_time", "No time soon enough"),
    ("unpaid", "Unpaid invoices"),
    ("other", "Other"),
)

NO_SHOW_REASONS: tuple[Entry, ...] = (
    ("nobody_there", "Nobody there"),
    ("no_access", "No way in"),
    ("forgotten", "Customer forgot"),
    ("our_delay", "We came too late"),
    ("other", "Other"),
)

WORK_TYPES: tuple[Entry, ...] = (
    (WorkType.EMERGENCY.value, "Emergency"),
    (WorkType.CORRECTIVE.value, "Corrective"),
    (WorkType.PREVENTIVE.value, "Preventive"),
    (WorkType.INSPECTION.value, "Inspection"),
    (WorkType.CONDITION_BASED.value, "Condition-based"),
    (WorkType.INSTALLATION.value, "Installation"),
    (WorkType.IMPROVEMENT.value, "Improvement"),
    (WorkType.WARRANTY.value, "Warranty"),
    (WorkType.REWORK.value, "Rework"),
    (WorkType.INTERNAL.value, "Internal"),
)

LISTS: Mapping[str, tuple[Entry, ...]] = MappingProxyType(
    {
        "problem": PROBLEMS,
        "cause": CAUSES,
        "remedy": REMEDIES,
        "hold_reason": HOLD_REASONS,
        "cancel_reason": CANCEL_REASONS,
        "decline_reason": DECLINE_REASONS,
        "no_show_reason": NO_SHOW_REASONS,
        "work_type": WORK_TYPES,
    }
)
"""Every list by the name of its kind."""
