from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.landlords.queries import landlord_in_scope
from reporting.catalogue.queries import Kind, kind_named
from reporting.schedule import forms, operations, queries
from reporting.schedule.models import ReportSchedule


@landlord_view(Permission.REPORT_EDIT)
def schedule(request: LandlordRequest) -> HttpResponse:
    """When each kind of report is made, each with its own form on the page."""
    due = queries.due_on(request.landlord, timezone.localdate())
    rows = [(each, _writing(request, each.kind, each.schedule)) for each in due]
    for each, writing in rows:
        form = writing.form
        if form.is_valid():
            operations.choose_schedule(
                kind=kind_named(each.kind.slug),
                by=request.actor,
                at=timezone.now(),
                **form.cleaned_data,
            )
            done = writing.told(f"The schedule of “{each.kind.title}” is kept.")
            messages.success(request, done)
            return redirect("report_schedule:schedule")
    return render(request, "reporting/schedule/schedule.html", {"rows": rows})


def _writing(
    request: LandlordRequest, kind: Kind, told_by: ReportSchedule
) -> Writing[forms.Choose]:
    """The form of one kind. A schedule nobody has chosen is not written down yet, so the landlord
    is held in its place."""

    def make(data: Any) -> forms.Choose:
        schedule = queries.schedule_of(kind)
        begun = {"every": schedule.every, "cutoff_days": schedule.cutoff_days}
        return forms.Choose(data, initial=begun, prefix=kind.slug)

    return Writing(
        request,
        landlord_in_scope(),
        make,
        told_by=told_by if told_by.pk else None,
        shown_only=request.POST.get("kind") != kind.slug,
    )
