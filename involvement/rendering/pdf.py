"""HTML to tagged PDF (PDF/UA-1), with nothing loaded from elsewhere.

Two stages, so that each can be timed: `render_stage` is WeasyPrint alone, `tagging.repair` puts
right what it leaves undone. The same HTML, title and moment give the same bytes.
"""

import datetime as dt
import os
import re
from typing import Any

from involvement.rendering.assets import asset_fetcher

# Where the system lacks libharfbuzz-subset0, WeasyPrint subsets fonts with fontTools, which writes
# the time of doing so into the font unless this names one.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

MOST_CHARACTERS = 8_000_000
MOST_LEVELS = 64

# Elements that HTML lets a writer leave open would be counted wrongly, so only these count.
_NESTING = re.compile(
    r"<(/?)(?:div|section|article|aside|blockquote|figure|ul|ol|dl|table|span|b|i|em|strong|a|g"
    r"|main|header|footer|nav|fieldset|details)\b[^<>]*?(/?)>",
    re.IGNORECASE,
)


class DocumentTooDeep(ValueError):
    """The document has parts inside parts more than 64 deep. Take some of the nesting out."""


class DocumentTooLong(ValueError):
    """The document is too long to be one PDF. Split it into parts and make each by itself."""


def pdf_options() -> dict[str, Any]:
    """The options every PDF is written with, for `HTML.write_pdf` and the bench beside it."""
    return {"pdf_variant": "pdf/ua-1", "pdf_forms": False, "custom_metadata": False}


def render_pdf(
    html: str,
    *,
    title: str,
    lang: str = "en-GB",
    base: str | None = None,
    moment: dt.datetime | None = None,
) -> bytes:
    """A PDF/UA-1 file of `html`, titled and in the language given.

    `base` is the address that relative links lead from; nothing is ever loaded from it.
    `moment` is printed in the file as its date; without it the file carries none. Raises
    `DocumentTooDeep` or `DocumentTooLong`, whose docstrings are what the reader is told.
    """
    from involvement.rendering.tagging import repair  # noqa: PLC0415 - brings pikepdf with it

    return repair(render_stage(html, title=title, lang=lang, base=base, moment=moment))


def render_stage(
    html: str,
    *,
    title: str,
    lang: str = "en-GB",
    base: str | None = None,
    moment: dt.datetime | None = None,
) -> bytes:
    """The first stage alone: WeasyPrint's PDF, before the repairs. Raises as `render_pdf`."""
    check_size(html)
    from weasyprint import HTML

    options = pdf_options()
    try:
        source = HTML(string=html, base_url=base, url_fetcher=asset_fetcher())
        document = source.render(**options)
        document.metadata.title = title
        document.metadata.lang = lang
        document.metadata.generator = None
        document.metadata.created = document.metadata.modified = _w3c(moment)
        written = document.write_pdf(**options)
    except RecursionError as too_deep:
        raise DocumentTooDeep(DocumentTooDeep.__doc__) from too_deep
    if not isinstance(written, bytes):
        raise TypeError("WeasyPrint gave no bytes back")
    return written


def check_size(html: str) -> None:
    """Refuse what would take the maker minutes: raises `DocumentTooDeep` or `DocumentTooLong`."""
    if len(html) > MOST_CHARACTERS:
        raise DocumentTooLong(DocumentTooLong.__doc__)
    level = 0
    for tag in _NESTING.finditer(html):
        closes, closes_itself = tag.groups()
        if closes_itself:
            continue
        level = max(level - 1, 0) if closes else level + 1
        if level > MOST_LEVELS:
            raise DocumentTooDeep(DocumentTooDeep.__doc__)


def _w3c(moment: dt.datetime | None) -> str | None:
    """The moment as metadata writes it, in UTC to the second."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError("A document's moment needs its time zone")
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
