"""Totals of a population that somebody else counted: upload, look, confirm."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from involvement.accounts.doors import LandlordRequest, landlord_view, posted, posted_files
from involvement.accounts.permissions import Permission
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import count
from involvement.importing import operations as importing
from involvement.importing.models import Upload
from involvement.importing.queries import uploads
from involvement.questionnaires.queries import definition_of
from residents.profiles import queries
from residents.profiles.forms.totals import TotalsFile
from residents.profiles.operations.bringing_in import KIND, confirm_totals, read_upload


@landlord_view(Permission.EQUALITY_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def totals(request: LandlordRequest) -> HttpResponse:
    """The totals there are, and a file of more."""
    form = TotalsFile(posted(request), posted_files(request))
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = importing.start_upload(
                kind=KIND, name=file.name, data=file.read(), by=request.actor, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("profiles:totals_preview", upload.pk)
    version = queries.question_set()
    definition = definition_of(version) if version else None
    rows = [
        (*queries.words_for(definition, row.characteristic, row.category), row)
        for rows in queries.newest_totals().values()
        for row in rows
        if definition
    ]
    return render(request, "residents/profiles/totals.html", {"form": form, "rows": rows})


@landlord_view(Permission.EQUALITY_RECORD)
@require_http_methods(["GET", "HEAD"])
def totals_preview(request: LandlordRequest, pk: int) -> HttpResponse:
    """What would be kept, row by row."""
    upload = get_object_or_404(uploads(KIND), pk=pk)
    try:
        preview = read_upload(upload, at=timezone.now()).preview
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("profiles:totals")
    waits = upload.state == Upload.State.PREVIEW
    context = {"upload": upload, "preview": preview, "waits": waits}
    return render(request, "residents/profiles/totals_preview.html", context)


@landlord_view(Permission.EQUALITY_RECORD)
@require_POST
def totals_settle(request: LandlordRequest, pk: int) -> HttpResponse:
    """Keep what the preview showed, or set the file aside."""
    upload = get_object_or_404(uploads(KIND), pk=pk)
    at, by = timezone.now(), request.actor
    try:
        if "keep" in request.POST:
            kept = confirm_totals(upload=upload, by=by, at=at)
            messages.success(request, f"{count(kept, 'total')} of “{upload}” are kept.")
        else:
            importing.refuse_upload(upload=upload, by=by, at=at)
            messages.success(request, f"“{upload}” is set aside. Nothing of it is kept.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("profiles:totals_preview", pk)
    return redirect("profiles:totals")
