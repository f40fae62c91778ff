from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from actionplans.decisions.models import Decision
from actionplans.decisions.policies import check_can_change, check_can_decide, check_decision
from actionplans.feedback.models import Theme
from actionplans.feedback.operations import mark_decided, mark_undecided
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.calendars.working_days import add_working_days

FIELDS = (
    "result",
    "what",
    "because",
    "reason",
    "body",
    "officer",
    "decided_on",
    "votes_for",
    "votes_against",
    "look_again_on",
)


@transaction.atomic
def record_decision(*, theme: Theme, by: Actor, at: dt.datetime, **values: Any) -> Decision:
    """Answer a theme. `values` are fields of Decision. Everything said in the theme is answered.

    Returns it. Raises ThemeHasDecision, ThemeCannotBeDecided, DeciderMissing, ReasonsMissing,
    DecidedInTheFuture.
    """
    theme = Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
    check_can_decide(theme)
    decision = _new(theme, by, at, values)
    decision.save(force_insert=True)
    mark_decided(theme=theme, by=by, at=at)
    _say(decision, "recorded", by, at)
    return decision


@transaction.atomic
def change_decision(*, decision: Decision, by: Actor, at: dt.datetime, **values: Any) -> Decision:
    """Put the wording or facts of the decision in force right. Raises DecisionIsReplaced and what
    `record_decision` raises of its content."""
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    check_can_change(decision)
    before = auditing.snapshot(decision, FIELDS)
    for name, value in values.items():
        setattr(decision, name, value)
    decision.told_due_on = told_due(decision)
    check_decision(decision, timezone.localdate(at))
    decision.save()
    changes = auditing.changes_since(decision, before)
    if changes:
        auditing.record(
            verb="decision.changed",
            record=decision,
            sentence="changed " + ", ".join(change["label"] for change in changes),
            changes=changes,
            by=by,
            at=at,
        )
    return decision


@transaction.atomic
def replace_decision(*, decision: Decision, by: Actor, at: dt.datetime, **values: Any) -> Decision:
    """Decide the theme anew. The earlier decision stays readable; everybody is told of the new one.

    Returns the new decision. Raises DecisionIsReplaced and what `record_decision` raises.
    """
    earlier = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    check_can_change(earlier)
    later = _new(earlier.theme, by, at, values)
    # One decision is in force at a time, so the earlier steps back before the later stands.
    earlier.replaced_by = earlier
    earlier.save(update_fields=["replaced_by"])
    later.save(force_insert=True)
    earlier.replaced_by = later
    earlier.save(update_fields=["replaced_by"])
    _say(later, "replaced the earlier decision and recorded", by, at)
    return later


@transaction.atomic
def withdraw_decision(*, decision: Decision, because: str, by: Actor, at: dt.datetime) -> Theme:
    """Take back a decision recorded by mistake, before anybody was told of it.

    The theme is open again. Returns it. Raises DecisionIsReplaced, ProtectedError where replies or
    outcomes hang on it.
    """
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    check_can_change(decision)
    theme = decision.theme
    auditing.record(
        verb="decision.withdrawn",
        record=theme,
        sentence=f"took back the decision “{decision}”: {because}",
        by=by,
        at=at,
    )
    decision.delete()
    mark_undecided(theme=theme, by=by, at=at)
    return theme


def told_due(decision: Decision) -> dt.date:
    """The day by which everybody is promised to be told: the landlord's working days after it."""
    return add_working_days(decision.decided_on, decision.landlord.reply_days).end


def _new(theme: Theme, by: Actor, at: dt.datetime, values: dict[str, Any]) -> Decision:
    decision = Decision(theme=theme, recorded_at=at, **by.columns(), **values)
    check_decision(decision, timezone.localdate(at))
    decision.told_due_on = told_due(decision)
    return decision


def _say(decision: Decision, verb: str, by: Actor, at: dt.datetime) -> None:
    sentence = f"{verb} the decision: {decision.get_result_display().lower()}"
    auditing.record(verb="decision.recorded", record=decision, sentence=sentence, by=by, at=at)
    auditing.record(verb="theme.decided", record=decision.theme, sentence=sentence, by=by, at=at)
