"""What the log asks of the capabilities that answer what it holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from actionplans.feedback.models import Feedback
from involvement.auditing.actors import Actor


class WhoWasTold(Protocol):
    """Keeps whom it told of what became of what they said."""

    def forget(self, rows: Sequence[Feedback], *, by: Actor, at: dt.datetime) -> None:
        """Leave that these were answered and when, and nobody whom they lead back to."""
        ...


class NobodyWasTold:
    """Where nothing is bound: nobody is kept who was told."""

    def forget(self, rows: Sequence[Feedback], *, by: Actor, at: dt.datetime) -> None:
        return None
