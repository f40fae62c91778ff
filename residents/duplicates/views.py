from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import count
from residents.duplicates import operations, queries
from residents.duplicates.forms import MergeForm, TwoForm
from residents.duplicates.models import DuplicatePair, Merge
from residents.people.models import Person
from residents.people.queries import people


@landlord_view(Permission.PEOPLE_MERGE)
@require_safe
def pair_list(request: LandlordRequest) -> HttpResponse:
    """Pairs that may be one person, likeliest first; merges that can still be undone."""
    page = Paginator(queries.open_pairs(), 50).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "merges": list(queries.merges_to_undo(timezone.localdate())[:50]),
        "dismissed": list(queries.dismissed_pairs()[:50]),
        "form": TwoForm(request.GET if "first" in request.GET else None),
    }
    return render(request, "residents/duplicates/pair_list.html", context)


@landlord_view(Permission.PEOPLE_MERGE)
@require_POST
def look_again(request: LandlordRequest) -> HttpResponse:
    """Compare everybody now."""
    new = operations.look_for_duplicates(by=request.actor, at=timezone.now())
    found = f"{count(new, 'new pair')}." if new else "Nobody new looks like somebody else."
    messages.success(request, found)
    return redirect("duplicates:pair_list")


@landlord_view(Permission.PEOPLE_MERGE)
@require_safe
def pair_choose(request: LandlordRequest) -> HttpResponse:
    """Lead two numbers to their side by side."""
    form = TwoForm(request.GET)
    if not form.is_valid():
        messages.error(request, "Write the numbers of two people; each stands on their page.")
        return redirect("duplicates:pair_list")
    first, second = form.cleaned_data["first"], form.cleaned_data["second"]
    there = people().filter(pk__in=[first, second]).count()
    if there < 2:
        messages.error(request, "There are no two people with these numbers.")
        return redirect("duplicates:pair_list")
    return redirect("duplicates:pair_compare", first, second)


@landlord_view(Permission.PEOPLE_MERGE)
@require_http_methods(["GET", "HEAD", "POST"])
def pair_compare(request: LandlordRequest, first: int, second: int) -> HttpResponse:
    """Two people side by side; choose field by field and merge."""
    one = get_object_or_404(people(), pk=first)
    other = get_object_or_404(people().exclude(pk=first), pk=second)
    sides = queries.side_by_side(one, other)
    names = tuple(f"No. {person.pk}, {person.name}" for person in (one, other))
    form = MergeForm(posted(request), sides=sides, names=(names[0], names[1]))
    if form.is_valid():
        kept, gone = (one, other) if form.cleaned_data["stays"] == "first" else (other, one)
        try:
            merge = operations.merge_people(
                kept=kept, gone=gone, taken=form.taken, by=request.actor, at=timezone.now()
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "They are one now. You can undo this for 30 days.")
            return redirect("people:person_detail", merge.kept_id)
    context = {
        "form": form,
        "first": one,
        "second": other,
        "names": names,
        "columns": "|".join(["What", *(name.replace("|", " ") for name in names)]),
        "pair": _pair(one, other),
        "brought": queries.brought_by(one, other),
    }
    context["rows"] = [(side, form[f"f_{side.field}"] if side.differs else None) for side in sides]
    return render(request, "residents/duplicates/pair_compare.html", context)


@landlord_view(Permission.PEOPLE_MERGE)
@require_POST
def pair_dismiss(request: LandlordRequest, pk: int) -> HttpResponse:
    """Say that two are two."""
    pair = get_object_or_404(DuplicatePair.objects.order_by("pk"), pk=pk)
    operations.dismiss(pair=pair, by=request.actor, at=timezone.now())
    messages.success(request, "They are two people. This pair is not suggested again.")
    return redirect("duplicates:pair_list")


@landlord_view(Permission.PEOPLE_MERGE)
@require_POST
def pair_back(request: LandlordRequest, pk: int) -> HttpResponse:
    """Put a dismissed pair back."""
    pair = get_object_or_404(queries.dismissed_pairs(), pk=pk)
    operations.bring_back(pair=pair, by=request.actor, at=timezone.now())
    messages.success(request, "The pair is back in the list.")
    return redirect("duplicates:pair_list")


@landlord_view(Permission.PEOPLE_MERGE)
@require_POST
def merge_undo(request: LandlordRequest, pk: int) -> HttpResponse:
    """Split two people again."""
    merge = get_object_or_404(Merge.objects.order_by("pk"), pk=pk)
    try:
        operations.undo_merge(merge=merge, by=request.actor, at=timezone.now())
    except Refusal as refused:
        messages.error(request, str(refused))
        return redirect("duplicates:pair_list")
    messages.success(request, "They are two people again, as they were before.")
    return redirect("people:person_detail", merge.gone_id)


def _pair(first: Person, second: Person) -> DuplicatePair | None:
    keys = [first.pk, second.pk]
    pairs: DuplicatePair | None = DuplicatePair.objects.filter(
        Q(first__in=keys) & Q(second__in=keys), state=DuplicatePair.State.OPEN
    ).first()
    return pairs
