"""Themes: what several people said in common, and the thread that begins there."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from actionplans.feedback import operations, policies, queries
from actionplans.feedback.forms.log import AboutTheme, IntoTheme
from actionplans.feedback.models import Feedback, Theme
from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.auditing.queries import history_of
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import count
from involvement.faces.sorting import Sorting
from involvement.wiring import panels

THEMES_BY = {
    "Theme": ("title",),
    "Said": ("said_count",),
    "Looked after by": ("owner_staff__name", "owner_team__name"),
    "First said": ("first_said_on",),
    "Decision promised by": ("decision_due",),
}


@landlord_view(Permission.FEEDBACK_READ)
@require_safe
def theme_list(request: LandlordRequest) -> HttpResponse:
    """Themes without a decision first, the longest promised on top; or those of another state."""
    asked = request.GET.get("state", Theme.State.OPEN)
    state = asked if asked in Theme.State.values else Theme.State.OPEN
    themes = queries.themes_with_counts().filter(state=state).order_by("decision_due", "pk")
    sorting = Sorting.read(request.GET, THEMES_BY)
    page = Paginator(sorting.put_in_order(themes), 100).get_page(request.GET.get("page"))
    return render(
        request,
        "actionplans/feedback/theme_list.html",
        {
            "sorting": sorting,
            "page": page,
            "state": Theme.State(state),
            "states": [(one.label, f"?state={one.value}", one == state) for one in Theme.State],
            "late_count": queries.late_theme_count(timezone.localdate()),
            "today": timezone.localdate(),
        },
    )


@landlord_view(Permission.FEEDBACK_READ)
@require_safe
def theme_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    """The thread of a theme: what was said, who grouped it, and what became of it."""
    theme = _get(pk)
    may_change = request.membership.may(Permission.FEEDBACK_CHANGE)
    said = queries.feedback_in(theme)
    first = list(said[:200])
    similar = (
        queries.similar_feedback(
            words=f"{theme.title} {theme.summary} {' '.join(one.words for one in first[:20])}",
            subject=theme.subject,
            place=None,
            without=[one.pk for one in first],
        )
        if may_change and policies.can_fill(theme)
        else []
    )
    today = timezone.localdate()
    return render(
        request,
        "actionplans/feedback/theme_detail.html",
        {
            "theme": theme,
            "quotes": _worth_quoting(first),
            "channels": queries.channel_counts(theme),
            "places": queries.places_in(theme),
            "people_count": queries.people_in(theme).count(),
            "unreachable": queries.unreachable_in(theme),
            "similar": similar,
            "panels": panels("themes.thread", request, theme=theme),
            "side": panels("themes.side", request, theme=theme),
            "history": history_of(theme)[:5],
            "days": (today - theme.clock_from).days,
            "days_to_theme": (theme.opened_on - theme.clock_from).days,
            "late": theme.state == Theme.State.OPEN and today > theme.decision_due,
            "can_change": may_change,
            "can_fill": may_change and policies.can_fill(theme),
        },
    )


@landlord_view(Permission.FEEDBACK_READ)
@require_safe
def theme_said(request: LandlordRequest, pk: int) -> HttpResponse:
    """Everything said in a theme, with ticks to take some out or split them off."""
    theme = _get(pk)
    page = Paginator(queries.feedback_in(theme), 100).get_page(request.GET.get("page"))
    return render(
        request,
        "actionplans/feedback/theme_said.html",
        {
            "theme": theme,
            "page": page,
            "history": history_of(theme)[:50],
            "can_fill": request.membership.may(Permission.FEEDBACK_CHANGE)
            and policies.can_fill(theme),
        },
    )


@landlord_view(Permission.FEEDBACK_CHANGE)
def theme_change(request: LandlordRequest, pk: int) -> HttpResponse:
    """Change a theme's words and who looks after it."""
    theme = _get(pk)
    writing = Writing(
        request, theme, lambda data: AboutTheme(data, initial=AboutTheme.initial_of(theme))
    )
    form = writing.form
    if form.is_valid():
        data, at = form.cleaned_data, timezone.now()
        operations.change_theme(theme=theme, by=request.actor, at=at, **data)
        messages.success(request, writing.told("Your changes are kept."))
        return redirect("feedback:theme_detail", pk)
    context = {"form": form, "theme": theme, "writing": writing}
    return render(request, "actionplans/feedback/theme_form.html", context)


@landlord_view(Permission.FEEDBACK_CHANGE)
def theme_merge(request: LandlordRequest, pk: int) -> HttpResponse:
    """Join a theme to another, which takes over what was said in it."""
    theme = _get(pk)
    form = IntoTheme(posted(request), without=pk)
    if form.is_valid():
        try:
            into = operations.merge_themes(
                theme=theme, into=form.cleaned_data["theme"], by=request.actor, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"“{theme}” is joined to this theme.")
            return redirect("feedback:theme_detail", into.pk)
    return render(request, "actionplans/feedback/theme_merge.html", {"form": form, "theme": theme})


@require_POST
@landlord_view(Permission.FEEDBACK_CHANGE)
def theme_add(request: LandlordRequest, pk: int) -> HttpResponse:
    """Put the suggestions that were ticked into the theme."""
    theme = _get(pk)
    chosen = _ticked(request)
    try:
        entries = operations.add_to_theme(
            theme=theme, feedback=chosen, by=request.actor, at=timezone.now()
        )
        messages.success(request, _put_words(len(entries)))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("feedback:theme_detail", pk)


@require_POST
@landlord_view(Permission.FEEDBACK_CHANGE)
def theme_take_out(request: LandlordRequest, pk: int) -> HttpResponse:
    """Take the ticked feedback out, or split it off into a theme of its own."""
    theme = _get(pk)
    chosen, title, at = _ticked(request), request.POST.get("title", "").strip(), timezone.now()
    try:
        if "split" in request.POST:
            if not title:
                messages.error(request, "Give the new theme a title in plain words.")
                return redirect("feedback:theme_said", pk)
            new = operations.split_theme(
                theme=theme, feedback=chosen, title=title[:120], by=request.actor, at=at
            )
            messages.success(request, f"Split off from “{theme}”.")
            return redirect("feedback:theme_detail", new.pk)
        taken = operations.take_out(theme=theme, feedback=chosen, by=request.actor, at=at)
        messages.success(
            request, f"{count(len(taken), 'piece is', 'pieces are')} out of the theme."
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("feedback:theme_said", pk)


def _get(pk: int) -> Theme:
    return get_object_or_404(queries.themes_with_counts().order_by("pk"), pk=pk)


def _put_words(number: int) -> str:
    if not number:
        return "All of it was in the theme already."
    return f"{count(number, 'piece is', 'pieces are')} in the theme now."


def _ticked(request: LandlordRequest) -> list[Feedback]:
    keys = {int(k) for k in request.POST.getlist("chosen") if k.isdecimal() and len(k) < 19}
    return list(Feedback.objects.filter(pk__in=keys).order_by("said_on", "pk"))


def _worth_quoting(said: list[Feedback]) -> list[Feedback]:
    """Two to show first: those that may be quoted before those that may not, short before long."""
    return sorted(said, key=lambda one: (not one.quote_permission, len(one.words), one.pk))[:2]
