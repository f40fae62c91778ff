"""Officers' prose: Markdown without HTML, then an allow-list, so nothing can run."""

from functools import cache

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

from involvement.rendering.text import html_to_text

TAGS = {
    "p", "br", "hr", "strong", "em", "ul", "ol", "li", "blockquote", "a", "h2", "h3", "h4",
    "table", "thead", "tbody", "tr", "th", "td", "code", "pre",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"https", "http", "mailto", "tel"}


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")


def render_markdown(text: str) -> SafeString:
    """Markdown as HTML that is safe in a page: no scripts, pictures, styles or raw HTML.

    A heading of the first level becomes one of the second, since the page has its own.
    """
    html = _parser().render(text)
    html = html.replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES)
    return SafeString(clean)


def plain(text: str) -> str:
    """Markdown as plain words, for e-mails, texts and previews."""
    return html_to_text(render_markdown(text))
