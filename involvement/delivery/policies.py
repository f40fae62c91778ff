from __future__ import annotations

import datetime as dt

from involvement.auditing.refusals import Refusal
from involvement.delivery import telephone, texts
from involvement.delivery.models import LINK, InboundMessage, Message, Provider
from involvement.landlords.models import Landlord


class NothingToPrint(Refusal):
    """No letters are waiting to be printed."""


class LettersTaken(Refusal):
    """Somebody else has just made some of these letters into a PDF. Look at the batches below."""


class AlreadyPosted(Refusal):
    """These letters have been posted already."""


class AlreadySent(Refusal):
    """This has gone already, or was cancelled."""


class OnItsWay(Refusal):
    """This is being given to the provider at this moment. Look again in a minute."""


class NothingToRetry(Refusal):
    """Only what did not go, or may not have gone, can be tried again."""


class LinkForgotten(Refusal):
    """The link in this message was forgotten when it went, so it cannot go again. Write to them
    anew."""


class NothingToDecide(Refusal):
    """Nothing has to be decided about this message any more."""


class NothingChosen(Refusal):
    """Tick at least one message."""


class NameTaken(Refusal):
    """There is a provider of this name already. Choose another name."""


class NotForYou(Refusal):
    """GOV.UK Notify is for councils and their arm’s-length management organisations; housing
    associations and trusts may not use it. Send texts by a text gateway, and e-mail by your own mail
    server or a mail service."""


class NotTried(Refusal):
    """The provider has had as many messages this minute as it takes. Try it again in a minute."""


class NotAsked(Refusal):
    """This provider cannot be asked what became of a message."""


class NoWordFromProvider(Refusal):
    """The provider did not answer. Ask again later."""


class Stale(Refusal):
    """This tells of a moment that is too long ago, or still to come."""


class TakenAlready(Refusal):
    """Somebody has dealt with this already."""


FRESH = dt.timedelta(days=4)
"""Networks try for three days to hand a text over, and providers tell us for an hour."""
AHEAD = dt.timedelta(minutes=10)


def check_is_fresh(happened_at: dt.datetime | None, at: dt.datetime) -> None:
    """Raises Stale. What names no moment is new."""
    if happened_at is not None and not at - FRESH <= happened_at <= at + AHEAD:
        raise Stale


def check_can_settle(inbound: InboundMessage) -> None:
    """Raises TakenAlready."""
    if inbound.taken_at is not None:
        raise TakenAlready


MAY_NOTIFY = (Landlord.Kind.COUNCIL, Landlord.Kind.ALMO)


def check_can_have(landlord: Landlord, kind: str) -> None:
    """Raises NotForYou."""
    if kind == Provider.Kind.NOTIFY and landlord.kind not in MAY_NOTIFY:
        raise NotForYou


def can_have(landlord: Landlord, kind: str) -> bool:
    """Whether a landlord may have a provider of this kind."""
    try:
        check_can_have(landlord, kind)
    except NotForYou:
        return False
    return True


def check_can_text(written: str, words: str, *, before: str = "") -> tuple[str, texts.Measure]:
    """The number a text goes to, and the room it takes; `before` is what the provider puts in front.

    Raises NotANumber, NotAMobile, NothingToText, TextTooLong.
    """
    return telephone.to_text(written), texts.check_fits(words, before=before)


def check_can_cancel(message: Message) -> None:
    """Raises AlreadySent, OnItsWay."""
    if message.state in Message.WENT:
        raise AlreadySent
    if message.state == Message.State.SENDING:
        raise OnItsWay


def check_can_retry(message: Message) -> None:
    """Raises NothingToRetry, LinkForgotten."""
    if message.state not in Message.STUCK:
        raise NothingToRetry
    if LINK in message.body and not message.link:
        raise LinkForgotten


def can_retry(message: Message) -> bool:
    """Whether it can be tried again."""
    try:
        check_can_retry(message)
    except Refusal:
        return False
    return True


def check_can_decide(message: Message) -> None:
    """Raises NothingToDecide."""
    if message.state not in Message.STUCK:
        raise NothingToDecide


def can_decide(message: Message) -> bool:
    """Whether an officer has to say what became of it."""
    return message.state in Message.STUCK
