"""What every transport answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True)
class Outgoing:
    """A message as it leaves. `reference` is ours, and says nothing about anybody. A text has no use
    for the subject."""

    reference: str
    sender: str
    to_address: str
    subject: str
    body: str
    unsubscribe_url: str = ""


@dataclass(frozen=True)
class Accepted:
    """The provider took it. `reference` is what the provider calls it."""

    reference: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Refused:
    """It can never go so: `words` say why, `answer` is the provider's own."""

    words: str
    answer: str = ""


@dataclass(frozen=True)
class TryLater:
    """It certainly did not go, and may later. `holds_provider` where nothing else would go either."""

    words: str
    answer: str = ""
    holds_provider: bool = False


@dataclass(frozen=True)
class Unsure:
    """It was handed over and no answer came: it may have gone."""

    words: str
    answer: str = ""
    holds_provider: bool = False


Outcome = Accepted | Refused | TryLater | Unsure


class Standing(StrEnum):
    """What a provider says of a message when it is asked by our reference."""

    WENT = "WENT"
    DELIVERED = "DELIVERED"
    RETURNED = "RETURNED"
    NEVER_CAME = "NEVER_CAME"
    NO_ANSWER = "NO_ANSWER"
    CANNOT_BE_ASKED = "CANNOT_BE_ASKED"


@dataclass(frozen=True)
class Asked:
    standing: Standing
    reference: str = ""
    words: str = ""


class Transport(Protocol):
    """Speaks to one provider. `open` comes before `send`; what it raises nobody has to catch."""

    def open(self) -> TryLater | Refused | None:
        """Get ready to send. Answers what stands in the way, before any message is touched."""
        ...

    def send(self, message: Outgoing) -> Outcome:
        """Give one message to the provider."""
        ...

    def ask(self, reference: str) -> Asked:
        """What became of the message of this reference."""
        ...

    def close(self) -> None: ...
