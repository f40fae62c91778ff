from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.decisions.models import Decision
from actionplans.decisions.queries import decisions
from actionplans.outcomes import forms, operations, policies, queries
from actionplans.outcomes.models import Outcome
from involvement.accounts.doors import LandlordRequest, landlord_view, posted, posted_files
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.auditing.queries import history_of
from involvement.auditing.refusals import Refusal
from involvement.documents.queries import download
from involvement.wiring import panels

FORM_METHODS = ["GET", "HEAD", "POST"]


@landlord_view(Permission.FEEDBACK_READ)
@require_safe
def outcome_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    """What changed, what shows it, and what residents say about it."""
    outcome = _get(pk)
    may = request.membership.may(Permission.DECISION_RECORD)
    return render(
        request,
        "actionplans/outcomes/outcome_detail.html",
        {
            "outcome": outcome,
            "evidence": list(queries.evidence_of(outcome)),
            "panels": panels("outcomes.outcome", request, outcome=outcome),
            "history": history_of(outcome)[:20],
            "can_change": may and policies.can_change(outcome),
        },
    )


@landlord_view(Permission.DECISION_RECORD)
@require_http_methods(FORM_METHODS)
def outcome_record(request: LandlordRequest, decision: int) -> HttpResponse:
    """Record what changed because of a decision."""
    row = get_object_or_404(decisions().order_by("pk"), pk=decision)
    form = forms.OutcomeForm(posted(request), initial=forms.OutcomeForm.fresh(), decision=row)
    if form.is_valid():
        try:
            outcome = operations.record_outcome(
                decision=row,
                form_token=form.cleaned_data["form_token"],
                by=request.actor,
                at=timezone.now(),
                **form.values,
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "What changed is recorded. Now add what shows it.")
            return redirect("outcomes:outcome_detail", outcome.pk)
    return _form_page(
        request, form, decision=row, heading="Record what changed", act="Record what changed"
    )


@landlord_view(Permission.DECISION_RECORD)
@require_http_methods(FORM_METHODS)
def outcome_change(request: LandlordRequest, pk: int) -> HttpResponse:
    """Put an outcome right; whoever saves second sees what the first changed."""
    outcome = _get(pk)

    def make(data: Any) -> forms.OutcomeForm:
        begun = {name: getattr(outcome, name) for name in operations.FIELDS}
        return forms.OutcomeForm(data, initial=begun, decision=outcome.decision)

    writing = Writing(request, outcome, make)
    form = writing.form
    if form.is_valid():
        try:
            operations.change_outcome(
                outcome=outcome,
                seen=outcome.version,
                by=request.actor,
                at=timezone.now(),
                **form.values,
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, writing.told("Your changes are kept."))
            return redirect("outcomes:outcome_detail", pk)
    return _form_page(
        request,
        form,
        decision=outcome.decision,
        outcome=outcome,
        heading="Change what changed",
        act="Keep the changes",
        writing=writing,
    )


@landlord_view(Permission.DECISION_RECORD)
@require_http_methods(FORM_METHODS)
def outcome_evidence(request: LandlordRequest, pk: int) -> HttpResponse:
    """Add what shows an outcome: a file, or words."""
    outcome = _get(pk)
    form = forms.EvidenceForm(
        posted(request), posted_files(request), initial={"form_token": uuid.uuid4()}
    )
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            operations.add_evidence(
                outcome=outcome,
                words=form.cleaned_data["words"],
                file_name=file.name if file else "",
                file_data=file.read() if file else b"",
                form_token=form.cleaned_data["form_token"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refused:
            form.add_error("file" if file else None, str(refused))
        else:
            messages.success(request, "The evidence is added.")
            return redirect("outcomes:outcome_detail", pk)
    return _form_page(
        request,
        form,
        decision=outcome.decision,
        outcome=outcome,
        heading="Add the evidence",
        act="Add the evidence",
    )


@landlord_view(Permission.DECISION_RECORD)
@require_http_methods(FORM_METHODS)
def outcome_withdraw(request: LandlordRequest, pk: int) -> HttpResponse:
    """Take a claim back; it stays readable with the reason."""
    outcome = _get(pk)
    form = forms.WithdrawForm(posted(request))
    if form.is_valid():
        try:
            operations.withdraw_outcome(
                outcome=outcome,
                because=form.cleaned_data["because"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "It is withdrawn. The reason stands beside it.")
            return redirect("outcomes:outcome_detail", pk)
    return _form_page(
        request,
        form,
        decision=outcome.decision,
        outcome=outcome,
        heading="Withdraw this claim",
        act="Withdraw it",
    )


@landlord_view(Permission.FEEDBACK_READ)
@require_safe
def evidence_download(request: LandlordRequest, pk: int, evidence: int) -> HttpResponse:
    """The file of one piece of evidence, for whoever may read the outcome it belongs to."""
    row = get_object_or_404(queries.evidence_of(_get(pk)), pk=evidence)
    if row.file is None:
        raise Http404
    return download(row.file)


def _get(pk: int) -> Outcome:
    return get_object_or_404(queries.outcomes().order_by("pk"), pk=pk)


def _form_page(
    request: LandlordRequest,
    form: Any,
    *,
    decision: Decision,
    heading: str,
    act: str,
    outcome: Outcome | None = None,
    writing: Writing[Any] | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "decision": decision,
        "outcome": outcome,
        "heading": heading,
        "act": act,
        "writing": writing,
    }
    return render(request, "actionplans/outcomes/outcome_form.html", context)
