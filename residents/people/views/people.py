from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.auditing.queries import history_of
from involvement.wiring import panels
from residents.people import operations, queries
from residents.people.forms import AddForm, PeopleFilters, PersonForm
from residents.people.forms.person import born_in_words
from residents.people.models import Person
from residents.people.policies import can_take_back
from residents.privacy.operations.looking import record_view


@landlord_view(Permission.PEOPLE_READ)
@require_safe
def person_list(request: LandlordRequest) -> HttpResponse:
    """Everybody who fits what was asked, by name, a screenful at a time."""
    form = PeopleFilters(request.GET or None)
    narrowed = form.narrowed() if form.is_bound else queries.PeopleFilter()
    asked = request.GET.copy()
    after = "".join(asked.pop("after", [""]))
    context = {
        "form": form,
        "page": queries.people_page(narrowed, after=after),
        "words": narrowed.words,
        "is_set": narrowed != queries.PeopleFilter(),
        "began": bool(after),
        "asked": asked.urlencode(),
        "can_change": request.membership.may(Permission.PEOPLE_CHANGE),
        "can_merge": request.membership.may(Permission.PEOPLE_MERGE),
    }
    return render(request, "residents/people/person_list.html", context)


@landlord_view(Permission.PEOPLE_READ)
@require_safe
def person_detail(request: LandlordRequest, pk: int) -> HttpResponse:
    """How to reach somebody, what they said and what became of it."""
    person = queries.survivor(pk)
    if person is None:
        raise Http404
    if person.pk != pk:
        return redirect("people:person_detail", person.pk)
    if person.status == Person.Status.ERASED:
        return render(request, "residents/people/person_erased.html", {"person": person})
    record_view(person=person, by=request.actor, at=timezone.now(), page="their page")
    return render(
        request,
        "residents/people/person_detail.html",
        {
            "person": person,
            "residencies": list(queries.residencies_of(person)[:20]),
            "tags": list(queries.tags_of(person)),
            "all_tags": list(queries.all_tags()),
            "panels": panels("residents.person", request, person=person),
            "side": panels("residents.person_side", request, person=person),
            "history": history_of(person)[:20],
            "can_change": request.membership.may(Permission.PEOPLE_CHANGE),
            "can_take_back": can_take_back(person, queries.ended_last(person)),
        },
    )


@landlord_view(Permission.PEOPLE_CHANGE)
def person_add(request: LandlordRequest) -> HttpResponse:
    """Add a person; somebody of the same name or contact is shown first."""
    form = AddForm(posted(request), initial={"home": request.GET.get("home", "")[:120]})
    same: list[Person] = []
    if form.is_valid():
        data = dict(form.cleaned_data)
        if not data.pop("another"):
            same = list(queries.likely_same(data["name"], form.contact)[:10])
        if not same:
            person = operations.add_person(by=request.actor, at=timezone.now(), **data)
            where = f" and lives at {person.home}" if person.home else ""
            messages.success(request, f"{person.name} is among the people{where}.")
            return redirect("people:person_detail", person.pk)
        form.ask_whether_another()
    context = {"form": form, "person": None, "same": same, "writing": None}
    return render(request, "residents/people/person_form.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
def person_change(request: LandlordRequest, pk: int) -> HttpResponse:
    """Change a name or how somebody is reached."""
    person = get_object_or_404(queries.people(), pk=pk)

    def make(data: Any) -> PersonForm:
        begun = {name: getattr(person, name) for name in operations.FIELDS}
        begun["born"] = born_in_words(person)
        return PersonForm(data, initial=begun, kept_by=person.feed_source)

    writing = Writing(request, person, make)
    form = writing.form
    if form.is_valid():
        data = {name: value for name, value in form.cleaned_data.items() if name != "another"}
        operations.change_person(person=person, by=request.actor, at=timezone.now(), **data)
        messages.success(request, writing.told("Your changes are kept."))
        return redirect("people:person_detail", pk)
    context = {"form": form, "person": person, "same": [], "writing": writing}
    return render(request, "residents/people/person_form.html", context)
