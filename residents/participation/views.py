from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.auditing.queries import history_of
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import count
from involvement.faces.sorting import Sorting
from residents.eligibility.policies import RulesStandInTheWay
from residents.participation import forms, operations, queries
from residents.participation.models import Participation

SHOWN = 100


TOOK_PART_BY = {
    "Who": ("person__name_sort",),
    "In what": ("label", "began_on"),
    "When": ("began_on",),
    "How": ("channel", "began_on"),
}


@landlord_view(Permission.PEOPLE_READ)
@require_safe
def participation_list(request: LandlordRequest) -> HttpResponse:
    """Who took part in what, latest first, with the three counts of a period, told apart by kind,
    place, part, tenure or what they were at the time."""
    form = forms.Narrowing(request.GET or None)
    first, last, kinds, by = form.narrowed(timezone.localdate())
    rows = queries.between(first, last, kinds)
    sorting = Sorting.read(request.GET, TOOK_PART_BY)
    context = {
        "form": form,
        "narrowed": bool(request.GET),
        "first": first,
        "last": last,
        "kind": Participation.Kind(kinds[0]).label if kinds else "",
        "by_words": dict(form.fields["by"].choices)[by],  # type: ignore[attr-defined]  # it has choices
        "sorting": sorting,
        "page": Paginator(sorting.put_in_order(queries.latest(rows)), SHOWN).get_page(
            request.GET.get("page")
        ),
        "counts": queries.counts(rows),
        "counted": queries.counts_in_words(rows, by),
        "can_change": request.membership.may(Permission.PEOPLE_CHANGE),
    }
    return render(request, "residents/participation/participation_list.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
def participation_record(request: LandlordRequest) -> HttpResponse:
    """Write down that several people took part in something."""
    form = forms.SeveralPeople(posted(request), initial={"people": request.GET.get("person", "")})
    if form.is_valid():
        data = dict(form.cleaned_data)
        people = [*data.pop("people"), *[None] * (data.pop("unnamed") or 0)]
        try:
            rows = operations.record_participation(
                people=people, by=request.actor, at=timezone.now(), **data
            )
        except RulesStandInTheWay as refusal:
            form.ask_why_all_the_same(refusal)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{count(len(rows), 'person', 'people')} took part: kept.")
            return redirect("participation:participation_list")
    return render(request, "residents/participation/participation_record.html", {"form": form})


@landlord_view(Permission.PEOPLE_CHANGE)
def participation_correct(request: LandlordRequest, pk: int) -> HttpResponse:
    """Put a fact right."""
    row = get_object_or_404(queries.one(pk))

    def make(data: Any) -> forms.Correction:
        begun = {name: getattr(row, name) for name in operations.FIELDS}
        return forms.Correction(data, initial=begun)

    writing = Writing(request, row, make)
    form = writing.form
    if form.is_valid():
        try:
            operations.correct_participation(
                row=row, by=request.actor, at=timezone.now(), **form.cleaned_data
            )
        except RulesStandInTheWay as refusal:
            form.ask_why_all_the_same(refusal)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, writing.told("Your changes are kept."))
            return redirect("participation:participation_list")
    context = {"form": form, "row": row, "history": history_of(row)[:20], "writing": writing}
    return render(request, "residents/participation/participation_correct.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
def participation_withdraw(request: LandlordRequest, pk: int) -> HttpResponse:
    """Take back what was written down by mistake."""
    row = get_object_or_404(queries.one(pk))
    form = forms.Mistake(posted(request))
    if form.is_valid():
        try:
            operations.withdraw_participation(
                row=row, by=request.actor, at=timezone.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"“{row}” counts no more.")
            return redirect("participation:participation_list")
    return render(
        request, "residents/participation/participation_withdraw.html", {"form": form, "row": row}
    )
