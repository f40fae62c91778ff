"""What somebody answered for statistics alone, given to them and to nobody in between.

No officer may read it, so it is in no pack and on no paper. They get a link that no page of ours
shows, at an e-mail address that has long been theirs, let go by somebody other than whoever recorded
the request: nobody here can have it sent to themselves. Each time stands in their history.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from involvement.accounts.addresses import whole_address
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.delivery.models import LINK, Message
from involvement.delivery.operations import queue_message
from residents.privacy import policies
from residents.privacy.clocks import PACK_DAYS
from residents.privacy.models import AccessRequest
from residents.privacy.packing import sealed_answers
from residents.privacy.ports import Section
from residents.privacy.queries import requests as queries


@transaction.atomic
def send_link(*, request: AccessRequest, by: Actor, at: dt.datetime) -> Message:
    """E-mail them the way to their own answers. Returns the message.

    The link stands in the e-mail alone, as it goes, and closes every earlier one. Raises
    NoPackToSend, PackGone, NoEmailAddress, JoinedLately, AddressTooNew, NeedsAnother.
    """
    row = _standing(request)
    policies.check_can_send_link(row, by=by, at=at)
    person, landlord = row.person, row.landlord
    number = queries.links_sent(row).count() + 1
    message = queue_message(
        key=queries.key_of_link(row, number),
        channel=Message.Channel.EMAIL,
        to_name=person.name,
        to_address=person.email,
        subject="Your answers to our equality questions",
        body=(
            f"Dear {person.name},\n\nYou asked to see what we keep about you. What you answered to "
            "our questions about equality is kept apart, and nobody who works here may read it. "
            f"Here you can see it yourself, for {PACK_DAYS} days:\n\n{LINK}\n\nIf you did not ask "
            f"for this, ring {landlord.contact_name} on {landlord.contact_phone}.\n"
        ),
        link=whole_address(landlord, "privacy_public:own_answers", queries.token_of(row, number)),
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


@sensitive_variables()
def hand_over(*, request: AccessRequest, by: Actor, at: dt.datetime) -> Section:
    """Give whoever made the request what they answered. `by` is themselves.

    First it is written for good that they look, then the store hands it out, so that no reading
    can be taken back out of their history: not to be called within a transaction.

    Raises NoPackToSend, PackGone, LinkClosed, and a Refusal where the answers cannot be had just
    now.
    """
    with transaction.atomic(durable=True):
        row = _standing(request)
        policies.check_link_stands(row)
        auditing.record(
            verb="equality.handed_over",
            record=row.person,
            sentence="looked at their own equality answers, if there are any, as they had asked to",
            by=by,
            at=at,
        )
    return sealed_answers().hand_over(row.pk, at=at)


def _standing(request: AccessRequest) -> AccessRequest:
    """The request, whose pack must stand."""
    row: AccessRequest = AccessRequest.objects.select_related("person", "landlord").get(
        pk=request.pk
    )
    policies.check_pack_stands(row)
    return row
