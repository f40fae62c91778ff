"""What residents tell us without signing in, and the door for e-mails."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from actionplans.feedback import operations, queries
from actionplans.feedback.forms.fields import places
from actionplans.feedback.forms.public import TellUs
from actionplans.feedback.models import SourceKind
from actionplans.feedback.operations import Said
from involvement.accounts.doors import LandlordRequest, posted, public_view, token_view
from involvement.accounts.tries import too_many
from involvement.auditing.actors import Actor, ActorKind, job
from involvement.auditing.refusals import Refusal
from residents.people.operations import person_reached

MOST_AN_HOUR = 10
MOST_TRIES_AN_HOUR = 60


@public_view
def tell(request: LandlordRequest) -> HttpResponse:
    """“Tell us something”: no sign-in, no name needed."""
    form = TellUs(posted(request), initial={"token": uuid.uuid4()})
    if form.is_valid():
        if form.from_a_program:
            return redirect("feedback_public:tell_thanks")
        if too_many(request, "tell", MOST_AN_HOUR):
            context = {"form": form, "too_many": True}
            return render(request, "actionplans/feedback/tell.html", context, status=429)
        _record(request, form)
        return redirect("feedback_public:tell_thanks")
    return render(request, "actionplans/feedback/tell.html", {"form": form, "too_many": False})


@public_view
@require_safe
def tell_thanks(request: LandlordRequest) -> HttpResponse:
    """Who will answer, and by when."""
    by_when = timezone.localdate() + dt.timedelta(days=request.landlord.decision_days)
    return render(request, "actionplans/feedback/tell_thanks.html", {"by_when": by_when})


@csrf_exempt
@token_view
@require_POST
def email_receive(request: LandlordRequest) -> HttpResponse:
    """A mail server hands an e-mail in, with its key as a bearer token."""
    if too_many(request, "email-key", MOST_TRIES_AN_HOUR, counted=False):
        return JsonResponse({"error": "Too many wrong keys. Try again in an hour."}, status=429)
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    kept = queries.mail_key_hash()
    if not kept or not constant_time_compare(operations.hash_key(given), kept):
        too_many(request, "email-key", MOST_TRIES_AN_HOUR)
        return JsonResponse({"error": "This key does not open the door."}, status=403)
    try:
        feedback = operations.receive_email(
            content=request.body, by=job("The mail server"), at=timezone.now()
        )
    except Refusal as refusal:
        # Accepted all the same: a mail server would send it again and again
        return JsonResponse({"recorded": False, "why": str(refusal)})
    return JsonResponse({"recorded": True, "number": feedback.pk})


@transaction.atomic
def _record(request: LandlordRequest, form: TellUs) -> None:
    data, at = form.cleaned_data, timezone.now()
    name, contact, where = data["name"].strip(), data["contact"], data["where"].strip()
    writer = Actor(ActorKind.RESIDENT, name or "Somebody who gave no name")
    person = person_reached(name=name, contact=contact, by=writer, at=at) if contact else None
    place = {label.lower(): row for label, row in places().items()}.get(where.lower())
    said = Said(
        words=data["words"],
        said_on=timezone.localdate(at),
        source_kind=SourceKind.WEB,
        source_words="" if place or not where else f"about {where}",
        person=person,
        speaker_words="" if person else name,
        place=place,
        quote_permission=data["quote_permission"],
        form_token=data["token"],
    )
    by = writer if person is None else Actor(ActorKind.RESIDENT, person.name, key=person.pk)
    operations.record_feedback(said=said, by=by, at=at)
