"""What stands under “You said”: residents' own words, or what an officer wrote in their place.

A theme's title never does: it is what officers call it among themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from actionplans.feedback.models import Feedback, Theme
from actionplans.feedback.queries.threads import feedback_in
from involvement.calendars.words import count

LONGEST_QUOTE: Final = 320
"""A longer quotation would fill the page; what was written in short stands in its place."""
MOST_QUOTES: Final = 3
_LOOKED_THROUGH: Final = 50


def quotable(said: Iterable[Feedback]) -> list[str]:
    """What may be quoted and is short enough, in the order given, none twice."""
    words = [
        " ".join(each.words.split())
        for each in said
        if each.quote_permission and len(each.words) <= LONGEST_QUOTE
    ]
    return list(dict.fromkeys(words))[:MOST_QUOTES]


def quotes_in(theme: Theme) -> list[str]:
    """What may be quoted of a theme, the earliest first."""
    return quotable(feedback_in(theme).filter(quote_permission=True)[:_LOOKED_THROUGH])


def in_short(theme: Theme, said: Sequence[Feedback]) -> str:
    """The theme's summary as an officer wrote it, else how much was said and about what."""
    if theme.summary.strip():
        return theme.summary.strip()
    subject = theme.subject or next((each.subject for each in said if each.subject), None)
    about = f" about {subject}" if subject else ""
    what = count(len(said), "thing") if said else "What was said"
    return f"{what}{about}, in words we do not print."
