from __future__ import annotations

from typing import Final

from involvement.accounts.models import Membership
from involvement.accounts.permissions import Permission
from involvement.auditing.refusals import Refusal

# What somebody must be allowed to tie off each kind of break, by the kinds' keys in `queries`.
_TYING: Final[dict[str, Permission]] = {
    "NO_THEME": Permission.FEEDBACK_CHANGE,
    "NO_DECISION": Permission.DECISION_RECORD,
    "NOT_TOLD": Permission.REPLY_SEND,
    "NO_LINE": Permission.DECISION_RECORD,
    "NO_EVIDENCE": Permission.DECISION_RECORD,
    "CONTRADICTED": Permission.FEEDBACK_READ,
}


class NothingToTell(Refusal):
    """None of the ticked ones waits for people to be told. Tick ones that are broken at “People not told”."""


class NothingToNote(Refusal):
    """None of the ticked ones waits for a decision. Tick ones that are broken at “In no theme” or “No decision”."""


def kinds_to_tie(membership: Membership) -> frozenset[str]:
    """The kinds of break that this member may tie off, or read the answers of."""
    return frozenset(kind for kind, asked in _TYING.items() if membership.may(asked))
