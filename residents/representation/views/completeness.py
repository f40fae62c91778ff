from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from residents.profiles import operations as profiles
from residents.profiles.forms.asking import TargetForm
from residents.profiles.models import ProfileTarget
from residents.representation.completeness import sentence
from residents.representation.known import known_now


@landlord_view(Permission.EQUALITY_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def completeness(request: LandlordRequest) -> HttpResponse:
    """Known of how many, by question and part, and the targets."""
    may_set = request.membership.may(Permission.EQUALITY_RECORD)
    if request.method == "POST" and not may_set:
        raise PermissionDenied
    if request.POST.get("remove", "").isdigit():
        target = get_object_or_404(ProfileTarget, pk=int(request.POST["remove"]))
        profiles.remove_target(target=target, by=request.actor, at=timezone.now())
        messages.success(request, "The target is taken away.")
        return redirect("representation:completeness")
    form = TargetForm(posted(request))
    if form.is_valid():
        profiles.set_target(by=request.actor, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "The target is set.")
        return redirect("representation:completeness")
    now = known_now(timezone.localdate())
    context = {
        "rows": now.rows,
        "targets": now.targets,
        "sentence": sentence(now.rows, now.targets),
        "form": form,
        "can_set": may_set,
        "until": now.until,
    }
    return render(request, "residents/representation/completeness.html", context)
