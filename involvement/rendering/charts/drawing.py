"""From a chart to its SVG: titles, patterns and the drawing of its kind."""

import hashlib
from html import escape

from django.utils.safestring import SafeString

from involvement.rendering.charts.bars import draw_bars, draw_grouped, draw_shares
from involvement.rendering.charts.data import Chart, Kind
from involvement.rendering.charts.dots import draw_dots
from involvement.rendering.charts.ink import BRAND, CUTS, FACE, THREAD_BAR, Pen, mark_colour, number
from involvement.rendering.charts.lines import draw_line
from involvement.rendering.charts.words import chart_description

DRAW = {
    Kind.BARS: draw_bars,
    Kind.GROUPED: draw_grouped,
    Kind.SHARES: draw_shares,
    Kind.LINE: draw_line,
    Kind.DOTS: draw_dots,
}


def chart_svg(
    chart: Chart, cut: str = "wide", *, colour: str = BRAND, mark: str = ""
) -> SafeString:
    """The chart as inline SVG, with `<title>` (the finding) and `<desc>` (every figure).

    `cut` is "wide", "narrow", "paper" or "large"; `colour` the landlord's, replaced by ink where
    white letters could not be read on it. Ids begin with `mark`, or with a name made from the
    chart itself; give one where the same chart stands twice on a page. Raises KeyError for an
    unknown cut and ValueError for a colour not written #RRGGBB.
    """
    size = CUTS[cut]
    mark = mark or "c" + hashlib.sha256(f"{cut}{chart!r}".encode()).hexdigest()[:8]
    shown = THREAD_BAR if chart.thread else mark_colour(colour)
    pen = Pen(cut=size, colour=shown, mark=mark)
    height = DRAW[chart.kind](chart, pen)
    title, description = chart.title, chart_description(chart)
    if cut in ("paper", "large"):
        # A PDF keeps only the title as the figure's words, so they go there in full.
        title = f"{title.rstrip('.')}. {description}"
    box = f'viewBox="0 0 {number(size.width)} {number(height)}"'
    # Every word and attribute is escaped here or by the pen.
    return SafeString(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart chart-{cut}" {box} '
        f'width="{number(size.width)}" height="{number(height)}" font-family="{FACE}" '
        f'role="img" aria-labelledby="{mark}-t {mark}-d">'
        f'<title id="{mark}-t">{escape(title, quote=False)}</title>'
        f'<desc id="{mark}-d">{escape(description, quote=False)}</desc>'
        f"{pen.definitions()}{''.join(pen.parts)}</svg>"
    )
