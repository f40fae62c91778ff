from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from actionplans.plans import forms
from actionplans.plans.operations import bringing_in, updating
from actionplans.plans.queries import comparing, plans
from actionplans.plans.queries.columns import map_headings
from actionplans.plans.queries.drafts import PlanDraft
from actionplans.plans.queries.kept import KIND, kept_choices
from involvement.accounts.doors import LandlordRequest, landlord_view, posted, posted_files
from involvement.accounts.permissions import Permission
from involvement.auditing.actors import Channel
from involvement.auditing.refusals import Refusal
from involvement.importing import operations as importing
from involvement.importing import queries as uploads
from involvement.importing.models import Upload
from involvement.importing.policies import AlreadyImported
from involvement.importing.problems import Preview
from involvement.importing.tables import Table


@landlord_view(Permission.PLAN_CHANGE)
def upload_add(request: LandlordRequest) -> HttpResponse:
    """Choose the spreadsheet. Nothing is brought in yet."""
    form = forms.UploadForm(
        posted(request), posted_files(request), initial={"title": request.GET.get("title", "")}
    )
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
    return _preview_page(request, _upload_or_404(pk))


def _preview_page(
    request: LandlordRequest, upload: Upload, refusal: Refusal | None = None
) -> HttpResponse:
    """The preview; with the `refusal` and what was ticked where it could not be brought in."""
    try:
        table, draft = _read(request, upload)
    except Refusal as unreadable:
        messages.warning(request, str(unreadable))
        return redirect("plans:upload_add")
    context = {
        "upload": upload,
        "draft": draft,
        "table": table,
        "shown": [drafted for drafted in draft.lines if drafted.row][:10],
        "unknown": [column for column in draft.columns if not column.fields],
        "notes": table.notes,
        "waits": upload.state == Upload.State.PREVIEW,
        "errors": _preview(draft).errors,
        "refusal": refusal,
    }
    context |= _beside(upload, table, draft)
    chosen = {name: set(_ticked(request, name)) for name in ("leave", "drop")}
    context |= {"chosen": chosen, "reason": request.POST.get("reason", "")}
    return render(request, "actionplans/plans/upload_preview.html", context)


def _beside(upload: Upload, table: Table, draft: PlanDraft) -> dict[str, Any]:
    """The plan of this title, if there is one, and how the file differs from it."""
    plan = plans.plan_by_title(bringing_in.in_one_title(upload.options["title"]))
    elsewhere = comparing.files_like(table, but=plan)
    if plan is None:
        return {"plan": None, "found": None, "elsewhere": elsewhere}
    same = comparing.says_the_same(plan, table)
    found = None if same else updating.comparison(plan, draft, at=timezone.now())
    known = comparing.file_known(plan, table)
    return {"plan": plan, "same": same, "known": known, "found": found, "elsewhere": elsewhere}


def _ticked(request: LandlordRequest, name: str) -> list[int]:
    return [int(key) for key in request.POST.getlist(name) if key.isdigit()]


@require_POST
@landlord_view(Permission.PLAN_CHANGE)
def upload_sheet(request: LandlordRequest, pk: int) -> HttpResponse:
    """Say which sheet of a workbook is meant."""
    upload, sheet = _upload_or_404(pk), request.POST.get("sheet", "")
    try:
        importing.choose_sheet(upload=upload, sheet=sheet, by=request.actor, at=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("plans:upload_preview", pk)


@landlord_view(Permission.PLAN_CHANGE)
def upload_map(request: LandlordRequest, pk: int) -> HttpResponse:
    """Say what each heading means; kept for this landlord's next file with the same headings."""
    upload = _upload_or_404(pk)
    table = uploads.table_of(upload)
    mapping = map_headings(table.headings, _choices(upload, table.headings))
    known = [(column.heading, column.fields) for column in mapping.columns]
    form = forms.MappingForm(posted(request), headings=known)
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
    """Bring the file in, or take it over into the plan of its title, in one transaction."""
    upload = _upload_or_404(pk)
    try:
        table, draft = _read(request, upload)
        done = _brought_in(request, upload, table, draft)
    except AlreadyImported as refusal:
        messages.warning(request, str(refusal))
        return redirect("plans:upload_preview", pk)
    except Refusal as refusal:
        return _preview_page(request, upload, refusal)
    messages.success(request, done.sentence)
    return redirect("plans:plan_detail", done.plan.pk if done.plan else 0)


@transaction.atomic
def _brought_in(
    request: LandlordRequest, upload: Upload, table: Table, draft: PlanDraft
) -> bringing_in.BroughtIn:
    by, at = request.actor.by(Channel.IMPORT), timezone.now()
    # First, so that the second of two clicks waits here and is refused
    importing.confirm_upload(upload=upload, done=_preview(draft), by=by, at=at)
    plan = plans.plan_by_title(bringing_in.in_one_title(upload.options["title"]))
    name = upload.file.name
    if plan is None:
        title = upload.options["title"]
        return bringing_in.bring_in_plan(
            table=table, draft=draft, title=title, file_name=name, by=by, at=at
        )
    return updating.update_plan(
        plan=plan,
        table=table,
        draft=draft,
        file_name=name,
        leave=_ticked(request, "leave"),
        drop=_ticked(request, "drop"),
        reason=request.POST.get("reason", ""),
        seen=request.POST.get("seen", "nothing was seen"),
        by=by,
        at=at,
    )


def _upload_or_404(pk: int) -> Upload:
    upload: Upload = get_object_or_404(uploads.uploads(KIND), pk=pk)
    return upload


def _choices(upload: Upload, headings: Sequence[str]) -> dict[str, Any]:
    """What was chosen for this upload, or for an earlier file with the same headings."""
    return dict(upload.choices) if upload.choices else kept_choices(headings)


def _read(request: LandlordRequest, upload: Upload) -> tuple[Table, PlanDraft]:
    table = uploads.table_of(upload)
    saved = _choices(upload, table.headings)
    draft = bringing_in.read_plan(table, landlord=request.landlord, at=timezone.now(), saved=saved)
    return table, draft


def _preview(draft: PlanDraft) -> Preview:
    return Preview(rows_read=draft.rows_read, created=draft.rows_read, problems=draft.problems)
