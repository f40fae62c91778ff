from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.landlords.queries import landlord_in_scope
from residents.privacy.forms.desk import RecordHoldForm, RuleForm
from residents.privacy.kinds import kind_named
from residents.privacy.operations import holds, retention
from residents.privacy.queries import holds as placed
from residents.privacy.queries import retention as queries


@landlord_view(Permission.PRIVACY_MANAGE)
@require_safe
def schedule(request: LandlordRequest) -> HttpResponse:
    """How long each kind of record is kept, what would go tonight, and what went."""
    today = timezone.localdate()
    trials = [queries.trial(kept, today) for kept in queries.schedule(today)]
    context = {"trials": trials, "today": today, "runs": list(queries.runs()[:14])}
    context["labels"] = {trial.kept.kind.key: trial.kept.kind.label for trial in trials}
    context["due"] = sum(trial.count for trial in trials)
    return render(request, "residents/privacy/schedule.html", context)


@landlord_view(Permission.PRIVACY_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def rule_change(request: LandlordRequest, key: str) -> HttpResponse:
    """Change how long one kind is kept."""
    kind = kind_named(key)
    if kind is None:
        raise Http404
    today = timezone.localdate()
    kept = next(row for row in queries.schedule(today) if row.kind.key == key)

    def make(data: Any) -> RuleForm:
        rule = next(row.rule for row in queries.schedule(today) if row.kind.key == key)
        begun = {name: getattr(rule, name) for name in ("months", "then", "source")}
        return RuleForm(data, initial=begun, kind=kind)

    # A rule nobody has changed is not written down yet, so that it cannot be held itself
    told_by = kept.rule if kept.rule.pk else None
    writing = Writing(request, landlord_in_scope(), make, told_by=told_by)
    form = writing.form
    if form.is_valid():
        retention.change_rule(kind=kind, by=request.actor, at=timezone.now(), **form.cleaned_data)
        done = writing.told("The rule is changed. It begins in 30 days, after warnings.")
        messages.success(request, done)
        return redirect("privacy:schedule")
    context = {"form": form, "kept": kept, "trial": queries.trial(kept, today), "writing": writing}
    context["held"] = list(placed.on_records(key, today))
    return render(request, "residents/privacy/rule_form.html", context)


@landlord_view(Permission.PRIVACY_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def record_hold(request: LandlordRequest, key: str) -> HttpResponse:
    """Keep one record of a kind from being let go."""
    kind = kind_named(key)
    if kind is None:
        raise Http404
    begun = {"record": request.GET.get("record", "")}
    form = RecordHoldForm(posted(request), initial=begun, kind=kind)
    if form.is_valid():
        values = form.cleaned_data
        holds.place_hold(
            kind=key,
            record_id=values["record"],
            reason=values["reason"],
            ends_on=values["ends_on"],
            by=request.actor,
            at=timezone.now(),
        )
        messages.success(request, f"Record {values['record']} is kept while the hold stands.")
        return redirect("privacy:rule_change", key)
    context = {"form": form, "kind": kind}
    return render(request, "residents/privacy/record_hold.html", context)
