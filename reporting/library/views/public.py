from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from involvement.accounts.doors import LandlordRequest, public_view
from reporting.library import making, queries
from reporting.library.models import Report
from reporting.library.pages import web_context
from reporting.library.views.desk import download_of


@require_GET
@public_view
def you_said(request: LandlordRequest, pk: int = 0) -> HttpResponse:
    """What anybody may read: the latest report, or the one of an earlier period."""
    report = _published(pk) if pk else queries.latest_for_residents()
    archive = list(queries.for_residents()[:40])
    context: dict[str, Any] = {"report": report, "archive": archive}
    if report is None:
        return render(request, "reporting/library/public_none.html", context)
    told, issue = making.told_of(report), making.issue_of(report)
    context |= web_context(told, issue, request.GET.get("subject", ""))
    context |= {"files": queries.files_of(report), "page_url": request.path}
    return render(request, "reporting/library/public.html", context)


@require_GET
@public_view
def you_said_file(request: LandlordRequest, pk: int, form: str) -> HttpResponse:
    return download_of(_published(pk), form)


def _published(pk: int) -> Report:
    report: Report = get_object_or_404(queries.for_residents().defer(None), pk=pk)
    return report
