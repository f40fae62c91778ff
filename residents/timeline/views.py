from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from residents.people.models import Person
from residents.people.queries import survivor
from residents.privacy.operations.looking import record_view
from residents.timeline.queries import story_of

STEP, MOST = 50, 500


@landlord_view(Permission.PEOPLE_READ)
@require_safe
def person_story(request: LandlordRequest, pk: int) -> HttpResponse:
    """Everything that happened with one person, newest first, fifty more at each asking."""
    person = survivor(pk)
    if person is None or person.status == Person.Status.ERASED:
        raise Http404
    if person.pk != pk:
        return redirect("timeline:person_story", person.pk)
    record_view(person=person, by=request.actor, at=timezone.now(), page="their story")
    asked = request.GET.get("shown", "")
    shown = min(max(int(asked), STEP), MOST) if asked.isascii() and asked.isdecimal() else STEP
    context = {
        "person": person,
        "story": story_of(person, request.membership.may, shown),
        "more": shown + STEP if shown < MOST else None,
        "most": MOST,
    }
    return render(request, "residents/timeline/person_story.html", context)
