"""A small building in COBie, as a test writes it: our own names, the standard's sheets."""

from __future__ import annotations

from typing import Any

from tests.exchange import books

NA = "n/a"
TYPE = (
    "Name", "Category", "Description", "AssetType", "Manufacturer", "ModelNumber",
    "WarrantyGuarantorParts", "WarrantyDurationParts", "WarrantyGuarantorLabor",
    "WarrantyDurationLabor", "WarrantyDurationUnit", "ReplacementCost", "ExpectedLife",
    "DurationUnit",
)  # fmt: skip
COMPONENT = (
    "Name", "TypeName", "Space", "Description", "SerialNumber", "InstallationDate",
    "WarrantyStartDate", "TagNumber", "BarCode", "AssetIdentifier",
)  # fmt: skip


def sheets() -> dict[str, list[list[Any]]]:
    """Return the sheets of the building, to be changed and written."""
    return {
        "Instruction": [["COBie"]],
        "Contact": [["Email", "Company"], ["ann@pumps.example", "Pumps & Co"]],
        "Facility": [["Name", "SiteName"], ["Mill House", "4 Mill Lane, Troy"]],
        "Floor": [["Name"], ["Ground"], ["Roof"], ["Ground"]],
        "Space": [
            ["Name", "FloorName", "Description"],
            ["G01", "Ground", "Plant room"],
            ["G02", "Ground", "G02"],
            ["G02", "Roof", "twice"],
            ["R01", "Roof", NA],
        ],
        "Type": [
            [*TYPE],
            ["Pump P3", "Pumps", "pump", "Fixed", "Ann@pumps.example", "P3", "ann@pumps.example",
             2, NA, "18.0", "Year", "1200.50", 180, "Months"],
            ["Chair", "Seats", NA, "Movable", NA, NA, NA, "0.0", NA, "0.0", "Year", NA, NA, "Year"],
            ["Skid", "Skids", NA, "fixed", "Skid Ltd", "S", NA, NA, NA, NA, NA, NA, 520, "Weeks"],
            ["Valve", NA, NA, "Fixed", NA, NA, NA, NA, NA, NA, NA, "a lot", 3, "Moons"],
            ["Skid", NA, NA, "Fixed", NA, NA, NA, NA, NA, NA, NA, NA, NA, NA],
        ],
        "Component": [
            [*COMPONENT],
            ["Pump 1", "Pump P3", "G01", NA, "SN-1", "2025-03-31T00:00:00", NA, "T-1", NA, NA],
            ["Pump 2", "Pump P3", "G01,G02", NA, NA, NA, "2025-06-01", NA, "B-2", NA],
            ["Skid 1", "Skid", "R01", NA, NA, "1900-12-31T23:59:59", NA, NA, NA, NA],
            ["Chair 1", "Chair", "G02", NA, NA, "soon", NA, NA, NA, NA],
            ["Chair 2", "Chair", "X99", NA, NA, NA, NA, NA, NA, NA],
            [NA, "Chair"],
        ],
        "Assembly": [
            ["Name", "SheetName", "ParentName", "ChildNames"],
            ["Skid parts", "Component", "Skid 1", "Pump 1, Pump 2"],
            ["Row", "Component", "Chair 1", "Chair 2"],
            ["Kinds", "Type", "Skid", "Pump P3"],
        ],
    }  # fmt: skip


def workbook(**changed: list[list[Any]]) -> bytes:
    """Return the building as a workbook, with other rows in some sheets."""
    return books.xlsx(**{**sheets(), **changed})
