from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from involvement.questionnaires.queries import definition_of
from residents.profiles import operations as profiles
from residents.profiles.forms.asking import TargetForm
from residents.profiles.models import ProfileTarget
from residents.profiles.queries import question_set, targets
from residents.representation import queries
from residents.representation.completeness import known_rows, sentence
from residents.representation.models import Cut


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
    form = TargetForm(request.POST or None)
    if form.is_valid():
        profiles.set_target(by=request.actor, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "The target is set.")
        return redirect("representation:completeness")
    units, _kinds = queries.slices()
    cuts: list[Cut] = queries.cuts()
    for key, _name in units:
        cuts += queries.cuts(unit=key)
    wanted = targets()
    version = question_set()
    asked = definition_of(version).questions if version else ()
    only_some = {one.code for one in asked if one.only_if is not None}
    rows = known_rows(cuts, wanted, today=timezone.localdate(), left_out=only_some)
    context = {
        "rows": rows,
        "targets": wanted,
        "sentence": sentence(rows, wanted),
        "form": form,
        "can_set": may_set,
        "until": max((cut.until_on for cut in cuts), default=None),
    }
    return render(request, "residents/representation/completeness.html", context)
