"""Template tags that draw charts and read officers' prose."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from involvement.rendering.charts import Chart, chart_svg, chart_table
from involvement.rendering.charts.ink import BRAND
from involvement.rendering.markdown import render_markdown

register = template.Library()


@register.simple_tag(takes_context=True)
def draw(context: dict[str, Any], chart: Chart, cut: str = "") -> SafeString:
    """The chart's drawing in the cut given, or the document's, in the document's colour."""
    frame = context.get("frame")
    colour = frame.brand.colour if frame else context.get("chart_colour", BRAND)
    return chart_svg(chart, cut or context.get("cut", "wide"), colour=colour)


@register.simple_tag
def figures_table(chart: Chart, caption: str = "The same figures as a table") -> SafeString:
    """The chart's figures as a table."""
    return chart_table(chart, caption)


@register.filter
def percent(share: float | None) -> str:
    """A share from 0 to 1 in whole per cent: "6%", "under 1%"; nothing for None."""
    if share is None:
        return ""
    return "under 1%" if 0 < share < 0.005 else f"{100 * share:.0f}%"


@register.filter
def prose(words: str) -> SafeString:
    """Officers' Markdown as safe HTML."""
    return render_markdown(words)
