"""Whether somebody may join something, with every reason in words, and what pages list."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, QuerySet, Value, When
from django.db.models.functions import Lower

from involvement.calendars.words import say_date
from residents.eligibility.models import (
    Attestation,
    Check,
    OutsideCheck,
    RuleSet,
    RuleSetCheck,
)
from residents.people.models import Person
from residents.segments.conditions import asking_on
from residents.segments.rules import Asked, asked_of


@dataclass(frozen=True)
class Reason:
    """One thing that was looked at: `holds` is None where it is not known. `check` is the outside
    check that an answer is missing to."""

    words: str
    holds: bool | None
    check: OutsideCheck | None = None

    def as_kept(self) -> dict[str, Any]:
        """Plain JSON, as the history keeps it."""
        return {"words": self.words, "holds": self.holds}


@dataclass(frozen=True)
class Judgement:
    """The answer for one person: yes where everything holds, no where anything does not, and
    otherwise not known yet."""

    reasons: tuple[Reason, ...]

    @property
    def verdict(self) -> str:
        """One of Check.Verdict."""
        found = {reason.holds for reason in self.reasons}
        if False in found:
            return Check.Verdict.NO
        return Check.Verdict.UNKNOWN if None in found else Check.Verdict.YES

    @property
    def against(self) -> list[str]:
        """The reasons that stand in the way, in words."""
        return [reason.words for reason in self.reasons if reason.holds is not True]


def check(person: Person, rule_set: RuleSet, on: dt.date) -> Judgement:
    """Whether somebody may join on a day, without keeping it. Where they live is as today."""
    if person.status != Person.Status.CURRENT:
        since = f" since {say_date(person.status_on)}" if person.status_on else ""
        return Judgement((Reason(f"{person.get_status_display()}{since}", holds=False),))
    asked = asked_of(rule_set.conditions)
    reasons = [*_answered(person, asked, on), *_confirmed(person, rule_set, on)]
    return Judgement(tuple(reasons) or (Reason("Anybody may join", holds=True),))


def rule_sets() -> QuerySet[RuleSet]:
    """The sets of rules in use, by name, with how many checks each asks for."""
    rows: QuerySet[RuleSet] = RuleSet.objects.filter(archived_at__isnull=True)
    return rows.annotate(asked=Count("checks")).order_by("name", "pk")


def rule_sets_for(*names: str) -> list[RuleSet]:
    """The sets of rules in use that have one of these names, whatever its case, by name."""
    wanted = [name.strip().lower() for name in names if name.strip()]
    rows = RuleSet.objects.filter(archived_at__isnull=True).annotate(low=Lower("name"))
    return list(rows.filter(low__in=wanted).order_by("name", "pk"))


def put_away() -> QuerySet[RuleSet]:
    """Those put away, by name."""
    rows: QuerySet[RuleSet] = RuleSet.objects.filter(archived_at__isnull=False)
    return rows.order_by("name", "pk")


def outside_checks() -> QuerySet[OutsideCheck]:
    """The outside checks in use, by their question."""
    rows: QuerySet[OutsideCheck] = OutsideCheck.objects.filter(archived_at__isnull=True)
    return rows.order_by("question", "pk")


def checks_of(rule_set: RuleSet) -> list[OutsideCheck]:
    """The outside checks a set of rules asks for, by their question."""
    rows = RuleSetCheck.objects.filter(rule_set=rule_set).select_related("check_asked")
    return [row.check_asked for row in rows.order_by("check_asked__question", "pk")]


def verdicts(rule_set: RuleSet | int | None) -> QuerySet[Check]:
    """The verdicts of a set of rules, or of all where None is given, latest first."""
    rows: QuerySet[Check] = Check.objects.select_related("person", "rule_set")
    if rule_set is not None:
        rows = rows.filter(rule_set=rule_set)
    return rows.order_by("-checked_at", "-pk")


def verdicts_of(person: Person) -> QuerySet[Check]:
    """The verdicts about somebody, latest first."""
    rows: QuerySet[Check] = Check.objects.filter(person=person).select_related("rule_set")
    return rows.order_by("-checked_at", "-pk")


def attestations() -> QuerySet[Attestation]:
    """What others confirmed about anybody, latest first."""
    rows: QuerySet[Attestation] = Attestation.objects.select_related("person", "check_asked")
    return rows.order_by("-attested_on", "-pk")


def attestations_of(person: Person) -> QuerySet[Attestation]:
    """What others confirmed about somebody, latest first."""
    return attestations().filter(person=person)


def _answered(person: Person, asked: Sequence[Asked], on: dt.date) -> list[Reason]:
    """All conditions in one question of the database."""
    if not asked:
        return []
    with asking_on(on):
        whens: dict[str, Any] = {}
        for number, each in enumerate(asked):
            whens[f"holds_{number}"] = _whether(each.q())
            if each.condition is not None and each.condition.known is not None:
                whens[f"known_{number}"] = _whether(each.condition.known())
        found = Person.objects.filter(pk=person.pk).annotate(**whens).values(*whens).first() or {}
    return [_reason(each, number, found) for number, each in enumerate(asked)]


def _whether(condition: Any) -> Case:
    return Case(When(condition, then=Value(value=True)), default=Value(value=False))


def _reason(asked: Asked, number: int, found: dict[str, Any]) -> Reason:
    if not asked.holds:
        return Reason(f"{asked.words}: put the rules right first", holds=None)
    if not found.get(f"known_{number}", True):
        return Reason(f"{asked.words}: we do not know this of them", holds=None)
    return Reason(asked.words, holds=bool(found.get(f"holds_{number}")))


def _confirmed(person: Person, rule_set: RuleSet, on: dt.date) -> list[Reason]:
    """The outside checks, by the latest answer to each."""
    asked = checks_of(rule_set)
    rows = Attestation.objects.filter(
        person=person, check_asked__in=[one.pk for one in asked], attested_on__lte=on
    )
    latest = (
        {row.check_asked_id: row for row in rows.order_by("attested_on", "pk")} if asked else {}
    )
    return [_said(one, latest.get(one.pk), on) for one in asked]


def _said(asked: OutsideCheck, row: Attestation | None, on: dt.date) -> Reason:
    if row is None:
        ask = f" Ask {asked.ask_whom}." if asked.ask_whom else ""
        return Reason(f"{asked.question} Nobody has answered yet.{ask}", None, asked)
    if row.expires_on < on:
        words = f"{asked.question} The last answer held until {say_date(row.expires_on)}."
        return Reason(f"{words} Ask again.", None, asked)
    said = "Yes" if row.answer else "No"
    words = f"{asked.question} {said}, said {row.attested_by} on {say_date(row.attested_on)}"
    return Reason(f"{words}; it holds until {say_date(row.expires_on)}.", row.answer)


def made_by_form(form_token: uuid.UUID | None) -> RuleSet | None:
    """The set of rules one form made, however often it was sent."""
    if form_token is None:
        return None
    found: RuleSet | None = RuleSet.objects.filter(form_token=form_token).first()
    return found
