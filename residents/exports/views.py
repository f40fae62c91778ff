from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view
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
    context = {
        "lists": [one for one in queries.lists() if one.whole],
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
    narrowed = {key: request.GET[key] for key in wanted.narrowed_by if request.GET.get(key)}
    form = ExportForm(request.POST or None)
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
        messages.success(request, f"{wanted.title} {said}.")
        return redirect("exports:export_list")
    context = {"form": form, "wanted": wanted, "rows": wanted.rows(narrowed).order_by().count()}
    return render(request, "residents/exports/export_ask.html", context)


@landlord_view(Permission.PEOPLE_EXPORT)
@require_safe
def export_file(request: LandlordRequest, pk: int) -> HttpResponse:
    """The file, until it is deleted."""
    export = get_object_or_404(queries.ready(timezone.now()), pk=pk)
    if export.file is None:
        raise Http404
    return download(export.file)
