"""Ties lines to the decision they arose from, in the history of both."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from actionplans.decisions.models import Decision
from actionplans.plans import policies
from actionplans.plans.models import Line, Plan
from actionplans.plans.operations.lines import add_line, edit_line, locked
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor


@transaction.atomic
def put_on_plan(
    *,
    decision: Decision,
    plan: Plan,
    values: Mapping[str, Any],
    by: Actor,
    at: dt.datetime,
    under: Line | None = None,
    form_key: uuid.UUID | None = None,
) -> Line:
    """Add a line to a plan that carries out a decision.

    The same `form_key` again returns the line that was added. Raises DecisionIsReplaced,
    NothingToPlan, PlanIsArchived, LineCannotStandThere.
    """
    # Held without its key, so that whoever ties another line to it need not wait.
    decision = Decision.objects.select_for_update(of=("self",), no_key=True).get(pk=decision.pk)
    there: Line | None = Line.objects.filter(form_key=form_key).order_by("pk").first()
    if form_key and there:
        return there
    policies.check_can_plan(decision)
    line = add_line(
        plan=plan,
        under=under,
        values={**values, "arose_from": decision},
        form_key=form_key,
        by=by,
        at=at,
    )
    _tell_decision(decision, line, "put it on {plan} as {line}", by=by, at=at)
    return line


@transaction.atomic
def tie_line(*, line: Line, decision: Decision, by: Actor, at: dt.datetime) -> Line:
    """Say that a line arose from a decision; once more changes nothing.

    Raises PlanIsArchived, DecisionIsReplaced, NothingToPlan, LineAroseAlready.
    """
    line = locked(line)
    policies.check_can_change(line.plan)
    if line.arose_from_id == decision.pk:
        return line
    policies.check_can_plan(decision)
    if line.arose_from_id is not None:
        raise policies.LineAroseAlready
    line = _changed(line, decision, by, at)
    _tell_decision(decision, line, "tied {line} of {plan} to it", by=by, at=at)
    return line


@transaction.atomic
def untie_line(*, line: Line, seen: int, by: Actor, at: dt.datetime) -> Line:
    """Take off a line its decision, whose key is the one somebody saw; once more changes nothing.

    Raises PlanIsArchived, LineAroseFromAnother, OutcomeHangsOnIt.
    """
    line = locked(line)
    decision = line.arose_from
    if decision is None:
        return line
    policies.check_can_untie(line, seen)
    line = _changed(line, None, by, at)
    _tell_decision(decision, line, "took {line} of {plan} off it", by=by, at=at)
    return line


def _changed(line: Line, decision: Decision | None, by: Actor, at: dt.datetime) -> Line:
    values = {"arose_from": decision}
    return edit_line(line=line, version=line.version, values=values, by=by, at=at)


def _tell_decision(
    decision: Decision, line: Line, words: str, *, by: Actor, at: dt.datetime
) -> None:
    verb = "decision.planned" if line.arose_from_id == decision.pk else "decision.unplanned"
    sentence = words.format(plan=f"“{line.plan.title}”", line=f"“{line.heading}”")
    auditing.record(verb=verb, record=decision, sentence=sentence, by=by, at=at)
