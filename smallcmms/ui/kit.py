"""Everything that a page is built from, in one place to import from."""

from __future__ import annotations

from smallcmms.ui import icons, states, theme
from smallcmms.ui.actions import action
from smallcmms.ui.background import Job
from smallcmms.ui.desk import Desk
from smallcmms.ui.lists.cell import Cell, Column, Group
from smallcmms.ui.lists.rows_model import RowsModel
from smallcmms.ui.lists.rows_view import ROW, TWO_LINES, RowsView
from smallcmms.ui.states import Pill
from smallcmms.ui.widgets.badges import KeyHint, LevelBadge, StatePill
from smallcmms.ui.widgets.box import Box, LineBox, TextBox
from smallcmms.ui.widgets.boxes import ClockBox, DateBox, MoneyBox, PriceBox, QuantityBox
from smallcmms.ui.widgets.button import Button
from smallcmms.ui.widgets.chips import Chips
from smallcmms.ui.widgets.choice import Choice
from smallcmms.ui.widgets.find_box import FindBox, Found
from smallcmms.ui.widgets.form import Form
from smallcmms.ui.widgets.label import Icon, Label
from smallcmms.ui.widgets.list_and_details import ListAndDetails
from smallcmms.ui.widgets.panel import Panel, PanelHeader, block, column, line, row, scrolled
from smallcmms.ui.widgets.pdf_preview import PdfPreview
from smallcmms.ui.widgets.segmented import Segmented
from smallcmms.ui.widgets.strip import EmptyState, Strip
from smallcmms.ui.widgets.tag_preview import TagPreview
from smallcmms.ui.widgets.tick import Option, Options, Tick

__all__ = [
    "ROW",
    "TWO_LINES",
    "Box",
    "Button",
    "Cell",
    "Chips",
    "Choice",
    "ClockBox",
    "Column",
    "DateBox",
    "Desk",
    "EmptyState",
    "FindBox",
    "Form",
    "Found",
    "Group",
    "Icon",
    "Job",
    "KeyHint",
    "Label",
    "LevelBadge",
    "LineBox",
    "ListAndDetails",
    "MoneyBox",
    "Option",
    "Options",
    "Panel",
    "PanelHeader",
    "PdfPreview",
    "Pill",
    "PriceBox",
    "QuantityBox",
    "RowsModel",
    "RowsView",
    "Segmented",
    "StatePill",
    "Strip",
    "TagPreview",
    "TextBox",
    "Tick",
    "action",
    "block",
    "column",
    "icons",
    "line",
    "row",
    "scrolled",
    "states",
    "theme",
]
