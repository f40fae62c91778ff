from __future__ import annotations

from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from reporting.rollup import policies, queries, tables
from reporting.rollup.drawings import answers_chart
from reporting.rollup.queries import RollUp


@require_GET
@landlord_view(Permission.GROUP_READ)
# Each member is asked in a transaction of its own
@transaction.non_atomic_requests
def group_totals(request: LandlordRequest) -> HttpResponse:
    rolled, today = _rolled(request), timezone.localdate()
    years = queries.years(request.landlord, today)
    context = {
        "rolled": rolled,
        "totals": rolled.totals,
        "year_rows": [
            (f"Year {year.code}", f"?year={year.code}", year == rolled.period) for year in years
        ],
        "today": today,
        "chart": answers_chart(rolled, request.landlord),
    }
    return render(request, "reporting/rollup/group_totals.html", context)


@require_GET
@landlord_view(Permission.GROUP_READ)
@transaction.non_atomic_requests
def group_totals_file(request: LandlordRequest, form: tables.Form) -> FileResponse:
    """The same numbers as a CSV file or a workbook."""
    rolled = _rolled(request)
    name = f"{request.landlord.slug} totals {rolled.period.code.replace('/', '-')}.{form}"
    return FileResponse(tables.written(rolled, form), as_attachment=True, filename=name)


def _rolled(request: LandlordRequest) -> RollUp:
    """The roll-up of the year asked for, this one where none is. Raises Http404 elsewhere."""
    if not policies.has_roll_up(request):
        raise Http404
    today = timezone.localdate()
    years = {year.code: year for year in queries.years(request.landlord, today)}
    period = years.get(request.GET.get("year", ""), next(iter(years.values())))
    return queries.roll_up(request.landlord, period, today)
