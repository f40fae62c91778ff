"""Rules as they are kept, read into conditions and turned into one question of the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import Q

from residents.segments.conditions import Condition, conditions
from residents.segments.models import Match

NOBODY: Final = Q(pk__in=[])


@dataclass(frozen=True)
class Asked:
    """One condition with its answer; `negated` asks for everybody else."""

    key: str
    raw: Any
    negated: bool = False

    @property
    def condition(self) -> Condition | None:
        """The question, or None where no capability brings it any more."""
        return conditions().get(self.key)

    @property
    def words(self) -> str:
        """“Tenure is Sheltered”, “not: Tag is panel”."""
        if self.condition is None:
            return "A question that can no longer be asked"
        said = self.condition.words(self.raw)
        return f"Not: {said[:1].lower()}{said[1:]}" if self.negated else said

    @property
    def holds(self) -> bool:
        """Whether it can still be asked."""
        try:
            return self.condition is not None and self.condition.cleaned(self.raw) is not None
        except ValidationError:
            return False

    def q(self) -> Q:
        """The condition on Person; nobody, whichever way round, where it can no longer be asked."""
        if self.condition is None or not self.holds:
            return NOBODY
        found = self.condition.filter(self.condition.cleaned(self.raw))
        return ~found if self.negated else found

    def as_kept(self) -> dict[str, Any]:
        """Plain JSON."""
        return {"key": self.key, "raw": self.raw, "negated": self.negated}


@dataclass(frozen=True)
class Group:
    """Conditions joined by all or any."""

    match: str = Match.ALL
    asked: tuple[Asked, ...] = field(default=())

    def q(self) -> Q:
        """The joined condition."""
        return joined(self.match, [each.q() for each in self.asked])

    def as_kept(self) -> dict[str, Any]:
        """Plain JSON."""
        return {"match": self.match, "conditions": [each.as_kept() for each in self.asked]}


def joined(match: str, parts: Sequence[Q]) -> Q:
    """Conditions joined by all or any; nobody where there are none."""
    if not parts:
        return NOBODY
    whole = parts[0]
    for part in parts[1:]:
        whole = whole | part if match == Match.ANY else whole & part
    return whole


def groups_of(rules: Any) -> list[Group]:
    """The groups of kept rules; what is not in their form is passed over."""
    return list(_groups(rules))


def asked_of(kept: Any) -> tuple[Asked, ...]:
    """The conditions of one kept list; what is not in their form is passed over."""
    found = kept if isinstance(kept, list) else []
    return tuple(
        Asked(str(each.get("key", "")), each.get("raw"), bool(each.get("negated")))
        for each in found
        if isinstance(each, dict)
    )


def _groups(rules: Any) -> Iterator[Group]:
    for each in rules if isinstance(rules, list) else []:
        if isinstance(each, dict):
            match = each.get("match")
            asked = asked_of(each.get("conditions"))
            if asked:
                yield Group(Match.ANY if match == Match.ANY else Match.ALL, asked)
