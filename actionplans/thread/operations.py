from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from actionplans.decisions.queries import decisions
from actionplans.feedback.models import Feedback, Theme
from actionplans.feedback.operations import change_theme, classify, note_and_thank
from actionplans.feedback.policies import MOST_AT_ONCE, check_number
from actionplans.feedback.queries import feedback_in
from actionplans.outcomes.queries import outcomes_by_decision
from actionplans.replies.operations import tell_everybody
from actionplans.replies.policies import NobodyToTell
from actionplans.replies.words import suggested_subject, suggested_words
from actionplans.thread.policies import NothingToNote, NothingToTell
from involvement.accounts.models import Team
from involvement.auditing.actors import Actor

Chosen = Sequence[tuple[str, int]]


@transaction.atomic
def note_chosen(*, chosen: Chosen, reason: str, by: Actor, at: dt.datetime) -> int:
    """Note and thank what is in no theme, and everything open in themes without a decision.

    Returns how many pieces were closed. Raises NothingChosen, TooManyAtOnce, ReasonMissing,
    NothingToNote where none of them waits for a decision.
    """
    check_number(chosen)
    waiting = Feedback.objects.filter(state=Feedback.State.OPEN).order_by("pk")
    found = {row.pk: row for row in waiting.filter(pk__in=_keys(chosen, "NO_THEME"))}
    for theme in Theme.objects.filter(pk__in=_keys(chosen, "NO_DECISION")).order_by("pk"):
        for said in feedback_in(theme).filter(state=Feedback.State.OPEN):
            found[said.pk] = said
    rows = list(found.values())
    if not rows:
        raise NothingToNote
    return sum(
        len(note_and_thank(feedback=rows[n : n + MOST_AT_ONCE], reason=reason, by=by, at=at))
        for n in range(0, len(rows), MOST_AT_ONCE)
    )


@transaction.atomic
def tell_chosen(*, chosen: Chosen, by: Actor, at: dt.datetime) -> int:
    """Tell everybody who has not been told of the chosen decisions, in the words we suggest.

    Returns how many are told. Raises NothingChosen, TooManyAtOnce, NobodyNamed, NothingToTell
    where none of them is about people who do not know.
    """
    check_number(chosen)
    keys = _keys(chosen, "NOT_TOLD")
    if not keys:
        raise NothingToTell
    told, changes = 0, outcomes_by_decision(keys)
    for decision in decisions().filter(pk__in=keys).order_by("pk"):
        try:
            hearers = tell_everybody(
                decision=decision,
                subject=suggested_subject(decision),
                words=suggested_words(decision, changes.get(decision.pk, [])),
                by=by,
                at=at,
            )
        except NobodyToTell:
            continue  # something is on its way to all who are left
        told += len(hearers)
    return told


@transaction.atomic
def give_to_team(*, chosen: Chosen, team: Team, by: Actor, at: dt.datetime) -> int:
    """Have a team look after what is chosen: loose feedback, or the theme. Returns how many rows.

    Raises NothingChosen, TooManyAtOnce.
    """
    check_number(chosen)
    rows = list(Feedback.objects.filter(pk__in=_keys(chosen, "NO_THEME")).order_by("pk"))
    for said in rows:
        classify(
            feedback=said,
            subject=said.subject,
            place=said.place,
            unit=said.unit,
            team=team,
            by=by,
            at=at,
        )
    decided = _keys(chosen, "NOT_TOLD") + _keys(chosen, "NO_LINE") + _keys(chosen, "CONTRADICTED")
    themes = Theme.objects.filter(pk__in=_keys(chosen, "NO_DECISION"))
    themes |= Theme.objects.filter(decisions__in=decided)
    themes |= Theme.objects.filter(decisions__outcomes__in=_keys(chosen, "NO_EVIDENCE"))
    owned = list(themes.distinct().order_by("pk"))
    for theme in owned:
        change_theme(
            theme=theme,
            title=theme.title,
            summary=theme.summary,
            subject=theme.subject,
            owner_staff=theme.owner_staff,
            owner_team=team,
            by=by,
            at=at,
        )
    return len(rows) + len(owned)


def _keys(chosen: Chosen, wanted: str) -> list[int]:
    return [key for kind, key in chosen if kind == wanted]
