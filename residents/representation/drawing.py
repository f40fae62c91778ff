"""A comparison as a chart, a table of cells, and a PDF."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Final

from involvement.calendars.words import say_date
from involvement.importing.writers import write_csv
from involvement.landlords.models import Landlord
from involvement.rendering.charts import Chart, Kind, Row, Unit
from involvement.rendering.documents import Brand, Cut, Frame, document_html
from involvement.rendering.pdf import render_pdf
from residents.representation.comparing import NOT_SHOWN, Comparison, Line, Window, percent

HEADINGS: Final = (
    "Characteristic",
    "Group",
    "Took part",
    "Share of those who took part",
    "From",
    "To",
    "Share of residents",
    "Index",
    "Index from",
    "Index to",
    "More than chance",
)


def chart_of(comparison: Comparison, *, title: str) -> Chart:
    """A dot and its range a category, a diamond for who lives here; what is hidden says so."""
    return Chart(
        kind=Kind.DOTS,
        title=title,
        what=what_words(comparison),
        source=source_words(comparison),
        rows=tuple(_row(line) for line in comparison.lines),
        series=("took part",),
        unit=Unit.PERCENT,
        rows_name=comparison.cut.name,
        against="live here",
    )


def _row(line: Line) -> Row:
    if line.share is None:
        return Row(line.words, (), hidden=NOT_SHOWN)
    return Row(
        line.words,
        (round(100 * line.share.value),),
        low=round(100 * line.share.low, 1),
        high=round(100 * line.share.high, 1),
        against=None if line.lives_share is None else round(100 * line.lives_share),
        strong=line.flagged,
    )


def what_words(comparison: Comparison) -> str:
    """What is measured, of whom and when."""
    many = "" if comparison.cut.adds_up else " Somebody may be in several groups."
    return (
        f"Share of people in each group who took part {comparison.window.words} to "
        f"{say_date(comparison.cut.until_on)}, with the range the true share very likely lies in "
        f"(95%), beside the share of those who live here. n = {comparison.base}.{many}"
    )


def source_words(comparison: Comparison) -> str:
    """Where both sides come from, and how well they are known."""
    known = comparison.coverage
    words = "Rounded to five; groups too small to show are left out of shares."
    if comparison.totals_source:
        words = f"Who lives here: {comparison.totals_source}. {words}"
    if known is not None:
        words = f"Known of {known}% of those who took part. {words}"
    return words


def csv_of(comparisons: Sequence[Comparison]) -> bytes:
    """The tables as printed: what is hidden is hidden here, too."""
    out = io.BytesIO()
    rows = [_cells(one, line) for one in comparisons for line in (*one.lines, *one.others)]
    write_csv(out, HEADINGS, rows, for_excel=True)
    return out.getvalue()


def _cells(comparison: Comparison, line: Line) -> list[str]:
    share, index = line.share, line.index
    return [
        comparison.cut.name,
        line.words,
        "not shown" if line.took is None else str(line.took),
        percent(share.value) if share else "",
        percent(share.low) if share else "",
        percent(share.high) if share else "",
        percent(line.lives_share),
        f"{index.value:.2f}" if index else "",
        f"{index.low:.2f}" if index else "",
        f"{index.high:.2f}" if index else "",
        "yes" if line.flagged else "no",
    ]


def pdf_of(
    comparisons: Sequence[Comparison],
    *,
    sentence: str,
    landlord: Landlord,
    window: Window,
    at: dt.datetime,
) -> bytes:
    """The page as a tagged PDF."""
    until = max(one.cut.until_on for one in comparisons)
    title = "Who takes part, compared with who lives here"
    frame = Frame(
        title=title,
        brand=Brand(landlord.name, landlord.brand_colour),
        reference=title,
        version=1,
        dated=f"as at {say_date(until)}",
        period=f"{window.words[3:].capitalize()} to {say_date(until)}",
        opening=sentence,
        person=landlord.contact_name,
        telephone=landlord.contact_phone,
        hours=landlord.contact_hours,
        demonstration="Demonstration: people and figures are invented." if landlord.is_demo else "",
    )
    context = {
        "shown": [(one, chart_of(one, title=one.cut.name)) for one in comparisons],
        "sentence": sentence,
    }
    html = document_html(
        "residents/representation/document.html", context, frame=frame, cut=Cut.PAPER
    )
    return render_pdf(html, title=title, moment=at)
