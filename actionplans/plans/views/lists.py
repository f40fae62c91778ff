from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans.plans import policies
from actionplans.plans.models import Line
from actionplans.plans.operations import matching, ties
from actionplans.plans.queries import lines, pages, plans, reading, smart
from actionplans.plans.views.plans import plan_or_404
from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.models import StaffMember, Team
from involvement.accounts.permissions import Permission
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import count as say_count
from involvement.faces.sorting import Sorting
from structures.bodies.models import Body

LATE_BY = {
    "Line": ("title", "description"),
    "Plan": ("plan__title", "due_on"),
    "Owner": ("owner_words", "due_on"),
    "Deadline": ("due_on",),
    "State": ("status", "due_on"),
}
WHO: Final = {"staff": StaffMember, "team": Team, "body": Body}


@landlord_view(Permission.PLAN_READ)
@require_safe
def late_list(request: LandlordRequest) -> HttpResponse:
    """What is late in every plan, the longest late first."""
    today = timezone.localdate()
    sorting = Sorting.read(request.GET, LATE_BY)
    found = sorting.put_in_order(lines.late_lines(today=today))
    page = Paginator(found, 40).get_page(request.GET.get("page", 1))
    rows = [
        (
            line,
            ", ".join(map(pages.person_name, line.owners.all())),
            pages.reading(line),
            pages.how_late(line, today=today),
        )
        for line in page.object_list
    ]
    return render(
        request,
        "actionplans/plans/late_list.html",
        {"page": page, "rows": rows, "sorting": sorting},
    )


@landlord_view(Permission.PLAN_READ)
@require_safe
def flagged_list(request: LandlordRequest) -> HttpResponse:
    """Deadlines that nobody could read yet."""
    page = Paginator(lines.flagged_lines(), 100).get_page(request.GET.get("page", 1))
    context = {
        "page": page,
        "rows": [(line, reading.wants_splitting(line)) for line in page.object_list],
        "may_change": request.membership.may(Permission.PLAN_CHANGE),
    }
    return render(request, "actionplans/plans/flagged_list.html", context)


@landlord_view(Permission.PLAN_CHANGE)
def match_list(request: LandlordRequest) -> HttpResponse:
    """Words of owners and monitors that nobody is matched with yet."""
    if request.method == "POST":
        return _match(request)
    return render(
        request,
        "actionplans/plans/match_list.html",
        {
            "words": plans.words_to_match(),
            "offered": [
                (
                    "Staff",
                    "staff",
                    StaffMember.objects.filter(left_on__isnull=True).order_by("name", "pk"),
                ),
                (
                    "Teams",
                    "team",
                    Team.objects.filter(archived_at__isnull=True).order_by("name", "pk"),
                ),
                (
                    "Groups",
                    "body",
                    Body.objects.filter(closed_on__isnull=True).order_by("name", "pk"),
                ),
            ],
        },
    )


def _match(request: LandlordRequest) -> HttpResponse:
    """Match every name for which somebody was chosen; the others wait."""
    sent = request.POST.dict()
    chosen = [
        (words, sent.get(f"who_{name[6:]}", ""))
        for name, words in sent.items()
        if name.startswith("words_") and sent.get(f"who_{name[6:]}")
    ]
    if not chosen:
        messages.warning(request, "Choose for at least one name who is meant.")
        return redirect("plans:match_list")
    with transaction.atomic():
        said = [_matched(request, words, who) for words, who in chosen]
    names = f"{say_count(len(said), 'name is', 'names are')} settled, here and in the next file."
    messages.success(request, said[0] if len(said) == 1 else names)
    return redirect("plans:match_list")


def _matched(request: LandlordRequest, words: str, chosen: str) -> str:
    """Match one name. Returns what was done, as a sentence."""
    kind, _, key = chosen.partition(":")
    by, at = request.actor, timezone.now()
    if kind == "words":
        count = matching.leave_as_words(words=words, by=by, at=at)
        return f"“{words}” stays as it is, in {say_count(count, 'place')}."
    who = None
    if kind != "everyone":
        if kind not in WHO or not key.isdecimal():
            raise Http404
        who = get_object_or_404(WHO[kind].objects.order_by("pk"), pk=int(key))
    count = matching.match_words(words=words, who=who, by=by, at=at)
    name, places = who or "everybody", say_count(count, "place")
    return f"“{words}” means {name}, in {places} and in the next file."


@landlord_view(Permission.PLAN_PUBLISH)
def smart_check(request: LandlordRequest, pk: int) -> HttpResponse:
    """The lines without a measure, an owner or a date, and one reason for as many as fit.

    Whoever may agree the plan may read what it lacks and give the reason.
    """
    plan = plan_or_404(pk)
    if request.method == "POST":
        keys = [int(key) for key in request.POST.getlist("lines") if key.isdigit()]
        found = list(
            Line.objects.filter(plan=plan, pk__in=keys)
            .select_related("plan")
            .order_by("position", "pk")
        )
        try:
            ties.give_smart_reason(
                lines=found,
                words=request.POST.get("words", ""),
                by=request.actor,
                at=timezone.now(),
            )
        except policies.ReasonMissing:
            messages.warning(request, "Tick the lines and write the reason that serves them all.")
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, "The reason is kept with the lines it serves.")
        return redirect("plans:smart_check", pk)
    page = Paginator(smart.lines_with_gaps(plan).select_related("top"), 100).get_page(
        request.GET.get("page", 1)
    )
    context = {
        "plan": plan,
        "page": page,
        "rows": [(line, smart.gaps_of(line)) for line in page.object_list],
        "checked": smart.lines_to_check(plan).count(),
        "reasons": plan.smart_reasons.order_by("given_at", "pk"),
        "open": policies.can_change(plan),
        "may_change": request.membership.may(Permission.PLAN_CHANGE) and policies.can_change(plan),
    }
    return render(request, "actionplans/plans/smart_check.html", context)
