"""How anybody may see, correct, erase or complain about what is kept of them."""

from __future__ import annotations

import uuid

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from involvement.accounts.doors import LandlordRequest, posted, public_view, token_view
from involvement.auditing.actors import Actor, ActorKind, Channel
from involvement.auditing.refusals import Refusal
from residents.people.queries import Contact, known_by
from residents.privacy import policies
from residents.privacy.clocks import acknowledge_by
from residents.privacy.forms.public import ComplainForm
from residents.privacy.operations import own_answers as own
from residents.privacy.operations.complaints import receive
from residents.privacy.queries import requests

MOST_AN_HOUR = 10


@public_view
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: LandlordRequest) -> HttpResponse:
    """Complain about how we used what we know about you; what else you may ask."""
    form = ComplainForm(posted(request), initial={"token": uuid.uuid4()})
    if form.is_valid():
        if form.from_a_program:
            return redirect("privacy_public:complain_thanks")
        if _too_many(request):
            context = {"form": form, "too_many": True}
            return render(request, "residents/privacy/complain.html", context, status=429)
        _receive(form)
        return redirect("privacy_public:complain_thanks")
    context = {"form": form, "too_many": False}
    return render(request, "residents/privacy/complain.html", context)


@public_view
@require_safe
def complain_thanks(request: LandlordRequest) -> HttpResponse:
    """Who will answer, and by when."""
    by_when = acknowledge_by(timezone.localdate())
    return render(request, "residents/privacy/complain_thanks.html", {"by_when": by_when})


@transaction.non_atomic_requests
@token_view
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables()
def own_answers(request: LandlordRequest, token: str) -> HttpResponse:
    """Your own answers to the equality questions, once you ask for them; nobody else sees them."""
    asked = requests.behind(token)
    if asked is None:
        raise Http404
    part, refusal = None, ""
    try:
        policies.check_link_stands(asked)
        if request.user.is_authenticated:
            raise policies.FromStaff
        if request.method == "POST":
            by = Actor(ActorKind.RESIDENT, asked.person.name, key=asked.person.pk)
            part = own.hand_over(request=asked, by=by, at=timezone.now())
    except Refusal as refused:
        refusal = str(refused) if asked.pack_id else "This link is closed. Ring us for another."
    context = {"part": part, "refusal": refusal, "until": asked.expires_on}
    return render(request, "residents/privacy/own_answers.html", context)


def _receive(form: ComplainForm) -> None:
    data, at = form.cleaned_data, timezone.now()
    person = known_by(data["name"], Contact.read(data["contact"]))
    key = person.pk if person else None
    receive(
        name=data["name"],
        contact=data["contact"],
        words=data["words"],
        received_on=timezone.localdate(at),
        received_how=Channel.WEB,
        person=person,
        form_token=data["token"],
        by=Actor(ActorKind.RESIDENT, data["name"], key=key),
        at=at,
    )


def _too_many(request: LandlordRequest) -> bool:
    """Whether this address has complained more than MOST_AN_HOUR times within the hour."""
    key = f"privacy:complain:{get_adapter().get_client_ip(request)}"
    cache.add(key, 0, timeout=60 * 60)
    try:
        return cache.incr(key) > MOST_AN_HOUR
    except ValueError:  # it ran out between the two lines
        return False
