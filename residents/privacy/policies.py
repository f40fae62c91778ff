from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from involvement.auditing.refusals import Refusal
from residents.people.models import Person
from residents.privacy.models import AccessRequest, DataComplaint, Erasure, Mention
from residents.privacy.queries import holds, unsettled

State = AccessRequest.State


class MentionsWaiting(Refusal):
    """Some texts that seem to name them have not been looked at. Include each or leave it out, then
    make the pack."""


class RequestSettled(Refusal):
    """This request is settled already."""


class NoPackToSend(Refusal):
    """Make the pack first."""


class PackGone(Refusal):
    """This pack has been deleted, as every pack is in the end. Make it anew if it is needed."""


class NoEmailAddress(Refusal):
    """We have no e-mail address of theirs. An administrator can print their answers for an envelope
    of their own."""


class HasEmailAddress(Refusal):
    """They have an e-mail address. Send them the link, so that nobody here has their answers in
    hand."""


class ExtendedAlready(Refusal):
    """This request has had its two extra months already."""


class UnderLegalHold(Refusal):
    """Nothing about them may be erased while a legal hold stands."""


class NotSettledYet(Refusal):
    """They asked to see what we keep, or complained about it, and that is still open. Settle it
    before anything is erased."""


class ErasureSettled(Refusal):
    """This is settled already."""


class ErasedAlready(Refusal):
    """They have been forgotten already."""


class ComplaintSettled(Refusal):
    """This complaint has been answered already."""


class AcknowledgedAlready(Refusal):
    """This complaint has been acknowledged already."""


def check_can_make_pack(request: AccessRequest) -> None:
    """Raises RequestSettled or MentionsWaiting."""
    if request.state in {State.SENT, State.CLOSED}:
        raise RequestSettled
    if request.mentions.filter(choice=Mention.Choice.WAITING).exists():
        raise MentionsWaiting


def check_can_send(request: AccessRequest) -> None:
    """Raises RequestSettled or NoPackToSend."""
    if request.state in {State.SENT, State.CLOSED}:
        raise RequestSettled
    if request.state != State.READY:
        raise NoPackToSend


def check_pack_stands(request: AccessRequest) -> None:
    """Raises NoPackToSend before a pack is made, PackGone after it was deleted."""
    if request.state not in {State.READY, State.SENT}:
        raise NoPackToSend
    if request.pack_id is None:
        raise PackGone


def check_can_extend(request: AccessRequest) -> None:
    """Raises RequestSettled or ExtendedAlready."""
    if request.state in {State.SENT, State.CLOSED}:
        raise RequestSettled
    if request.extended_because:
        raise ExtendedAlready


def check_can_erase(person: Person, today: dt.date, not_theirs: Collection[int] = ()) -> None:
    """Raises UnderLegalHold, with the hold's reason; NotSettledYet, with what to settle first.

    `not_theirs` are the keys of complaints matched to nobody that somebody says are not theirs.

    Section 173 of the Data Protection Act 2018: it is an offence to erase what somebody asked to
    see, so that they do not see it.
    """
    hold = holds.on_person(person, today)
    if hold is not None:
        raise UnderLegalHold(f"Nothing about them may be erased: {hold.reason}")
    still_open = unsettled.of(person).but_for(not_theirs)
    if still_open:
        raise NotSettledYet(still_open.words)


def can_erase(person: Person, today: dt.date) -> bool:
    """Whether no legal hold stands in the way."""
    return holds.on_person(person, today) is None


def check_erasure_waits(erasure: Erasure) -> None:
    """Raises ErasureSettled."""
    if erasure.state != Erasure.State.WAITING:
        raise ErasureSettled


def check_can_answer(complaint: DataComplaint) -> None:
    """Raises ComplaintSettled."""
    if complaint.outcome:
        raise ComplaintSettled
