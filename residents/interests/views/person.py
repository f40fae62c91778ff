"""What interests one person, and the paper cards that say so."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.auditing.refusals import Refusal
from residents.interests import operations, queries
from residents.interests.forms.card import REMEMBERED, CardForm
from residents.interests.forms.who import person_label
from residents.interests.forms.wishes import OnceForm, PersonWishesForm
from residents.interests.queries.expressions import expressions_of
from residents.interests.queries.wishes import ended_interests
from residents.people import queries as people
from residents.people.models import Person
from residents.preferences.forms.needs import languages_first
from residents.preferences.forms.told import TOLD
from residents.preferences.models import Source

FORM_METHODS = ["GET", "HEAD", "POST"]


@landlord_view(Permission.PEOPLE_CHANGE)
@require_http_methods(FORM_METHODS)
def person_wishes(request: LandlordRequest, pk: int) -> HttpResponse:
    """Subjects, ways, time and level of one person, to change at any time."""
    person = _person(pk)
    writing = _writing(request, person)
    form = writing.form
    if form.is_valid():
        try:
            operations.set_wishes(
                person=person,
                wishes=form.wishes,
                heard=form.heard,
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, writing.told("What they would like is kept."))
            return redirect("interests:person_wishes", pk)
    return _page(request, person, writing=writing)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_POST
def person_once(request: LandlordRequest, pk: int) -> HttpResponse:
    """Keep the way they chose for one contact; the usual ones stay."""
    person, form = _person(pk), OnceForm(request.POST, prefix="once")
    if form.is_valid():
        data = form.cleaned_data
        try:
            operations.choose_method(
                person=person,
                method=data["method"],
                about=data["about"],
                heard=form.heard,
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"“{data['method']}” for “{data['about']}”: kept.")
            return redirect("interests:person_wishes", pk)
    return _page(request, person, once=form)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_http_methods(FORM_METHODS)
def card(request: LandlordRequest) -> HttpResponse:
    """Key in a paper card, and be ready for the next."""
    form = CardForm(posted(request), initial=_initial(request))
    if form.is_valid():
        try:
            person = operations.key_card(card=form.card, by=request.actor, at=timezone.now())
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"The card of {person} is keyed in. Here is the next.")
            return redirect(f"{reverse('interests:card')}?{urlencode(form.remembered())}")
    context = {"form": form, "languages": languages_first(request.landlord)}
    return render(request, "residents/interests/card.html", context)


@landlord_view(Permission.PEOPLE_READ)
@require_safe
def who_options(request: LandlordRequest) -> HttpResponse:
    """Suggestions for “Who”, as options of a list."""
    typed = request.GET.get("who", "").strip()
    found = people.people_named(typed)[:8] if len(typed) >= 2 else []
    options = [(person_label(one), str(one.place or one.address)) for one in found]
    return render(request, "residents/interests/who_options.html", {"options": options})


def _initial(request: LandlordRequest) -> dict[str, Any]:
    kept = {name: request.GET[name] for name in REMEMBERED if request.GET.get(name)}
    return {"source": Source.CARD, "said_on": timezone.localdate().isoformat(), **kept}


def _page(request: LandlordRequest, person: Person, **forms: Any) -> HttpResponse:
    context = {
        "person": person,
        "held": queries.wishes_of(person),
        "writing": None,
        "once": OnceForm(prefix="once"),
        "past": ended_interests(person)[:20],
        "expressions": expressions_of(person)[:10],
        **forms,
    }
    writing = context["writing"] or _writing(request, person, shown_only=True)
    context |= {"writing": writing, "form": writing.form}
    return render(request, "residents/interests/person_wishes.html", context)


def _writing(
    request: LandlordRequest, person: Person, *, shown_only: bool = False
) -> Writing[PersonWishesForm]:
    def make(data: Any) -> PersonWishesForm:
        held = queries.wishes_of(person)
        return PersonWishesForm(data, initial=PersonWishesForm.begun_with(held.wishes))

    return Writing(request, person, make, apart=TOLD, shown_only=shown_only)


def _person(pk: int) -> Person:
    return get_object_or_404(people.people(), pk=pk)
