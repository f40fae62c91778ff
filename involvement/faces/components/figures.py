"""Figures that answer: key figures with their codes, and the frame of a chart."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from involvement.faces.components.draw import draw

register = template.Library()


@register.simple_tag
def figure(
    number: str, words: str, code: str = "", url: str = "", compared: str = ""
) -> SafeString:
    """A key figure, inside `<div class="figures">`: the number, its code, what is counted, compared with what."""
    return draw("figure", number=number, words=words, code=code, url=url, compared=compared)


@register.simple_block_tag
def chart_figure(
    content: str, finding: str, *, what: str = "", source: str = "", code: str = "", url: str = ""
) -> SafeString:
    """The frame of a chart: the finding is its title, under it what is measured, of whom, when.

    The content is the drawing (wide and narrow) and a `{% data_table %}`; `source` ends with a date.
    """
    return draw(
        "chart_figure",
        content=content,
        finding=finding,
        what=what,
        source=source,
        code=code,
        url=url,
    )


@register.simple_block_tag
def data_table(content: str, words: str = "The same figures as a table") -> SafeString:
    """The table of a chart's figures, one press away."""
    return draw("data_table", content=content, words=words)
