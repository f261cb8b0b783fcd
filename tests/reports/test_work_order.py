from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal

import pytest
from PIL import Image

from smallcmms.domain import papers
from smallcmms.domain.levels import Level
from smallcmms.domain.places import MARK_SIZE, Page, Rect
from smallcmms.domain.tasks import TaskKind
from smallcmms.reports import style, work_order
from smallcmms.reports.sheet_contents import Wording, when
from smallcmms.reports.work_order import Sheet
from tests.reports import readers, samples

DPI = 300
MANNERS = pytest.mark.parametrize("manner", [samples.LETTER, samples.A4], ids=["letter", "a4"])
SCRIPTS = "Вода стоит высоко · מים גבוהים בבור · الماء مرتفع · ½ ☐ ✓ ⚠ Ωμέγα"


def dark(image: Image.Image, x: float, y: float) -> bool:
    value = image.getpixel((round(x * DPI / 25.4), round(y * DPI / 25.4)))
    assert isinstance(value, int)
    return value < 128


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return work_order.render(samples.circulator())


def test_the_front_tells_where_whom_what_and_what_to_load(sheet: Sheet) -> None:
    front, back = readers.pages(sheet.pdf)
    for text in (
        "Ridgeline Mechanical LLC",
        "2318",
        "L2 HIGH",
        "Tue Jul 14, 1:00–3:30 PM",
        "Marco Reyes, Truck 1",
        "410 Chapel Road",
        "Main building, Basement",
        "Tom Veldkamp",
        "(937) 555-0163",
        "Pump leaks at the seal.",
        "Tag A-0114 · Halden HR-100",
        "LOCK OUT BEFORE YOU START",
        "Open drain D-3, wait for zero psi",
        "Shop B-3, last one",
        "Feb 11 2026",
        "Printed Jul 14, 8:05 AM",
        "WO-2318 copy 2",
    ):
        assert text in front
    for text in (
        "6. Motor current, limit 2 A",
        "7. Hot water at kitchen tap, 120 °F or more",
        "Back at shop",
        "Break, min",
        "Other parts, and where from",
        "What I found, what I did",
        "Saw something else to quote:",
        "control or sensor",
        "nothing found",
        "Signature: the work is done",
        "How did we do? 5 is best",
        "Nobody there",
        "Not happy, call",
        "Bring this sheet back. Type it in the same order, 1 to 6.",
    ):
        assert text in back


def test_the_sheet_of_the_story_says_that_nothing_is_on_file() -> None:
    front, back = readers.pages(work_order.render(samples.sump_pump()).pdf)
    assert "No lock-out steps on file" in front
    assert "None yet" in front
    assert "4. Motor current, limit 9.8 A" in back
    assert "1 × Check valve 1½ in" in back


@MANNERS
def test_the_starter_causes_and_remedies_take_two_rows_each(manner: papers.Manner) -> None:
    def capital(choices: tuple[papers.Choice, ...]) -> tuple[papers.Choice, ...]:
        return tuple(replace(choice, text=choice.text.capitalize()) for choice in choices)

    order = samples.circulator(manner)
    outside = papers.Choice(key="outside", text="Outside (weather, power, animal)")
    causes = tuple(outside if each.key == "outside" else each for each in capital(order.causes))
    sheet = work_order.render(replace(order, causes=causes, remedies=capital(order.remedies)))
    _front, back = sheet.layout.pages
    for kind in ("cause.", "remedy."):
        assert len({tick.y for name, tick in back.ticks.items() if name.startswith(kind)}) == 2
    assert "Outside" in readers.words(sheet.pdf)
    assert "weather" not in readers.words(sheet.pdf)


@MANNERS
@pytest.mark.parametrize("order", [samples.circulator, samples.sump_pump])
def test_every_side_has_its_code_where_the_table_says(manner: papers.Manner, order: object) -> None:
    assert callable(order)
    paper = order(manner)
    sheet = work_order.render(paper)
    assert len(sheet.layout.pages) == 2
    for number, page in enumerate(sheet.layout.pages):
        image = readers.picture(sheet.pdf, number, DPI)
        assert readers.by_zxing(image) == [paper.code]
        quiet = page.code.width / 25 * 4
        code = page.code
        around = Rect(code.x - quiet, code.y - quiet, 16 + 2 * quiet, 16 + 2 * quiet)
        symbol = readers.crop(image, around, DPI)
        assert readers.by_zxing(symbol) == readers.by_zbar(symbol) == [paper.code]


@MANNERS
def test_every_side_has_its_seven_marks_where_the_table_says(manner: papers.Manner) -> None:
    sheet = work_order.render(samples.circulator(manner))
    module = MARK_SIZE / 7
    for number, page in enumerate(sheet.layout.pages):
        image = readers.picture(sheet.pdf, number, DPI)
        assert len(page.marks) == 7
        for x, y in page.marks:
            for row in range(-3, 4):
                seen = [dark(image, x + step * module, y + row * module) for step in range(-3, 4)]
                assert seen == [max(abs(step), abs(row)) != 2 for step in range(-3, 4)]


def edges_away_from_words(page: Page) -> list[tuple[float, float]]:
    """Return points around every tick box, from the ink of its edge to 1.4 mm out."""
    points = []
    for name, tick in page.ticks.items():
        middle = tick.x + tick.width / 2
        for away in (0.5, 0.8, 1.1, 1.4):
            points.append((tick.x - away, tick.y + tick.height / 2))
            points.append((middle, tick.bottom + away))
            if not name.startswith("rating."):
                points.append((middle, tick.y - away))
    return points


@MANNERS
def test_no_rule_comes_near_a_box_to_tick(manner: papers.Manner) -> None:
    sheet = work_order.render(samples.circulator(manner))
    for number, page in enumerate(sheet.layout.pages):
        image = readers.picture(sheet.pdf, number, DPI)
        assert [point for point in edges_away_from_words(page) if dark(image, *point)] == []


def test_a_box_to_tick_is_drawn_where_the_table_says(sheet: Sheet) -> None:
    for number, page in enumerate(sheet.layout.pages):
        image = readers.picture(sheet.pdf, number, DPI)
        for tick in page.ticks.values():
            middle = (tick.x + tick.width / 2, tick.y + tick.height / 2)
            assert not dark(image, *middle)
            for x in (tick.x, tick.right):
                assert dark(image, x, middle[1])
            for y in (tick.y, tick.bottom):
                assert dark(image, middle[0], y)


def test_a_field_to_write_in_is_empty(sheet: Sheet) -> None:
    for number, page in enumerate(sheet.layout.pages):
        image = readers.picture(sheet.pdf, number, DPI)
        for name, field in page.fields.items():
            if name.startswith(("notes.", "used.", "other.", "deficiency.", "lock_out.")):
                middle = field.y + field.height / 2
                steps = range(1, 10)
                seen = [dark(image, field.x + field.width * step / 10, middle) for step in steps]
                assert not any(seen), name


def names_of_values(kind: object) -> set[str]:
    assert is_dataclass(kind)
    return {field.name for field in fields(kind)}


def test_a_technicians_copy_has_no_place_for_money() -> None:
    parts = (papers.WorkOrder, papers.Part, papers.Past, papers.Task, papers.Visit, papers.Done)
    names = set().union(*(names_of_values(part) for part in parts))
    words = ("money", "price", "cost", "rate", "amount", "total", "currency")
    assert not [name for name in names if any(word in name for word in words)]


def test_a_technicians_copy_shows_no_money(sheet: Sheet) -> None:
    about = readers.run("pdfinfo", pdf=sheet.pdf)
    assert "$" not in readers.text(sheet.pdf) + about
    assert "USD" not in readers.text(sheet.pdf) + about
    assert "WO-2318" in about


def test_an_access_code_is_printed_only_when_it_is_switched_on(sheet: Sheet) -> None:
    assert "Access code" not in readers.words(sheet.pdf)
    order = replace(samples.circulator(), access_code="4711#")
    assert "Access code 4711#" in readers.words(work_order.render(order).pdf)


def test_markup_is_printed_as_it_was_typed() -> None:
    order = replace(
        samples.circulator(),
        what_is_wrong="<b>Leaks</b> & <img src=x>",
        customer="Smith & <i>Sons</i>",
        tasks=(papers.Task(text="Look at <para>it</para> &amp; say"),),
    )
    text = readers.words(work_order.render(order).pdf)
    for each in ("<b>Leaks</b> & <img src=x>", "Smith & <i>Sons</i>", "<para>it</para> &amp;"):
        assert each in text


def test_letters_of_many_scripts_are_printed() -> None:
    order = replace(samples.circulator(), what_is_wrong=SCRIPTS)
    sheet = work_order.render(order)
    assert sheet.missing == ()
    text = readers.words(sheet.pdf)
    for each in ("Вода стоит высоко", "½ ☐ ✓ ⚠ Ωμέγα"):
        assert each in text
    for word in ("מים", "גבוהים", "בבור", "الماء", "مرتفع"):
        assert word in text


def test_a_letter_that_no_font_has_is_printed_as_a_square_and_told() -> None:
    order = replace(
        samples.circulator(), what_is_wrong="Pump \N{CJK UNIFIED IDEOGRAPH-6C34} \ud800"
    )
    sheet = work_order.render(order)
    assert sheet.missing == ("\N{CJK UNIFIED IDEOGRAPH-6C34}", "\ud800")
    assert "Pump □ □" in readers.words(sheet.pdf)


TOLD = [f"word{number:04}" for number in range(700)]
LONG = " ".join(TOLD)


@pytest.mark.parametrize(
    "order",
    [
        replace(samples.circulator(), what_is_wrong=LONG),
        replace(samples.circulator(), access_notes=LONG),
        replace(samples.circulator(), note_for_truck=LONG),
        replace(samples.circulator(), place=LONG),
        replace(samples.circulator(), customer=LONG),
        replace(samples.circulator(), site=LONG),
        replace(samples.circulator(), tasks=(papers.Task(text=LONG),)),
        replace(samples.circulator(), parts=(samples.part(1, LONG, "X-1"),)),
        replace(samples.circulator(), visit=papers.Visit(technicians=(LONG,), truck="Truck 1")),
    ],
)
def test_a_long_text_is_never_cut_in_silence(order: papers.WorkOrder) -> None:
    sheet = work_order.render(order)
    text = readers.words(sheet.pdf)
    assert [word for word in TOLD if word not in text] == []
    assert "whole text on a later page" in text
    assert len(sheet.layout.pages) >= 3
    for number in range(len(sheet.layout.pages)):
        assert readers.by_zxing(readers.picture(sheet.pdf, number, 150)) == [order.code]


def test_a_long_checklist_goes_on_with_its_own_numbers_and_boxes() -> None:
    tasks = tuple(papers.Task(text=f"Check number {number}") for number in range(1, 41))
    sheet = work_order.render(replace(samples.circulator(), tasks=tasks))
    ticks = [name for page in sheet.layout.pages for name in page.ticks]
    for number in range(1, 41):
        assert ticks.count(f"task.{number}.ok") == 1
    text = readers.words(sheet.pdf)
    assert "40. Check number 40" in text
    for number in range(len(sheet.layout.pages)):
        image = readers.picture(sheet.pdf, number, 150)
        assert readers.by_zxing(image) == [samples.circulator().code]


def test_many_parts_steps_and_visits_before_are_all_there() -> None:
    order = replace(
        samples.circulator(),
        parts=tuple(samples.part(1, f"Part number {number}", "") for number in range(30)),
        lock_out=papers.LockOut(energies="480 V", steps=tuple(f"Step s{n}" for n in range(30))),
        history=tuple(
            replace(samples.circulator().history[0], text=f"Visit v{n}") for n in range(20)
        ),
        visit=replace(
            samples.circulator().visit, technicians=tuple(f"Tech{n} Y" for n in range(9))
        ),
    )
    sheet = work_order.render(order)
    text = readers.words(sheet.pdf)
    for word in (f"Step s{number}" for number in range(30)):
        assert word in text
    for word in (f"Visit v{number}" for number in range(20)):
        assert word in text
    fields_ = [name for page in sheet.layout.pages for name in page.fields]
    ticks = [name for page in sheet.layout.pages for name in page.ticks]
    assert [fields_.count(f"used.{number}") for number in range(1, 31)] == [1] * 30
    assert [ticks.count(f"load.{number}") for number in range(1, 31)] == [1] * 30
    assert [ticks.count(f"lock_out.{number}") for number in range(1, 31)] == [1] * 30
    assert [fields_.count(f"times.{number}.arrived") for number in range(1, 10)] == [1] * 9


def test_limits_stand_in_the_line_unless_it_names_them_itself() -> None:
    named = papers.Task(text="Current, limit 9.8 A", unit="A", high=Decimal("9.8"))
    both = papers.Task(text="Pressure", unit="psi", low=Decimal(50), high=Decimal("60.5"))
    order = replace(samples.sump_pump(), tasks=(named, both))
    text = readers.words(work_order.render(order).pdf)
    assert "1. Current, limit 9.8 A A" in text.replace("  ", " ")
    assert "2. Pressure, 50 to 60.5 psi" in text


def test_a_choice_names_what_to_choose_from() -> None:
    task = papers.Task(text="Belt", kind=TaskKind.CHOICE, choices=("good", "worn"))
    order = replace(samples.sump_pump(), tasks=(replace(task, section="RTU-1"),))
    text = readers.words(work_order.render(order).pdf)
    assert "RTU-1" in text
    assert "1. Belt: good / worn" in text


def test_what_nobody_knows_yet_is_said_or_left_out() -> None:
    order = replace(
        samples.sump_pump(),
        visit=papers.Visit(truck="Truck 1"),
        contact=papers.Contact(),
        asset=None,
        printed_at=samples.moment(13, 7, 20),
    )
    text = readers.words(work_order.render(order).pdf)
    for each in ("No day set", "Nobody named", "None named", "Truck 1"):
        assert each in text
    assert "None yet" not in text
    plain = replace(order, asset=papers.Asset(name="Pump", make_model="Halden HR-100"))
    text = readers.words(work_order.render(plain).pdf)
    assert "Halden HR-100" in text
    assert "Tag" not in text


def test_a_visit_may_have_only_a_start() -> None:
    visit = papers.Visit(on=date(2026, 7, 13), starts_at=samples.moment(13, 8))
    text = readers.words(work_order.render(replace(samples.sump_pump(), visit=visit)).pdf)
    assert "Mon Jul 13, 8:00 AM" in text


def test_the_same_moment_is_written_for_each_shop_by_its_own_clock_and_language() -> None:
    order = samples.circulator()
    chicago = replace(samples.LETTER, zone="America/Chicago")
    berlin = replace(samples.A4, locale="de_DE", zone="Europe/Berlin")
    for manner, said in (
        (samples.LETTER, "Tue Jul 14, 1:00–3:30 PM"),
        (chicago, "Tue Jul 14, 12:00–2:30 PM"),
        (berlin, "Di. 14. Juli, 19:00–21:30"),
        (samples.LETTER, "Tue Jul 14, 1:00–3:30 PM"),
    ):
        assert when(order.visit, Wording(manner)) == said


def test_accents_stay_on_their_letters_when_a_word_runs_to_the_left() -> None:
    word = "שָׁלוֹם"
    assert style.set_text(word, "regular").runs[0][1] == "םוֹלשָׁ"
    assert style.set_text(f"{word} 12", "regular").missing == ""


@pytest.mark.parametrize("level", list(Level))
def test_every_level_says_its_word(level: Level) -> None:
    order = replace(samples.circulator(), level=level, level_word=level.name.title())
    assert f"L{level.value} {level.name}" in readers.words(work_order.render(order).pdf)


@MANNERS
def test_other_programs_find_nothing_to_complain_about(manner: papers.Manner) -> None:
    order = replace(samples.circulator(manner), what_is_wrong=SCRIPTS)
    pdf = work_order.render(order).pdf
    assert "No syntax or stream encoding errors found" in readers.run("qpdf", "--check", pdf=pdf)
    names = [name for name, _ in readers.fonts(pdf)]
    assert any("DejaVuSans" in name for name in names)
    assert all(is_embedded for _, is_embedded in readers.fonts(pdf))


def test_the_same_paper_gives_the_same_bytes_in_another_start_too() -> None:
    first = work_order.render(samples.circulator()).pdf
    assert work_order.render(samples.circulator()).pdf == first
    program = (
        "import hashlib; from tests.reports import samples; from smallcmms.reports import "
        "work_order; print(hashlib.sha256(work_order.render(samples.circulator()).pdf).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == hashlib.sha256(first).hexdigest()


def test_a_sheet_stays_small(sheet: Sheet) -> None:
    assert len(sheet.pdf) < 80_000
    assert len(json.loads(sheet.layout.to_json())["pages"]) == 2
