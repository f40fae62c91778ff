from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from actionplans.plans import forms, policies
from actionplans.plans.models import Line, Target
from actionplans.plans.operations import targets as operations
from actionplans.plans.views.lines import line_or_404
from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.auditing.refusals import Refusal


@landlord_view(Permission.PLAN_CHANGE)
def target_add(request: LandlordRequest, pk: int) -> HttpResponse:
    """Add a target to a line."""
    return _kept(request, line_or_404(pk), None)


@landlord_view(Permission.PLAN_CHANGE)
def target_edit(request: LandlordRequest, pk: int) -> HttpResponse:
    """Change a target's words, number and dates."""
    target = _target_or_404(pk)
    return _kept(request, line_or_404(target.line_id), target)


@require_POST
@landlord_view(Permission.PLAN_CHANGE)
def target_remove(request: LandlordRequest, pk: int) -> HttpResponse:
    """Take a target off its line."""
    target, version = _target_or_404(pk), request.POST.get("version", "")
    try:
        operations.remove_target(
            target=target,
            version=int(version) if version.isdigit() else 0,
            by=request.actor,
            at=timezone.now(),
        )
    except policies.LineChangedMeanwhile:
        messages.warning(
            request, "Somebody else changed this line meanwhile. Look at the target once more."
        )
        return redirect("plans:target_edit", pk)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "The target is taken off the line.")
    return redirect("plans:line_detail", target.line_id)


def _target_or_404(pk: int) -> Target:
    target: Target = get_object_or_404(
        Target.objects.select_related("line__plan").order_by("pk"), pk=pk
    )
    return target


def _kept(request: LandlordRequest, line: Line, target: Target | None) -> HttpResponse:
    def make(data: Any) -> forms.TargetForm:
        names = operations.TARGET_FIELDS if target else ()
        return forms.TargetForm(data, initial={name: getattr(target, name) for name in names})

    writing = Writing(request, target, make, within=line)
    form = writing.form
    if form.is_valid():
        try:
            operations.keep_target(
                line=line,
                version=line.version,
                values=form.cleaned_data,
                target=target,
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, writing.told("The target is kept."))
            return redirect("plans:line_detail", line.pk)
    context = {"form": form, "line": line, "plan": line.plan, "target": target, "writing": writing}
    return render(request, "actionplans/plans/target_edit.html", context)
