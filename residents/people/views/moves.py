from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from residents.people import operations, queries
from residents.people.forms import MoveForm, OnADay, TagForm
from residents.people.models import Tag

# What became of somebody → the operation, what the page asks, what it says, its button
ENDS: Final = {
    "moved-out": (
        operations.move_out,
        "moved out",
        "They live in none of your homes for now, and stay in the register.",
        "Move them out",
    ),
    "left": (
        operations.person_left,
        "left",
        "They have left your homes for good. What they took part in stays as it was.",
        "Keep that they left",
    ),
    "died": (
        operations.person_died,
        "died",
        "Nothing is sent to them any more. What they took part in stays as it was.",
        "Keep that they died",
    ),
}


@landlord_view(Permission.PEOPLE_CHANGE)
def person_move(request: LandlordRequest, pk: int) -> HttpResponse:
    """Somebody moves into another home."""
    person = get_object_or_404(queries.people(), pk=pk)
    form = MoveForm(request.POST or None, initial={"home": request.GET.get("home", "")})
    if form.is_valid():
        data = form.cleaned_data
        if person.home == data["home"]:
            form.add_error("home", "They live there now. Write another home.")
        else:
            operations.move_in(person=person, by=request.actor, at=timezone.now(), **data)
            messages.success(request, f"{person.name} lives at {data['home']} now.")
            return redirect("people:person_detail", pk)
    return render(request, "residents/people/person_move.html", {"form": form, "person": person})


@landlord_view(Permission.PEOPLE_CHANGE)
def person_gone(request: LandlordRequest, pk: int, how: str) -> HttpResponse:
    """Somebody moved out, left or died on a day."""
    person = get_object_or_404(queries.people(), pk=pk)
    if how not in ENDS:
        raise Http404
    operation, word, meaning, button = ENDS[how]
    form = OnADay(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid():
        operation(person=person, by=request.actor, at=timezone.now(), **form.cleaned_data)
        messages.success(request, f"It is kept that {person.name} {word}.")
        return redirect("people:person_detail", pk)
    context = {"form": form, "person": person, "word": word, "meaning": meaning, "button": button}
    return render(request, "residents/people/person_gone.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_POST
def tag_put(request: LandlordRequest, pk: int) -> HttpResponse:
    """Put a tag on somebody."""
    person = get_object_or_404(queries.people(), pk=pk)
    form = TagForm(request.POST)
    if form.is_valid():
        tag = operations.put_tag(
            person=person, by=request.actor, at=timezone.now(), **form.cleaned_data
        ).tag
        messages.success(request, f"{person.name} has the tag “{tag}”.")
    else:
        messages.error(request, "Write the tag, in at most 60 letters.")
    return redirect("people:person_detail", pk)


@landlord_view(Permission.PEOPLE_CHANGE)
@require_POST
def tag_take_off(request: LandlordRequest, pk: int, tag_pk: int) -> HttpResponse:
    """Take a tag off somebody."""
    person = get_object_or_404(queries.people(), pk=pk)
    tag = get_object_or_404(Tag.objects.order_by("pk"), pk=tag_pk)
    operations.take_tag_off(person=person, tag=tag, by=request.actor, at=timezone.now())
    messages.success(request, f"The tag “{tag}” is off {person.name}.")
    return redirect("people:person_detail", pk)
