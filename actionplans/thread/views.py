from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from actionplans.feedback.policies import MOST_AT_ONCE
from actionplans.thread import forms, operations, policies, queries
from actionplans.thread.counts import count_broken, count_narrowed
from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import count

MANY = MOST_AT_ONCE


@landlord_view(Permission.FEEDBACK_READ)
@require_safe
def broken_list(request: LandlordRequest) -> HttpResponse:
    """Broken threads, counted by where they break and by team, the oldest first."""
    form, today = forms.BreakFilters(request.GET), timezone.localdate()
    form.is_valid()
    narrowed = {name: form.cleaned_data.get(name, "") for name in ("kind", "team")}
    kinds = [narrowed["kind"]] if narrowed["kind"] else list(queries.KINDS)
    sizing, size = _sizing(request.GET)
    page = _page_number(request.GET, queries.COUNTED // size)
    rows, following = queries.broken_page(
        request.landlord, today, kinds=kinds, team=narrowed["team"], page=page, size=size
    )
    counts = count_broken(request.landlord, today)
    number = count_narrowed(counts, request.landlord, today, kinds=kinds, team=narrowed["team"])
    context = {
        "form": form,
        "narrowed": any(narrowed.values()),
        "number": number,
        "rows": rows,
        **_links(narrowed, sizing, page, following if page < queries.COUNTED // size else 0),
        "next_count": following,
        "many": size == MANY,
        "page_number": page,
        "all_chosen": "all" in request.GET,
        "counts": counts,
        "kinds": [(key, label, counts.by_kind[key]) for key, label in queries.KINDS.items()],
        "promise": request.landlord.decision_days,
        "may_change": request.membership.may(Permission.FEEDBACK_CHANGE),
        "may_tell": request.membership.may(Permission.REPLY_SEND),
        "can_tie": policies.kinds_to_tie(request.membership),
        "can_plan": request.membership.may(Permission.PLAN_CHANGE),
        "give_teams": [(key, name) for key, name in form.team_choices if key.isdecimal()],
    }
    return render(request, "actionplans/thread/broken_list.html", context)


@landlord_view(Permission.FEEDBACK_CHANGE)
@require_POST
def broken_clear(request: LandlordRequest) -> HttpResponse:
    """Clear up to 200 at a time: note and thank, tell them, or give to a team.

    What is refused comes back on the same page, all ticked where all had been.
    """
    chosen = forms.read_chosen(request.POST.getlist("chosen"))
    shown: dict[str, object] = {
        "kind": request.POST.get("kind"),
        "team": request.POST.get("team_shown"),
        **_sizing(request.POST)[0],
    }
    try:
        messages.success(request, _clear(request, chosen))
    except Refusal as refused:
        messages.error(request, str(refused))
        shown["page"] = _page_number(request.POST, queries.COUNTED)
        shown["all"] = "1" if request.POST.get("all") and chosen else ""
    return redirect(_address(shown))


def _sizing(query: QueryDict) -> tuple[dict[str, str], int]:
    many = query.get("rows") == str(MANY)
    return ({"rows": str(MANY)}, MANY) if many else ({}, queries.PAGE)


def _page_number(query: QueryDict, last: int) -> int:
    asked = query.get("page", "")
    return max(min(int(asked), last), 1) if asked.isdecimal() and len(asked) < 4 else 1


def _links(
    narrowed: Mapping[str, str], sizing: Mapping[str, str], page: int, following: int
) -> dict[str, str]:
    """The addresses that lead on from a page: other pages, other sizes, all or none ticked."""
    here = {**narrowed, **sizing, "page": page if page > 1 else ""}
    return {
        "older": _address({**here, "page": page - 1}) if page > 1 else "",
        "newer": _address({**here, "page": page + 1}) if following else "",
        "more_at_once": _address({**narrowed, "rows": MANY}),
        "fewer_at_once": _address(narrowed),
        "tick_none": _address(here),
        "tick_all": _address({**here, "all": 1}),
    }


def _clear(request: LandlordRequest, chosen: list[tuple[str, int]]) -> str:
    by, at = request.actor, timezone.now()
    act = request.POST.get("act", "")
    if act == "tell":
        if not request.membership.may(Permission.REPLY_SEND):
            raise Refusal("Your role does not send replies. Ask an involvement officer.")
        told = operations.tell_chosen(chosen=chosen, by=by, at=at)
        if not told:
            return "There was nobody left to tell: something is on its way to all of them."
        return f"{count(told, 'reply is', 'replies are')} on the way."
    if act == "team":
        form = forms.GiveForm(request.POST)
        if not form.is_valid():
            raise Refusal("Choose the team.")
        team = form.cleaned_data["team"]
        given = operations.give_to_team(chosen=chosen, team=team, by=by, at=at)
        return f"{team} looks after {count(given, 'more thread')}."
    closed = operations.note_chosen(
        chosen=chosen, reason=request.POST.get("reason", ""), by=by, at=at
    )
    return f"{count(closed, 'thing said is', 'things said are')} noted and thanked."


def _address(query: Mapping[str, object]) -> str:
    kept = {name: str(value) for name, value in query.items() if value}
    return reverse("thread:broken_list") + (f"?{urlencode(kept)}" if kept else "")
