"""Bringing a list in: upload, choose the columns, look at what would happen, confirm."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from actionplans.feedback import operations
from actionplans.feedback.forms.imports import ImportColumns, ImportFile
from actionplans.feedback.operations.importing import KIND
from involvement.accounts.doors import LandlordRequest, landlord_view, posted, posted_files
from involvement.accounts.permissions import Permission
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import count
from involvement.importing import operations as importing
from involvement.importing.models import Upload
from involvement.importing.queries import uploads


@landlord_view(Permission.FEEDBACK_CHANGE)
def import_start(request: LandlordRequest) -> HttpResponse:
    """Choose a file. Nothing of it is written to the log yet."""
    form = ImportFile(posted(request), posted_files(request))
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = importing.start_upload(
                kind=KIND,
                name=file.name,
                data=file.read(),
                options=form.options,
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("feedback:import_preview", upload.pk)
    context = {"form": form, "uploads": uploads(KIND)[:10]}
    return render(request, "actionplans/feedback/import_start.html", context)


@landlord_view(Permission.FEEDBACK_CHANGE)
def import_preview(request: LandlordRequest, pk: int) -> HttpResponse:
    """What would happen, row by row, and which column feeds what."""
    upload = get_object_or_404(uploads(KIND), pk=pk)
    reading = operations.read_upload(upload, at=timezone.now())
    way = upload.options.get("source_kind", "") if reading.rows_without_way else None
    form = ImportColumns(posted(request), mapping=reading.mapping, way=way)
    if form.is_valid():
        try:
            importing.choose_fields(
                upload=upload,
                choices=form.choices(),
                options=form.options,
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("feedback:import_preview", pk)
    preview = reading.preview
    return render(
        request,
        "actionplans/feedback/import_preview.html",
        {
            "upload": upload,
            "form": form,
            "preview": preview,
            "problems": preview.problems[:200],
            "waits": upload.state == Upload.State.PREVIEW,
            "to_choose": bool(reading.mapping.problems),
            "way_to_choose": way == "",
        },
    )


@require_POST
@landlord_view(Permission.FEEDBACK_CHANGE)
def import_confirm(request: LandlordRequest, pk: int) -> HttpResponse:
    """Write what the preview showed."""
    upload = get_object_or_404(uploads(KIND), pk=pk)
    try:
        made = operations.confirm_import(upload=upload, by=request.actor, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("feedback:import_preview", pk)
    messages.success(request, f"{count(len(made), 'piece')} from “{upload}” are in the log.")
    return redirect("feedback:log")


@require_POST
@landlord_view(Permission.FEEDBACK_CHANGE)
def import_refuse(request: LandlordRequest, pk: int) -> HttpResponse:
    """Set the file aside."""
    upload = get_object_or_404(uploads(KIND), pk=pk)
    try:
        importing.refuse_upload(upload=upload, by=request.actor, at=timezone.now())
        messages.success(request, f"“{upload}” is set aside. Nothing of it is in the log.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("feedback:import_start")
