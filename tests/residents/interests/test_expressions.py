"""Whoever would like to take part, how long they wait, and the answer."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.utils import timezone

from involvement.accounts.models import Membership
from involvement.auditing.actors import Actor
from involvement.delivery.models import Message
from involvement.landlords.models import Landlord, Subject
from residents.eligibility.models import Check
from residents.eligibility.operations import add_rule_set
from residents.eligibility.policies import RulesStandInTheWay
from residents.interests import policies, queries
from residents.interests.models import (
    Expression,
    Interest,
    Method,
)
from residents.interests.queries import Wishes
from residents.interests.queries.expressions import clock_of
from residents.people.models import Person
from residents.people.policies import HasDied
from residents.segments.rules import Asked
from tests.actionplans.asked import text_of
from tests.factories.people import make_person
from tests.residents.interests.wanting import answer, express, today


def test_the_clock_counts_working_days_from_the_day_they_said_so(
    person: Person, lifts: Subject
) -> None:
    row = express(person, Wishes((lifts,)), days_ago=14)
    clock = clock_of(row, today())
    assert (clock.promise, clock.is_late) == (5, True)
    assert clock.days in {9, 10}
    assert queries.late_count(today()) == 1


def test_accepting_writes_to_them_in_their_formats_and_keeps_what_they_named(
    in_poole: Landlord, lifts: Subject, meetings: Method
) -> None:
    in_poole.contact_name, in_poole.contact_phone = "Jean Marlow (demo)", "01632 960 142"
    in_poole.save()
    person = make_person(needs=["LARGE_PRINT", "BRAILLE"])
    row = express(person, Wishes((lifts,), (meetings,), 60), days_ago=3)
    assert Interest.objects.count() == 0
    row = answer(row)
    message = Message.objects.get()
    assert (row.state, row.message, message.state) == ("ACCEPTED", message, "QUEUED")
    assert message.formats == ["BRAILLE", "LARGE_PRINT"]
    assert message.large_print
    assert message.needs_making
    assert message.body.startswith("Dear Doreen Hackett (demo),\n\nCome on Tuesday.")
    assert "Telephone 01632 960 142" in message.body
    held = queries.wishes_of(person)
    assert [(str(each), each.source) for each in held.interests] == [("Lifts", "LEAFLET")]
    with pytest.raises(policies.AnsweredAlready):
        answer(row)


def test_whoever_is_accepted_is_judged_by_the_rules_of_what_they_join(
    officer_client: Client, person: Person, lifts: Subject, meetings: Method, officer: Actor
) -> None:
    at = timezone.now()
    too_old = add_rule_set(
        name="Youth forum", conditions=[Asked("age-below", "25")], by=officer, at=at
    )
    row = express(person, Wishes((lifts,), (meetings,)))
    page = f"/desk/interests/{row.pk}/"
    form = {"decision": "yes", "words": "Welcome.", "how": "hand", "joins": too_old.pk}

    asked = officer_client.post(page, form).text
    assert "“Youth forum”, because of “Age is below 25" in asked
    assert "They join all the same, because" in asked
    row.refresh_from_db()
    assert row.state == "OPEN"

    answer = officer_client.post(page, {**form, "in_spite": "she leads it"}, follow=True)
    assert "accepted all the same, because she leads it" in answer.text
    assert Check.objects.get().rule_set == too_old


def test_a_way_they_named_that_has_rules_is_judged_too_and_turning_down_is_not(
    person: Person, lifts: Subject, meetings: Method, officer: Actor
) -> None:
    at, old = timezone.now(), Asked("age-from", "60")
    add_rule_set(name=str(meetings).upper(), conditions=[old], by=officer, at=at)
    row = express(person, Wishes((lifts,), (meetings,)))
    with pytest.raises(RulesStandInTheWay, match="Age is at least 60"):
        answer(row, by_hand=True)
    assert answer(row, accepted=False, by_hand=True, reason="Full.").state == "TURNED_DOWN"


@pytest.mark.parametrize("by_hand", [True, False])
def test_whoever_died_waits_for_nothing_and_is_answered_nothing(
    officer_client: Client, person: Person, lifts: Subject, *, by_hand: bool
) -> None:
    row = express(person, Wishes((lifts,)), days_ago=14)
    page = f"/desk/interests/{row.pk}/"
    assert "Give the answer" in officer_client.get(page).text
    assert (queries.open_count(), queries.late_count(today())) == (1, 1)
    Person.objects.filter(pk=person.pk).update(status="DECEASED", status_on=today())

    with pytest.raises(HasDied):
        answer(row, by_hand=by_hand)
    shown = officer_client.get(page).text
    assert "so no answer goes to them" in shown
    assert "Give the answer" not in shown
    assert (queries.open_count(), queries.late_count(today())) == (0, 0)
    assert not queries.open_expressions().exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "page", ["/desk/interests/record/", "/desk/reach/add/", "/desk/segments/add/"]
)
def test_only_who_may_open_it_is_offered_to_look_after_it(
    officer_client: Client, jean: Membership, asha: Membership, page: str
) -> None:
    shown = officer_client.get(page).text
    assert f">{jean.staff}</option>" in shown
    assert f">{asha.staff}</option>" not in shown


def test_turning_down_needs_a_reason_and_keeps_nothing(person: Person, lifts: Subject) -> None:
    row = express(person, Wishes((lifts,)))
    with pytest.raises(policies.ReasonMissing):
        answer(row, accepted=False, by_hand=True)
    row = answer(row, accepted=False, by_hand=True, reason="The panel is full.")
    assert (row.state, row.reason, row.message) == ("TURNED_DOWN", "The panel is full.", None)
    assert Interest.objects.count() == Message.objects.count() == 0


def test_nobody_is_written_to_without_somebody_to_ring_or_by_telephone(
    in_poole: Landlord, lifts: Subject
) -> None:
    letter = express(make_person(), Wishes((lifts,)))
    with pytest.raises(policies.NobodyNamed):
        answer(letter)
    caller = make_person("Kasia (demo)", preferred_channel="PHONE", phone="07700 900 123")
    with pytest.raises(policies.NoMessageGoes):
        answer(express(caller, Wishes((lifts,))))
    assert queries.open_count() == 2


def test_the_same_form_twice_makes_one_and_nothing_said_makes_none(
    person: Person, lifts: Subject
) -> None:
    token = uuid.uuid4()
    for _ in range(2):
        express(person, Wishes((lifts,)), form_token=token)
    assert Expression.objects.count() == 1
    with pytest.raises(policies.NothingSaid):
        express(person, Wishes())


def test_an_officer_answers_from_the_queue(
    officer_client: Client, person: Person, lifts: Subject
) -> None:
    row = express(person, Wishes((lifts,)), days_ago=14)
    assert "Your promise is 5." in text_of(officer_client.get("/desk/interests/"))
    page = f"/desk/interests/{row.pk}/"
    form = {"decision": "yes", "words": "Come on Tuesday.", "how": "hand"}
    response = officer_client.post(page, form, follow=True)
    assert "has an answer" in text_of(response)
    assert [str(each) for each in queries.wishes_of(person).interests] == ["Lifts"]
