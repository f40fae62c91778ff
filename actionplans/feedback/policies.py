from __future__ import annotations

from collections.abc import Sequence

from actionplans.feedback.models import Feedback, Theme
from involvement.auditing.refusals import Refusal

MOST_AT_ONCE = 200


class NotOpen(Refusal):
    """This is closed already. Open it again first."""


class NothingToOpen(Refusal):
    """This is open already."""


class AnsweredByDecision(Refusal):
    """A decision has answered this. Change the decision rather than the log."""


class ReasonMissing(Refusal):
    """Write why it needs no decision. Whoever said it may read the reason."""


class TooManyAtOnce(Refusal):
    """Choose at most 200 at a time."""


class NothingChosen(Refusal):
    """Choose at least one row."""


class ThemeIsClosed(Refusal):
    """This theme is closed. Open it again, or start another."""


class JoinedToItself(Refusal):
    """A theme cannot be joined to itself. Choose another."""


class SaidInTheFuture(Refusal):
    """The day it was said cannot be later than today. Put the date right."""


class NobodyToReply(Refusal):
    """To reply we need to know whom. Say who spoke, or take the tick off “wants a reply”."""


def check_can_note(feedback: Sequence[Feedback], reason: str) -> None:
    """Raises NothingChosen, TooManyAtOnce, ReasonMissing, AnsweredByDecision."""
    check_number(feedback)
    if not reason.strip():
        raise ReasonMissing
    if any(said.state == Feedback.State.ANSWERED for said in feedback):
        raise AnsweredByDecision


def check_can_reopen(feedback: Feedback) -> None:
    """Raises AnsweredByDecision, NothingToOpen."""
    if feedback.state == Feedback.State.ANSWERED:
        raise AnsweredByDecision
    if feedback.state == Feedback.State.OPEN:
        raise NothingToOpen


def can_reopen(feedback: Feedback) -> bool:
    """Whether it was closed by a reason, not by a decision."""
    return feedback.state == Feedback.State.NOTED


def check_can_fill(theme: Theme) -> None:
    """Whether feedback may still be added or taken out. Raises ThemeIsClosed."""
    if theme.state in {Theme.State.MERGED, Theme.State.NOTED}:
        raise ThemeIsClosed


def can_fill(theme: Theme) -> bool:
    """Whether feedback may still be added or taken out."""
    return theme.state in {Theme.State.OPEN, Theme.State.DECIDED}


def check_can_merge(theme: Theme, into: Theme) -> None:
    """Raises JoinedToItself, ThemeIsClosed."""
    if theme.pk == into.pk:
        raise JoinedToItself
    if theme.state != Theme.State.OPEN:
        raise ThemeIsClosed
    check_can_fill(into)


def check_number(rows: Sequence[object]) -> None:
    """Raises NothingChosen, TooManyAtOnce."""
    if not rows:
        raise NothingChosen
    if len(rows) > MOST_AT_ONCE:
        raise TooManyAtOnce
