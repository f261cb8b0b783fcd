"""The story of sheet 2310 by keys: each move is what a person at the desk presses."""

from __future__ import annotations

from smallcmms.domain.tags import TagKind
from smallcmms.services.samples import story
from smallcmms.services.samples.story import ENTRY
from tests.person import Person

TIMES = "Jul 13|7:40|8:05|9:50|10:15|"


def call(person: Person) -> None:
    """Type Priya's call: who, what is wrong, the first asset, water escaping."""
    person.press("Ctrl+L")
    person.type("priya")
    person.press("Return")
    person.type(story.WORDS)
    person.press("Tab", "Space", "Tab", "Space")


def log_the_call(person: Person) -> None:
    """Log the call that is typed, and go on to its work order."""
    page = person.page("requests")
    person.press("Ctrl+Return")
    person.wait(lambda: page.pane.make.isVisible() and page.pane.visit.name)
    person.rest()


def triage(person: Person) -> None:
    """Give it to the first who can go."""
    person.press("Ctrl+Return")
    person.rest()


def print_for_the_truck(person: Person) -> None:
    """Open the work order, and make the copy that Marco takes along."""
    person.press("Ctrl+O")
    page = person.page("work_orders")
    person.wait(page.current_id)
    print_again(person)


def print_again(person: Person) -> None:
    """Make a copy of the work order that is shown."""
    page = person.page("work_orders")
    person.press("Ctrl+P")
    person.wait(lambda: page.right.currentWidget() is page.paper)
    person.rest()


def scan_sheet(person: Person, copy: int = 1) -> None:
    """Hold the sheet that came back under the scanner."""
    person.scan(TagKind.WORK_ORDER, "WO-2310", copy)
    person.wait(lambda: person.page("enter_sheet").edit is not None)


def type_sheet(person: Person) -> None:
    """Type the boxes that make the bill: times, checklist, parts, what was found, Fixed."""
    person.type(TIMES)
    person.press("Tab")  # there was no break
    person.type("OFF8.9OO")
    person.type("1|0|1|hose clamp Truck 1")
    person.rest()
    person.type("|||")  # past a blank row for one more part
    person.type(ENTRY.found_and_did)
    person.press("Tab")
    person.type("F")


def type_the_rest(person: Person) -> None:
    """Type what else is ticked: the quote, why and how, who signed, how it was rated."""
    person.press("Tab", "Tab")
    person.type(f"{ENTRY.quote}|")
    person.type("stuck|blocked|")
    person.press("Space", "C", "Space", "Tab")
    person.type(f"{ENTRY.customer_name}|{ENTRY.rating}")


def done(person: Person) -> None:
    """Done, make invoice."""
    person.press("Ctrl+Return")
    person.wait(lambda: person.shows == "invoices")
    person.rest()


def send(person: Person) -> None:
    """Print and mark sent."""
    person.press("Ctrl+Return")
    person.wait(lambda: "sent" in person.toast)
    person.rest()


def done_at_once(person: Person) -> None:
    """Type the rest of the sheet, then done, make invoice."""
    type_the_rest(person)
    done(person)
