from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from actionplans.decisions.models import Decision
from actionplans.outcomes.models import Outcome, OutcomeEvidence


def outcomes() -> QuerySet[Outcome]:
    """Every outcome with its decision and theme, unordered."""
    rows: QuerySet[Outcome] = Outcome.objects.select_related("decision__theme")
    return rows


def live() -> QuerySet[Outcome]:
    """Outcomes that have not been withdrawn, with how many pieces of evidence each has; unordered."""
    return outcomes().filter(withdrawn_at__isnull=True).annotate(evidence_count=Count("evidence"))


def outcomes_of(decision: Decision) -> QuerySet[Outcome]:
    """What changed because of a decision, and while it stands also what those it replaced had
    changed; the withdrawn last, with its evidence."""
    theirs = Q(decision=decision)
    if decision.replaced_by_id is None:
        theirs = Q(decision__theme=decision.theme_id)
    return (
        outcomes()
        .filter(theirs)
        .prefetch_related(_shown())
        .order_by("-withdrawn_at", "happened_on", "pk")
    )


def outcomes_by_decision(decisions: Iterable[int]) -> dict[int, list[Outcome]]:
    """The live outcomes of several decisions, by the decision's key, earliest first."""
    found: dict[int, list[Outcome]] = {}
    for outcome in _earliest_first(live().filter(decision__in=list(decisions))):
        found.setdefault(outcome.decision_id, []).append(outcome)
    return found


def outcomes_by_theme(themes: Iterable[int]) -> dict[int, list[Outcome]]:
    """The live outcomes of every decision on several themes, the replaced ones too, by the theme's
    key, earliest first."""
    found: dict[int, list[Outcome]] = {}
    for outcome in _earliest_first(live().filter(decision__theme__in=list(themes))):
        found.setdefault(outcome.decision.theme_id, []).append(outcome)
    return found


def _earliest_first(rows: QuerySet[Outcome]) -> QuerySet[Outcome]:
    return rows.prefetch_related(_shown()).order_by("happened_on", "pk")


def _shown() -> Prefetch[Any]:
    rows = OutcomeEvidence.objects.select_related("file").order_by("added_at", "pk")
    return Prefetch("evidence", queryset=rows)


def evidence_of(outcome: Outcome) -> QuerySet[OutcomeEvidence]:
    """What shows an outcome, earliest first."""
    rows: QuerySet[OutcomeEvidence] = (
        OutcomeEvidence.objects.filter(outcome=outcome)
        .select_related("file")
        .order_by("added_at", "pk")
    )
    return rows


def claimed_without_evidence(recorded_before: dt.datetime) -> QuerySet[Outcome]:
    """Live outcomes recorded before a moment for which nothing has been shown; unordered."""
    shown = OutcomeEvidence.objects.filter(outcome=OuterRef("pk"))
    return outcomes().filter(
        ~Exists(shown), withdrawn_at__isnull=True, recorded_at__lt=recorded_before
    )
