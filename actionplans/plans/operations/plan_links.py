"""Ties plans to one another, and to plans that are kept elsewhere."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from actionplans.plans import policies
from actionplans.plans.models import Plan, PlanLink
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor


@transaction.atomic
def link_plans(
    *,
    plan: Plan,
    other: Plan | None,
    words: str,
    by: Actor,
    at: dt.datetime,
    kind: str = PlanLink.Kind.RELATES,
) -> PlanLink:
    """Note that a plan hangs together with another, or is a part of it: one of ours, or one kept
    elsewhere, in words.

    Raises PlanIsArchived, PlansCannotBeLinked.
    """
    # Held in one order, so that two links made at once cannot close a ring between them
    keys = [plan.pk, *([other.pk] if other else [])]
    list(Plan.objects.filter(pk__in=keys).select_for_update(of=("self",)).order_by("pk"))
    policies.check_can_change(plan)
    policies.check_can_link_plans(plan, other, kind)
    link: PlanLink = PlanLink.objects.create(
        plan=plan, other=other, words=words.strip()[:200], kind=kind
    )
    said = "as a part of" if kind == PlanLink.Kind.PART else "with"
    sentence = f"linked it {said} “{other or words}”"
    auditing.record(verb="plan.linked", record=plan, sentence=sentence, by=by, at=at)
    if other is not None:
        sentence = f"linked “{plan}” {said} it"
        auditing.record(verb="plan.linked", record=other, sentence=sentence, by=by, at=at)
    return link


@transaction.atomic
def unlink_plans(*, link: PlanLink, by: Actor, at: dt.datetime) -> Plan:
    """Take a link between plans away. Returns the plan that had it. Raises PlanIsArchived."""
    plan = link.plan
    policies.check_can_change(plan)
    for one, two in ((plan, link), (link.other, plan)):
        if one is not None:
            sentence = f"took away the link with “{two}”"
            auditing.record(verb="plan.unlinked", record=one, sentence=sentence, by=by, at=at)
    link.delete()
    return plan
