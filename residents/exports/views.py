from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.documents.queries import download
from residents.exports import operations, queries
from residents.exports.forms import ExportForm
from residents.exports.models import Export

SHOWN = 50


@landlord_view(Permission.PEOPLE_EXPORT)
@require_safe
def export_list(request: LandlordRequest) -> HttpResponse:
    """What can be taken out, and everything that was, newest first."""
    may = {one.key for one in queries.lists() if one.may_be_taken_by(request.membership)}
    context = {
        "lists": [one for one in queries.lists() if one.whole and one.key in may],
        "may": may,
        "page": Paginator(queries.exports(), SHOWN).get_page(request.GET.get("page")),
        "now": timezone.now(),
    }
    return render(request, "residents/exports/export_list.html", context)


@landlord_view(Permission.PEOPLE_EXPORT)
def export_ask(request: LandlordRequest, which: str) -> HttpResponse:
    """Take a list out as its page narrows it, once it is written down what for."""
    wanted = queries.list_named(which)
    if wanted is None:
        raise Http404
    _check_may(request, wanted)
    narrowed = wanted.narrowed(request.GET)
    form = ExportForm(posted(request))
    if form.is_valid():
        export = operations.ask_for_export(
            wanted=wanted,
            narrowed=narrowed,
            by=request.actor,
            at=timezone.now(),
            **form.cleaned_data,
        )
        ready = export.state == Export.State.READY
        said = "is ready below" if ready else "is being made; look again in a minute"
        messages.success(request, f"The list “{wanted.title}” {said}.")
        return redirect("exports:export_list")
    context = {
        "form": form,
        "wanted": wanted,
        "rows": wanted.count(narrowed),
        "asked": urlencode(narrowed),
    }
    return render(request, "residents/exports/export_ask.html", context)


@landlord_view(Permission.PEOPLE_EXPORT)
@require_safe
def export_file(request: LandlordRequest, pk: int) -> HttpResponse:
    """The file, until it is deleted."""
    export = get_object_or_404(queries.ready(timezone.now()), pk=pk)
    wanted = queries.list_named(export.which)
    if wanted is not None:
        _check_may(request, wanted)
    if export.file is None:
        raise Http404
    return download(export.file)


def _check_may(request: LandlordRequest, wanted: queries.ListToExport) -> None:
    if not wanted.may_be_taken_by(request.membership):
        raise PermissionDenied
