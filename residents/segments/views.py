from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.auditing.queries import history_of
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import count
from involvement.faces.sorting import Sorting
from residents.people.queries import page_of_people
from residents.segments import operations, queries
from residents.segments.conditions import conditions, grouped
from residents.segments.forms import ConditionForm, PickForm, SegmentForm
from residents.segments.models import HandPick, Match, Segment
from residents.segments.rules import groups_of

FORM_METHODS = ["GET", "HEAD", "POST"]
SHOWN = 100


SEGMENTS_BY = {
    "Segment": ("name",),
    "People": ("kept_count",),
    "Counted": ("counted_at",),
    "Looked after by": ("owner__name",),
}


@landlord_view(Permission.PEOPLE_READ)
@require_safe
def segment_list(request: LandlordRequest) -> HttpResponse:
    """The segments by name, with how many each holds and when that was counted."""
    sorting = Sorting.read(request.GET, SEGMENTS_BY)
    context = {
        "sorting": sorting,
        "page": Paginator(sorting.put_in_order(queries.segments()), SHOWN).get_page(
            request.GET.get("page")
        ),
        "fresh_since": timezone.now() - queries.FRESH,
        "put_away": queries.put_away()[:SHOWN],
        "can_change": request.membership.may(Permission.PEOPLE_CHANGE),
    }
    return render(request, "residents/segments/segment_list.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_http_methods(FORM_METHODS)
def segment_add(request: LandlordRequest) -> HttpResponse:
    """Name a segment; its conditions come next."""
    begun = {"owner": request.membership.staff_id, "form_token": uuid.uuid4()}
    form = SegmentForm(posted(request), initial=begun)
    if form.is_valid():
        try:
            segment = operations.add_segment(
                by=request.actor, at=timezone.now(), **form.cleaned_data
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"“{segment}” is made. Say who is in it.")
            return redirect("segments:segment_detail", segment.pk)
    context = {"form": form, "segment": None}
    return render(request, "residents/segments/segment_form.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_http_methods(FORM_METHODS)
def segment_change(request: LandlordRequest, pk: int) -> HttpResponse:
    """Change the name, what it is for, who looks after it, or how its groups are joined."""
    segment = _segment(pk)

    def make(data: Any) -> SegmentForm:
        begun = {name: getattr(segment, name) for name in operations.FIELDS}
        return SegmentForm(data, segment=segment, initial=begun)

    writing = Writing(request, segment, make)
    form = writing.form
    if form.is_valid():
        try:
            data = {name: form.cleaned_data[name] for name in operations.FIELDS}
            operations.change_segment(segment=segment, by=request.actor, at=timezone.now(), **data)
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, writing.told("Your changes are kept."))
            return redirect("segments:segment_detail", pk)
    context = {"form": form, "segment": segment, "writing": writing}
    return render(request, "residents/segments/segment_form.html", context)


@landlord_view(Permission.PEOPLE_READ)
@require_safe
def segment_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    """Who is in it: how many, the first of them, and why."""
    return _page(request, _segment(pk))


@landlord_view(Permission.PEOPLE_READ)
@require_safe
def segment_people(request: LandlordRequest, pk: int) -> HttpResponse:
    """Everybody in it at this moment, a screenful at a time."""
    segment = _segment(pk)
    after = request.GET.get("after", "")
    context = {
        "segment": segment,
        "page": page_of_people(queries.members(segment), after=after),
        "began": bool(after),
    }
    return render(request, "residents/segments/segment_people.html", context)


@landlord_view(Permission.PEOPLE_READ)
@require_POST
def segment_count(request: LandlordRequest, pk: int) -> HttpResponse:
    """Count it anew."""
    segment = operations.count_anew(segment=_segment(pk), by=request.actor, at=timezone.now())
    messages.success(request, f"{count(segment.kept_count, 'person', 'people')} at this moment.")
    return redirect("segments:segment_detail", pk)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_POST
def segment_put(request: LandlordRequest, pk: int) -> HttpResponse:
    """Put a segment away, or bring it back."""
    segment, at = _segment(pk), timezone.now()
    archived_at = at if segment.archived_at is None else None
    operations.put_away(segment=segment, archived_at=archived_at, by=request.actor, at=at)
    messages.success(
        request, f"“{segment}” is {'put away' if archived_at else 'back in the list'}."
    )
    return redirect("segments:segment_list")


@landlord_view(Permission.PEOPLE_CHANGE)
@require_safe
def condition_choose(request: LandlordRequest, pk: int) -> HttpResponse:
    """Choose the question; its answer comes next."""
    context = {
        "segment": _segment(pk),
        "group": _number(request.GET.get("group")),
        "groups": list(grouped()),
    }
    return render(request, "residents/segments/condition_choose.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_http_methods(FORM_METHODS)
def condition_set(
    request: LandlordRequest, pk: int, group: int, key: str, place: int | None = None
) -> HttpResponse:
    """Answer the question of a condition, anew or for the first time."""
    segment, condition = _segment(pk), conditions().get(key)
    if condition is None:
        raise Http404

    def make(data: Any) -> ConditionForm:
        begun = _begun(segment, group, key, place)
        return ConditionForm(data, condition=condition, initial=begun)

    writing = Writing(request, segment, make)
    form = writing.form
    if form.is_valid():
        try:
            operations.ask(
                segment=segment,
                asked=form.asked,
                group=group,
                place=place,
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            done = writing.told("The condition is set, and the people are counted.")
            messages.success(request, done)
            return redirect("segments:segment_detail", pk)
    context = {"form": form, "segment": segment, "condition": condition, "group": group}
    context["writing"] = writing
    return render(request, "residents/segments/condition_set.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_POST
def condition_drop(request: LandlordRequest, pk: int, group: int, place: int) -> HttpResponse:
    """Take a condition out."""
    return _done(
        request,
        pk,
        "The condition is out, and the people are counted.",
        lambda: operations.ask_no_more(
            segment=_segment(pk), group=group, place=place, by=request.actor, at=timezone.now()
        ),
    )


@landlord_view(Permission.PEOPLE_CHANGE)
@require_POST
def group_join(request: LandlordRequest, pk: int, group: int) -> HttpResponse:
    """Ask for all, or any, of a group's conditions."""
    match = Match.ANY if request.POST.get("match") == Match.ANY else Match.ALL
    return _done(
        request,
        pk,
        f"Now {match.label} must hold.",
        lambda: operations.join_group(
            segment=_segment(pk), group=group, match=match, by=request.actor, at=timezone.now()
        ),
    )


@landlord_view(Permission.PEOPLE_CHANGE)
@require_POST
def pick(request: LandlordRequest, pk: int) -> HttpResponse:
    """Put somebody in by hand, or leave them out."""
    segment, form = _segment(pk), PickForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        return _done(
            request,
            pk,
            f"{data['person']}: kept.",
            lambda: operations.pick(
                segment=segment,
                person=data["person"],
                how=data["how"],
                why=data["why"],
                by=request.actor,
                at=timezone.now(),
            ),
        )
    return _page(request, segment, pick_form=form)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_POST
def pick_undo(request: LandlordRequest, pk: int, row: int) -> HttpResponse:
    """Leave somebody to the rules again."""
    chosen = get_object_or_404(HandPick.objects.select_related("segment"), pk=row, segment=pk)
    return _done(
        request,
        pk,
        "The rules decide about them again.",
        lambda: operations.pick_no_more(row=chosen, by=request.actor, at=timezone.now()),
    )


def _done(request: LandlordRequest, pk: int, words: str, do: Any) -> HttpResponse:
    try:
        do()
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words)
    return redirect("segments:segment_detail", pk)


def _page(request: LandlordRequest, segment: Segment, **forms: Any) -> HttpResponse:
    can_change = request.membership.may(Permission.PEOPLE_CHANGE) and not segment.archived_at
    context = {
        "segment": segment,
        "groups": groups_of(segment.rules),
        "glance": queries.glance(segment, timezone.now()),
        "picks": queries.picks_of(segment)[:SHOWN],
        "pick_form": PickForm(),
        "can_change": can_change,
        "may_put": request.membership.may(Permission.PEOPLE_CHANGE),
        "history": history_of(segment)[:20],
        "next_group": len(groups_of(segment.rules)),
        **forms,
    }
    return render(request, "residents/segments/segment_detail.html", context)


def _begun(segment: Segment, group: int, key: str, place: int | None) -> dict[str, Any]:
    """The answer that holds, where a condition is changed."""
    groups = groups_of(segment.rules)
    if place is None or group >= len(groups) or place >= len(groups[group].asked):
        return {}
    there = groups[group].asked[place]
    return {"answer": there.raw, "negated": there.negated} if there.key == key else {}


def _number(words: str | None) -> int:
    return int(words) if words and words.isdecimal() and len(words) < 4 else 0


def _segment(pk: int) -> Segment:
    segment: Segment = get_object_or_404(Segment.objects.select_related("owner"), pk=pk)
    return segment
