from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from functools import partial
from typing import Final

from actionplans.feedback.queries_group import feedback_totals
from actionplans.plans.queries_group import plan_totals
from actionplans.replies.queries_group import telling_totals
from actionplans.thread.queries_group import thread_totals
from involvement.calendars.periods import Period, financial_year
from involvement.isolation import for_each
from involvement.landlords.models import Landlord
from involvement.landlords.queries import members_of
from reporting.library.queries_group import report_totals

YEARS: Final = 3


@dataclass(frozen=True)
class Totals:
    """Numbers of one landlord, or of several added up. Each stands beside what it is out of."""

    plans: int = 0
    lines: int = 0
    done: int = 0
    late: int = 0
    heard: int = 0
    waiting: int = 0
    to_tell: int = 0
    told: int = 0
    threads: int = 0
    cuts: int = 0
    reports: int = 0
    published: int = 0

    def __add__(self, other: Totals) -> Totals:
        names = [each.name for each in fields(self)]
        return Totals(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True)
class Member:
    landlord: Landlord
    totals: Totals


@dataclass(frozen=True)
class RollUp:
    """A group's members by name, and all of them together."""

    members: list[Member]
    period: Period

    @property
    def totals(self) -> Totals:
        return sum((each.totals for each in self.members), Totals())


def years(group: Landlord, today: dt.date) -> list[Period]:
    """The group's financial years that can be chosen, this one first."""
    found = [financial_year(today, group.year_start_month)]
    while len(found) < YEARS:
        found.append(found[-1].previous())
    return found


def roll_up(group: Landlord, period: Period, today: dt.date) -> RollUp:
    """Ask each member of the group in a read-only transaction of its own.

    What is said, told and reported belongs to `period`; plans and cuts are those of `today`.
    """
    question = partial(_totals, period=period, today=today)
    answers = for_each(members_of(group), question)
    return RollUp([Member(landlord, totals) for landlord, totals in answers], period)


def _totals(landlord: Landlord, *, period: Period, today: dt.date) -> Totals:
    parts = (
        plan_totals(today),
        feedback_totals(period),
        telling_totals(period),
        thread_totals(landlord, today),
        report_totals(period),
    )
    return Totals(**{name: number for part in parts for name, number in vars(part).items()})
