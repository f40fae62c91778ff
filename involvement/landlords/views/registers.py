"""Lists of units, places, subjects, levels and terms: add, change, archive, bring back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.auditing.queries import history_of
from involvement.auditing.refusals import Refusal
from involvement.landlords import operations
from involvement.landlords.registers import Register, registers

HISTORY_SHOWN = 20


@landlord_view(Permission.SETTINGS_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: LandlordRequest, slug: str) -> HttpResponse:
    """A list, and the form that adds to it."""
    listed = _listed(slug)
    form = listed.form(posted(request))
    if request.method == "POST" and form.is_valid():
        entry = operations.add_entry(
            entry=form.save(commit=False), by=request.actor, at=timezone.now()
        )
        messages.info(request, f"“{entry}” is added.")
        return redirect("landlords:register", slug)
    context = {
        "register": listed,
        "form": form,
        "rows": [(depth, row, listed.cells(row)) for depth, row in listed.open_rows()],
        "archived": listed.archived_rows(),
    }
    return render(request, "involvement/landlords/register.html", context)


@landlord_view(Permission.SETTINGS_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: LandlordRequest, slug: str, pk: int) -> HttpResponse:
    """One entry: change it, put it away, see what was changed before."""
    listed = _listed(slug)
    row: Any = get_object_or_404(listed.model, pk=pk)
    writing = Writing(request, row, lambda data: listed.form(data, instance=row))
    form = writing.form
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_entry(
                entry=form.instance,
                before=writing.before,
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.info(request, writing.told(f"“{form.instance}” is saved."))
            return redirect("landlords:register", slug)
    context = {
        "register": listed,
        "row": row,
        "form": form,
        "writing": writing,
        "entries": history_of(row)[:HISTORY_SHOWN],
    }
    return render(request, "involvement/landlords/entry.html", context)


@landlord_view(Permission.SETTINGS_CHANGE)
@require_POST
def entry_put(request: LandlordRequest, slug: str, pk: int, act: str) -> HttpResponse:
    """Archive, bring back or remove an entry."""
    listed = _listed(slug)
    row: Any = get_object_or_404(listed.model, pk=pk)
    acts: dict[str, Any] = {"remove": operations.remove_entry}
    if listed.archives:
        acts = {"archive": operations.archive_entry, "restore": operations.restore_entry}
    if act not in acts:
        raise Http404("Nothing of this kind can be done here.")
    name = str(row)
    try:
        acts[act](entry=row, by=request.actor, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("landlords:entry", slug, pk)
    done = {"archive": "put away", "restore": "back in the list", "remove": "removed"}[act]
    messages.info(request, f"“{name}” is {done}.")
    return redirect("landlords:register", slug)


@landlord_view(Permission.SETTINGS_CHANGE)
@require_POST
def plant_subjects(request: LandlordRequest) -> HttpResponse:
    """Take over the starting set of subjects."""
    try:
        count = operations.plant_subjects(by=request.actor, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.info(request, f"{count} subjects are in. Rename, archive or add as you like.")
    return redirect("landlords:register", "subjects")


def _listed(slug: str) -> Register:
    known = registers()
    if slug not in known:
        raise Http404("There is no such list.")
    return known[slug]
