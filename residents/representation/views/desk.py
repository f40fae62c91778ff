from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import count
from involvement.rendering.charts import Chart
from involvement.wiring import port
from residents.participation.models import Participation
from residents.profiles.queries import newest_totals
from residents.representation import operations, policies, queries
from residents.representation.comparing import (
    Audience,
    Comparison,
    Window,
    can_be_shown,
    compare,
    finding,
)
from residents.representation.drawing import chart_of, csv_of, pdf_of
from residents.representation.following import followed
from residents.representation.forms import GapForm, SliceForm
from residents.representation.models import Cut
from residents.representation.ports import GapLine


@dataclass(frozen=True)
class Looked:
    """What a request looks at."""

    form: SliceForm
    window: Window
    audience: Audience
    comparisons: list[Comparison]


@landlord_view(Permission.EQUALITY_READ)
@require_safe
def representation(request: LandlordRequest) -> HttpResponse:
    """The widest gap in a sentence, then each characteristic, drawn and as a table."""
    looked = _looked(request)
    context = {
        "form": looked.form,
        "sentence": finding(looked.comparisons),
        "shown": [_shown(one, looked) for one in looked.comparisons],
        "whole": looked.comparisons[0] if looked.comparisons else None,
        "window": looked.window,
        "query": request.GET.urlencode(),
        "can_take": request.membership.may(Permission.EQUALITY_RECORD),
        "followed": followed(queries.gaps(), audience=looked.audience),
        "chart_colour": request.landlord.brand_colour,
    }
    return render(request, "residents/representation/representation.html", context)


@landlord_view(Permission.EQUALITY_READ)
@require_safe
def representation_file(request: LandlordRequest, form: str) -> HttpResponse:
    """The same figures to take away: hidden here as there."""
    looked = _looked(request)
    if not looked.comparisons:
        raise Http404
    if form == "csv":
        content, kind = csv_of(looked.comparisons), "text/csv; charset=utf-8"
    elif form == "pdf":
        content, kind = _pdf(request, looked), "application/pdf"
    else:
        raise Http404
    response = HttpResponse(content, content_type=kind)
    name = f"who-takes-part.{form}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"  # noqa: FBT003 -- Django's own
    response["Cache-Control"] = "private, no-store"
    return response


@landlord_view(Permission.EQUALITY_RECORD)
@require_POST
def figures_take(request: LandlordRequest) -> HttpResponse:
    """Take this quarter's figures, where they are not taken yet."""
    try:
        made = operations.take_figures(by=request.actor, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        words = "This quarter’s figures stand. New ones are taken once a quarter."
        if made:
            words = f"{count(len(made), 'table')} of this quarter are taken."
        messages.success(request, words)
    return redirect("representation:representation")


@landlord_view(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def gap_open(request: LandlordRequest, pk: int, code: str) -> HttpResponse:
    """Have somebody put a gap right, as a line of a plan."""
    cut = get_object_or_404(Cut, pk=pk, unit=None, kind="")
    comparison = compare(cut, window=Window.YEAR, audience=Audience.EVERYBODY)
    line = next((one for one in comparison.lines if one.code == code), None) if comparison else None
    if comparison is None or line is None or not policies.can_open(line):
        raise Http404
    answers: GapLine = port("representation.gap_line")
    form = GapForm(
        posted(request),
        plans=answers.plans(),
        owners=answers.owners(),
        initial={
            "heading": f"Reach more people: {cut.name.lower()}, “{line.words}”, fewer than live here"
        },
    )
    if form.is_valid():
        try:
            shown = operations.open_gap(
                comparison=comparison,
                line=line,
                by=request.actor,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The line is in the plan. Later figures stand beside it.")
            return redirect(shown.url)
    context = {"form": form, "cut": cut, "line": line, "comparison": comparison}
    return render(request, "residents/representation/gap_open.html", context)


def _looked(request: LandlordRequest) -> Looked:
    units, kinds = queries.slices()
    kind_words = [(kind, str(Participation.Kind(kind).label)) for kind in kinds]
    form = SliceForm(request.GET, units=units, kinds=kind_words)
    data: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    window = Window(data.get("window") or Window.YEAR)
    audience = Audience.EVERYBODY if data.get("outside") else Audience.DESK
    what, _, which = str(data.get("of") or "").partition("-")
    unit = int(which) if what == "unit" else None
    kind = which if what == "kind" else ""
    window = Window.YEAR if unit or kind else window
    totals = {} if unit or kind else newest_totals()
    whole = {one.characteristic: one for one in queries.cuts()} if kind else {}
    found = [
        compare(
            cut,
            window=window,
            audience=audience,
            lives_from=whole.get(cut.characteristic),
            totals=totals.get(cut.characteristic, ()),
        )
        for cut in queries.cuts(unit=unit, kind=kind)
    ]
    return Looked(form, window, audience, [one for one in found if one is not None])


def _shown(comparison: Comparison, looked: Looked) -> dict[str, Any]:
    chart: Chart = chart_of(comparison, title=finding([comparison]))
    longer = can_be_shown(comparison.cut, audience=looked.audience, window=looked.window)
    return {"comparison": comparison, "chart": chart, "longer": longer}


def _pdf(request: LandlordRequest, looked: Looked) -> bytes:
    return pdf_of(
        looked.comparisons,
        sentence=finding(looked.comparisons),
        landlord=request.landlord,
        window=looked.window,
        at=timezone.now(),
    )
