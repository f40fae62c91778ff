"""The facts of a report. Only words, numbers and tuples, so that JSON holds them exactly."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from involvement.calendars.words import say_date

FORM = 1
"""Raised when the shape of the facts changes; old reports keep theirs, and what came into a shape
later has a default."""


class Fate(StrEnum):
    """What had become of one thing said; each thing has exactly one."""

    DONE = "done"
    AGREED = "will"
    NOT = "not"
    NOTED = "noted"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Whose:
    """The landlord as it was when the facts were frozen: its name, colour and person to ring."""

    name: str
    short_name: str
    colour: str
    logo: str
    """A `data:` picture, or ""."""
    contact_name: str
    contact_phone: str
    contact_hours: str
    lang: str
    is_demo: bool
    decision_days: int
    reply_days: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """The period reported on. Days are written 2026-09-30."""

    code: str
    label: str
    words: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that answers: `code` opens the rows it was counted from."""

    code: str
    number: str
    counts: str
    """What is counted: "things you said"."""
    base: str
    """Out of how many, or of whom: "of 212 things said"."""
    beside: str
    """The same in the period before: "187 the quarter before"; "" where there is none."""
    how: str
    """How it is counted, in a sentence."""
    evidence: str
    """What the rows are: feedback, decision, outcome, reply or verdict."""
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What changed, with what shows it."""

    words: str
    on: str
    measure: str
    """ "Missed visits in each hundred: 11 before, 7 after", or ""."""
    confidence: str
    evidence: tuple[str, ...]
    under: str = ""
    """The day of the decision that changed it, where a later one has replaced that."""


@dataclass(frozen=True, slots=True)
class SaidAndDone:
    """One theme. `said` is a quotation where `is_quote`, else `in_short`."""

    code: str
    theme: int
    title: str
    said: str
    is_quote: bool
    more_quotes: tuple[str, ...]
    speakers: int
    things: int
    by: str
    """How many, how and when: "14 people, telephone call and paper card, June 2026"."""
    subject: str
    place: str
    owner: str
    fate: str
    result: str
    did: str
    because: str
    note: str
    """Who decided, when, and by how many votes."""
    minority_view: str
    """What those who disagreed wrote, word for word."""
    look_again: str
    changes: tuple[Change, ...]
    asked: int
    yes: int
    partly: int
    no: int
    to_tell: int
    told: int
    due: str
    """The day by which a decision is promised, where there is none yet."""
    waited_days: int
    earlier: bool
    """Said before the period and answered in it."""
    since: str = ""
    """What happened after the period and is known already, which the next report counts."""
    decided_here: bool = True
    """The decision is counted in this report, and in no other."""
    in_short: str = ""
    """What an officer wrote for those whose words are not printed; "" in reports made before this."""


@dataclass(frozen=True, slots=True)
class Share:
    """How much of what was said is of one subject, or told one way."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something promised for a day; `on` is "" where no day is set."""

    on: str
    when: str
    words: str
    owner: str


@dataclass(frozen=True, slots=True)
class TeamLine:
    """What one team has of the period: counts of things said."""

    name: str
    said: int
    done: int
    agreed: int
    not_agreed: int
    noted: int
    waiting: int
    late: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything one report says."""

    form: int
    kind: str
    audience: str
    title: str
    whose: Whose
    period: Stretch
    counted_on: str
    rule: str
    late: int
    """Things said in the period but recorded after the day of counting."""
    numbers: dict[str, int]
    """The bare counts behind the sentences and charts."""
    figures: tuple[Figure, ...]
    pairs: tuple[SaidAndDone, ...]
    ungrouped: int
    """Things said that nobody has put into a theme yet and that wait."""
    subjects: tuple[Share, ...]
    channels: tuple[Share, ...]
    steps: tuple[NextStep, ...]
    teams: tuple[TeamLine, ...]
    opening: str

    @property
    def counted_words(self) -> str:
        """The day of counting, in words."""
        return say_date(dt.date.fromisoformat(self.counted_on))

    def figure(self, code: str) -> Figure | None:
        """The figure of that code."""
        return next((figure for figure in self.figures if figure.code == code.upper()), None)

    def pair(self, code: str) -> SaidAndDone | None:
        """The theme of that code."""
        return next((pair for pair in self.pairs if pair.code == code.upper()), None)
