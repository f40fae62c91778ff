from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from residents.eligibility import operations
from residents.eligibility.models import OutsideCheck, RuleSet
from residents.people.models import Person
from residents.segments.rules import Asked
from tests.factories.people import make_person
from tests.residents.exports.taken import asked_for, doors, take, taken


def rules(name: str, officer: Actor, now: dt.datetime) -> RuleSet:
    """Rules that nobody reached by letter fits."""
    return operations.add_rule_set(
        name=name, conditions=[Asked("told", ["EMAIL"])], by=officer, at=now
    )


def confirmed(person: Person, by: Actor, answer: bool, days_ago: int = 0) -> None:
    asked, _new = OutsideCheck.objects.get_or_create(question="Are they free of arrears?")
    on = timezone.localdate() - dt.timedelta(days=days_ago)
    operations.attest(
        person=person,
        check_asked=asked,
        answer=answer,
        attested_by="=Rob Lane",
        attested_on=on,
        expires_on=on + dt.timedelta(days=90),
        by=by,
        at=timezone.now(),
    )


def test_what_was_confirmed_of_anybody_leaves_by_the_page_of_the_checks(
    in_poole: Landlord, officer: Actor, officer_client: Client
) -> None:
    ada, ben = make_person("Ada Coles (demo)"), make_person("Ben Lake (demo)")
    confirmed(ada, officer, answer=True)
    confirmed(ben, officer, answer=False, days_ago=100)
    page = reverse("eligibility:rule_set_list")
    rows = take(officer_client, doors(officer_client, page)["confirmed"])
    found = [(row["Name"], row["Answer"], row["Holds now"]) for row in rows]
    assert found == [("Ada Coles (demo)", "yes", "yes"), ("Ben Lake (demo)", "no", "no")]
    assert rows[0]["Who said so"] == "'=Rob Lane"


def test_who_was_checked_leaves_as_narrow_as_its_page(
    in_poole: Landlord, officer: Actor, now: dt.datetime, officer_client: Client
) -> None:
    ada, first, second = (
        make_person("Ada Coles (demo)"),
        *(rules(name, officer, now) for name in ("Repairs panel", "Youth forum")),
    )
    for rule_set in (first, second):
        operations.check_person(
            person=ada, rule_set=rule_set, on=timezone.localdate(), by=officer, at=now
        )
    page = reverse("eligibility:rule_set_detail", args=[first.pk])
    rows = take(officer_client, doors(officer_client, page)["checked"])
    assert [(row["For"], row["Answer"]) for row in rows] == [("Repairs panel", "May not join")]
    assert "e-mail" in rows[0]["What stands in the way"]
    assert len(taken("checked")) == 2


@pytest.mark.parametrize("number", [1, 3])
def test_they_are_read_in_one_question_each(
    in_poole: Landlord, officer: Actor, now: dt.datetime, number: int
) -> None:
    rule_set = rules("Repairs panel", officer, now)
    for each in range(number):
        person = make_person(f"Resident {each} (demo)")
        confirmed(person, officer, answer=True)
        operations.check_person(
            person=person, rule_set=rule_set, on=timezone.localdate(), by=officer, at=now
        )
    for which in ("confirmed", "checked"):
        assert (len(taken(which)), asked_for(which)) == (number, 2)
