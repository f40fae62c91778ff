from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from actionplans.plans import forms
from actionplans.plans.operations import bringing_in
from actionplans.plans.queries.columns import map_headings
from actionplans.plans.queries.drafts import PlanDraft
from actionplans.plans.views.answers import sent, sent_files
from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from involvement.auditing.actors import Channel
from involvement.auditing.refusals import Refusal
from involvement.importing import operations as importing
from involvement.importing import queries as uploads
from involvement.importing.models import Upload
from involvement.importing.problems import Preview

KIND = "plan"


@landlord_view(Permission.PLAN_CHANGE)
def upload_add(request: LandlordRequest) -> HttpResponse:
    """Choose the spreadsheet. Nothing is brought in yet."""
    form = forms.UploadForm(*sent_files(request))
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = importing.start_upload(
                kind=KIND,
                name=file.name,
                data=file.read(),
                options={"title": form.cleaned_data["title"]},
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("plans:upload_preview", upload.pk)
    return render(request, "actionplans/plans/upload_add.html", {"form": form})


@landlord_view(Permission.PLAN_CHANGE)
def upload_preview(request: LandlordRequest, pk: int) -> HttpResponse:
    """What the file would bring in, and what stands in the way. Nothing is written."""
    upload = _upload_or_404(pk)
    try:
        table, draft = _read(request, upload)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("plans:upload_add")
    shown = [drafted for drafted in draft.lines if drafted.row][:10]
    unknown = [column for column in draft.columns if not column.fields]
    context = {"upload": upload, "draft": draft, "shown": shown, "unknown": unknown}
    context |= {"notes": table.notes, "waits": upload.state == Upload.State.PREVIEW}
    context["errors"] = _preview(draft).errors
    return render(request, "actionplans/plans/upload_preview.html", context)


@landlord_view(Permission.PLAN_CHANGE)
def upload_map(request: LandlordRequest, pk: int) -> HttpResponse:
    """Say what each heading means; kept for this landlord's next file with the same headings."""
    upload = _upload_or_404(pk)
    table = uploads.table_of(upload)
    mapping = map_headings(table.headings, _choices(upload, table.headings))
    known = [(column.heading, column.fields) for column in mapping.columns]
    form = forms.MappingForm(sent(request), headings=known)
    if form.is_valid():
        at = timezone.now()
        importing.choose_fields(upload=upload, choices=form.choices, by=request.actor, at=at)
        importing.save_mapping(
            kind=KIND,
            name=upload.options["title"][:120],
            choices=form.choices,
            by=request.actor,
            at=at,
        )
        return redirect("plans:upload_preview", pk)
    samples = {
        name: next((cell for cell in table.column(at) if cell.strip()), "")[:120]
        for at, (name, _) in enumerate(form.headings)
    }
    rows = [(form[name], samples[name]) for name, _ in form.headings]
    return render(
        request, "actionplans/plans/upload_map.html", {"form": form, "rows": rows, "upload": upload}
    )


@require_POST
@landlord_view(Permission.PLAN_CHANGE)
def upload_confirm(request: LandlordRequest, pk: int) -> HttpResponse:
    """Bring the file in, in one transaction."""
    upload = _upload_or_404(pk)
    by, at = request.actor.by(Channel.IMPORT), timezone.now()
    try:
        table, draft = _read(request, upload)
        with transaction.atomic():
            importing.confirm_upload(upload=upload, done=_preview(draft), by=by, at=at)
            done = bringing_in.bring_in_plan(
                table=table,
                draft=draft,
                title=upload.options["title"],
                file_name=upload.file.name,
                by=by,
                at=at,
            )
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("plans:upload_preview", pk)
    messages.success(request, done.sentence)
    return redirect("plans:plan_detail", done.plan.pk if done.plan else 0)


def _upload_or_404(pk: int) -> Upload:
    upload: Upload = get_object_or_404(uploads.uploads(KIND), pk=pk)
    return upload


def _choices(upload: Upload, headings: Any) -> Mapping[str, Any] | None:
    """What was chosen for this upload, or for an earlier file with the same headings."""
    if upload.choices:
        return dict(upload.choices)
    kept = uploads.mapping_for(KIND, headings)
    return dict(kept.choices) if kept else None


def _read(request: LandlordRequest, upload: Upload) -> tuple[Any, PlanDraft]:
    table = uploads.table_of(upload)
    saved = _choices(upload, table.headings)
    draft = bringing_in.read_plan(table, landlord=request.landlord, at=timezone.now(), saved=saved)
    return table, draft


def _preview(draft: PlanDraft) -> Preview:
    return Preview(rows_read=draft.rows_read, created=draft.rows_read, problems=draft.problems)
