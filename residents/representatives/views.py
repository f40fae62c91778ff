from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.auditing.refusals import Refusal
from involvement.faces.sorting import Sorting
from residents.people.models import Person
from residents.people.queries import people
from residents.representatives import operations, queries
from residents.representatives.forms import AuthorityForm, EndForm, NewAuthorityForm
from residents.representatives.models import Authority

FORM_METHODS = ["GET", "HEAD", "POST"]
AUTHORITIES_BY = {
    "Who acts": ("representative__name_sort",),
    "For whom": ("person__name_sort",),
    "Until": ("until",),
}
SHOWN = 50
SOON = 60


@landlord_view(Permission.PEOPLE_READ)
@require_safe
def authority_list(request: LandlordRequest) -> HttpResponse:
    """Everybody who may act for somebody now, by name; or those whose authority is over."""
    today, over = timezone.localdate(), request.GET.get("over") == "1"
    sorting = Sorting.read(request.GET, AUTHORITIES_BY)
    found = sorting.put_in_order(queries.listed(today, over=over))
    context = {
        "page": Paginator(found, SHOWN).get_page(request.GET.get("page")),
        "sorting": sorting,
        "over": over,
        "ending": queries.running_out(today, SOON).count(),
        "soon": SOON,
    }
    return render(request, "residents/representatives/authority_list.html", context)


@landlord_view(Permission.PEOPLE_READ)
@require_safe
def person_authorities(request: LandlordRequest, pk: int) -> HttpResponse:
    """Who may act for somebody, and for whom they may, now and before."""
    person, today = _person(pk), timezone.localdate()
    rows = list(queries.of_person(person)[:SHOWN])
    context = {
        "person": person,
        "over": [(row, row.stands(today)) for row in rows if row.person_id == person.pk],
        "of": [(row, row.stands(today)) for row in rows if row.person_id != person.pk],
        "standing": sum(row.stands(today) and row.person_id == person.pk for row in rows),
        "can_change": request.membership.may(Permission.PEOPLE_CHANGE),
    }
    return render(request, "residents/representatives/person_authorities.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_http_methods(FORM_METHODS)
def authority_give(request: LandlordRequest, pk: int) -> HttpResponse:
    """Write down that somebody may act for them."""
    person, today = _person(pk), timezone.localdate()
    begun = {"began_on": today, "evidence_seen_on": today}
    form = NewAuthorityForm(posted(request), initial=begun)
    if form.is_valid():
        try:
            row = operations.give_authority(
                person=person,
                representative=form.representative,
                by=request.actor,
                at=timezone.now(),
                **form.values,
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{row.representative} may act for {person}: kept.")
            return redirect("representatives:person_authorities", pk)
    context = {"person": person, "form": form, "authority": None}
    return render(request, "residents/representatives/authority_form.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_http_methods(FORM_METHODS)
def authority_change(request: LandlordRequest, pk: int) -> HttpResponse:
    """Change what they may do, the evidence, or until when."""
    row = _authority(pk)
    writing = Writing(
        request, row, lambda data: AuthorityForm(data, initial=AuthorityForm.begun_with(row))
    )
    form = writing.form
    if form.is_valid():
        try:
            operations.change_authority(
                authority=row, by=request.actor, at=timezone.now(), **form.values
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, writing.told("Your changes are kept."))
            return redirect("representatives:person_authorities", row.person_id)
    context = {"person": row.person, "form": form, "authority": row, "writing": writing}
    return render(request, "residents/representatives/authority_form.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_http_methods(FORM_METHODS)
def authority_end(request: LandlordRequest, pk: int) -> HttpResponse:
    """End it today."""
    row, form = _authority(pk), EndForm(posted(request))
    if form.is_valid():
        try:
            operations.end_authority(
                authority=row, by=request.actor, at=timezone.now(), **form.cleaned_data
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{row.representative} acts for {row.person} no longer.")
            return redirect("representatives:person_authorities", row.person_id)
    context = {"authority": row, "form": form}
    return render(request, "residents/representatives/authority_end.html", context)


def _person(pk: int) -> Person:
    return get_object_or_404(people(), pk=pk)


def _authority(pk: int) -> Authority:
    return get_object_or_404(queries.authorities(), pk=pk)
