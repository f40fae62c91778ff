"""The sets of rules and the outside checks they ask for."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.auditing.queries import history_of
from involvement.auditing.refusals import Refusal
from residents.eligibility import operations, queries
from residents.eligibility.forms import OutsideCheckForm, RuleSetForm, TryForm
from residents.eligibility.models import OutsideCheck, RuleSet
from residents.segments.conditions import conditions, grouped
from residents.segments.forms import ConditionForm
from residents.segments.rules import asked_of

FORM_METHODS = ["GET", "HEAD", "POST"]
SHOWN = 50


@landlord_view(Permission.PEOPLE_READ)
@require_safe
def rule_set_list(request: LandlordRequest) -> HttpResponse:
    """Who may join what, and which outside checks there are."""
    context = {
        "rule_sets": [(row, len(asked_of(row.conditions))) for row in queries.rule_sets()],
        "put_away": queries.put_away(),
        "checks": queries.outside_checks(),
        "can_change": request.membership.may(Permission.PEOPLE_CHANGE),
    }
    return render(request, "residents/eligibility/rule_set_list.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_http_methods(FORM_METHODS)
def rule_set_add(request: LandlordRequest) -> HttpResponse:
    """Say what the rules are for; their conditions come next."""
    form = RuleSetForm(posted(request), initial={"form_token": uuid.uuid4()})
    if form.is_valid():
        try:
            row = operations.add_rule_set(by=request.actor, at=timezone.now(), **form.cleaned_data)
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"“{row}” is made. Say who may join.")
            return redirect("eligibility:rule_set_detail", row.pk)
    context = {"form": form, "rule_set": None}
    return render(request, "residents/eligibility/rule_set_form.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_http_methods(FORM_METHODS)
def rule_set_change(request: LandlordRequest, pk: int) -> HttpResponse:
    """Change what the rules are for, why, and which outside checks they ask for."""
    row = _rule_set(pk)

    def make(data: Any) -> RuleSetForm:
        begun = {"name": row.name, "why": row.why, "checks": queries.checks_of(row)}
        return RuleSetForm(data, rule_set=row, initial=begun)

    writing = Writing(request, row, make)
    form = writing.form
    if form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("name", "why", "checks")}
        try:
            operations.change_rule_set(rule_set=row, by=request.actor, at=timezone.now(), **data)
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, writing.told("Your changes are kept."))
            return redirect("eligibility:rule_set_detail", pk)
    context = {"form": form, "rule_set": row, "writing": writing}
    return render(request, "residents/eligibility/rule_set_form.html", context)


@landlord_view(Permission.PEOPLE_READ)
@require_http_methods(FORM_METHODS)
def rule_set_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    """One set of rules; a POST tries a person against it and keeps the verdict."""
    row = _rule_set(pk)
    can_change = request.membership.may(Permission.PEOPLE_CHANGE) and not row.archived_at
    form = TryForm(posted(request) if can_change else None, initial={"on": timezone.localdate()})
    if form.is_valid():
        kept = operations.check_person(
            person=form.person,
            rule_set=row,
            on=form.cleaned_data["on"],
            by=request.actor,
            at=timezone.now(),
        )
        return redirect("eligibility:verdict", kept.pk)
    context = {
        "rule_set": row,
        "asked": asked_of(row.conditions),
        "checks": queries.checks_of(row),
        "verdicts": queries.verdicts(row)[:SHOWN],
        "form": form,
        "can_change": can_change,
        "may_put": request.membership.may(Permission.PEOPLE_CHANGE),
        "history": history_of(row)[:20],
    }
    return render(request, "residents/eligibility/rule_set_detail.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_POST
def rule_set_put(request: LandlordRequest, pk: int) -> HttpResponse:
    """Put a set of rules away, or bring it back."""
    row, at = _rule_set(pk), timezone.now()
    archived_at = at if row.archived_at is None else None
    operations.put_away(rule_set=row, archived_at=archived_at, by=request.actor, at=at)
    messages.success(request, f"“{row}” is {'put away' if archived_at else 'back in the list'}.")
    return redirect("eligibility:rule_set_list")


@landlord_view(Permission.PEOPLE_CHANGE)
@require_safe
def condition_choose(request: LandlordRequest, pk: int) -> HttpResponse:
    """Choose the question; its answer comes next."""
    context = {"rule_set": _rule_set(pk), "groups": list(grouped())}
    return render(request, "residents/eligibility/condition_choose.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_http_methods(FORM_METHODS)
def condition_set(
    request: LandlordRequest, pk: int, key: str, place: int | None = None
) -> HttpResponse:
    """Answer the question of a condition, anew or for the first time."""
    row, condition = _rule_set(pk), conditions().get(key)
    if condition is None:
        raise Http404
    writing = Writing(
        request,
        row,
        lambda data: ConditionForm(data, condition=condition, initial=_begun(row, key, place)),
    )
    form = writing.form
    if form.is_valid():
        try:
            operations.ask(
                rule_set=row, asked=form.asked, place=place, by=request.actor, at=timezone.now()
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, writing.told("The condition is set."))
            return redirect("eligibility:rule_set_detail", pk)
    context = {"form": form, "rule_set": row, "condition": condition, "writing": writing}
    return render(request, "residents/eligibility/condition_set.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_POST
def condition_drop(request: LandlordRequest, pk: int, place: int) -> HttpResponse:
    """Take a condition out."""
    try:
        operations.ask_no_more(
            rule_set=_rule_set(pk), place=place, by=request.actor, at=timezone.now()
        )
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The condition is out.")
    return redirect("eligibility:rule_set_detail", pk)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_http_methods(FORM_METHODS)
def outside_check_add(request: LandlordRequest) -> HttpResponse:
    """Add a question somebody outside answers."""
    form = OutsideCheckForm(posted(request))
    if form.is_valid():
        row = operations.add_outside_check(by=request.actor, at=timezone.now(), **form.cleaned_data)
        messages.success(request, f"“{row}” can be asked for.")
        return redirect("eligibility:rule_set_list")
    context = {"form": form, "row": None}
    return render(request, "residents/eligibility/outside_check_form.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_http_methods(FORM_METHODS)
def outside_check_change(request: LandlordRequest, pk: int) -> HttpResponse:
    """Change an outside check."""
    row = _outside_check(pk)

    def make(data: Any) -> OutsideCheckForm:
        begun = {name: getattr(row, name) for name in operations.CHECK_FIELDS}
        return OutsideCheckForm(data, row=row, initial=begun)

    writing = Writing(request, row, make)
    form = writing.form
    if form.is_valid():
        operations.change_outside_check(
            row=row, by=request.actor, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, writing.told("Your changes are kept."))
        return redirect("eligibility:rule_set_list")
    context = {"form": form, "row": row, "history": history_of(row)[:20], "writing": writing}
    return render(request, "residents/eligibility/outside_check_form.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_POST
def outside_check_put(request: LandlordRequest, pk: int) -> HttpResponse:
    """Offer a check no more, or again."""
    row, at = _outside_check(pk), timezone.now()
    archived_at = at if row.archived_at is None else None
    operations.put_check_away(row=row, archived_at=archived_at, by=request.actor, at=at)
    messages.success(request, f"“{row}” is {'put away' if archived_at else 'offered again'}.")
    return redirect("eligibility:rule_set_list")


def _begun(row: RuleSet, key: str, place: int | None) -> dict[str, Any]:
    """The answer that holds, where a condition is changed."""
    asked = asked_of(row.conditions)
    if place is None or place >= len(asked) or asked[place].key != key:
        return {}
    return {"answer": asked[place].raw, "negated": asked[place].negated}


def _rule_set(pk: int) -> RuleSet:
    row: RuleSet = get_object_or_404(RuleSet, pk=pk)
    return row


def _outside_check(pk: int) -> OutsideCheck:
    row: OutsideCheck = get_object_or_404(OutsideCheck, pk=pk)
    return row
