"""What representation asks of the floor where plans are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from involvement.auditing.actors import Actor
from residents.representation.models import Gap


@dataclass(frozen=True)
class LineShown:
    """The line that answers a gap: where it is, who owns it, by when, and how it stands."""

    heading: str
    url: str
    owner: str
    deadline: str
    state: str


class GapLine(Protocol):
    """Turns a gap into a line of a plan, and says which line answers it."""

    def plans(self) -> Sequence[tuple[int, str]]:
        """The plans a line can be put into: (key, title)."""
        ...

    def owners(self) -> Sequence[str]:
        """Who may own a line, in the words plans use."""
        ...

    def add(
        self,
        gap: Gap,
        *,
        counted_on: dt.date,
        plan: int,
        heading: str,
        owner: str,
        deadline: str,
        by: Actor,
        at: dt.datetime,
    ) -> LineShown:
        """Put a line into a plan, found in figures counted up to a day. Raises a Refusal that says
        why not."""
        ...

    def lines_of(self, gaps: Sequence[Gap]) -> Mapping[int, LineShown]:
        """The line of each gap, by the gap's key."""
        ...


class NoPlans:
    """Where nothing is bound: there are no plans, and nothing answers a gap."""

    def plans(self) -> Sequence[tuple[int, str]]:
        return []

    def owners(self) -> Sequence[str]:
        return []

    def add(
        self,
        gap: Gap,
        *,
        counted_on: dt.date,
        plan: int,
        heading: str,
        owner: str,
        deadline: str,
        by: Actor,
        at: dt.datetime,
    ) -> LineShown:
        raise LookupError("there is no plan to put a line into")

    def lines_of(self, gaps: Sequence[Gap]) -> Mapping[int, LineShown]:
        return {}
