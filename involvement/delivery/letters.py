"""Letters as one PDF to print: A4, the address where the window of the envelope is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from involvement.delivery.models import Message
from involvement.faces.words import short_day
from involvement.landlords.models import Landlord
from involvement.rendering.braille import html_to_braille
from involvement.rendering.documents import Brand, Frame, document_html
from involvement.rendering.text import html_to_text

MOST_LETTERS: Final = 100
"""As many as are made while somebody waits for the page."""
TEMPLATE: Final = "documents/letters.html"
LETTER_FORMS: Final = {
    "pdf": ("pdf", "application/pdf"),
    "txt": ("txt", "text/plain; charset=utf-8"),
    "brf": ("brf", "application/x-brf"),
}
"""The forms of one letter: the ending of its file and what it is."""


@dataclass(frozen=True)
class Letter:
    """One letter as it is set. `large` is 18 point, for those who asked."""

    name: str
    address: list[str]
    subject: str
    paragraphs: list[list[str]]
    large: bool


def letter_of(message: Message) -> Letter:
    """A waiting message as a letter; empty lines part its paragraphs."""
    address = [line.strip() for line in re.split(r"[\n,]", message.to_address) if line.strip()]
    body = message.whole_body
    paragraphs = [part.strip().splitlines() for part in re.split(r"\n\s*\n", body) if part.strip()]
    return Letter(message.to_name, address, message.subject, paragraphs, message.large_print)


def letters_html(messages: Sequence[Message], *, landlord: Landlord, on: dt.date) -> str:
    """The letters as one document that stands by itself."""
    dated = short_day(on)
    frame = Frame(
        title=f"Letters of {dated}",
        brand=Brand(landlord.name, landlord.brand_colour),
        reference="Letters",
        version=1,
        dated=dated,
    )
    context = {
        "letters": [letter_of(message) for message in messages],
        "landlord": landlord,
        "sender": _sender(landlord),
        "dated": dated,
    }
    return document_html(TEMPLATE, context, frame=frame)


def letters_pdf(messages: Sequence[Message], *, landlord: Landlord, on: dt.date) -> bytes:
    """The letters as one tagged PDF, each beginning on a page of its own."""
    from involvement.rendering.pdf import render_pdf  # noqa: PLC0415 -- slow, and seldom needed

    html = letters_html(messages, landlord=landlord, on=on)
    return render_pdf(html, title=f"Letters of {short_day(on)}")


def letter_file(message: Message, form: str, *, landlord: Landlord, on: dt.date) -> bytes:
    """One letter as a PDF in its own size, as a script to be read aloud, or as Braille (BRF).

    `form` is a name of LETTER_FORMS. Raises `rendering.braille.NotAvailable`.
    """
    if form == "pdf":
        return letters_pdf([message], landlord=landlord, on=on)
    html = letters_html([message], landlord=landlord, on=on)
    if form == "brf":
        return html_to_braille(html).encode("ascii", "replace")
    return html_to_text(html).encode("utf-8-sig")


def _sender(landlord: Landlord) -> list[str]:
    """The lines of the landlord's address, without its name, which stands above them."""
    lines = [line.strip() for line in landlord.contact_address.splitlines() if line.strip()]
    begins_with_name = lines[:1] and lines[0].casefold() == landlord.name.strip().casefold()
    return lines[1:] if begins_with_name else lines
