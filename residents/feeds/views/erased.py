from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.refusals import Refusal
from residents.feeds import operations, queries
from residents.feeds.forms import ReleaseForm

SHOWN = 50


@landlord_view(Permission.PEOPLE_ERASE)
@require_http_methods(["GET", "HEAD", "POST"])
def reference_release(request: LandlordRequest) -> HttpResponse:
    """Let lists bring somebody again who was erased, by the reference they have."""
    form = ReleaseForm(posted(request))
    if form.is_valid():
        try:
            operations.release_reference(by=request.actor, at=timezone.now(), **form.cleaned_data)
        except Refusal as refused:
            form.add_error("reference", str(refused))
        else:
            messages.success(request, "The next list that has this reference brings them as new.")
            return redirect("feeds:reference_release")
    context = {"form": form, "released": list(queries.released()[:SHOWN])}
    return render(request, "residents/feeds/reference_release.html", context)
