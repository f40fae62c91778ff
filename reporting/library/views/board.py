from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from reporting.catalogue.queries import kind_named
from reporting.library import evidence, making, queries
from reporting.library.models import Report
from reporting.library.pages import web_context
from reporting.library.views.desk import download_of


@require_GET
@landlord_view(Permission.LIBRARY_READ)
def library(request: LandlordRequest) -> HttpResponse:
    rows = [(report, kind_named(report.kind)) for report in queries.published()[:200]]
    return render(request, "reporting/library/board_list.html", {"rows": rows})


@require_GET
@landlord_view(Permission.LIBRARY_READ)
def report(request: LandlordRequest, pk: int) -> HttpResponse:
    found = _published(pk)
    context = web_context(making.told_of(found), making.issue_of(found))
    context |= {"report": found, "kind": kind_named(found.kind), "files": queries.files_of(found)}
    return render(request, "reporting/library/board_report.html", context)


@require_GET
@landlord_view(Permission.LIBRARY_READ)
def report_file(request: LandlordRequest, pk: int, form: str) -> HttpResponse:
    return download_of(_published(pk), form)


@require_GET
@landlord_view(Permission.LIBRARY_READ)
def report_figure(request: LandlordRequest, pk: int, code: str) -> HttpResponse:
    """What stands behind a figure: themes and counts, never a single record or a name."""
    found = _published(pk)
    facts = queries.facts_of(found)
    figure, pair = facts.figure(code), facts.pair(code)
    if figure is None and pair is None:
        raise Http404
    return render(
        request,
        "reporting/library/board_figure.html",
        {
            "report": found,
            "kind": kind_named(found.kind),
            "facts": facts,
            "figure": figure,
            "pair": pair,
            "themes": evidence.themes_behind(facts, figure) if figure else [],
        },
    )


def _published(pk: int) -> Report:
    report: Report = get_object_or_404(queries.published().defer(None), pk=pk)
    return report
