"""What the outbox hands upwards: what people write back, to whoever knows who they are."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from involvement.auditing.actors import Actor
from involvement.delivery.models import InboundMessage


class Listener(Protocol):
    """Takes what people write back. Bound in `settings.PORTS` as "delivery.listener"."""

    def take(self, *, inbound: InboundMessage, by: Actor, at: dt.datetime) -> str:
        """Do with a message what it asks for, inside the open transaction. Answers who took it, in
        words such as “the suppression list”; "" leaves it to an officer."""
        ...


class Nobody:
    """Where nobody listens every message waits for an officer."""

    def take(self, *, inbound: InboundMessage, by: Actor, at: dt.datetime) -> str:
        return ""


NOBODY = Nobody()
