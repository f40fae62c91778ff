"""One file: send it, choose its columns, look at what would happen, bring it in."""

from __future__ import annotations

import io

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view, posted, posted_files
from involvement.accounts.permissions import Permission
from involvement.auditing.refusals import Refusal
from residents.feeds import operations, policies, queries
from residents.feeds.forms import ColumnsForm, FileForm
from residents.feeds.models import Intake, Source

SHOWN = 50
# What takes longer than a person should wait for a page is brought in by a worker
MOST_AT_ONCE = 5_000


@landlord_view(Permission.PEOPLE_IMPORT)
def intake_send(request: LandlordRequest, pk: int) -> HttpResponse:
    """Choose a file of a source. Nothing of it goes into the register yet."""
    source = get_object_or_404(queries.sources(), pk=pk)
    form = FileForm(posted(request), posted_files(request), initial={"mode": source.mode})
    if form.is_valid():
        try:
            return _sent(request, source, form)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    return render(request, "residents/feeds/intake_send.html", {"form": form, "source": source})


def _sent(request: LandlordRequest, source: Source, form: FileForm) -> HttpResponse:
    file, at = form.cleaned_data["file"], timezone.now()
    with transaction.atomic():
        intake = operations.start_intake(
            source=source,
            name=file.name,
            data=file.read(),
            how=Intake.How.PAGE,
            mode=form.cleaned_data["mode"],
            keep=True,
            by=request.actor,
            at=at,
        )
        try:
            with transaction.atomic():
                operations.stage_intake(intake=intake, by=request.actor, at=at)
        except (queries.CannotMap, queries.NoName) as unclear:
            messages.error(request, str(unclear))
            return redirect("feeds:intake_columns", intake.pk)
    return redirect("feeds:intake_detail", intake.pk)


@landlord_view(Permission.PEOPLE_IMPORT)
def intake_columns(request: LandlordRequest, pk: int) -> HttpResponse:
    """Which column feeds what: kept for the source's next files."""
    intake = get_object_or_404(queries.waiting(), pk=pk)
    try:
        mapping = queries.mapping_of(intake)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("feeds:intake_detail", pk)
    form = ColumnsForm(posted(request), mapping=mapping)
    if form.is_valid():
        at = timezone.now()
        try:
            with transaction.atomic():
                operations.choose_fields(
                    intake=intake, choices=form.choices(), by=request.actor, at=at
                )
                operations.stage_intake(intake=intake, by=request.actor, at=at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("feeds:intake_detail", pk)
    return render(request, "residents/feeds/intake_columns.html", {"form": form, "intake": intake})


@landlord_view(Permission.PEOPLE_IMPORT)
@require_safe
def intake_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    """What would happen, or what happened: new, changed field by field, leavers, refused."""
    intake = get_object_or_404(queries.intakes(), pk=pk)
    waits = intake.state == Intake.State.PREVIEW
    asked = request.GET.get("show", "")
    shown = asked if asked in queries.PARTS else queries.first_part(intake, waits=waits)
    here = queries.of_source(intake.source).count() if waits else 0
    context = {
        "intake": intake,
        "waits": waits,
        "in_words": operations.in_words(intake),
        "parts": queries.parts(intake, shown, waits=waits),
        "shown": shown,
        "asks": waits and policies.asks_about_leavers(intake, here=here),
        "here": here,
        "page": Paginator(queries.part(intake, shown), SHOWN).get_page(request.GET.get("page")),
    }
    return render(request, "residents/feeds/intake_detail.html", context)


@require_POST
@landlord_view(Permission.PEOPLE_IMPORT)
def intake_confirm(request: LandlordRequest, pk: int) -> HttpResponse:
    """Write what the preview showed; a long file is left to a worker."""
    intake = get_object_or_404(queries.intakes(), pk=pk)
    allowed = request.POST.get("allow_leavers") == "on"
    begin = operations.begin_bringing_in if intake.rows_read > MOST_AT_ONCE else operations.bring_in
    try:
        done = begin(intake=intake, allow_leavers=allowed, by=request.actor, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        if done.state == Intake.State.DONE:
            messages.success(request, f"“{intake}” is in the register.")
    return redirect("feeds:intake_detail", pk)


@require_POST
@landlord_view(Permission.PEOPLE_IMPORT)
def intake_aside(request: LandlordRequest, pk: int) -> HttpResponse:
    """Set the file aside."""
    intake = get_object_or_404(queries.intakes(), pk=pk)
    try:
        operations.set_aside(intake=intake, by=request.actor, at=timezone.now())
        messages.success(request, f"“{intake}” is set aside. Nothing of it is in the register.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("feeds:feed_list")


@landlord_view(Permission.PEOPLE_IMPORT)
@require_safe
def intake_refused(request: LandlordRequest, pk: int) -> HttpResponseBase:
    """The refused rows as a file: as they came, with why, to put right and send again."""
    intake = get_object_or_404(queries.intakes(), pk=pk)
    file = io.BytesIO()
    queries.write_refused(intake, file)
    file.seek(0)
    response = FileResponse(
        file, as_attachment=True, filename=f"refused-{intake.pk}.csv", content_type="text/csv"
    )
    response["Cache-Control"] = "private, no-store"
    return response
