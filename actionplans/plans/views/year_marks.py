from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from actionplans.plans import policies
from actionplans.plans.operations.year_marks import place_year_marks
from actionplans.plans.queries.year_marks import Held, marks_held, seen_in
from actionplans.plans.views.plans import plan_or_404
from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import count

_TICK = re.compile(r"on_(?P<group>\d{1,18})_(?P<line>\d{1,18})")


@landlord_view(Permission.PLAN_CHANGE)
def mark_list(request: LandlordRequest, pk: int) -> HttpResponse:
    """Year marks held for a heading, to be ticked on the lines under it; one Save for all."""
    plan = plan_or_404(pk)
    ticked: dict[int, list[int]] | None = None
    if request.method == "POST":
        ticked = _ticked(request.POST)
        try:
            moved = place_year_marks(
                plan=plan,
                seen=request.POST.get("seen", ""),
                wanted=ticked,
                by=request.actor,
                at=timezone.now(),
            )
        except policies.MarksChangedMeanwhile as refusal:
            messages.warning(request, str(refusal))
            ticked = _with_theirs(ticked, marks_held(plan))
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        else:
            said = f"{count(moved, 'mark is', 'marks are')} placed or moved." if moved else ""
            messages.success(request, said or "Nothing was changed.")
            return redirect("plans:mark_list", pk)
    held = marks_held(plan)
    context = {
        "plan": plan,
        "shown": [(one, one.rows(ticked)) for one in held],
        "first": next((one.holder.pk for one in held if one.waiting), None),
        "refused": ticked is not None,
        "waiting": sum(one.waiting for one in held),
        "seen": seen_in(held),
        "open": policies.can_change(plan),
    }
    return render(request, "actionplans/plans/mark_list.html", context)


def _ticked(sent: Mapping[str, str]) -> dict[int, list[int]]:
    """The lines ticked for each kind of mark, a line as often as its number says."""
    found: dict[int, list[int]] = {}
    for name, value in sent.items():
        if (match := _TICK.fullmatch(name)) and value.isdecimal():
            lines = found.setdefault(int(match["group"]), [])
            lines += [int(match["line"])] * min(int(value), 1000)
    return found


def _with_theirs(mine: dict[int, list[int]], held: Iterable[Held]) -> dict[int, list[int]]:
    """What one officer ticked, and beside it where another has placed marks meanwhile."""
    both = dict(mine)
    for one in held:
        for group in one.groups:
            there = both.get(group.key, [])
            both[group.key] = there + [key for key in group.placed if key not in there]
    return both
