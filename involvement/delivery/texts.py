"""What a text message holds: in which letters it goes, in how many parts, and what that costs.

In plain letters (GSM-7) one text holds 160 characters, and several hold 153 each, since each then
says where it belongs; some characters take two places. One letter of another kind, such as a Welsh
circumflex, has the whole text go in UCS-2: 70 characters, or 67 in each part.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from involvement.auditing.refusals import Refusal
from involvement.calendars.words import count

PLAIN: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
DOUBLE: Final = frozenset("^{}\\[~]|€\f")
LONGEST: Final = 918
"""Six parts of plain letters; no network takes more, and GOV.UK Notify counts the same."""
MOST_PARTS: Final = math.ceil(LONGEST / 67)
# What typing programs put in for plain characters, and what nobody sees.
_TYPED: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("\t\u00a0\u2007\u202f", " "),
        **dict.fromkeys("\u200b\u200c\u2060\ufeff\u180e\u00ad", ""),
        **dict.fromkeys("\u2028\u2029", "\n"),
        "…": "...",
    }
)


class NothingToText(Refusal):
    """There is nothing in this text. Write what it is to say."""


class TextTooLong(Refusal):
    """This text is too long. Shorten it, or send it by e-mail or letter."""


@dataclass(frozen=True)
class Measure:
    """How much room words take as a text. `dear` are the letters that have it go in UCS-2."""

    places: int
    parts: int
    dear: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """As a page says it: “1 text”, “3 texts, because of ŵ and ŷ”."""
        because = f", because of {_and(self.dear[:5])}" if self.dear and self.parts > 1 else ""
        return f"{count(self.parts, 'text')}{because}"


def plain(words: str) -> str:
    """Words as they go: what typing programs put in for quotes, dashes and dots made plain, since
    one of them would double the price."""
    return words.replace("\r\n", "\n").translate(_TYPED)


def measure(words: str, *, before: str = "") -> Measure:
    """The room that words take. `before` is what the provider puts in front of each text."""
    whole = plain(f"{before}: {words}" if before else words)
    dear = tuple(dict.fromkeys(one for one in whole if one not in PLAIN | DOUBLE))
    if dear:
        places = len(whole.encode("utf-16-le")) // 2
        alone, each = 70, 67
    else:
        places = len(whole) + sum(one in DOUBLE for one in whole)
        alone, each = 160, 153
    parts = 1 if places <= alone else math.ceil(places / each)
    return Measure(places, parts, dear)


def check_fits(words: str, *, before: str = "") -> Measure:
    """The room that words take. Raises NothingToText, TextTooLong."""
    if not words.strip():
        raise NothingToText
    found = measure(words, before=before)
    if found.places > LONGEST:
        over = found.places - LONGEST
        raise TextTooLong(
            f"This text is {count(found.places, 'character')} long, and no more than {LONGEST} can "
            f"go. Shorten it by {over:,}, or send it by e-mail or letter."
        )
    return found


def cost(parts: int, pence: Decimal) -> Decimal:
    """What so many parts cost, in pence."""
    return parts * pence


def cost_words(parts: int, pence: Decimal) -> str:
    """What so many parts cost, as a page says it: “2.4p”, “£16.80”."""
    whole = cost(parts, pence)
    if whole < 100:
        return f"{whole.normalize():f}p"
    return f"£{whole / 100:,.2f}"


def _and(letters: tuple[str, ...]) -> str:
    *first, last = letters
    return f"{', '.join(first)} and {last}" if first else last
