from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from involvement.auditing.refusals import Refusal
from involvement.calendars.words import say_list
from residents.eligibility.models import Check, RuleSet
from residents.eligibility.queries import check
from residents.people.models import Person

MOST_CONDITIONS = 20


class RuleSetIsPutAway(Refusal):
    """This set of rules is put away. Bring it back before you change or use it."""


class NameIsTaken(Refusal):
    """There is a set of rules of this name already. Choose another."""


class TooManyConditions(Refusal):
    """A set of rules takes at most 20 conditions. Make the rules simpler."""


class NotEligible(Refusal):
    """They may not join this."""


class NotKnownYet(Refusal):
    """Something is not known yet that decides whether they may join."""


class RulesStandInTheWay(Refusal):
    """The rules for joining stand in the way. Leave them out, or say why they join all the same."""


class AttestedInTheFuture(Refusal):
    """The day it was said cannot be later than today. Put the date right."""


class HoldsTooShort(Refusal):
    """It holds until the day it was said, or later. Put the date right."""


def check_can_change(rule_set: RuleSet) -> None:
    """Raises RuleSetIsPutAway."""
    if rule_set.archived_at is not None:
        raise RuleSetIsPutAway


def check_has_room(conditions: int) -> None:
    """Whether another condition fits. Raises TooManyConditions."""
    if conditions >= MOST_CONDITIONS:
        raise TooManyConditions


def check_can_attest(attested_on: dt.date, expires_on: dt.date, today: dt.date) -> None:
    """Raises AttestedInTheFuture, HoldsTooShort."""
    if attested_on > today:
        raise AttestedInTheFuture
    if expires_on < attested_on:
        raise HoldsTooShort


def check_may_join(person: Person, rule_set: RuleSet, on: dt.date) -> None:
    """Whether somebody may join on a day: for whatever they join. Raises NotEligible or
    NotKnownYet, each with every reason in its sentence.
    """
    found = check(person, rule_set, on)
    if found.verdict == Check.Verdict.YES:
        return
    kind = NotEligible if found.verdict == Check.Verdict.NO else NotKnownYet
    what = "may not join" if kind is NotEligible else "cannot join yet"
    why = say_list([f"“{words}”" for words in found.against])
    raise kind(f"{person} {what} “{rule_set}”, because of {why}.")


def check_may_all_join(people: Iterable[Person], rule_sets: Sequence[RuleSet], on: dt.date) -> None:
    """Whether everybody may join on a day what has these rules. Raises RulesStandInTheWay with a
    sentence for each who may not, or of whom it is not known, and the rules that say so."""
    against = []
    for person in people:
        for rule_set in rule_sets:
            try:
                check_may_join(person, rule_set, on)
            except (NotEligible, NotKnownYet) as refusal:
                against.append(str(refusal))
    if against:
        raise RulesStandInTheWay(
            " ".join([*against, "Leave them out, or say below why they join all the same."])
        )


def may_join(person: Person, rule_set: RuleSet, on: dt.date) -> bool:
    """Whether somebody may join on a day."""
    return check(person, rule_set, on).verdict == Check.Verdict.YES
