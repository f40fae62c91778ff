from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from involvement.wiring import panels
from residents.people.models import Person
from residents.people.queries import survivor
from residents.people.queries.search import LEAST_LETTERS
from residents.phone.queries import acts_for, callers, dues_of
from residents.privacy.operations.looking import record_view


@landlord_view(Permission.PEOPLE_READ)
@require_safe
def caller_find(request: LandlordRequest) -> HttpResponse:
    """Who is ringing: found by three letters or figures. One alone who fits is opened at once."""
    words = " ".join(request.GET.get("who", "").replace("\x00", " ").split())[:80]
    found, more = callers(words)
    if request.headers.get("HX-Request"):
        template = "residents/phone/callers.html"
    elif len(found) == 1:
        return redirect("phone:caller", found[0].pk)
    else:
        template = "residents/phone/caller_find.html"
    context = {
        "words": words,
        "found": found,
        "more": more,
        "too_short": 0 < len(words) < LEAST_LETTERS,
        "can_change": request.membership.may(Permission.PEOPLE_CHANGE),
    }
    return render(request, template, context)


@landlord_view(Permission.PEOPLE_READ)
@require_safe
def caller(request: LandlordRequest, pk: int) -> HttpResponse:
    """Who is on the telephone, what they need, what is coming, what we owe them, every act."""
    person = survivor(pk)
    if person is None or person.status == Person.Status.ERASED:
        raise Http404
    if person.pk != pk:
        return redirect("phone:caller", person.pk)
    record_view(person=person, by=request.actor, at=timezone.now(), page="the telephone screen")
    may = request.membership.may
    context = {
        "person": person,
        "dues": dues_of(person, may, timezone.localdate()),
        "acts": acts_for(person, may),
        "panels": panels("residents.phone", request, person=person),
    }
    return render(request, "residents/phone/caller.html", context)
