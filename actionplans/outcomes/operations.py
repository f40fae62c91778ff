from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from actionplans.decisions.models import Decision
from actionplans.outcomes import policies
from actionplans.outcomes.models import Outcome, OutcomeEvidence
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.documents.operations import store_file

FIELDS = (
    "what_changed",
    "category",
    "happened_on",
    "line",
    "measure",
    "before",
    "after",
    "saved_pence",
    "spent_pence",
)


@transaction.atomic
def record_outcome(
    *,
    decision: Decision,
    by: Actor,
    at: dt.datetime,
    form_token: uuid.UUID | None = None,
    **values: Any,
) -> Outcome:
    """Say what changed because of a decision. It is claimed until something shows it.

    Returns it; the same form sent twice gives the outcome the first made. Raises
    DecisionWasReplaced, HappenedInTheFuture, HappenedBeforeDecision, FiguresWithoutMeasure.
    """
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if form_token is not None:
        saved: Outcome | None = Outcome.objects.filter(form_token=form_token).order_by("pk").first()
        if saved is not None:
            return saved
    policies.check_can_record(decision)
    outcome = Outcome(
        decision=decision, recorded_at=at, form_token=form_token, **by.columns(), **values
    )
    policies.check_outcome(outcome, timezone.localdate(at))
    outcome.save(force_insert=True)
    auditing.record(
        verb="outcome.recorded", record=outcome, sentence="recorded what changed", by=by, at=at
    )
    auditing.record(
        verb="decision.outcome",
        record=decision,
        sentence=f"recorded what changed: “{outcome}”",
        by=by,
        at=at,
    )
    return outcome


@transaction.atomic
def change_outcome(
    *, outcome: Outcome, by: Actor, at: dt.datetime, seen: int | None = None, **values: Any
) -> Outcome:
    """Put an outcome right. `seen` is the version the writer began from. Returns it.

    Raises OutcomeIsWithdrawn, ChangedMeanwhile and what `record_outcome` raises of its content.
    """
    outcome = _locked(outcome)
    policies.check_can_change(outcome, seen)
    before = auditing.snapshot(outcome, FIELDS)
    for name, value in values.items():
        setattr(outcome, name, value)
    policies.check_outcome(outcome, timezone.localdate(at))
    changes = auditing.changes_since(outcome, before)
    if changes:
        outcome.version += 1
        outcome.save()
        auditing.record(
            verb="outcome.changed",
            record=outcome,
            sentence=auditing.what_changed(changes),
            changes=changes,
            by=by,
            at=at,
        )
    return outcome


@transaction.atomic
def add_evidence(
    *,
    outcome: Outcome,
    words: str,
    by: Actor,
    at: dt.datetime,
    file_name: str = "",
    file_data: bytes = b"",
    form_token: uuid.UUID | None = None,
) -> OutcomeEvidence:
    """Show an outcome: a file, or words that say where the proof is kept. It is then evidenced.

    Returns the evidence; the same form sent twice gives what the first made. Raises
    OutcomeIsWithdrawn, EvidenceIsEmpty and the refusals of `documents.policies`.
    """
    outcome = _locked(outcome)
    if form_token is not None:
        saved: OutcomeEvidence | None = (
            OutcomeEvidence.objects.filter(form_token=form_token).order_by("pk").first()
        )
        if saved is not None:
            return saved
    policies.check_can_change(outcome)
    words = words.strip() or file_name
    if not words:
        raise policies.EvidenceIsEmpty
    file = store_file(name=file_name, data=file_data, by=by, at=at) if file_name else None
    evidence: OutcomeEvidence = OutcomeEvidence.objects.create(
        outcome=outcome,
        words=words[:300],
        file=file,
        added_at=at,
        form_token=form_token,
        **by.columns(),
    )
    if outcome.confidence == Outcome.Confidence.CLAIMED:
        outcome.confidence = Outcome.Confidence.EVIDENCED
        outcome.save(update_fields=["confidence"])
    auditing.record(
        verb="outcome.evidenced",
        record=outcome,
        sentence=f"added the evidence “{evidence.words}”",
        by=by,
        at=at,
    )
    return evidence


@transaction.atomic
def withdraw_outcome(*, outcome: Outcome, because: str, by: Actor, at: dt.datetime) -> Outcome:
    """Take back a claim; it stays readable with the reason. Returns it.

    Raises OutcomeIsWithdrawn, WithdrawalReasonMissing.
    """
    outcome = _locked(outcome)
    policies.check_can_change(outcome)
    if not because.strip():
        raise policies.WithdrawalReasonMissing
    outcome.withdrawn_at, outcome.withdrawn_because = at, because.strip()[:300]
    outcome.save(update_fields=["withdrawn_at", "withdrawn_because"])
    auditing.record(
        verb="outcome.withdrawn",
        record=outcome,
        sentence=f"withdrew it: {because.strip()}",
        by=by,
        at=at,
    )
    return outcome


@transaction.atomic
def weigh_outcomes(
    *, decision: Decision, verified: bool, by: Actor, at: dt.datetime
) -> list[Outcome]:
    """Set how sure we are of what a decision changed, given whether residents bear it out.

    Called by replies, which counts their verdicts. Returns the outcomes whose confidence changed.
    """
    changed = []
    rows = Outcome.objects.select_for_update(of=("self",)).filter(
        decision=decision, withdrawn_at__isnull=True
    )
    for outcome in rows.order_by("pk"):
        before = auditing.snapshot(outcome, ["confidence"])
        outcome.confidence = policies.confidence(
            evidence=outcome.evidence.count(), verified=verified
        )
        changes = auditing.changes_since(outcome, before)
        if not changes:
            continue
        outcome.save(update_fields=["confidence"])
        auditing.record(
            verb="outcome.weighed",
            record=outcome,
            sentence="set how sure we are, from what residents answered",
            changes=changes,
            by=by,
            at=at,
        )
        changed.append(outcome)
    return changed


def _locked(outcome: Outcome) -> Outcome:
    row: Outcome = (
        Outcome.objects.select_for_update(of=("self",))
        .select_related("decision")
        .get(pk=outcome.pk)
    )
    return row
