"""The log: everything residents said, narrowed, and acted on many rows at a time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans.feedback import operations, queries
from actionplans.feedback.forms.log import AboutTheme, IntoTheme, LogFilters, NoteAndThank
from actionplans.feedback.models import Feedback
from actionplans.feedback.policies import MOST_AT_ONCE
from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import count
from involvement.faces.sorting import Sorting

# Only what an index of the log is in order of; by anything else it is narrowed
LOG_BY = {"Said": ("said_on",), "State": ("state", "said_on")}


@landlord_view(Permission.FEEDBACK_READ)
@require_safe
def log(request: LandlordRequest) -> HttpResponse:
    """The filtered log, thirty rows at a time, or a hundred for whoever asks."""
    form, many = LogFilters(request.GET), request.GET.get("rows") == "100"
    sorting = Sorting.read(_without(request.GET, "at", "all"), LOG_BY)
    order = queries.ORDERS.get(sorting.asked, queries.LATEST_FIRST)
    cursor = request.GET.get("at", "")
    page = queries.log_page(form.narrowed(), order=order, cursor=cursor, many=many)
    today, promised = timezone.localdate(), request.landlord.decision_days
    rows = [(said, days := said.days_since_said(today), days > promised) for said in page.rows]
    return render(
        request,
        "actionplans/feedback/log.html",
        {
            "form": form,
            "page": page,
            "rows": rows,
            "sorting": sorting,
            "order": order,
            "caption": f"What was said, {order.words}",
            "sentence": form.sentence(page),
            "narrowed": form.narrowed() != queries.LogFilter(),
            "query": _without(request.GET, "at", "all").urlencode(),
            "many": many,
            "query_without_rows": _without(request.GET, "at", "all", "rows").urlencode(),
            "all_chosen": "all" in request.GET,
            "open_count": queries.open_count(),
            "can_change": request.membership.may(Permission.FEEDBACK_CHANGE),
            "can_record": request.membership.may(Permission.FEEDBACK_RECORD),
        },
    )


@landlord_view(Permission.FEEDBACK_CHANGE)
def chosen_note(request: LandlordRequest) -> HttpResponse:
    """“Noted and thanked” for the rows chosen in the log."""
    chosen = _chosen(request)
    form = NoteAndThank(posted(request))
    if form.is_valid():
        try:
            closed = operations.note_and_thank(
                feedback=chosen, by=request.actor, at=timezone.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _closed_words(len(closed), len(chosen)))
            return redirect("feedback:log")
    return _chosen_page(request, "actionplans/feedback/chosen_note.html", chosen, form=form)


@landlord_view(Permission.FEEDBACK_CHANGE)
def chosen_theme(request: LandlordRequest) -> HttpResponse:
    """Start a theme with the rows chosen in the log, or put them into one there is."""
    chosen = _chosen(request)
    into = IntoTheme(request.POST if "into" in request.POST else None)
    start = AboutTheme(request.POST if "start" in request.POST else None)
    form: Any = into if into.is_bound else start
    if form.is_valid():
        at = timezone.now()
        try:
            if form is into:
                theme = form.cleaned_data["theme"]
                operations.add_to_theme(theme=theme, feedback=chosen, by=request.actor, at=at)
            else:
                theme = operations.start_theme(
                    feedback=chosen, by=request.actor, at=at, **form.cleaned_data
                )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, f"{count(len(chosen), 'piece is', 'pieces are')} in “{theme}” now."
            )
            return redirect("feedback:theme_detail", theme.pk)
    return _chosen_page(
        request, "actionplans/feedback/chosen_theme.html", chosen, into=into, start=start
    )


def _chosen(request: LandlordRequest) -> list[Feedback]:
    """The rows chosen by key, earliest first; keys that are no row's are passed over."""
    given = request.POST if request.method == "POST" else request.GET
    keys = {int(key) for key in given.getlist("chosen") if key.isdecimal() and len(key) < 19}
    if len(keys) > MOST_AT_ONCE:
        raise Http404("At most 200 can be chosen at a time.")
    rows = queries.feedback_with_speakers().filter(pk__in=keys)
    return list(rows.order_by("said_on", "pk"))


def _chosen_page(
    request: LandlordRequest, template: str, chosen: list[Feedback], **context: Any
) -> HttpResponse:
    if not chosen:
        messages.error(request, "Choose at least one row first: tick it at the left.")
        return redirect("feedback:log")
    return render(request, template, {"chosen": chosen, **context})


def _closed_words(closed: int, chosen: int) -> str:
    if not closed:
        return "All of it was noted and thanked already."
    words = f"{count(closed, 'piece is', 'pieces are')} noted and thanked."
    if closed == chosen:
        return words
    return (
        f"{words} The other{f' {chosen - closed} were' if chosen - closed > 1 else ' was'} already."
    )


def _without(query: QueryDict, *names: str) -> QueryDict:
    rest = query.copy()
    for name in names:
        rest.pop(name, None)
    return rest
