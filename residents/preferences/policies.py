from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from involvement.auditing.actors import Channel
from involvement.auditing.refusals import Refusal
from residents.people.models import Person
from residents.preferences.models import Consent, Heard, Purpose, Wording
from residents.preferences.queries import channels_of


class SaidInTheFuture(Refusal):
    """The day it was said cannot be later than today. Put the date right."""


class NoWayLeft(Refusal):
    """Keep at least one way to reach them. The first in the list is the one they prefer."""


class SameWayTwice(Refusal):
    """Each way stands in the list once. Take out the second."""


class NothingReaches(Refusal):
    """We have no address or number for one of these ways. Add it to the person first."""


class PurposeIsPutAway(Refusal):
    """Leave is no longer asked for this. Choose another purpose."""


class WordingMissing(Refusal):
    """Nobody has written the words people are asked with. Write them in the settings first."""


class WordingChanged(Refusal):
    """The words people are asked with have just been changed. Read out the new ones, and record
    what they say to those."""


class OtherChannel(Refusal):
    """This purpose is not asked for that way. Choose one of the ways shown."""


class NothingToTakeBack(Refusal):
    """They have not said yes to this, so there is nothing to take back. Record a no instead."""


def check_can_hear(heard: Heard, at: dt.datetime) -> None:
    """Raises SaidInTheFuture."""
    if heard.said_on > timezone.localdate(at):
        raise SaidInTheFuture


def check_can_reach(person: Person, channels: Sequence[str]) -> None:
    """Whether each way has an address to go to. Raises NoWayLeft, SameWayTwice, NothingReaches."""
    if not channels:
        raise NoWayLeft
    if len(set(channels)) != len(channels):
        raise SameWayTwice
    needed = {
        Channel.EMAIL: (person.email, "an e-mail address"),
        Channel.PHONE: (person.phone, "a telephone number"),
        Channel.TEXT: (person.phone, "a telephone number"),
        Channel.POST: (person.address, "a postal address"),
    }
    for channel in channels:
        address, words = needed.get(Channel(channel), ("there", ""))
        if not address:
            label = Channel(channel).label
            raise NothingReaches(
                f"To reach them {label} we need {words}. Add it to the person first."
            )


def check_was_read_out(wording: Wording | None, read_out: int | None) -> None:
    """Whether the words that were shown are those in force. Raises WordingChanged."""
    if read_out is not None and (wording is None or wording.pk != read_out):
        raise WordingChanged


def check_can_consent(
    purpose: Purpose, wording: Wording | None, channel: str, act: str, latest: Consent | None
) -> Wording:
    """The words that are agreed to. Raises PurposeIsPutAway, WordingMissing, OtherChannel,
    NothingToTakeBack.
    """
    if purpose.archived_at is not None and act == Consent.Act.GIVEN:
        raise PurposeIsPutAway
    if channel not in channels_of(purpose):
        raise OtherChannel
    if act == Consent.Act.WITHDRAWN and (latest is None or latest.act != Consent.Act.GIVEN):
        raise NothingToTakeBack
    if wording is None:
        raise WordingMissing
    return wording
