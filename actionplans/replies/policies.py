from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from actionplans.decisions.models import Decision
from actionplans.replies.hearers import Hearer, Telling
from actionplans.replies.models import Verdict
from actionplans.replies.words import Signatory
from involvement.auditing.refusals import Refusal

ASKED_AFTER: Final = dt.timedelta(weeks=6)
"""How long after people were told they are asked whether it happened."""


class NobodyToTell(Refusal):
    """Everybody in this theme has been told already, or is about to be."""


class NobodyNamed(Refusal):
    """Every letter and e-mail carries a named officer and a telephone number. Write them in the
    landlord's settings first."""


class WordsMissing(Refusal):
    """Write what people are told."""


class NobodyChosen(Refusal):
    """Choose at least one person."""


class ToldInTheFuture(Refusal):
    """They cannot have been told later than today."""


class ToldBeforeDecision(Refusal):
    """They cannot have been told before it was decided."""


class DecisionWasReplaced(Refusal):
    """A later decision has replaced this one. Tell people of the later one."""


class AlreadyAnswered(Refusal):
    """This has been answered already. Thank you."""


def to_tell(rows: Sequence[Hearer]) -> list[Hearer]:
    """Those of the hearers to whom nothing is on its way."""
    return [one for one in rows if one.state in {Telling.WAITING, Telling.FAILED}]


def check_can_tell(decision: Decision, rows: Sequence[Hearer]) -> None:
    """Raises DecisionWasReplaced, NobodyToTell."""
    if decision.replaced_by_id is not None:
        raise DecisionWasReplaced
    if not to_tell(rows):
        raise NobodyToTell


def can_tell(decision: Decision, rows: Sequence[Hearer]) -> bool:
    """Whether there is somebody to tell of it."""
    return decision.replaced_by_id is None and bool(to_tell(rows))


def check_reply(signed: Signatory | None, words: str) -> Signatory:
    """Who signs it. Raises NobodyNamed, WordsMissing."""
    if not words.strip():
        raise WordsMissing
    if signed is None:
        raise NobodyNamed
    return signed


def check_told(decision: Decision, chosen: Sequence[Hearer], on: dt.date, today: dt.date) -> None:
    """Raises NobodyChosen, ToldInTheFuture, ToldBeforeDecision."""
    if not chosen:
        raise NobodyChosen
    if on > today:
        raise ToldInTheFuture
    if on < decision.decided_on:
        raise ToldBeforeDecision


def check_can_answer(verdict: Verdict) -> None:
    """Raises AlreadyAnswered."""
    if verdict.answered_at is not None:
        raise AlreadyAnswered


def can_answer(verdict: Verdict) -> bool:
    """Whether the question is still open."""
    return verdict.answered_at is None
