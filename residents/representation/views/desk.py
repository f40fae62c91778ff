from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import count, say_date
from involvement.rendering.charts import Chart
from involvement.wiring import port
from residents.participation.models import Participation
from residents.representation import operations, policies, queries
from residents.representation.comparing import (
    Audience,
    Comparison,
    Line,
    Window,
    can_be_shown,
    finding,
)
from residents.representation.drawing import chart_of, csv_of, pdf_of
from residents.representation.following import Followed, followed
from residents.representation.forms import GapForm, SliceForm
from residents.representation.looking import compared, taking
from residents.representation.models import Cut, of_whom
from residents.representation.ports import GapLine


@dataclass(frozen=True)
class Looked:
    """What a request looks at."""

    form: SliceForm
    window: Window
    audience: Audience
    comparisons: list[Comparison]
    whole: list[Cut]
    is_year_of_whole: bool
    """What gaps are acted on in: the figures that later ones stand beside."""


@dataclass(frozen=True)
class Row:
    """A line of a table, where somebody can act on it, and where somebody has."""

    line: Line
    act: str = ""
    answered: str = ""


@landlord_view(Permission.EQUALITY_READ)
@require_safe
def representation(request: LandlordRequest) -> HttpResponse:
    """The widest gap in a sentence, then each characteristic, drawn and as a table."""
    looked = _looked(request)
    following = followed(queries.gaps(), audience=looked.audience)
    may_act = request.membership.may(Permission.PLAN_CHANGE)
    shown = [
        _shown(one, looked, _rows(one, looked, following, may_act=may_act))
        for one in looked.comparisons
    ]
    context = {
        "form": looked.form,
        "sentence": finding(looked.comparisons),
        "shown": shown,
        "whole": looked.comparisons[0] if looked.comparisons else None,
        "window": looked.window,
        "counted_on": _counted_on(looked.comparisons),
        "query": request.GET.urlencode(),
        "can_take": request.membership.may(Permission.EQUALITY_RECORD),
        "taking": taking(looked.whole, today=timezone.localdate()),
        "followed": following,
        "may_act": may_act,
        "can_act": any(row.act for one in shown for row in one["rows"]),
        "is_year_of_whole": looked.is_year_of_whole,
        "is_outside": looked.audience is Audience.EVERYBODY,
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
        messages.success(request, _taken_words(made))
    return redirect("representation:representation")


@landlord_view(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def gap_open(request: LandlordRequest, pk: int, code: str) -> HttpResponse:
    """Have somebody put a gap right, as a line of a plan."""
    cut = get_object_or_404(Cut, pk=pk, unit=None, kind="")
    audience = Audience.EVERYBODY if request.GET.get("outside") else Audience.DESK
    found = [
        (one, line)
        for one in compared([cut], audience=audience)
        for line in one.lines
        if line.code == code and policies.can_open(line)
    ]
    if not found:
        raise Http404
    [(comparison, line)] = found
    answers: GapLine = port("representation.gap_line")
    plans = answers.plans()
    form = GapForm(
        posted(request),
        plans=plans,
        owners=answers.owners(),
        year_start_month=request.landlord.year_start_month,
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
    context = {
        "form": form,
        "cut": cut,
        "line": line,
        "named": of_whom(cut.name, line.words),
        "plans": plans,
    }
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
    whole = queries.cuts()
    cuts = queries.cuts(unit=unit, kind=kind) if unit or kind else whole
    return Looked(
        form,
        window,
        audience,
        compared(cuts, audience=audience, window=window, whole=whole),
        whole,
        is_year_of_whole=window is Window.YEAR and not unit and not kind,
    )


def _shown(comparison: Comparison, looked: Looked, rows: list[Row]) -> dict[str, Any]:
    chart: Chart = chart_of(comparison, title=finding([comparison]))
    longer = can_be_shown(comparison.cut, audience=looked.audience, window=looked.window)
    return {"comparison": comparison, "chart": chart, "longer": longer, "rows": rows}


def _rows(
    comparison: Comparison, looked: Looked, following: Sequence[Followed], *, may_act: bool
) -> list[Row]:
    """The lines of a table; one that can be acted on leads there, or to the line that answers it."""
    if not looked.is_year_of_whole:
        return [Row(line) for line in comparison.lines]
    cut = comparison.cut
    answered = {
        one.gap.category: one.line.url
        for one in following
        if one.line
        and (one.gap.characteristic, one.gap.quarter_on) == (cut.characteristic, cut.quarter_on)
    }
    outside = "?outside=1" if looked.audience is Audience.EVERYBODY else ""
    rows = []
    for line in comparison.lines:
        there = answered.get(line.code, "")
        act = ""
        if may_act and not there and policies.can_open(line):
            act = reverse("representation:gap_open", args=[cut.pk, line.code]) + outside
        rows.append(Row(line, act, there))
    return rows


def _counted_on(comparisons: Sequence[Comparison]) -> str:
    """As of which day the first figures are."""
    return f"counted on {say_date(comparisons[0].cut.until_on)}" if comparisons else ""


def _taken_words(made: Sequence[Cut]) -> str:
    """What came of taking figures."""
    if made:
        return f"{count(len(made), 'table')} of this quarter are taken."
    now = taking(queries.cuts(), today=timezone.localdate())
    if now.stands:
        return f"This quarter’s figures stand. The next are taken on {say_date(now.next_on)}."
    return "Fewer than ten people are counted otherwise than before, so the figures here stand."


def _pdf(request: LandlordRequest, looked: Looked) -> bytes:
    return pdf_of(
        looked.comparisons,
        sentence=finding(looked.comparisons),
        landlord=request.landlord,
        window=looked.window,
        at=timezone.now(),
    )
