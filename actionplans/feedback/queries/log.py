"""The log as a page: filtered, in an order, as quick with fifty thousand rows as with a hundred.

Pages are found by where the last one ended and not by counting, and counts stop at a thousand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from actionplans.feedback.models import Feedback, SaidWord, ThemeEntry
from actionplans.feedback.queries.orders import BACK, LATEST_FIRST, ON, Order
from actionplans.feedback.queries.threads import feedback_with_speakers

PAGE: Final = 30
MANY: Final = 100
COUNTED: Final = 1000
UNTHEMED: Final = "none"
MOST_WORDS: Final = 6


@dataclass(frozen=True)
class LogFilter:
    """What the log is narrowed to; "" and None narrow nothing. Keys are those of the rows meant.

    `theme` is a theme's key or UNTHEMED, for what is in no theme.
    """

    state: str = ""
    source_kind: str = ""
    subject: int | None = None
    place: int | None = None
    unit: int | None = None
    team: int | None = None
    theme: str = ""
    said_from: dt.date | None = None
    said_to: dt.date | None = None
    words: str = ""

    def condition(self, sought: Sequence[str]) -> Q:
        """The filter as one condition on feedback. `sought` are the words as `sought_words` gives
        them."""
        plain = {
            "state": self.state,
            "source_kind": self.source_kind,
            "subject": self.subject,
            "place": self.place,
            "unit": self.unit,
            "team": self.team,
            "said_on__gte": self.said_from,
            "said_on__lte": self.said_to,
        }
        condition = Q(**{name: value for name, value in plain.items() if value})
        if self.theme == UNTHEMED:
            condition &= Q(in_a_theme=False)
        elif self.theme:
            entries = ThemeEntry.objects.filter(feedback=OuterRef("pk"), theme=int(self.theme))
            condition &= Q(Exists(entries))
        return condition & _says(sought)


@dataclass(frozen=True)
class LogPage:
    """One page of the log. `following` and `preceding` are where the pages beside it begin, or "".

    `words_too_common` says that the words looked for stand in everything, and narrowed nothing.
    """

    rows: list[Feedback]
    count: int
    following: str = ""
    preceding: str = ""
    more_than_counted: bool = field(default=False)
    words_too_common: bool = field(default=False)


def _says(words: Sequence[str]) -> Q:
    """That all the words were said. Rows with a rare one are named, lest the planner begin with a
    common one."""
    condition = Q()
    for word in words:
        rows = SaidWord.objects.filter(word=word)
        latest = rows.order_by("-said_on", "-feedback").values_list("feedback", flat=True)
        keys = list(latest[: COUNTED + 1])
        if len(keys) > COUNTED:
            condition &= Q(Exists(rows.filter(feedback=OuterRef("pk"))))
        else:
            condition &= Q(pk__in=keys)
    return condition


def sought_words(words: str) -> list[str]:
    """What is looked for: the words' stems, without those that stand in everything."""
    if not words:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(to_tsvector('english', %s))", [words])
        found: list[str] = cursor.fetchone()[0]
    return found[:MOST_WORDS]


def log_rows(narrowed: LogFilter) -> QuerySet[Feedback]:
    """The filtered log, latest first, with speakers and themes."""
    return LATEST_FIRST.put(_shown(narrowed.condition(sought_words(narrowed.words))))


def _shown(condition: Q) -> QuerySet[Feedback]:
    entries = ThemeEntry.objects.select_related("theme").order_by("at", "pk")
    return (
        feedback_with_speakers()
        .filter(condition)
        .prefetch_related(Prefetch("theme_entries", queryset=entries))
    )


def log_page(
    narrowed: LogFilter, *, order: Order = LATEST_FIRST, cursor: str = "", many: bool = False
) -> LogPage:
    """One screenful, or `many` rows to go through at a desk.

    `cursor` is the `following` or `preceding` of another page in the same order; nonsense is the
    first.
    """
    way, place = order.read(cursor)
    size = MANY if many else PAGE
    sought = sought_words(narrowed.words)
    condition = narrowed.condition(sought)
    rows = _shown(condition)
    backwards = way == BACK
    if backwards and place:
        found = order.before(rows, place, size + 1)
    else:
        found = order.first(rows, place, size + 1)
    shown = found[-size:] if backwards else found[:size]
    more = len(found) > size
    count = capped_count(Feedback.objects.filter(condition))
    has_following = True if backwards else more
    has_preceding = more if backwards else place is not None
    return LogPage(
        rows=shown,
        count=min(count, COUNTED),
        more_than_counted=count > COUNTED,
        words_too_common=bool(narrowed.words) and not sought,
        following=order.cursor(ON, shown[-1]) if shown and has_following else "",
        preceding=order.cursor(BACK, shown[0]) if shown and has_preceding else "",
    )


def capped_count(rows: QuerySet[Any]) -> int:
    """How many rows there are, counted no further than one above COUNTED."""
    return rows.order_by()[: COUNTED + 1].count()


def open_count() -> int:
    """How many pieces of feedback wait for an answer, counted no further than COUNTED."""
    return min(capped_count(Feedback.objects.filter(state=Feedback.State.OPEN)), COUNTED)
