"""What became of what one person said, as they read it themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import Count

from actionplans.decisions.models import Decision
from actionplans.decisions.queries import decisions_on
from actionplans.feedback.models import Feedback, Theme, ThemeEntry
from actionplans.feedback.queries import what_they_said
from actionplans.outcomes.models import Outcome
from actionplans.outcomes.queries import outcomes_by_theme
from actionplans.replies.hearers import TOLD
from actionplans.replies.models import Reply
from involvement.calendars.words import count
from involvement.faces.words import short_day
from residents.people.models import Person

# One step of `steps`: the knot, bold words, words, quiet words
Step = tuple[str, str, str, str]
_ANSWERS: Final = {
    Decision.Result.AGREED: "yes",
    Decision.Result.PARTLY: "yes, in part",
    Decision.Result.NOT_AGREED: "no",
}


@dataclass(frozen=True)
class Became:
    """Something said, and each thing that came of it."""

    said: Feedback
    steps: list[Step]


def what_became(person: Person, most: int) -> list[Became]:
    """The last things somebody said, with what came of them: as many questions for ten as for one.

    A decision is told once they have been told of it, or need not be; until then that it was made.
    """
    rows = list(what_they_said(person)[:most])
    themes = {entry.theme_id: entry.theme for said in rows for entry in said.theme_entries.all()}
    decided = decisions_on(themes.values())
    outcomes = outcomes_by_theme(decided)
    replies = Reply.objects.filter(TOLD, person=person, decision__theme__in=list(decided))
    told = set(replies.values_list("decision_id", flat=True))
    entries = ThemeEntry.objects.filter(theme__in=themes).values("theme").annotate(n=Count("pk"))
    same = {row["theme"]: row["n"] for row in entries.order_by("theme")}
    found = []
    for said in rows:
        steps: list[Step] = []
        for entry in said.theme_entries.all():
            decision = decided.get(entry.theme_id)
            if decision is None:
                steps += _with_us(entry.theme, same.get(entry.theme_id, 1))
                continue
            done = [one for one in outcomes.get(entry.theme_id, []) if one.decision_id in told]
            steps += [_done(one) for one in done if one.decision_id != decision.pk]
            if decision.pk not in told:
                steps.append(("ours", "Decided:", "we are writing to you about it", _on(decision)))
            else:
                steps += _came_of_it(
                    decision, [one for one in done if one.decision_id == decision.pk]
                )
        found.append(Became(said, steps or list(_alone(said))))
    return found


def _alone(said: Feedback) -> Iterator[Step]:
    """What was said and is in no theme."""
    if said.state == Feedback.State.NOTED:
        yield ("tied", "Noted, thank you:", said.noted_reason or "we have read it", "")
    else:
        yield ("ours", "With us:", "we have it, and are reading it", "")


def _with_us(theme: Theme, said: int) -> Iterator[Step]:
    if theme.state != Theme.State.OPEN:
        yield ("tied", "Noted, thank you:", "it needed no decision", "")
        return
    others = count(said - 1, "other thing was", "other things were")
    yield ("ours", "With us:", f"{others} said about the same" if said > 1 else "we have it", "")
    yield ("todo", "Decision:", "we promise one by", short_day(theme.decision_due))


def _came_of_it(decision: Decision, outcomes: list[Outcome]) -> Iterator[Step]:
    refused = decision.result == Decision.Result.NOT_AGREED
    words = _ANSWERS[Decision.Result(decision.result)]
    because = f". {decision.because}" if decision.because else ""
    yield ("no" if refused else "tied", "Decided:", f"{words}{because}", _on(decision))
    yield from map(_done, outcomes)
    if not refused and not outcomes:
        yield ("todo", "Still to do:", decision.what, "")


def _done(outcome: Outcome) -> Step:
    return ("tied", "Done:", outcome.what_changed, short_day(outcome.happened_on))


def _on(decision: Decision) -> str:
    return short_day(decision.decided_on)
