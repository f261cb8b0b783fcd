"""The icons of the screen on paper, drawn as lines from the same files."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache

from reportlab.pdfgen.pathobject import PDFPathObject

from smallcmms import paths

SIDE = 24
STROKE = 2
_SHAPE = re.compile(r"<(path|rect|circle)\s([^>]*)/>")
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_STEP = re.compile(r"([MmLlHhVvAaZz])([^MmLlHhVvAaZz]*)")
_NUMBER = re.compile(r"-?\d*\.?\d+")
_ARC = re.compile(r"([\d.]+) ?[\d.]+ ?0 ?([01]) ?([01]) ?(-?\d*\.?\d+) ?(-?\d*\.?\d+)")

_SIDES = ("x", "y", "width", "height")

Point = tuple[float, float]


@cache
def outline(name: str) -> PDFPathObject:
    """Return the lines of an icon, 24 units wide, y running down."""
    text = (paths.resources() / "icons" / f"{name}.svg").read_text("utf-8")
    path = PDFPathObject()
    for shape, attributes in _SHAPE.findall(text):
        _draw(path, shape, dict(_ATTRIBUTE.findall(attributes)))
    return path


def _draw(path: PDFPathObject, shape: str, values: dict[str, str]) -> None:
    if shape == "path":
        _follow(path, values["d"])
    elif shape == "circle":
        path.circle(float(values["cx"]), float(values["cy"]), float(values["r"]))
    else:
        left, top, width, height = (float(values[name]) for name in _SIDES)
        path.roundRect(left, top, width, height, float(values.get("rx", 0)))


def _follow(path: PDFPathObject, steps: str) -> None:
    """Draw the steps of an SVG path: moves, lines and round arcs."""
    here = start = (0.0, 0.0)
    for letter, values in _STEP.findall(steps):
        if letter in "Zz":
            path.close()
            here = start
        elif letter in "Aa":
            for arc in _ARC.findall(values):
                here = _arc(path, here, arc, is_relative=letter == "a")
        else:
            for is_move, point in _points(letter, values, here):
                (path.moveTo if is_move else path.lineTo)(*point)
                start = point if is_move else start
                here = point


def _points(letter: str, values: str, here: Point) -> Iterator[tuple[bool, Point]]:
    """Yield the points of a move or line; further points of a move are lines."""
    numbers = [float(number) for number in _NUMBER.findall(values)]
    kind = letter.upper()
    step = 2 if kind in "ML" else 1
    for place in range(0, len(numbers), step):
        x, y = here if letter.islower() else (0.0, 0.0)
        if kind == "H":
            here = (x + numbers[place], here[1])
        elif kind == "V":
            here = (here[0], y + numbers[place])
        else:
            here = (x + numbers[place], y + numbers[place + 1])
        yield kind == "M" and place == 0, here


def _arc(path: PDFPathObject, start: Point, arc: tuple[str, ...], *, is_relative: bool) -> Point:
    """Draw an arc of a circle from a point and return where it ends."""
    radius, is_large, is_sweep = float(arc[0]), arc[1] == "1", arc[2] == "1"
    end = (float(arc[3]), float(arc[4]))
    if is_relative:
        end = (start[0] + end[0], start[1] + end[1])
    chord = math.dist(start, end)
    radius = max(radius, chord / 2)
    away = math.sqrt(max(radius**2 - chord**2 / 4, 0)) * (1 if is_large == is_sweep else -1)
    across = ((end[0] - start[0]) / chord, (end[1] - start[1]) / chord)
    centre = (
        (start[0] + end[0]) / 2 + across[1] * away,
        (start[1] + end[1]) / 2 - across[0] * away,
    )
    first = math.atan2(start[1] - centre[1], start[0] - centre[0])
    turn = math.atan2(end[1] - centre[1], end[0] - centre[0]) - first
    turn %= 2 * math.pi
    _bend(path, centre, radius, first, turn if is_sweep else turn - 2 * math.pi)
    return end


def _bend(path: PDFPathObject, centre: Point, radius: float, first: float, turn: float) -> None:
    """Draw an arc as curves of at most a quarter turn."""
    pieces = max(1, math.ceil(abs(turn) / (math.pi / 2) - 1e-9))
    step = turn / pieces
    reach = 4 / 3 * math.tan(step / 4) * radius
    for piece in range(pieces):
        at, to = first + piece * step, first + (piece + 1) * step
        path.curveTo(
            centre[0] + radius * math.cos(at) - reach * math.sin(at),
            centre[1] + radius * math.sin(at) + reach * math.cos(at),
            centre[0] + radius * math.cos(to) + reach * math.sin(to),
            centre[1] + radius * math.sin(to) - reach * math.cos(to),
            centre[0] + radius * math.cos(to),
            centre[1] + radius * math.sin(to),
        )
