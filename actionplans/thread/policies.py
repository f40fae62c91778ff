from __future__ import annotations

from involvement.auditing.refusals import Refusal


class NothingToTell(Refusal):
    """None of the ticked ones waits for people to be told. Tick ones that are broken at “People not told”."""


class NothingToNote(Refusal):
    """None of the ticked ones waits for a decision. Tick ones that are broken at “In no theme” or “No decision”."""
