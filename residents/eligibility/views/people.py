"""Whether one person may join something, and what others confirmed about them."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.refusals import Refusal
from residents.eligibility import operations, queries
from residents.eligibility.forms import AttestForm, WhichRules
from residents.eligibility.models import Check, OutsideCheck
from residents.people.models import Person
from residents.people.queries import people

FORM_METHODS = ["GET", "HEAD", "POST"]
SHOWN = 50


@landlord_view(Permission.PEOPLE_READ)
@require_http_methods(FORM_METHODS)
def person_joining(request: LandlordRequest, pk: int) -> HttpResponse:
    """What they were told about joining; a POST checks whether they may join something now."""
    person = _person(pk)
    can_change = request.membership.may(Permission.PEOPLE_CHANGE)
    form = WhichRules(
        posted(request) if can_change else None,
        initial={"on": timezone.localdate(), "form_token": uuid.uuid4()},
    )
    if form.is_valid():
        row = operations.check_person(
            person=person, by=request.actor, at=timezone.now(), **form.cleaned_data
        )
        return redirect("eligibility:verdict", row.pk)
    context = {
        "person": person,
        "form": form,
        "verdicts": queries.verdicts_of(person)[:SHOWN],
        "attestations": queries.attestations_of(person)[:SHOWN],
        "checks": queries.outside_checks(),
        "today": timezone.localdate(),
        "can_change": can_change,
    }
    return render(request, "residents/eligibility/person_joining.html", context)


@landlord_view(Permission.PEOPLE_READ)
@require_safe
def verdict(request: LandlordRequest, pk: int) -> HttpResponse:
    """One verdict as it was given, with its reasons, and what would be said today."""
    row: Check = get_object_or_404(Check.objects.select_related("person", "rule_set"), pk=pk)
    reasons = row.reasons if isinstance(row.reasons, list) else []
    now = queries.check(row.person, row.rule_set, row.judged_on)
    context = {
        "row": row,
        "reasons": [each for each in reasons if isinstance(each, dict)],
        "now": now,
        "changed": now.verdict != row.verdict,
        "now_words": Check.Verdict(now.verdict).label.lower(),
        "missing": [each.check for each in now.reasons if each.check],
        "can_change": request.membership.may(Permission.PEOPLE_CHANGE),
    }
    return render(request, "residents/eligibility/verdict.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_http_methods(FORM_METHODS)
def attest(request: LandlordRequest, pk: int, asked: int) -> HttpResponse:
    """Keep somebody's yes or no to an outside check."""
    person = _person(pk)
    check_asked: OutsideCheck = get_object_or_404(OutsideCheck, pk=asked)
    begun = {"attested_on": timezone.localdate(), "form_token": uuid.uuid4()}
    form = AttestForm(posted(request), check_asked=check_asked, initial=begun)
    if form.is_valid():
        data = dict(form.cleaned_data)
        data["answer"] = data["answer"] == "yes"
        try:
            operations.attest(
                person=person,
                check_asked=check_asked,
                by=request.actor,
                at=timezone.now(),
                **data,
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The answer is kept.")
            return redirect("eligibility:person_joining", pk)
    context = {"person": person, "asked": check_asked, "form": form}
    return render(request, "residents/eligibility/attest.html", context)


def _person(pk: int) -> Person:
    return get_object_or_404(people(), pk=pk)
