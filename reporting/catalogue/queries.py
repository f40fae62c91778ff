from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.db import models

from involvement.auditing.refusals import Refusal


class Audience(models.TextChoices):
    """For whom a report is written."""

    RESIDENTS = "RESIDENTS", "Residents"
    STAFF = "STAFF", "Staff"


class Every(models.TextChoices):
    """How often a report is made by the timer."""

    QUARTER = "QUARTER", "Every quarter"
    YEAR = "YEAR", "Every financial year"
    NEVER = "NEVER", "Only by hand"


class Format(StrEnum):
    """What a report can be had as."""

    PDF = "pdf"
    LARGE_PRINT = "large-print"
    HTML = "html"
    TEXT = "text"


class UnknownKind(Refusal):
    """There is no such kind of report."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of report. `short` stands in a report's reference at the foot of its pages."""

    slug: str
    title: str
    audience: Audience
    what: str
    every: Every
    cutoff_days: int
    """Days after the period's end until which what is recorded still counts."""

    @property
    def speaks_to_residents(self) -> bool:
        """Whether “you” in it is a resident."""
        return self.audience == Audience.RESIDENTS


KINDS: Final[dict[str, Kind]] = {
    kind.slug: kind
    for kind in (
        Kind(
            slug="you-said-we-did",
            title="You said, we did",
            audience=Audience.RESIDENTS,
            what="What residents said, what was decided and done about it, where the answer was "
            "no and why, who was told, and what is next.",
            every=Every.QUARTER,
            cutoff_days=31,
        ),
        Kind(
            slug="they-said-we-did",
            title="They said, we did",
            audience=Audience.STAFF,
            what="The same facts for staff, team by team, with what is expected of whom.",
            every=Every.QUARTER,
            cutoff_days=31,
        ),
    )
}


def kinds() -> list[Kind]:
    """Every kind of report, in the order people look for them."""
    return list(KINDS.values())


def kind_named(slug: str, audience: str = "") -> Kind:
    """The kind of that name, in its form for `audience` where one is named.

    Raises UnknownKind, naming the kinds there are.
    """
    if slug not in KINDS:
        raise UnknownKind(f"There is no report “{slug}”. There are: {', '.join(KINDS)}.")
    kind = KINDS[slug]
    if audience and kind.audience != audience.upper():
        kind = next((other for other in kinds() if other.audience == audience.upper()), kind)
        if kind.audience != audience.upper():
            known = ", ".join(choice.lower() for choice in Audience.values)
            raise UnknownKind(f"There is no audience “{audience}”. There are: {known}.")
    return kind
