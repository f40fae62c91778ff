from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
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
            pages.reading(line, today=today),
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
    words = request.POST.get("words", "")
    kind, _, key = request.POST.get("who", "").partition(":")
    models = {"staff": StaffMember, "team": Team, "body": Body}
    if kind not in {"everyone", "words"} and (kind not in models or not key.isdigit()):
        messages.warning(request, f"Choose who “{words}” is.")
        return redirect("plans:match_list")
    who = None
    if kind in models:
        who = get_object_or_404(models[kind].objects.order_by("pk"), pk=int(key))
    if kind == "words":
        count = matching.leave_as_words(words=words, by=request.actor, at=timezone.now())
        messages.success(request, f"“{words}” stays as it is, in {say_count(count, 'place')}.")
        return redirect("plans:match_list")
    count = matching.match_words(words=words, who=who, by=request.actor, at=timezone.now())
    name, places = who or "everybody", say_count(count, "place")
    messages.success(request, f"“{words}” means {name}, in {places} and in the next file.")
    return redirect("plans:match_list")


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
