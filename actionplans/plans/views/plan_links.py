from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from actionplans.plans import forms
from actionplans.plans.models import PlanLink
from actionplans.plans.operations import plan_links as operations
from actionplans.plans.views.plans import plan_or_404
from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.refusals import Refusal


@landlord_view(Permission.PLAN_CHANGE)
def plan_link(request: LandlordRequest, pk: int) -> HttpResponse:
    """Link a plan with another."""
    plan = plan_or_404(pk)
    form = forms.PlanLinkForm(posted(request), plan=plan)
    if form.is_valid():
        try:
            operations.link_plans(
                plan=plan, by=request.actor, at=timezone.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The two plans are linked.")
            return redirect("plans:plan_about", pk)
    return render(request, "actionplans/plans/plan_link.html", {"form": form, "plan": plan})


@require_POST
@landlord_view(Permission.PLAN_CHANGE)
def plan_unlink(request: LandlordRequest, pk: int) -> HttpResponse:
    """Take a link between plans away."""
    link = get_object_or_404(PlanLink.objects.select_related("plan", "other").order_by("pk"), pk=pk)
    try:
        operations.unlink_plans(link=link, by=request.actor, at=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "The link is taken away.")
    return redirect("plans:plan_about", link.plan_id)
