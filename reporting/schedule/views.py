from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from reporting.catalogue.queries import kind_named
from reporting.schedule import forms, operations, queries


@landlord_view(Permission.REPORT_EDIT)
def schedule(request: LandlordRequest) -> HttpResponse:
    """When each kind of report is made, each with its own form on the page."""
    chosen = request.POST.get("kind", "")
    due = queries.due_on(request.landlord, timezone.localdate())
    rows = []
    for each in due:
        slug = each.kind.slug
        initial = {"every": each.schedule.every, "cutoff_days": each.schedule.cutoff_days}
        data = request.POST if slug == chosen else None
        rows.append((each, forms.Choose(data, initial=initial, prefix=slug)))
    for each, form in rows:
        if form.is_valid():
            operations.choose_schedule(
                kind=kind_named(each.kind.slug),
                by=request.actor,
                at=timezone.now(),
                **form.cleaned_data,
            )
            messages.success(request, f"The schedule of “{each.kind.title}” is kept.")
            return redirect("report_schedule:schedule")
    return render(request, "reporting/schedule/schedule.html", {"rows": rows})
