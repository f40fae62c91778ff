"""Dots with their 95 % range, beside an open diamond for what they are compared with."""

import math

from involvement.rendering.charts.bars import hidden_row
from involvement.rendering.charts.data import Chart, Row, Unit
from involvement.rendering.charts.ink import INK, QUIET, WHITE, Pen, number, text_width, wrapped
from involvement.rendering.charts.words import written

TRACK = "#EFE9DF"


def ticks(most: float, about: int) -> list[float]:
    """Round numbers from zero to just past the most, about as many as asked for."""
    if most <= 0:
        return [0.0, 1.0]
    power = 10.0 ** math.floor(math.log10(most / about))
    step = next(power * size for size in (1, 2, 2.5, 5, 10) if most / (power * size) <= about)
    return [step * place for place in range(math.ceil(most / step - 1e-9) + 1)]


def draw_dots(chart: Chart, pen: Pen) -> float:
    """A dot and range a row, under an axis, grouped. Gives the height back."""
    cut = pen.cut
    most = max((value for row in chart.rows for value in chart.figures(row)), default=1)
    marks = ticks(most, 7 if cut.beside else 4)
    right = _figures_width(chart, pen) if cut.beside else 10
    left = cut.labels if cut.beside else 10.0
    one = (cut.width - right - left) / marks[-1]
    behind = len(pen.parts)
    top = cut.small * 1.7
    middles = []
    group = ""
    for row in chart.rows:
        if row.group and row.group != group:
            group = row.group
            top += cut.size * (0.6 if cut.beside else 0.35)
            pen.text(0, top + cut.size, group, bold=True)
            top += cut.size * (1.7 if cut.beside else 1.45)
        top, middle = _row(chart, pen, row, (left, top, one, cut.width - right))
        middles.append(middle)
    pen.parts[behind:behind] = _axis(chart, pen, [(v, left + v * one) for v in marks], middles)
    return top + 2


def _axis(
    chart: Chart, pen: Pen, marks: list[tuple[float, float]], middles: list[float]
) -> list[str]:
    """The scale, and its lines behind the marks; they stop short of labels that stand above."""
    cut = pen.cut
    axis = Pen(cut=cut, colour=pen.colour, mark=pen.mark)
    reach = cut.small * 0.62
    stretches = [(middle - reach, middle + reach) for middle in middles]
    if cut.beside:
        stretches = [(cut.small * 1.5, middles[-1] + reach)]
    for value, x in marks:
        axis.rule("".join(f"M{number(x)} {number(a)}V{number(b)}" for a, b in stretches))
        words = written(chart, value)
        outer = value in (marks[0][0], marks[-1][0])
        shown = words if outer or chart.unit is not Unit.PERCENT else words.removesuffix("%")
        anchor = "middle"
        if not cut.beside and outer:
            anchor = "start" if value == marks[0][0] else "end"
        axis.text(x, cut.small, shown, small=True, fill=QUIET, anchor=anchor)
    return axis.parts


def _figures(chart: Chart, row: Row) -> tuple[str, str]:
    share = written(chart, row.values[0])
    return share, "" if row.against is None else f" / {written(chart, row.against)}"


def _figures_width(chart: Chart, pen: Pen) -> float:
    """Room at the right for the figures themselves."""
    shown = [_figures(chart, row) for row in chart.rows if not row.hidden]
    widest = max((text_width(a + b, pen.cut.small, bold=True) for a, b in shown), default=0)
    return widest + 22


def _row(
    chart: Chart, pen: Pen, row: Row, place: tuple[float, float, float, float]
) -> tuple[float, float]:
    """One row between its label and its figures; gives the top of the next and its middle back."""
    left, top, one, end = place
    cut = pen.cut
    indent = 12.0 if row.group and cut.beside else 0.0
    if cut.beside:
        lines = wrapped(row.label, cut.small, cut.labels - indent - 12)
        pen.lines(indent, top + cut.small, row.label, cut.labels - indent - 12, small=True)
        middle = top + cut.small * 0.65
        next_top = top + max(len(lines) * cut.small * 1.25, cut.small * 1.62)
    else:
        width = cut.width - text_width("100% / 100%", cut.small, bold=True)
        foot = pen.lines(0, top + cut.small, row.label, width, small=True)
        middle = foot + cut.small * 0.74
        next_top = middle + cut.small * 0.76
    if row.hidden:
        hidden_row(pen, row, left, middle - cut.small * 0.5, cut.small)
        return next_top, middle
    pen.rule(f"M{number(left)} {number(middle)}H{number(end)}", stroke=TRACK)
    _mark(pen, row, left, middle, one)
    share, against = _figures(chart, row)
    y = top + cut.small
    pen.text(
        cut.width - text_width(against, cut.small),
        y,
        share,
        small=True,
        bold=row.strong,
        anchor="end",
    )
    if against:
        pen.text(cut.width, y, against.strip(), small=True, fill=QUIET, anchor="end")
    return next_top, middle


def _mark(pen: Pen, row: Row, left: float, y: float, one: float) -> None:
    """Range, dot and diamond; three shapes, so that no colour is needed."""
    half = pen.cut.small * 0.45
    if row.low is not None and row.high is not None:
        low, high = left + row.low * one, left + row.high * one
        pen.add(
            "path",
            d=f"M{number(low)} {number(y)}H{number(high)}",
            stroke=pen.colour,
            stroke_width=half * 0.8,
            opacity="0.38",
        )
        ends = "".join(f"M{number(x)} {number(y - half)}v{number(2 * half)}" for x in (low, high))
        pen.rule(ends, stroke=pen.colour, width=2)
    if row.values[0] is not None:
        pen.add("circle", cx=left + row.values[0] * one, cy=y, r=half * 0.95, fill=pen.colour)
    if row.against is not None:
        x, reach = left + row.against * one, half * 1.12
        path = (
            f"M{number(x)} {number(y - reach)}l{number(reach)} {number(reach)}"
            f"-{number(reach)} {number(reach)}-{number(reach)}-{number(reach)}z"
        )
        pen.add("path", d=path, fill=WHITE, stroke=INK, stroke_width=2)
