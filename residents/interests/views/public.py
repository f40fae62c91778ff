"""“I would like to take part”: for anybody, without signing in and without script."""

from __future__ import annotations

import uuid

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from involvement.accounts.doors import LandlordRequest, posted, public_view
from involvement.auditing.actors import Actor, ActorKind
from involvement.calendars.working_days import add_working_days
from residents.interests import operations
from residents.interests.forms.expressions import TakePartForm
from residents.people.operations import person_reached
from residents.preferences.models import Heard, Source

MOST_AN_HOUR = 10


@public_view
@require_http_methods(["GET", "HEAD", "POST"])
def take_part(request: LandlordRequest) -> HttpResponse:
    """A name, a way to answer, and what they would like."""
    form = TakePartForm(posted(request), initial={"token": uuid.uuid4()})
    if form.is_valid():
        if form.from_a_program:
            return redirect("interests_public:take_part_thanks")
        if _too_many(request):
            context = {"form": form, "too_many": True}
            return render(request, "residents/interests/take_part.html", context, status=429)
        _express(form)
        return redirect("interests_public:take_part_thanks")
    return render(request, "residents/interests/take_part.html", {"form": form, "too_many": False})


@public_view
@require_safe
def take_part_thanks(request: LandlordRequest) -> HttpResponse:
    """Who will answer, and by when."""
    by_when = add_working_days(timezone.localdate(), request.landlord.interest_days).end
    return render(request, "residents/interests/take_part_thanks.html", {"by_when": by_when})


def _too_many(request: LandlordRequest) -> bool:
    """Whether this connection has sent more than so many within the hour."""
    key = f"interests:take-part:{get_adapter().get_client_ip(request)}"
    cache.add(key, 0, timeout=60 * 60)
    try:
        return cache.incr(key) > MOST_AN_HOUR
    except ValueError:  # it ran out between the two lines
        return False


@transaction.atomic
def _express(form: TakePartForm) -> None:
    """Keep it. What a stranger writes here changes nobody's interests until it is accepted."""
    data, at = form.cleaned_data, timezone.now()
    writer = Actor(ActorKind.RESIDENT, data["name"])
    person = person_reached(name=data["name"], contact=data["contact"], by=writer, at=at)
    operations.express(
        person=person,
        wishes=form.wishes,
        said=data["said"],
        heard=Heard(Source.WEB, timezone.localdate(at)),
        form_token=data["token"],
        by=Actor(ActorKind.RESIDENT, person.name, key=person.pk),
        at=at,
    )
