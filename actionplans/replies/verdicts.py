"""What the people who were told answer to "Did it happen?", and what follows from it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, QuerySet

from actionplans.replies.models import Verdict
from residents.people.models import Person

FEWEST: Final = 3
"""Fewer answers than this verify nothing, unless fewer were asked."""


@dataclass(frozen=True)
class Totals:
    """How many were asked and what they answered."""

    asked: int = 0
    yes: int = 0
    partly: int = 0
    no: int = 0

    @property
    def answered(self) -> int:
        """How many answered at all."""
        return self.yes + self.partly + self.no

    @property
    def verified(self) -> bool:
        """Whether residents bear the claim out: most of enough answers say yes."""
        return self.answered >= max(min(FEWEST, self.asked), 1) and self.yes * 2 > self.answered

    @property
    def contradicted(self) -> bool:
        """Whether at least half of the answers say that it did not happen."""
        return self.no > 0 and self.no * 2 >= self.answered

    @property
    def words(self) -> str:
        """“9 of 11 answered: 7 yes, 1 partly, 1 no.”"""
        if not self.asked:
            return "Nobody has been asked yet."
        if not self.answered:
            if self.asked == 1:
                return "The one who was asked has not answered yet."
            return f"None of {self.asked} has answered yet."
        counts = f"{self.yes} yes, {self.partly} partly, {self.no} no"
        return f"{self.answered} of {self.asked} answered: {counts}."


def totals_of(decisions: Iterable[int]) -> dict[int, Totals]:
    """The answers on several decisions, by the decision's key, in one query."""
    rows = (
        Verdict.objects.filter(reply__decision__in=list(decisions))
        .values("reply__decision")
        .annotate(
            asked=Count("pk"),
            yes=Count("pk", filter=Q(answer="YES")),
            partly=Count("pk", filter=Q(answer="PARTLY")),
            no=Count("pk", filter=Q(answer="NO")),
        )
        .order_by("reply__decision")
    )
    return {
        row["reply__decision"]: Totals(row["asked"], row["yes"], row["partly"], row["no"])
        for row in rows
    }


def totals(decision: int) -> Totals:
    """The answers on one decision."""
    return totals_of([decision]).get(decision, Totals())


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def verdict_by_token(token: str) -> Verdict | None:
    """The question a token opens, None where it opens none."""
    return _with_decisions().filter(token_hash=token_hash(token)).first()


def verdicts_asked_of(person: Person) -> QuerySet[Verdict]:
    """The questions one person was asked, answered or not."""
    return _with_decisions().filter(reply__person=person)


def _with_decisions() -> QuerySet[Verdict]:
    rows: QuerySet[Verdict] = Verdict.objects.select_related(
        "reply__decision__theme", "reply__person", "reply__feedback__body"
    )
    return rows.order_by("pk")
