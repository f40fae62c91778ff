from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from involvement.auditing.queries import history_of
from involvement.documents.queries import download
from involvement.faces.sorting import Sorting
from reporting.catalogue.queries import kind_named
from reporting.library import evidence, making, policies, queries
from reporting.library.lengths import Length, at_length
from reporting.library.models import Report
from reporting.library.pages import web_context
from reporting.library.standalone import standalone_html
from reporting.schedule.queries import due_on

REPORTS_BY = {
    "Report": ("kind", "period_end_on"),
    "Period": ("period_end_on",),
    "State": ("state", "period_end_on"),
    "Counted up to": ("counted_at",),
}


@require_GET
@landlord_view(Permission.REPORT_READ)
def report_list(request: LandlordRequest) -> HttpResponse:
    today = timezone.localdate()
    sorting = Sorting.read(request.GET, REPORTS_BY)
    page = Paginator(sorting.put_in_order(queries.reports()), 50).get_page(request.GET.get("page"))
    return render(
        request,
        "reporting/library/report_list.html",
        {
            "page": page,
            "sorting": sorting,
            "rows": [(report, kind_named(report.kind)) for report in page],
            "waiting": queries.waiting_drafts().count(),
            "due": due_on(request.landlord, today),
            "may_edit": request.membership.may(Permission.REPORT_EDIT),
        },
    )


@require_GET
@landlord_view(Permission.REPORT_READ)
def report_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    report = _report(pk)
    may_edit = request.membership.may(Permission.REPORT_EDIT)
    may_publish = request.membership.may(Permission.REPORT_PUBLISH)
    return render(
        request,
        "reporting/library/report_detail.html",
        {
            "report": report,
            "kind": kind_named(report.kind),
            "facts": making.told_of(report).facts if report.facts else None,
            "files": queries.files_of(report) if report.has_files else [],
            "later": queries.later_version_of(report),
            "intact": report.facts is None or queries.is_intact(report),
            "history": history_of(report)[:30],
            "can_word": may_edit and policies.can_word(report),
            "can_approve": may_publish and policies.can_approve(report),
            "can_publish": may_publish and policies.can_publish(report),
            "can_take_back": may_publish and report.state == Report.State.APPROVED,
            "can_withdraw": may_publish and policies.can_withdraw(report),
            "early_words": policies.early_words(report)
            if policies.was_counted_early(report)
            else "",
            "can_recount": may_edit and policies.can_recount(report, timezone.now()),
            "can_ask_again": may_edit and not report.is_out,
            "can_restate": may_edit and report.is_out,
        },
    )


@require_GET
@landlord_view(Permission.REPORT_READ)
def report_progress(request: LandlordRequest, pk: int) -> HttpResponse:
    """How far the making is; asked every two seconds by the page until it is done."""
    report = get_object_or_404(queries.reports(), pk=pk)
    response = render(request, "reporting/library/parts/progress.html", {"report": report})
    if not report.is_working:
        response["HX-Refresh"] = "true"
    return response


@require_GET
@landlord_view(Permission.REPORT_READ)
def report_preview(request: LandlordRequest, pk: int) -> HttpResponse:
    report = _report(pk, with_facts=True)
    context = web_context(making.told_of(report), making.issue_of(report))
    return render(
        request,
        "reporting/library/report_preview.html",
        {**context, "report": report, "kind": kind_named(report.kind)},
    )


@require_GET
@landlord_view(Permission.REPORT_READ)
def report_file(request: LandlordRequest, pk: int, form: str) -> HttpResponse:
    report = _report(pk, with_facts=True)
    return download_of(report, form)


@require_GET
@landlord_view(Permission.REPORT_READ)
def report_words(request: LandlordRequest, pk: int, length: str = "") -> HttpResponse:
    """The report at three lengths, to copy; with `length` as a text file."""
    report = _report(pk, with_facts=True)
    told, issue = making.told_of(report), making.issue_of(report)
    texts = [(each, at_length(told, issue, each)) for each in Length]
    if not length:
        return render(
            request,
            "reporting/library/report_words.html",
            {"report": report, "kind": kind_named(report.kind), "texts": texts},
        )
    words = next((text for each, text in texts if each == length), None)
    if words is None:
        raise Http404
    return _attached(words.encode("utf-8-sig"), "text/plain", f"{report.kind}-{length}.txt")


@require_GET
@landlord_view(Permission.REPORT_READ)
def report_figure(request: LandlordRequest, pk: int, code: str) -> HttpResponse:
    """What stands behind a figure. Single records are shown to those who may read the log."""
    report = _report(pk, with_facts=True)
    facts = queries.facts_of(report)
    figure, pair = facts.figure(code), facts.pair(code)
    if figure is None and pair is None:
        raise Http404
    may_read = request.membership.may(Permission.FEEDBACK_READ)
    return render(
        request,
        "reporting/library/report_figure.html",
        {
            "report": report,
            "kind": kind_named(report.kind),
            "facts": facts,
            "figure": figure,
            "pair": pair,
            "rows": evidence.rows_behind(figure) if figure and may_read else [],
            "themes": evidence.themes_behind(facts, figure) if figure else [],
            "most": evidence.MOST_ROWS,
        },
    )


@require_POST
@landlord_view(Permission.REPORT_READ)
def report_page_file(request: LandlordRequest, pk: int) -> HttpResponse:
    """The report as one web page to put elsewhere."""
    report = _report(pk, with_facts=True)
    html = standalone_html(making.told_of(report), making.issue_of(report))
    return _attached(html.encode(), "application/octet-stream", f"{report.kind}.html")


def download_of(report: Report, form: str) -> HttpResponse:
    """The file of a report in that form. Raises Http404 where there is none."""
    wanted = form.replace("-", "_").upper()
    for each in queries.files_of(report):
        if each.form == wanted and report.has_files:
            return download(each.file)
    raise Http404


def _attached(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _report(pk: int, *, with_facts: bool = False) -> Report:
    report: Report = get_object_or_404(Report.objects.order_by("pk"), pk=pk)
    if with_facts and report.facts is None:
        raise Http404
    return report
