"""Frames the words of a document: the landlord's colour, cover, running foot and cut.

A document is a template that extends `layouts/document.html` and stands by itself: its HTML
carries or names as static files all it needs, and becomes PDF (`pdf`), plain words (`text`) or
Braille without another request.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.template.loader import render_to_string

from involvement.rendering.charts.ink import (
    BRAND,
    QUIET,
    TEXT_CONTRAST,
    contrast,
    luminance,
    mark_colour,
)
from involvement.rendering.unbroken import unbroken

STONE = "#F3EEE5"
SHORT_TITLE = 30
LONG_TITLE = 64
SHORT_OPENING = 150
LONGEST_OPENING = 320
"""More letters than this have no room on the cover, the large print's above all."""
_PICTURE = re.compile(r"data:image/(?:png|jpeg|svg\+xml)[;,]")


class Cut(StrEnum):
    """The size a document is set in; also the cut its charts are drawn in."""

    PAPER = "paper"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Brand:
    """Whose document it is. Raises ValueError for a colour not written #RRGGBB or a far logo."""

    name: str
    colour: str = BRAND
    logo: str = ""
    """The logo as a `data:` picture, so that a document loads nothing."""

    def __post_init__(self) -> None:
        luminance(self.colour)
        if self.logo and not _PICTURE.match(self.logo):
            raise ValueError("A document's logo is carried in it, as a data: picture")

    @property
    def panel(self) -> str:
        """The colour behind white words: the landlord's, or ink where it is too light."""
        return mark_colour(self.colour)

    @property
    def tint(self) -> str:
        """The colour at a tenth in white; always light enough for quiet words."""
        channels = (int(self.colour[place : place + 2], 16) for place in (1, 3, 5))
        tint = "#" + "".join(f"{round(255 - (255 - channel) * 0.1):02X}" for channel in channels)
        return tint if contrast(tint, QUIET) >= TEXT_CONTRAST else STONE


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a document's words."""

    title: str
    brand: Brand
    reference: str
    """What the foot calls it: "Report PHP 2026/27-Q2"."""
    version: int | None
    """None for what is printed as it stands."""
    dated: str
    """Where it stands: "signed 12 November 2026" or "draft, not signed"."""
    period: str = ""
    opening: str = ""
    """The one sentence that says what is so; on the cover."""
    person: str = ""
    telephone: str = ""
    hours: str = ""
    demonstration: str = ""
    """Printed on the cover of documents whose people and figures are invented."""
    lang: str = "en-GB"
    direction: str = "ltr"

    @property
    def title_length(self) -> str:
        """Which smaller letters the title needs to fit the cover: none, "long" or "longer"."""
        if len(self.title) <= SHORT_TITLE:
            return ""
        return "long" if len(self.title) <= LONG_TITLE else "longer"

    @property
    def opening_is_long(self) -> bool:
        """Whether the opening needs more of the cover than the landlord's panel leaves it."""
        return len(self.opening) > SHORT_OPENING

    @property
    def foot(self) -> str:
        """The left foot of every page but the cover."""
        version = f"version {self.version}, " if self.version is not None else ""
        return f"{self.reference}, {version}{self.dated}"


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure that stands by itself, with the code that opens its evidence."""

    number: str
    code: str
    counts: str
    """What is counted: "different people took part"."""
    beside: str = ""
    """What it is compared with: "187 the quarter before"."""


class Answer(StrEnum):
    """What became of something said; "no" has the same place and type as "yes"."""

    DID = "did"
    WILL = "will"
    NOT = "not"
    WAITING = "waiting"

    @property
    def heading(self) -> str:
        """The heading over the answer."""
        return {
            "did": "We did",
            "will": "Agreed, still to do",
            "not": "We did not, because",
            "waiting": "Still to decide",
        }[self]


@dataclass(frozen=True, slots=True)
class Pair:
    """Something said, and what was done about it."""

    said: str
    by: str
    """How many and where: "14 people, repairs cards and calls, June"."""
    answer: Answer
    did: str
    note: str = ""
    """Who decided and when, in the second voice."""
    verdict: str = ""
    """The answer to "Did it happen?"."""
    held: bool = False
    """Those who said it mostly say that it did."""
    also: str = ""
    """A second paragraph of the answer: what stands beside a reason, why only a part."""
    heading: str = ""
    """The heading over the answer, where it is not the usual one."""
    label: str = "You said"
    quoted: bool = True
    """`said` is in their own words, and gets quotation marks."""
    more: tuple[str, ...] = ()
    """More of their own words."""
    code: str = ""
    evidence: tuple[str, ...] = ()
    """What shows that it was done, a line each."""


def document_html(
    template: str, context: dict[str, Any], *, frame: Frame, cut: Cut = Cut.PAPER
) -> str:
    """A document's whole HTML in one cut; the template extends `layouts/document.html`."""
    return unbroken(render_to_string(template, {**context, "frame": frame, "cut": cut.value}))
