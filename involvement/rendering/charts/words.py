"""A chart's figures in words and as a table, for those who do not look at the drawing."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from involvement.rendering.charts.data import Chart, Kind, Row

NOTHING = "not counted"


def written(chart: Chart, value: float | None) -> str:
    """One figure as the drawing, the description and the table all write it."""
    return NOTHING if value is None else chart.unit.write(value)


def range_words(chart: Chart, row: Row) -> str:
    """A row's 95 % range, "4 to 9%"; empty where it has none."""
    if row.low is None or row.high is None:
        return ""
    low, high = written(chart, row.low), written(chart, row.high)
    return f"{low.removesuffix('%')} to {high}"


def cells(chart: Chart, row: Row) -> list[str]:
    """The cells of a row after its label, in the order of `headings`."""
    values = [row.hidden] * len(chart.series)
    if not row.hidden:
        values = [written(chart, value) for value in row.values]
    if has_rest(chart):
        values.append("" if row.rest is None else written(chart, row.rest))
    if chart.kind is Kind.DOTS:
        values.append("" if row.hidden else range_words(chart, row))
    if chart.against:
        shown = row.against is not None and not row.hidden
        values.append(written(chart, row.against) if shown else "")
    return values


def headings(chart: Chart) -> list[str]:
    """The heads of the table's columns after the first."""
    names = [name[:1].upper() + name[1:] for name in chart.series]
    if has_rest(chart):
        names.append("Not yet")
    if chart.kind is Kind.DOTS:
        names.append("95% range")
    if chart.against:
        names.append(chart.against[:1].upper() + chart.against[1:])
    return names


def has_rest(chart: Chart) -> bool:
    """Some bar shows what is still to do."""
    return any(row.rest is not None for row in chart.rows)


def row_words(row: Row) -> str:
    """A row's label with what it is out of."""
    return f"{row.label}, {row.note}" if row.note else row.label


def chart_description(chart: Chart) -> str:
    """Every figure of the chart in one plain sentence a row, as a screen reader says it."""
    names = headings(chart)
    sentences = []
    for row in chart.rows:
        if row.hidden:
            sentences.append(f"{row_words(row)}: {row.hidden}.")
            continue
        pairs = zip(names, cells(chart, row), strict=True)
        said = ", ".join(f"{name.lower()} {cell}" for name, cell in pairs if cell)
        sentences.append(f"{row_words(row)}: {said}.")
    return f"{chart.what.rstrip('.')}. {' '.join(sentences)}"


SAME_FIGURES = "The same figures as a table"


def chart_table(chart: Chart, caption: str = SAME_FIGURES) -> SafeString:
    """The chart's figures as an HTML table with a caption and headed rows and columns."""
    heads = format_html_join(
        "", '<th scope="col" class="r">{}</th>', ((h,) for h in headings(chart))
    )
    body = SafeString("")
    for row in chart.rows:
        label = f"{row.group}: {row_words(row)}" if row.group else row_words(row)
        figures = format_html_join("", '<td class="r">{}</td>', ((c,) for c in cells(chart, row)))
        body += format_html('<tr><th scope="row">{}</th>{}</tr>', label, figures)
    return format_html(
        '<table class="chart-table"><caption{}>{}</caption><thead><tr><th scope="col">{}</th>{}'
        "</tr></thead><tbody>{}</tbody></table>",
        # Where the drawing is not there, they are not the same as anything
        SafeString(' class="for-eyes"' if caption == SAME_FIGURES else ""),
        caption,
        chart.rows_name,
        heads,
        body,
    )
