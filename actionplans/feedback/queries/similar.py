"""What may belong together, with the reason. A person decides; nothing is grouped by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from actionplans.feedback.models import Feedback, Theme
from actionplans.feedback.queries.threads import feedback_with_speakers, open_themes
from involvement.landlords.models import Place, Subject

LOOKED_AT: Final = 300
SHOWN: Final = 8
_LEAST_LETTERS: Final = 4
# Two words in common, or a subject and something more.
_LEAST: Final = 3
# Words too common to say that two people speak of one thing.
_COMMON: Final = frozenset(
    re.findall(
        r"\w+",
        """about after again all also always and any anybody anyone because been before being both but
    came cannot come could days did didn does doesn doing done don each even ever every everybody
    for from get getting give going gone good had has have having her here him his how into its just
    know last like long made make many more most much must need needs never nobody not nothing now
    one only other our out over own people please really said same say says see she should since some
    somebody something still such take tell than that the their them then there these they thing
    things think this those time times told too two under until upon very want wants was way week
    weeks well were what when where which while who why will with without work would year years you
    your""",
    )
)


@dataclass(frozen=True)
class Likeness:
    """A row that may belong, and why, in words: “same subject, says “lift” too”."""

    row: Feedback | Theme
    why: str
    score: int


def telling_words(text: str) -> set[str]:
    """The words of a text that say what it is about, plurals as singulars."""
    found = re.findall(r"[^\W\d_]+", text.lower())
    long_enough = (word for word in found if len(word) >= _LEAST_LETTERS and word not in _COMMON)
    return {
        word[:-1] if word.endswith("s") and not word.endswith("ss") else word
        for word in long_enough
    }


def similar_feedback(
    *,
    words: str,
    subject: Subject | None,
    place: Place | None,
    without: Iterable[int] = (),
) -> list[Likeness]:
    """Open feedback in no theme yet that may be about the same, likeliest first.

    Looks through the latest of the subject, of the place and of all that is open.
    """
    waiting = (
        feedback_with_speakers()
        .filter(state=Feedback.State.OPEN, in_a_theme=False)
        .exclude(pk__in=list(without))
        .order_by("-said_on", "-pk")
    )
    near = Q()
    if subject is not None:
        near |= Q(subject=subject)
    if place is not None:
        near |= Q(place=place)
    looked_at = {row.pk: row for row in waiting[:LOOKED_AT]}
    if near:
        looked_at |= {row.pk: row for row in waiting.filter(near)[:LOOKED_AT]}
    telling = telling_words(words)
    likely = []
    for row in looked_at.values():
        same_place = place is not None and row.place_id == place.pk
        likely.append(_likeness(row, row.words, telling, subject, same_place=same_place))
    return _best(likely)


def likely_themes(feedback: Feedback) -> list[Likeness]:
    """Open themes a piece of feedback may belong to, likeliest first."""
    telling = telling_words(feedback.words)
    themes = open_themes().exclude(entries__feedback=feedback)[:LOOKED_AT]
    return _best(
        _likeness(theme, f"{theme.title} {theme.summary}", telling, feedback.subject)
        for theme in themes
    )


def _likeness(
    row: Feedback | Theme,
    text: str,
    telling: set[str],
    subject: Subject | None,
    *,
    same_place: bool = False,
) -> Likeness:
    shared = sorted(telling & telling_words(text))
    same_subject = subject is not None and row.subject_id == subject.pk
    reasons = [f"same subject, {subject}"] if same_subject else []
    if same_place:
        reasons.append("same place")
    if shared:
        quoted = ", ".join(f"“{word}”" for word in shared[:4])
        reasons.append(f"speaks of {quoted} too")
    score = 2 * same_subject + same_place + 2 * len(shared)
    why = "; ".join(reasons)
    return Likeness(row, why[:1].upper() + why[1:], score)


def _best(likely: Iterable[Likeness]) -> list[Likeness]:
    found = [one for one in likely if one.score >= _LEAST]
    return sorted(found, key=lambda one: (-one.score, -one.row.pk))[:SHOWN]
