from __future__ import annotations

from involvement.auditing.refusals import Refusal
from involvement.delivery.models import LINK, Message


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


class NotTried(Refusal):
    """The provider has had as many messages this minute as it takes. Try it again in a minute."""


class NotAsked(Refusal):
    """This provider cannot be asked what became of a message."""


class NoWordFromProvider(Refusal):
    """The provider did not answer. Ask again later."""


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
