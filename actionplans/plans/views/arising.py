"""The tie between a decision and the lines of plans that carry it out."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from actionplans.decisions.models import Decision
from actionplans.decisions.queries import decisions
from actionplans.plans import forms, policies
from actionplans.plans.models import Plan
from actionplans.plans.operations import arising as operations
from actionplans.plans.queries import arising
from actionplans.plans.views.lines import line_or_404
from actionplans.plans.views.plans import plan_or_404
from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.refusals import Refusal


@landlord_view(Permission.PLAN_CHANGE)
def arising_add(request: LandlordRequest, pk: int) -> HttpResponse:
    """Put a decision on a plan as a line of its own."""
    decision, plan = _decision_or_404(request, pk), _plan_asked(request)
    about, data = _about(decision, plan), posted(request)
    form = None
    if plan is not None and (data is not None or not about["refusal"]):
        form = forms.ArisingLineForm(data, decision=decision, plan=plan)
    if form is not None and plan is not None and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            line = operations.put_on_plan(
                decision=decision,
                plan=plan,
                under=values.pop("under"),
                form_key=values.pop("form_key"),
                values=values,
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"“{line.heading}” is in the plan “{plan}”.")
            return redirect("decisions:decision_detail", pk)
    context = {"decision": decision, "plan": plan, "form": form, **about}
    return render(request, "actionplans/plans/arising_add.html", context)


@landlord_view(Permission.PLAN_CHANGE)
def arising_tie(request: LandlordRequest, pk: int) -> HttpResponse:
    """Say which line of a plan carries a decision out already."""
    decision, plan = _decision_or_404(request, pk), _plan_asked(request)
    words = request.GET.get("words", "").strip()
    about, data = _about(decision, plan), posted(request)
    form = None
    if plan is not None and (data is not None or not about["refusal"]):
        form = forms.TieForm(data, decision=decision, plan=plan, words=words)
    if form is not None and form.is_valid():
        line = form.cleaned_data["line"]
        try:
            operations.tie_line(line=line, decision=decision, by=request.actor, at=timezone.now())
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"“{line.heading}” is tied to the decision.")
            return redirect("decisions:decision_detail", pk)
    context = {"decision": decision, "plan": plan, "form": form, **about}
    context["words"] = words
    return render(request, "actionplans/plans/arising_tie.html", context)


@landlord_view(Permission.PLAN_CHANGE)
def line_arose(request: LandlordRequest, pk: int) -> HttpResponse:
    """Say which decision a line arose from; of a line that has one, show it, to be taken off."""
    _check_reads_decisions(request)
    line, words = line_or_404(pk), request.GET.get("words", "").strip()
    form = forms.AroseForm(posted(request), words=words)
    if form.is_valid():
        decision = form.cleaned_data["decision"]
        try:
            operations.tie_line(line=line, decision=decision, by=request.actor, at=timezone.now())
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"It arose from the decision on “{decision.theme}”.")
            return redirect("plans:line_detail", pk)
    current = decisions().order_by("pk").get(pk=line.arose_from_id) if line.arose_from_id else None
    context = {"line": line, "plan": line.plan, "form": form, "words": words, "current": current}
    return render(request, "actionplans/plans/line_arose.html", context)


@require_POST
@landlord_view(Permission.PLAN_CHANGE)
def line_arose_remove(request: LandlordRequest, pk: int) -> HttpResponse:
    """Take off a line the decision it was said to have arisen from."""
    _check_reads_decisions(request)
    line, sent = line_or_404(pk), request.POST.get("decision", "")
    seen = int(sent) if sent.isdecimal() else 0
    try:
        operations.untie_line(line=line, seen=seen, by=request.actor, at=timezone.now())
    except Refusal as refused:
        messages.warning(request, str(refused))
        return redirect("plans:line_arose", pk)
    messages.success(request, "The line is no longer tied to the decision.")
    return redirect("plans:line_detail", pk)


def _check_reads_decisions(request: LandlordRequest) -> None:
    if not request.membership.may(Permission.FEEDBACK_READ):
        raise PermissionDenied(Permission.FEEDBACK_READ)


def _decision_or_404(request: LandlordRequest, pk: int) -> Decision:
    _check_reads_decisions(request)
    return get_object_or_404(decisions().order_by("pk"), pk=pk)


def _plan_asked(request: LandlordRequest) -> Plan | None:
    """The plan the address names; where it names none, the only one that can be changed."""
    asked = request.GET.get("plan", "")
    if asked.isdecimal():
        return plan_or_404(int(asked))
    there = list(arising.plans_to_change()[:2])
    return there[0] if len(there) == 1 else None


def _about(decision: Decision, plan: Plan | None) -> dict[str, object]:
    """What both pages say beside their forms: which plans there are, and why not, where not."""
    refusal = ""
    try:
        policies.check_can_plan(decision)
        if plan is not None:
            policies.check_can_change(plan)
    except Refusal as refused:
        refusal = str(refused)
    return {
        "choice": forms.PlanToChange(plan),
        "refusal": refusal,
        "can_plan": policies.can_plan(decision),
    }
