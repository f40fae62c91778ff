"""Bars: amounts from zero, amounts side by side, and shares of a whole."""

from involvement.rendering.charts.data import Chart, Row
from involvement.rendering.charts.ink import INK, INK_2, QUIET, THREAD, WHITE, Pen, text_width
from involvement.rendering.charts.words import written

GAP = 9.0
"""Between a mark and the words after it."""
SHARE_OF_WORDS = 0.5
"""Words after a bar that would take more of the line than this go under it."""


def begin_row(pen: Pen, row: Row, top: float) -> tuple[float, float, float]:
    """Write a row's label; gives the left and top of its marks and the foot of its label."""
    cut = pen.cut
    width = cut.labels - 2 * GAP if cut.beside else cut.width
    foot = pen.lines(0, top + cut.size, row.label, width, bold=True)
    if row.note:
        foot = pen.lines(0, foot + cut.small * 1.3, row.note, width, small=True, fill=QUIET)
    below = foot + cut.small * 0.35
    return (cut.labels, top, below) if cut.beside else (0, below + 3, below)


def hidden_row(pen: Pen, row: Row, left: float, top: float, height: float) -> float:
    """A row whose figures may not be shown: a hatched swatch and why."""
    pen.box(left, top, 2 * height, height, 1)
    pen.text(
        left + 2 * height + GAP, top + height * 0.5 + pen.cut.small * 0.36, row.hidden, small=True
    )
    return top + height


def _after(chart: Chart, row: Row) -> str:
    """The words that follow a bar."""
    if row.rest is None:
        return written(chart, row.values[0])
    return row.rest_words or f"{written(chart, row.rest)} not yet"


def _scale(rows: list[tuple[float, str]], room: float, small: float) -> float:
    """Length of one, so that every bar and the words after it fit into the room."""
    fits = []
    for amount, words in rows:
        taken = text_width(words, small, bold=True) + GAP + 1  # a hair, since figures are rounded
        if amount > 0:
            left = room - taken if taken <= room * SHARE_OF_WORDS else room
            fits.append(left / amount)
    return min(fits, default=0.0)


def draw_bars(chart: Chart, pen: Pen) -> float:
    """One bar a row, from zero; what is still to do follows it dashed. Gives the height back."""
    cut = pen.cut
    tall = cut.size * 1.6
    room = cut.width - cut.labels
    amounts = [
        ((row.values[0] or 0) + (row.rest or 0), _after(chart, row))
        for row in chart.rows
        if not row.hidden
    ]
    one = _scale(amounts, room, cut.small)
    top = 0.0
    for row in chart.rows:
        left, mark_top, label_foot = begin_row(pen, row, top)
        if row.hidden:
            foot = hidden_row(pen, row, left, mark_top, tall)
        else:
            foot = _bar(chart, pen, row, (left, mark_top, one, tall))
        top = max(foot, label_foot) + cut.size * 0.9
    return top - cut.size * 0.9 + 2


def _bar(chart: Chart, pen: Pen, row: Row, place: tuple[float, float, float, float]) -> float:
    left, top, one, tall = place
    cut = pen.cut
    value = row.values[0] or 0
    length = value * one
    end = left + length
    if length > 0:
        pen.box(left, top, length, tall, 0)
    middle = top + tall / 2 + cut.size * 0.35
    if row.rest is not None:
        inside = written(chart, row.values[0])
        if text_width(inside, cut.size, bold=True) + 2 * GAP <= length:
            pen.text(left + GAP, middle, inside, bold=True, fill=WHITE)
            words = _after(chart, row)
        else:
            words = f"{inside} {chart.series[0]}, {_after(chart, row)}"
        if row.rest > 0:
            stroke = THREAD if chart.thread else INK_2
            pen.add(
                "rect",
                x=end + 0.8,
                y=top + 0.8,
                width=max(row.rest * one - 1.6, 0.5),
                height=tall - 1.6,
                fill=WHITE,
                stroke=stroke,
                stroke_width=1.6,
                stroke_dasharray="4 3",
            )
        return _words_after(pen, words, end + row.rest * one, (left, top, tall))
    return _words_after(pen, written(chart, row.values[0]), end, (left, top, tall), bold=True)


def _words_after(
    pen: Pen, words: str, end: float, place: tuple[float, float, float], *, bold: bool = False
) -> float:
    """Words behind a bar, or under it where they do not fit."""
    left, top, tall = place
    cut = pen.cut
    width = text_width(words, cut.small, bold=bold)
    if end + GAP + width <= cut.width:
        pen.text(end + GAP, top + tall / 2 + cut.small * 0.36, words, small=True, bold=bold)
        return top + tall
    return pen.lines(left, top + tall + cut.small * 1.2, words, cut.width - left, small=True)


def draw_grouped(chart: Chart, pen: Pen) -> float:
    """Several bars a row, each with its figure and name behind it. Gives the height back."""
    cut = pen.cut
    tall = cut.small * 1.45
    room = cut.width - cut.labels
    amounts = [
        (value or 0, f"{written(chart, value)} {name}")
        for row in chart.rows
        if not row.hidden
        for value, name in zip(row.values, chart.series, strict=True)
    ]
    one = _scale(amounts, room, cut.small * 1.03)
    top = 0.0
    for row in chart.rows:
        left, foot, label_foot = begin_row(pen, row, top)
        if row.hidden:
            foot = hidden_row(pen, row, left, foot, tall)
        for place, (value, name) in enumerate(zip(row.values, chart.series, strict=False)):
            if row.hidden:
                break
            if value:
                pen.box(left, foot, value * one, tall, place)
            words = f"{written(chart, value)} {name}"
            foot = _words_after(pen, words, left + (value or 0) * one, (left, foot, tall)) + 3
        top = max(foot, label_foot) + cut.size * 0.8
    return top - cut.size * 0.8 + 2


def draw_shares(chart: Chart, pen: Pen) -> float:
    """One bar of a hundred a row, divided. Gives the height back."""
    cut = pen.cut
    tall = cut.size * 1.9
    top = _key(chart, pen)
    for row in chart.rows:
        left, mark_top, label_foot = begin_row(pen, row, top)
        if row.hidden:
            foot = hidden_row(pen, row, left, mark_top, tall)
        else:
            foot = _divided(chart, pen, row, (left, mark_top, tall))
        top = max(foot, label_foot) + cut.size * 0.9
    return top - cut.size * 0.9 + 2


def _divided(chart: Chart, pen: Pen, row: Row, place: tuple[float, float, float]) -> float:
    left, top, tall = place
    cut = pen.cut
    values = [value or 0 for value in row.values]
    one = (cut.width - left) / (sum(values) or 1)
    too_small = []
    x = left
    for series, (value, name) in enumerate(zip(values, chart.series, strict=True)):
        words = written(chart, value)
        width = text_width(words, cut.small, bold=True)
        if value > 0:
            pen.box(x, top, max(value * one - 2, 0.5), tall, series)
        if width + GAP <= value * one:
            _on_mark(pen, x + 6, top + tall / 2 + cut.small * 0.36, words, series)
        else:
            too_small.append(f"{name} {words}")
        x += value * one
    if not too_small:
        return top + tall
    said = ", ".join(too_small)
    return pen.lines(left, top + tall + cut.small * 1.2, said, cut.width - left, small=True)


def _on_mark(pen: Pen, x: float, y: float, words: str, series: int) -> None:
    """A figure on its mark: white on a solid one, ink on a white patch where it is patterned."""
    fill, stroke = pen.fill(series)
    if fill.startswith("url"):
        width = text_width(words, pen.cut.small, bold=True)
        pen.add(
            "rect",
            x=x - 2,
            y=y - pen.cut.small * 0.95,
            width=width + 4,
            height=pen.cut.small * 1.25,
            rx=3,
            fill=WHITE,
        )
    pen.text(x, y, words, small=True, bold=True, fill=INK if stroke else WHITE)


def _key(chart: Chart, pen: Pen) -> float:
    """Which fill is which, in one line or more; gives the top of the first row back."""
    cut = pen.cut
    x, y = 0.0, 0.0
    for series, name in enumerate(chart.series):
        width = cut.small * 1.9 + text_width(name, cut.small) + 18
        if x > 0 and x + width > cut.width:
            x, y = 0.0, y + cut.small * 1.6
        pen.box(x, y, cut.small * 1.4, cut.small * 1.1, series)
        pen.text(x + cut.small * 1.9, y + cut.small * 0.92, name, small=True)
        x += width
    return y + cut.small * 2.2
