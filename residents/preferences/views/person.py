"""One screen to see and change how somebody is reached, what they need and what they allow."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.auditing.refusals import Refusal
from residents.people import queries as people
from residents.people.models import Person
from residents.preferences import operations, queries
from residents.preferences.forms.consents import ConsentForm
from residents.preferences.forms.needs import NeedsForm, languages_first
from residents.preferences.forms.told import TOLD, ToldForm
from residents.preferences.forms.ways import ways_formset
from residents.preferences.models import Purpose

PAST_SHOWN = 20


@landlord_view(Permission.PEOPLE_READ)
@require_safe
def person_reach(request: LandlordRequest, pk: int) -> HttpResponse:
    """Everything on one screen."""
    return _page(request, _person(pk))


@landlord_view(Permission.PEOPLE_CHANGE)
@require_POST
def person_ways(request: LandlordRequest, pk: int) -> HttpResponse:
    """Keep the ways to reach them, in order."""
    person = _person(pk)
    writing = _ways_writing(request, person)
    ways, told = writing.form, ToldForm(request.POST, prefix="ways")
    for sentence in ways.non_form_errors():
        told.add_error(None, sentence)
    if ways.is_valid() and told.is_valid():
        try:
            operations.set_ways(
                person=person,
                ways=ways.ways,
                heard=told.heard,
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refused:
            told.add_error(None, str(refused))
        else:
            messages.success(request, "The ways to reach them are kept.")
            return redirect("preferences:person_reach", pk)
    return _page(request, person, ways_writing=writing, ways_told=told)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_POST
def person_needs(request: LandlordRequest, pk: int) -> HttpResponse:
    """Keep what they need."""
    person = _person(pk)
    writing = _needs_writing(request, person)
    form = writing.form
    if form.is_valid():
        try:
            operations.set_needs(
                person=person,
                needs=form.needs,
                heard=form.heard,
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, writing.told("What they need is kept."))
            return redirect("preferences:person_reach", pk)
    return _page(request, person, needs_writing=writing)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def person_consent(request: LandlordRequest, pk: int, purpose: int) -> HttpResponse:
    """Read out the exact words, and record yes or no: the one page that changes a consent."""
    person, asked = _person(pk), get_object_or_404(Purpose, pk=purpose)
    standing = [
        allowed
        for allowed in queries.allowed_by(person, [asked])
        if asked.archived_at is None or allowed.latest is not None
    ]
    wording = queries.current_wording(asked)
    form = ConsentForm(
        posted(request),
        standing=standing,
        initial={"read_out": wording.pk if wording else None},
    )
    if form.is_valid():
        try:
            operations.record_consents(
                person=person,
                purpose=asked,
                acts=form.acts,
                heard=form.heard,
                read_out=form.cleaned_data["read_out"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{asked}: what they said is recorded.")
            return redirect("preferences:person_reach", pk)
    context = {
        "person": person,
        "purpose": asked,
        "wording": wording,
        "form": form,
        "acts": queries.consents_of(person).filter(purpose=asked)[:PAST_SHOWN],
    }
    return render(request, "residents/preferences/person_consent.html", context)


def _page(request: LandlordRequest, person: Person, **forms: Any) -> HttpResponse:
    """The screen, with the forms that were sent in place of fresh ones."""
    needs, ways = queries.needs_of(person), queries.ways_of(person)
    context = {
        "person": person,
        "needs_now": needs,
        "ways_now": ways,
        "standing": queries.standing_of(person),
        "past_needs": queries.ended_needs(person)[:PAST_SHOWN],
        "past_ways": queries.ended_ways(person)[:PAST_SHOWN],
        "past_acts": queries.consents_of(person)[:PAST_SHOWN],
        "can_change": request.membership.may(Permission.PEOPLE_CHANGE),
        "languages": languages_first(request.landlord),
        "ways_told": ToldForm(prefix="ways"),
        **forms,
    }
    for name, begun in (("ways", _ways_writing), ("needs", _needs_writing)):
        writing = forms.get(f"{name}_writing") or begun(request, person, shown_only=True)
        context |= {f"{name}_writing": writing, name: writing.form}
    context["wrong"] = [*context["ways"].forms, context["ways_told"], context["needs"]]
    return render(request, "residents/preferences/person_reach.html", context)


def _ways_writing(
    request: LandlordRequest, person: Person, *, shown_only: bool = False
) -> Writing[Any]:
    def make(data: Any) -> Any:
        return ways_formset(list(queries.ways_of(person)), person.preferred_channel, data)

    return Writing(request, person, make, shown_only=shown_only)


def _needs_writing(
    request: LandlordRequest, person: Person, *, shown_only: bool = False
) -> Writing[NeedsForm]:
    def make(data: Any) -> NeedsForm:
        begun = NeedsForm.starting_with(queries.needs_of(person))
        return NeedsForm(data, prefix="needs", initial=begun)

    return Writing(request, person, make, apart=TOLD, shown_only=shown_only)


def _person(pk: int) -> Person:
    return get_object_or_404(people.people(), pk=pk)
