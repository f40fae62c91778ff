"""Lines over periods, from zero, with a mark of its own shape for each series."""

from involvement.rendering.charts.data import Chart
from involvement.rendering.charts.dots import ticks
from involvement.rendering.charts.ink import (
    INK,
    INK_2,
    QUIET,
    WHITE,
    Pen,
    number,
    text_width,
    wrapped,
)
from involvement.rendering.charts.words import written

DASHES = ("", "7 5", "2 4")
END_NAMES = 240
"""The most room kept for the names of lines behind their last points."""
MOST_FIGURES = 10
MOST_FIGURES_SMALL = 4
"""With more points than this only the first and last carry figures; the table has them all."""

MOST_LINES = 3

Point = tuple[float, float, float]
"""Across, down, and the figure itself."""


def draw_line(chart: Chart, pen: Pen) -> float:
    """Every series as a line from left to right. Gives the height back."""
    cut = pen.cut
    shown = [value for row in chart.rows for value in chart.figures(row)]
    marks = ticks(max(shown, default=1), 4)
    left = max(text_width(written(chart, value), cut.small) for value in marks) + 12
    top = _names(chart, pen)
    right = cut.width - _end_room(chart, pen)
    foot = top + (cut.size * 13 if cut.beside else cut.size * 11)
    one = (foot - top) / marks[-1]
    for value in marks:
        y = foot - value * one
        pen.rule(f"M{number(left)} {number(y)}H{number(right)}")
        pen.text(
            left - 8,
            y + cut.small * 0.35,
            written(chart, value),
            small=True,
            fill=QUIET,
            anchor="end",
        )
    first = left + cut.small * 1.6
    step = (right - first) / max(len(chart.rows) - 1, 1)
    inset = 0.0 if len(chart.rows) > 1 else (right - first) / 2
    places = [first + inset + step * place for place in range(len(chart.rows))]
    points = [_points(chart, series, places, (foot, one)) for series in range(len(chart.series))]
    for series, line in enumerate(points):
        _line(pen, series, line)
    for series, line in enumerate(points):
        _values(chart, pen, line, points[:series] + points[series + 1 :])
    if cut.beside:
        _end_names(chart, pen, points)
    return _periods(chart, pen, places, foot)


def _points(
    chart: Chart, series: int, places: list[float], scale: tuple[float, float]
) -> list[Point]:
    foot, one = scale
    points = []
    for x, row in zip(places, chart.rows, strict=True):
        value = None if row.hidden else row.values[series]
        if value is not None:
            points.append((x, foot - value * one, value))
    return points


def _end_room(chart: Chart, pen: Pen) -> float:
    """Room behind the last point: for its name where that fits, else for half its figure."""
    if not pen.cut.beside:
        return pen.cut.small * 1.7
    widest = max(text_width(name, pen.cut.small) for name in chart.series)
    return min(widest + pen.cut.small * 2, END_NAMES)


def _names(chart: Chart, pen: Pen) -> float:
    """On small cuts the names of several series stand above; gives the top of the drawing back."""
    cut = pen.cut
    top = cut.size * 1.6
    if cut.beside:
        return top
    y = cut.small
    for series, name in enumerate(chart.series):
        _shape(pen, 7, y - cut.small * 0.33, series)
        y = pen.lines(22, y, name, cut.width - 22, small=True) + cut.small * 1.4
    return y + cut.size * 0.8


def _line(pen: Pen, series: int, points: list[Point]) -> None:
    """A line with its marks; it breaks nowhere, so a gap in the figures is bridged."""
    if not points:
        return
    stroke = pen.colour if series == 0 else INK_2
    path = "M" + "L".join(f"{number(x)} {number(y)}" for x, y, _ in points)
    pen.rule(path, stroke=stroke, width=2.6, dash=DASHES[series % len(DASHES)])
    for x, y, _ in points:
        _shape(pen, x, y, series)


def _values(chart: Chart, pen: Pen, points: list[Point], others: list[list[Point]]) -> None:
    """Figures on the marks: the higher of two lines carries them above, the lower below."""
    cut = pen.cut
    crowded = len(points) > (MOST_FIGURES if cut.beside else MOST_FIGURES_SMALL) or len(others) > 1
    for place, (x, y, value) in enumerate(points):
        if crowded and place not in (0, len(points) - 1):
            continue
        beside = [other_y for line in others for other_x, other_y, _ in line if other_x == x]
        above = all(y <= other_y for other_y in beside)
        foot = y - cut.small * 0.75 if above else y + cut.small * 1.45
        pen.text(x, foot, written(chart, value), small=True, bold=True, anchor="middle")


def _end_names(chart: Chart, pen: Pen, points: list[list[Point]]) -> None:
    """Each line's name behind its last point, pushed down where it would touch the one above."""
    cut = pen.cut
    ends = sorted((line[-1][1], line[-1][0], series) for series, line in enumerate(points) if line)
    free = 0.0
    for y, x, series in ends:
        lines = wrapped(chart.series[series], cut.small, END_NAMES - 30)
        top = max(y - len(lines) * cut.small * 0.625, free)
        for place, words in enumerate(lines):
            pen.text(
                x + cut.small * 1.9, top + cut.small * (0.98 + 1.25 * place), words, small=True
            )
        free = top + len(lines) * cut.small * 1.25 + 3


def _shape(pen: Pen, x: float, y: float, series: int) -> None:
    """A full circle, an open square, an open triangle."""
    reach = pen.cut.small * 0.36
    if series == 0:
        pen.add("circle", cx=x, cy=y, r=reach, fill=pen.colour)
    elif series == 1:
        pen.add(
            "rect",
            x=x - reach,
            y=y - reach,
            width=2 * reach,
            height=2 * reach,
            fill=WHITE,
            stroke=INK,
            stroke_width=2,
        )
    else:
        path = (
            f"M{number(x)} {number(y - reach * 1.2)}L{number(x + reach * 1.2)} "
            f"{number(y + reach)}H{number(x - reach * 1.2)}z"
        )
        pen.add("path", d=path, fill=WHITE, stroke=INK, stroke_width=2)


def _periods(chart: Chart, pen: Pen, places: list[float], foot: float) -> float:
    """The periods under the axis; every second or third where they would touch."""
    cut = pen.cut
    room = places[1] - places[0] if len(places) > 1 else cut.width
    labels = [row.short or row.label for row in chart.rows]
    steps = range(1, len(places) + 1)
    fits = (step for step in steps if _fit(labels, room * step - 8, cut.small))
    every = next(fits, len(places))
    deepest = foot
    for place in range(len(places) - 1, -1, -every):
        y = foot + cut.small * 1.5
        for line in wrapped(labels[place], cut.small, room * every - 8):
            half = text_width(line, cut.small) / 2
            x = min(max(places[place], half), cut.width - half)
            pen.text(x, y, line, small=True, fill=QUIET, anchor="middle")
            deepest = max(deepest, y)
            y += cut.small * 1.25
    return deepest + cut.small * 0.5


def _fit(labels: list[str], width: float, size: float) -> bool:
    """Every label goes into three lines of this width."""
    lines = [wrapped(label, size, width) for label in labels]
    longest = max(text_width(line, size) for label in lines for line in label)
    return longest <= width and max(map(len, lines)) <= MOST_LINES
