from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.auditing.queries import history_of
from involvement.wiring import panels
from structures.bodies import forms, operations, queries
from structures.bodies.models import Body


@landlord_view(Permission.STRATEGY_READ)
def body_list(request: LandlordRequest) -> HttpResponse:
    return render(
        request,
        "structures/bodies/body_list.html",
        {
            "bodies": queries.bodies(),
            "closed": queries.bodies(closed=True),
            "can_change": request.membership.may(Permission.STRATEGY_CHANGE),
        },
    )


@landlord_view(Permission.STRATEGY_READ)
def body_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    body = get_object_or_404(Body.objects.select_related("unit").order_by("pk"), pk=pk)
    return render(
        request,
        "structures/bodies/body_detail.html",
        {
            "body": body,
            "panels": panels("structures.body", request, body=body),
            "history": history_of(body)[:20],
            "can_change": request.membership.may(Permission.STRATEGY_CHANGE),
        },
    )


@landlord_view(Permission.STRATEGY_CHANGE)
def body_edit(request: LandlordRequest, pk: int = 0) -> HttpResponse:
    """Add (no `pk`) or change a group."""
    body = get_object_or_404(Body.objects.order_by("pk"), pk=pk) if pk else Body()

    def make(data: Any) -> forms.Group:
        begun = {name: getattr(body, name) for name in forms.Group.base_fields} if pk else {}
        return forms.Group(data, initial=begun, body=body)

    writing = Writing(request, body if pk else None, make)
    form = writing.form
    if form.is_valid():
        kept = operations.save_body(
            body=body, by=request.actor, at=timezone.now(), values=form.cleaned_data
        )
        messages.success(request, writing.told(f"“{kept.name}” is kept."))
        return redirect("bodies:body_detail", kept.pk)
    context = {"form": form, "writing": writing, "body": body if pk else None}
    return render(request, "structures/bodies/body_edit.html", context)


@require_POST
@landlord_view(Permission.STRATEGY_CHANGE)
def body_close(request: LandlordRequest, pk: int) -> HttpResponse:
    """Close a group that lives, or open again one that has closed."""
    body = get_object_or_404(Body.objects.order_by("pk"), pk=pk)
    if body.closed_on:
        operations.reopen_body(body=body, by=request.actor, at=timezone.now())
        messages.success(request, f"“{body.name}” is open again.")
    else:
        operations.close_body(
            body=body, on=timezone.localdate(), by=request.actor, at=timezone.now()
        )
        messages.success(request, f"“{body.name}” is closed. What it decided stays.")
    return redirect("bodies:body_detail", pk)
