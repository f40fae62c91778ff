from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from actionplans.decisions.models import Decision
from actionplans.decisions.policies import (
    DecisionIsInUse,
    MinorityViewIsKept,
    WithdrawalReasonMissing,
    check_can_add_minority_view,
    check_can_change,
    check_can_decide,
    check_decision,
)
from actionplans.feedback.models import Theme
from actionplans.feedback.operations import mark_decided, mark_undecided, summarise_theme
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
def record_decision(
    *,
    theme: Theme,
    by: Actor,
    at: dt.datetime,
    form_token: uuid.UUID | None = None,
    in_short: str | None = None,
    **values: Any,
) -> Decision:
    """Answer a theme. `values` are fields of Decision. Everything said in the theme is answered.

    `in_short` is what stands under “You said” for those whose own words are not printed; None leaves
    the theme's summary as it is.

    Returns it; the same form sent twice gives the decision the first made. Raises
    ThemeHasDecision, ThemeCannotBeDecided, DeciderMissing, ReasonsMissing, DecidedInTheFuture.
    """
    theme = Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
    saved = _saved_by(form_token)
    if saved is not None:
        return saved
    check_can_decide(theme)
    decision = _new(theme, by, at, {**values, "form_token": form_token})
    decision.save(force_insert=True)
    summarise_theme(theme=theme, summary=in_short, by=by, at=at)
    mark_decided(theme=theme, by=by, at=at)
    _say(decision, "recorded", by, at)
    return decision


@transaction.atomic
def change_decision(
    *, decision: Decision, by: Actor, at: dt.datetime, seen: int | None = None, **values: Any
) -> Decision:
    """Put the wording or facts of the decision in force right. Returns it.

    `seen` is the version the writer began from. Raises DecisionIsReplaced, ChangedMeanwhile,
    MinorityViewIsKept and what `record_decision` raises of its content.
    """
    if "minority_view" in values:
        raise MinorityViewIsKept
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    check_can_change(decision, seen)
    before = auditing.snapshot(decision, FIELDS)
    for name, value in values.items():
        setattr(decision, name, value)
    decision.told_due_on = told_due(decision)
    check_decision(decision, timezone.localdate(at))
    changes = auditing.changes_since(decision, before)
    if changes:
        decision.version += 1
        decision.save()
        auditing.record(
            verb="decision.changed",
            record=decision,
            sentence=auditing.what_changed(changes),
            changes=changes,
            by=by,
            at=at,
        )
    return decision


@transaction.atomic
def add_minority_view(*, decision: Decision, words: str, by: Actor, at: dt.datetime) -> Decision:
    """Keep what those who disagreed wrote, once and word for word. Returns the decision.

    Raises MinorityViewIsKept where something is kept already.
    """
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    check_can_add_minority_view(decision)
    decision.minority_view = words
    decision.save(update_fields=["minority_view"])
    auditing.record(
        verb="decision.minority_added",
        record=decision,
        sentence="added what those who disagreed wrote",
        by=by,
        at=at,
    )
    return decision


@transaction.atomic
def replace_decision(
    *,
    decision: Decision,
    by: Actor,
    at: dt.datetime,
    form_token: uuid.UUID | None = None,
    in_short: str | None = None,
    **values: Any,
) -> Decision:
    """Decide the theme anew. The earlier decision stays readable; everybody is told of the new one.

    Returns the new decision. Raises DecisionIsReplaced and what `record_decision` raises.
    """
    earlier = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    saved = _saved_by(form_token)
    if saved is not None:
        return saved
    check_can_change(earlier)
    later = _new(earlier.theme, by, at, {**values, "form_token": form_token})
    # One decision is in force at a time, so the earlier steps back before the later stands.
    earlier.replaced_by = earlier
    earlier.save(update_fields=["replaced_by"])
    later.save(force_insert=True)
    earlier.replaced_by = later
    earlier.save(update_fields=["replaced_by"])
    summarise_theme(theme=earlier.theme, summary=in_short, by=by, at=at)
    _say(later, "replaced the earlier decision and recorded", by, at)
    auditing.record(
        verb="decision.replaced",
        record=earlier,
        sentence=f"replaced it by “{later}”",
        by=by,
        at=at,
    )
    return later


@transaction.atomic
def withdraw_decision(*, decision: Decision, because: str, by: Actor, at: dt.datetime) -> Theme:
    """Take back a decision recorded by mistake, before anybody was told of it.

    What it had replaced, if anything, is in force again; else the theme is open again. Returns the
    theme. Raises DecisionIsReplaced, DecisionIsInUse, WithdrawalReasonMissing.
    """
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    check_can_change(decision)
    if not because.strip():
        raise WithdrawalReasonMissing
    theme = decision.theme
    auditing.record(
        verb="decision.withdrawn",
        record=theme,
        sentence=f"took back the decision “{decision}”: {because.strip()}",
        by=by,
        at=at,
    )
    if _stand_again(decision):
        return theme
    _delete(decision)
    mark_undecided(theme=theme, by=by, at=at)
    return theme


def told_due(decision: Decision) -> dt.date:
    """The day by which everybody is promised to be told: the landlord's working days after it."""
    return add_working_days(decision.decided_on, decision.landlord.reply_days).end


def _stand_again(decision: Decision) -> bool:
    """Give back its force to what the decision had replaced. Answers whether there was such."""
    earlier = Decision.objects.filter(replaced_by=decision).order_by("-pk").first()
    if earlier is None:
        return False
    earlier.replaced_by = earlier
    earlier.save(update_fields=["replaced_by"])
    _delete(decision)
    earlier.replaced_by = None
    earlier.save(update_fields=["replaced_by"])
    return True


def _delete(decision: Decision) -> None:
    try:
        decision.delete()
    except ProtectedError as held:
        raise DecisionIsInUse from held


def _saved_by(form_token: uuid.UUID | None) -> Decision | None:
    if form_token is None:
        return None
    saved: Decision | None = Decision.objects.filter(form_token=form_token).order_by("pk").first()
    return saved


def _new(theme: Theme, by: Actor, at: dt.datetime, values: dict[str, Any]) -> Decision:
    decision = Decision(theme=theme, recorded_at=at, **by.columns(), **values)
    check_decision(decision, timezone.localdate(at))
    decision.told_due_on = told_due(decision)
    return decision


def _say(decision: Decision, verb: str, by: Actor, at: dt.datetime) -> None:
    sentence = f"{verb} the decision: {decision.get_result_display().lower()}"
    auditing.record(verb="decision.recorded", record=decision, sentence=sentence, by=by, at=at)
    auditing.record(verb="theme.decided", record=decision.theme, sentence=sentence, by=by, at=at)
