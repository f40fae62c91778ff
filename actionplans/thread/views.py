from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from actionplans.thread import forms, operations, queries
from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import count

LAST_PAGE = 40


@landlord_view(Permission.FEEDBACK_READ)
@require_safe
def broken_list(request: LandlordRequest) -> HttpResponse:
    """Broken threads, counted by where they break and by team, the oldest first."""
    form = forms.BreakFilters(request.GET)
    form.is_valid()
    kind, team = form.cleaned_data.get("kind", ""), form.cleaned_data.get("team", "")
    asked = request.GET.get("page", "1")
    page = min(int(asked), LAST_PAGE) if asked.isdecimal() and 0 < len(asked) < 3 else 1
    page = max(page, 1)
    today = timezone.localdate()
    rows = queries.oldest_broken(
        request.landlord,
        today,
        kinds=[kind] if kind else queries.KINDS,
        team=team,
        start=(page - 1) * queries.PAGE,
        limit=2 * queries.PAGE,
    )
    counts = queries.count_broken(request.landlord, today)
    narrowed = {name: value for name, value in (("kind", kind), ("team", team)) if value}
    context = {
        "form": form,
        "narrowed": bool(narrowed),
        "rows": rows[: queries.PAGE],
        "older": _address({**narrowed, "page": page - 1}) if page > 1 else "",
        "newer": _address({**narrowed, "page": page + 1})
        if len(rows) > queries.PAGE and page < LAST_PAGE
        else "",
        "next_count": min(len(rows) - queries.PAGE, queries.PAGE),
        "counts": counts,
        "kinds": [(key, label, counts.by_kind[key]) for key, label in queries.KINDS.items()],
        "promise": request.landlord.decision_days,
        "may_change": request.membership.may(Permission.FEEDBACK_CHANGE),
        "give_teams": [(key, name) for key, name in form.team_choices if key.isdecimal()],
    }
    return render(request, "actionplans/thread/broken_list.html", context)


@landlord_view(Permission.FEEDBACK_CHANGE)
@require_POST
def broken_clear(request: LandlordRequest) -> HttpResponse:
    """Clear up to 200 at a time: note and thank, tell them, or give to a team."""
    chosen = forms.read_chosen(request.POST.getlist("chosen"))
    try:
        messages.success(request, _clear(request, chosen))
    except Refusal as refused:
        messages.error(request, str(refused))
    shown = {"kind": request.POST.get("kind"), "team": request.POST.get("team_shown")}
    return redirect(_address(shown))


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
