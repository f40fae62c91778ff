from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import say_day
from residents.people.models import Person
from residents.privacy import clocks
from residents.privacy.models import AccessRequest, DataComplaint, Erasure, Mention
from residents.privacy.queries import holds, requests, unsettled

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
    """We have no e-mail address of theirs, and their answers reach them in no other way."""


class AddressTooNew(Refusal):
    """Their e-mail address has not stood here for 28 days. The link goes to no newer one, so that
    nobody can have it sent to themselves."""


class JoinedLately(Refusal):
    """Two entries were made one person here, and that can still be undone. The link goes once it
    cannot, so that nobody reads what another person answered."""


class LinkClosed(Refusal):
    """This link is closed, because what we keep about you has changed since it was sent. Ring us
    for another."""


class NeedsAnother(Refusal):
    """You recorded this request. A colleague lets the link go, once they are sure that it is theirs
    who asked."""


class FromStaff(Refusal):
    """This page is for the person who asked, and for nobody who is signed in here. Close it."""


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


def check_can_send_link(request: AccessRequest, *, by: Actor, at: dt.datetime) -> None:
    """Whether their own answers may go to the address we have of them, on this colleague's word.

    Raises NoEmailAddress, JoinedLately, AddressTooNew or NeedsAnother.
    """
    if not request.person.email:
        raise NoEmailAddress
    undone_for = dt.timedelta(days=clocks.UNDO_DAYS + 1)
    if joined := requests.joined(request.person, at - undone_for):
        free_on = timezone.localdate(joined.at + undone_for)
        raise JoinedLately(
            f"Two entries were made one person here on {say_day(timezone.localdate(joined.at))} by "
            f"{joined.by_name}, and that can still be undone. Send the link from "
            f"{say_day(free_on)} on, so that nobody reads what another person answered."
        )
    if written := requests.address_written(request.person, at - clocks.ADDRESS_STANDS):
        free_on = timezone.localdate(written.at + clocks.ADDRESS_STANDS)
        raise AddressTooNew(
            f"Their e-mail address was written on {say_day(timezone.localdate(written.at))} by "
            f"{written.by_name}. The link goes to an address that has stood for "
            f"{clocks.ADDRESS_STANDS.days} days, so that nobody can have it sent to themselves: "
            f"send it from {say_day(free_on)} on."
        )
    if (request.by_kind, request.by_key) == (by.kind, by.key):
        raise NeedsAnother


def check_link_stands(request: AccessRequest) -> None:
    """Whether the link they were sent is still theirs: to the address they have, of the entry it
    was sent for.

    Raises NoPackToSend, PackGone or LinkClosed.
    """
    check_pack_stands(request)
    sent = requests.links_sent(request).first()
    if sent is None or sent.to_address != request.person.email:
        raise LinkClosed
    if requests.address_written(request.person, sent.queued_at):
        raise LinkClosed


def why_no_link(request: AccessRequest, *, by: Actor, at: dt.datetime) -> str:
    """What `check_can_send_link` has against it, in words; "" for nothing."""
    try:
        check_can_send_link(request, by=by, at=at)
    except Refusal as refused:
        return str(refused)
    return ""


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


def why_not_erased(person: Person, today: dt.date) -> str:
    """What certainly stands in the way of erasing somebody, in a few words; "" for nothing."""
    if holds.on_person(person, today) is not None:
        return "a legal hold stands"
    if unsettled.is_theirs(person):
        return "what they asked of us about their data is still open"
    return ""


def check_erasure_waits(erasure: Erasure) -> None:
    """Raises ErasureSettled."""
    if erasure.state != Erasure.State.WAITING:
        raise ErasureSettled


def check_can_answer(complaint: DataComplaint) -> None:
    """Raises ComplaintSettled."""
    if complaint.outcome:
        raise ComplaintSettled
