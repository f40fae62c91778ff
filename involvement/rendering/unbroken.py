"""Times, days and telephone numbers of a document stay on one line."""

import re
from collections.abc import Iterator
from typing import Final

from involvement.calendars.words import MONTHS

HARD_SPACE: Final = "\N{NO-BREAK SPACE}"
_HOUR = r"\d{1,2}(?:[.:]\d{2})?"
_TIMES = rf"(?:{_HOUR}(?: ?[ap]m)?(?: to | until | ?[–-] ?))?{_HOUR} ?[ap]m"
_DAY = rf"\d{{1,2}} (?:{'|'.join(f'{month}|{month[:3]}' for month in MONTHS)})(?: \d{{4}})?"
_TELEPHONE = r"(?:\+\d{2}|\(?0\d)[\d ()]{6,13}\d"
_KEPT: Final = re.compile(rf"(?<![\w£.,])(?:{_TELEPHONE}|{_TIMES}|{_DAY})(?!\w)")
_TAG: Final = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
_NAME: Final = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
# Drawings measure their words, and the cells of a table may be narrower than a day
_LEFT_ALONE: Final = {"head", "style", "script", "svg", "table"}


def unbroken(html: str) -> str:
    """The same words, with spaces inside each of them that no line ends at.

    Hard spaces and no style of their own: WeasyPrint 70 ends a line too early before an element
    that may not be wrapped.
    """
    return "".join(_pieces(html))


def _pieces(html: str) -> Iterator[str]:
    inside = 0
    for place, piece in enumerate(_TAG.split(html)):
        is_tag = place % 2 == 1
        if is_tag and (tag := _NAME.match(piece)) and tag[2].lower() in _LEFT_ALONE:
            inside += -1 if tag[1] else 1
        yield piece if is_tag or inside else _KEPT.sub(_held_together, piece)


def _held_together(found: re.Match[str]) -> str:
    return found[0].replace(" ", HARD_SPACE)
