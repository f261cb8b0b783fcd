"""The work order on paper: the technician's sheet, drawn from its table of places."""

from __future__ import annotations

from dataclasses import dataclass

from smallcmms.domain import papers, sheet_layout
from smallcmms.domain.copies import Audience
from smallcmms.domain.places import MARGIN, Layout, Page
from smallcmms.domain.wrapping import POINT, Type
from smallcmms.reports.page import RULE, Pen, open_paper
from smallcmms.reports.sheet_back import draw_back
from smallcmms.reports.sheet_contents import Wording, asset_name, contents, day_and_time
from smallcmms.reports.sheet_front import draw_front
from smallcmms.reports.style import measure

SHOP = Type("semibold", 12, 15 * POINT)
SHOP_PHONE = Type("bold", 13, 17 * POINT)
TITLE = Type("regular", 16, 20 * POINT)
NUMBER = Type("extrabold", 46, 46 * POINT)
SIDE_NUMBER = Type("extrabold", 30, 34 * POINT)
SIDE_NAME = Type("bold", 13, 17 * POINT)
SIDE_TEXT = Type("regular", 10, 13 * POINT)
SIDE_WHO = Type("bold", 10, 13 * POINT)
FOOT = Type("regular", 8.5, 11 * POINT)
BOTH_SIDES = 2
FOOT_INSET = 14.0
FOOT_ABOVE = 6.6
HEADING_FOOT = 38.4
SIDE_RULE = 33.8


@dataclass(frozen=True, slots=True)
class Sheet:
    """A printed work order: the PDF, the letters no font has, and where everything stands."""

    pdf: bytes
    missing: tuple[str, ...]
    layout: Layout


def render(order: papers.WorkOrder) -> Sheet:
    """Return the technician's sheet: front, back, and more pages if the texts need them.

    There is no money in it, because there is none in what it is made from.
    """
    wording = Wording(order.manner)
    pen = open_document(order, wording)
    layout = draw(pen, order, wording)
    rendered = pen.finish()
    return Sheet(rendered.pdf, rendered.missing, layout)


def open_document(order: papers.WorkOrder, wording: Wording) -> Pen:
    """Return a pen on the first page of a document named after the work order."""
    _ = wording.texts._
    title = _("Work order {number}, copy {copy}", number=order.number, copy=order.copy)
    return open_paper(order.manner, order.shop, title)


def draw(pen: Pen, order: papers.WorkOrder, wording: Wording) -> Layout:
    """Draw every page of the sheet and return where everything stands."""
    held = contents(order, wording)
    layout = sheet_layout.layout(held, measure)
    for number, page in enumerate(layout.pages, 1):
        pen.marks(page)
        pen.code(order.code, page.code)
        if page.side == "front":
            front_head(pen, page, order, wording)
            draw_front(pen, page, order, held, wording)
        else:
            side_head(pen, page, order, wording)
            draw_front(pen, page, order, held, wording)
            draw_back(pen, page, held, wording)
        foot(pen, (number, len(layout.pages)), order, wording)
        pen.next_page()
    return layout


def heading_number(number: str) -> str:
    """Return a number as it stands behind the words "Work order": without its letters."""
    return number.removeprefix("WO-")


def front_head(pen: Pen, page: Page, order: papers.WorkOrder, wording: Wording) -> None:
    """Draw the head of the front: the shop, the number, what the code is for."""
    _ = wording.texts._
    room = page.code.x - MARGIN - 5
    pen.fitted(MARGIN, 16, order.shop.name, SHOP, room)
    pen.fitted(MARGIN, 21.4, order.shop.phone, SHOP_PHONE, room)
    x = MARGIN + pen.text(MARGIN, HEADING_FOOT, _("Work order"), TITLE) + 3.6
    pen.fitted(x, HEADING_FOOT, heading_number(order.number), NUMBER, page.code.x - x - 5)
    x = page.width - MARGIN - 0.4
    if order.audience is not Audience.CUSTOMER:
        pen.text(x, 38.2, _("Scan when it comes back"), FOOT, align="right")


def side_head(pen: Pen, page: Page, order: papers.WorkOrder, wording: Wording) -> None:
    """Draw the head of the back and of further pages: number, place, asset, who."""
    number = heading_number(order.number)
    pen.fitted(MARGIN, 25.6, number, SIDE_NUMBER, 60)
    x = MARGIN + min(measure(number, SIDE_NUMBER.face, SIDE_NUMBER.size), 60) + 4.2
    right = page.code.x - 5.5
    who = ", ".join(order.visit.technicians)
    side = min(measure(who, SIDE_WHO.face, SIDE_WHO.size), (right - x) / 2)
    side = max(side, measure(order.shop.phone, SIDE_TEXT.face, SIDE_TEXT.size))
    room = right - x - side - 4
    pen.fitted(x, 20.3, order.customer or order.site, SIDE_NAME, room)
    pen.fitted(x, 25.6, _asset(order, wording), SIDE_TEXT, room)
    pen.fitted(right, 20.2, who, SIDE_WHO, side, align="right")
    pen.fitted(right, 24.9, order.shop.phone, SIDE_TEXT, side, align="right")
    pen.rule(MARGIN, SIDE_RULE, page.width - MARGIN, SIDE_RULE, line=RULE)


def _asset(order: papers.WorkOrder, wording: Wording) -> str:
    if order.asset is None:
        return order.place
    name = asset_name(order.asset)
    if not order.asset.tag:
        return name
    return wording.texts._("{asset}, tag {tag}", asset=name, tag=order.asset.tag)


def foot(pen: Pen, place: tuple[int, int], order: papers.WorkOrder, wording: Wording) -> None:
    """Draw the foot of a page, given its number and how many pages there are."""
    _ = wording.texts._
    number, _pages = place
    y = pen.height - FOOT_ABOVE
    is_first = number == 1
    left = _("Printed {when}", when=day_and_time(order, wording)) if is_first else order.shop.name
    pen.fitted(FOOT_INSET, y, left, FOOT, 52)
    pen.fitted(pen.width / 2, y, _middle(place, order, wording), FOOT, 80, align="centre")
    side = _("Page {number}", number=number)
    if order.audience is not Audience.CUSTOMER:
        side = {1: _("Front"), 2: _("Back")}.get(number, side)
    copy = _("{number} copy {copy}", number=order.number, copy=order.copy)
    pen.fitted(pen.width - FOOT_INSET, y, f"{copy} · {side}", FOOT, 52, align="right")


def _middle(place: tuple[int, int], order: papers.WorkOrder, wording: Wording) -> str:
    """Return what the middle of the foot says; only a technician writes on the sheet."""
    _ = wording.texts._
    number, pages = place
    if order.audience is Audience.CUSTOMER:
        return _("Customer copy")
    if order.audience is Audience.OFFICE:
        return _("Office copy, stays in the shop")
    if number == 1 and pages > 1:
        return (
            _("Write on the back")
            if pages == BOTH_SIDES
            else _("Write on the back, more on page 3")
        )
    if number < pages:
        return _("Goes on with page {number}", number=number + 1)
    return _("Bring this sheet back. Type it in the same order, 1 to 6.")
