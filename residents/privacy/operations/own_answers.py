"""What somebody answered for statistics alone, given to them and to nobody in between.

No officer may read it, so it is in no pack. Whoever has an e-mail address gets a link that no page of
ours shows; for whoever has none an administrator prints it for an envelope of its own. Each time
stands in their history.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from involvement.accounts.addresses import whole_address
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.delivery.models import LINK, Message
from involvement.delivery.operations import queue_message
from residents.privacy import policies
from residents.privacy.clocks import PACK_DAYS
from residents.privacy.models import AccessRequest
from residents.privacy.packing import answers_document, sealed_answers
from residents.privacy.ports import Section
from residents.privacy.queries import requests as queries


@transaction.atomic
def send_link(*, request: AccessRequest, by: Actor, at: dt.datetime) -> Message:
    """E-mail them the way to their own answers. Returns the message.

    The link stands in the e-mail alone, as it goes. Raises NoPackToSend, PackGone, NoEmailAddress.
    """
    row = _standing(request)
    person, landlord = row.person, row.landlord
    if not person.email:
        raise policies.NoEmailAddress
    before = Message.objects.filter(key__startswith=f"own-answers:{row.pk}:").count()
    message = queue_message(
        key=f"own-answers:{row.pk}:{before + 1}",
        channel=Message.Channel.EMAIL,
        to_name=person.name,
        to_address=person.email,
        subject="Your answers to our equality questions",
        body=(
            f"Dear {person.name},\n\nYou asked to see what we keep about you. What you answered to "
            "our questions about equality is kept apart, and nobody who works here may read it. "
            f"Here you can see it yourself, for {PACK_DAYS} days:\n\n{LINK}\n\nIf you would rather "
            f"have it on paper, ring {landlord.contact_name} on {landlord.contact_phone}.\n"
        ),
        link=whole_address(landlord, "privacy_public:own_answers", queries.token_of(row)),
        by=by,
        at=at,
    )
    auditing.record(
        verb="privacy.answers_link_sent",
        record=person,
        sentence="sent them the link to their own equality answers",
        by=by,
        at=at,
    )
    return message


@transaction.atomic
@sensitive_variables()
def hand_over(*, request: AccessRequest, by: Actor, at: dt.datetime) -> Section:
    """Give whoever made the request what they answered. `by` is themselves.

    Raises NoPackToSend, PackGone, and a Refusal where the answers cannot be had just now.
    """
    return sealed_answers().hand_over(_standing(request).pk, by=by, at=at)


@transaction.atomic
@sensitive_variables()
def print_answers(*, request: AccessRequest, by: Actor, at: dt.datetime) -> bytes:
    """Their answers as a PDF for an envelope of its own, where no e-mail reaches them. No file of
    ours holds it. Raises as `hand_over`, and HasEmailAddress.
    """
    row = _standing(request)
    if row.person.email:
        raise policies.HasEmailAddress
    part = sealed_answers().hand_over(row.pk, by=by, at=at)
    return answers_document(row.person, part, row.landlord, at, timezone.localdate(at))


def _standing(request: AccessRequest) -> AccessRequest:
    """The request, whose pack must stand."""
    row: AccessRequest = AccessRequest.objects.select_related("person", "landlord").get(
        pk=request.pk
    )
    policies.check_pack_stands(row)
    return row
