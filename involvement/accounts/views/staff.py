"""The directory: who works here, whether or not they sign in."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from involvement.accounts import operations, queries
from involvement.accounts.doors import LandlordRequest, landlord_view, posted, posted_files
from involvement.accounts.forms.staff import ImportForm, StaffForm, TeamForm
from involvement.accounts.models import StaffMember, Team
from involvement.accounts.permissions import Permission
from involvement.accounts.staff_file import StaffRead, read_staff
from involvement.auditing.meanwhile import Writing
from involvement.auditing.queries import history_of
from involvement.auditing.refusals import Refusal
from involvement.faces.sorting import Sorting
from involvement.importing.readers import read_table

PAGE = 100
STAFF_BY = {
    "Name": ("name",),
    "Initials": ("initials", "name"),
    "Job title": ("job_title", "name"),
    "Team": ("team__name", "name"),
}


@landlord_view(Permission.DESK_OPEN)
@require_safe
def staff_list(request: LandlordRequest) -> HttpResponse:
    """The directory, filtered by words and team."""
    words, team_key = request.GET.get("q", "").strip(), request.GET.get("team", "")
    teams = list(queries.teams())
    team = next((each for each in teams if str(each.pk) == team_key), None)
    left = request.GET.get("left") == "yes"
    sorting = Sorting.read(request.GET, STAFF_BY)
    found = sorting.put_in_order(queries.directory(words=words, team=team, left=left))
    page = Paginator(found, PAGE)
    context = {
        "sorting": sorting,
        "page": page.get_page(request.GET.get("page")),
        "teams": teams,
        "team": team,
        "words": words,
        "left": left,
        "may_change": request.membership.may(Permission.STAFF_INVITE),
    }
    return render(request, "involvement/accounts/staff_list.html", context)


@landlord_view(Permission.STAFF_INVITE)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_add(request: LandlordRequest) -> HttpResponse:
    """Put a colleague into the directory."""
    form = StaffForm(posted(request))
    if request.method == "POST" and form.is_valid():
        record = form.save(commit=False)
        operations.keep_record(record=record, before=None, by=request.actor, at=timezone.now())
        messages.info(request, f"{record} is in the directory.")
        return redirect("accounts:staff_list")
    context: dict[str, Any] = {"form": form, "row": None, "entries": []}
    return render(request, "involvement/accounts/staff_form.html", context)


@landlord_view(Permission.STAFF_INVITE)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_edit(request: LandlordRequest, pk: int) -> HttpResponse:
    """Change a colleague's entry, or say that they have left."""
    row: Any = get_object_or_404(StaffMember.objects.select_related("team"), pk=pk)
    writing = Writing(request, row, lambda data: StaffForm(data, instance=row))
    form = writing.form
    if form.is_valid():
        _keep(request, writing)
        messages.info(request, writing.told(f"{form.instance} is saved."))
        return redirect("accounts:staff_list")
    context = {"form": form, "row": row, "writing": writing, "entries": history_of(row)[:20]}
    return render(request, "involvement/accounts/staff_form.html", context)


@landlord_view(Permission.STAFF_INVITE)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_import(request: LandlordRequest) -> HttpResponse:
    """Read colleagues from a file or pasted rows, show what would happen, then do it."""
    form = ImportForm(posted(request), posted_files(request))
    read: StaffRead | None = None
    if request.method == "POST" and form.is_valid():
        try:
            read = _read(form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if "confirm" in request.POST and read.preview.confirmable:
                new, changed = operations.import_staff(
                    rows=read.colleagues, by=request.actor, at=timezone.now()
                )
                messages.info(request, f"{new} new in the directory, {changed} changed.")
                return redirect("accounts:staff_list")
    return render(request, "involvement/accounts/staff_import.html", {"form": form, "read": read})


def _read(form: ImportForm) -> StaffRead:
    upload = form.cleaned_data["file"]
    if upload:
        return read_staff(read_table(upload.file, name=upload.name))
    pasted = form.cleaned_data["text"].encode()
    return read_staff(read_table(io.BytesIO(pasted), name="pasted.csv"))


@landlord_view(Permission.STAFF_INVITE)
@require_http_methods(["GET", "HEAD", "POST"])
def teams(request: LandlordRequest) -> HttpResponse:
    """The teams, and a form that adds one."""
    form = TeamForm(posted(request))
    if request.method == "POST" and form.is_valid():
        team = form.save(commit=False)
        operations.keep_record(record=team, before=None, by=request.actor, at=timezone.now())
        messages.info(request, f"The team {team} is added.")
        return redirect("accounts:teams")
    context = {"form": form, "teams": list(queries.teams())}
    return render(request, "involvement/accounts/teams.html", context)


@landlord_view(Permission.STAFF_INVITE)
@require_http_methods(["GET", "HEAD", "POST"])
def team_edit(request: LandlordRequest, pk: int) -> HttpResponse:
    """Rename a team."""
    team: Any = get_object_or_404(Team, pk=pk)
    writing = Writing(request, team, lambda data: TeamForm(data, instance=team))
    form = writing.form
    if form.is_valid():
        _keep(request, writing)
        messages.info(request, writing.told(f"The team {form.instance} is saved."))
        return redirect("accounts:teams")
    context = {"form": form, "team": team, "writing": writing, "entries": history_of(team)[:20]}
    return render(request, "involvement/accounts/team_form.html", context)


@landlord_view(Permission.STAFF_INVITE)
@require_POST
def team_archive(request: LandlordRequest, pk: int) -> HttpResponse:
    """Put a team away."""
    team: Any = get_object_or_404(Team, pk=pk, archived_at__isnull=True)
    operations.archive_team(team=team, by=request.actor, at=timezone.now())
    messages.info(request, f"The team {team} is put away.")
    return redirect("accounts:teams")


def _keep(request: LandlordRequest, writing: Writing[Any]) -> None:
    operations.keep_record(
        record=writing.form.instance,
        before=writing.before,
        by=request.actor,
        at=timezone.now(),
    )
