from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import count
from residents.people import operations, queries
from residents.people.forms import MoveForm, OnADay, TagForm, TakenBackForm
from residents.people.models import Person, Tag
from residents.people.policies import can_take_back

# What became of somebody → the operation, what the page says, its button
ENDS: Final = {
    "moved-out": (operations.move_out, "moved out", "Yes, they moved out"),
    "left": (operations.person_left, "left for good", "Yes, they left for good"),
    "died": (operations.person_died, "died", "Yes, they died"),
}


@landlord_view(Permission.PEOPLE_CHANGE)
def person_move(request: LandlordRequest, pk: int) -> HttpResponse:
    """Somebody moves into another home."""
    person = get_object_or_404(queries.people(), pk=pk)
    form = MoveForm(posted(request), initial={"home": request.GET.get("home", "")})
    if form.is_valid():
        data = form.cleaned_data
        try:
            operations.move_in(person=person, by=request.actor, at=timezone.now(), **data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{person.name} lives at {data['home']} now.")
            return redirect("people:person_detail", pk)
    return render(request, "residents/people/person_move.html", {"form": form, "person": person})


@landlord_view(Permission.PEOPLE_CHANGE)
def person_gone(request: LandlordRequest, pk: int, how: str) -> HttpResponse:
    """Somebody moved out, left or died: first the day, then what follows, and then it is kept."""
    person = get_object_or_404(queries.people(), pk=pk)
    if how not in ENDS:
        raise Http404
    operation, word, button = ENDS[how]
    form = OnADay(posted(request), initial={"on": timezone.localdate()})
    sure = False
    if form.is_valid():
        sure = "sure" in request.POST
        try:
            if sure:
                operation(person=person, by=request.actor, at=timezone.now(), **form.cleaned_data)
                messages.success(request, f"It is kept that {person.name} {word}.")
                return redirect("people:person_detail", pk)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {
        "form": form,
        "person": person,
        "word": word,
        "button": button,
        "asked": form.is_valid(),
        "follows": _follows(person, how),
    }
    return render(request, "residents/people/person_gone.html", context)


@landlord_view(Permission.PEOPLE_CHANGE)
def person_back(request: LandlordRequest, pk: int) -> HttpResponse:
    """That they died, left or moved out was a mistake."""
    person = get_object_or_404(queries.people(), pk=pk)
    ended = queries.ended_last(person)
    if not can_take_back(person, ended):
        return redirect("people:person_detail", pk)
    form = TakenBackForm(posted(request), ended=ended)
    if form.is_valid():
        data = form.cleaned_data
        try:
            operations.take_back(
                person=person,
                residency=data["home"],
                why=data["why"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            where = f"lives at {data['home'].home} again" if data["home"] else "is back"
            messages.success(request, f"It is taken back: {person.name} {where}.")
            return redirect("people:person_detail", pk)
    return render(request, "residents/people/person_back.html", {"form": form, "person": person})


def _follows(person: Person, how: str) -> list[str]:
    """What follows once it is kept, a sentence each."""
    found = [f"They no longer live at {person.home}."] if person.home else []
    if how == "moved-out":
        return [*found, "They stay in the register, and letters still go to the address we have."]
    waiting = queries.waiting_for(Person.objects.filter(pk=person.pk)).count()
    if waiting:
        waits = "waits" if waiting == 1 else "wait"
        found.append(f"{count(waiting, 'message')} that {waits} to go to them will not go.")
    return [
        *found,
        "Nothing is sent to them any more: no reply, no letter and no questions.",
        "What they said and took part in stays as it was, and counts as before.",
    ]


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
