from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from residents.eligibility import operations
from residents.eligibility.models import Attestation, Check, OutsideCheck, RuleSet
from residents.eligibility.policies import NameIsTaken
from residents.segments.rules import Asked
from tests.factories.people import make_person


@pytest.fixture
def rule_set(in_poole: Landlord, officer: Actor, now: dt.datetime) -> RuleSet:
    return operations.add_rule_set(
        name="Leaseholders’ panel", conditions=[Asked("told", ["POST"])], by=officer, at=now
    )


def page(name: str, *args: Any) -> str:
    return reverse(f"eligibility:{name}", args=args)


def test_rules_are_made_and_a_person_is_tried_against_them(
    officer_client: Client, in_poole: Landlord
) -> None:
    ada = make_person("Ada Coles (demo)")
    question = {"question": "Are they free of arrears?", "ask_whom": "Income", "valid_days": "30"}
    officer_client.post(page("outside_check_add"), question)
    asked = OutsideCheck.objects.get()
    officer_client.post(page("rule_set_add"), {"name": "Repairs panel", "checks": [asked.pk]})
    rule_set = RuleSet.objects.get()
    to = page("condition_set", rule_set.pk, "told")
    choose = officer_client.get(page("condition_choose", rule_set.pk))
    assert to in choose.content.decode()
    officer_client.post(to, {"answer": ["POST"]})
    shown = officer_client.get(page("rule_set_detail", rule_set.pk)).content.decode()
    assert "Wishes to be told by letter" in shown
    today = timezone.localdate().isoformat()
    tried = officer_client.post(
        page("rule_set_detail", rule_set.pk), {"who": "Ada Coles (demo)", "on": today}
    )
    verdict = officer_client.get(tried["Location"]).content.decode()
    assert "It is not known yet whether Ada Coles (demo) may join." in verdict
    answer = page("attest", ada.pk, asked.pk)
    assert answer in verdict
    officer_client.post(answer, {"answer": "yes", "attested_by": "Rob Lane", "attested_on": today})
    assert Attestation.objects.get().answer is True
    assert (
        "checked now the answer would be “may join”"
        in officer_client.get(tried["Location"]).content.decode()
    )
    again = officer_client.post(
        page("person_joining", ada.pk), {"rule_set": rule_set.pk, "on": today}
    )
    assert "Ada Coles (demo) may join." in officer_client.get(again["Location"]).content.decode()
    assert [row.verdict for row in Check.objects.order_by("pk")] == ["UNKNOWN", "YES"]


def token_of(client: Client, address: str) -> str:
    """What a form carries so that it counts once."""
    found = re.search(r'name="form_token" value="([\w-]+)"', client.get(address).content.decode())
    assert found is not None
    return found[1]


def test_the_same_forms_sent_twice_make_one_row_each(
    officer_client: Client, rule_set: RuleSet
) -> None:
    ada, today = make_person("Ada Coles (demo)"), timezone.localdate().isoformat()
    asked = OutsideCheck.objects.create(question="Are they free of arrears?")

    def twice(address: str, **sent: Any) -> list[str]:
        sent["form_token"] = token_of(officer_client, address)
        return [officer_client.post(address, sent)["Location"] for _ in range(2)]

    places = twice(page("rule_set_add"), name="Repairs panel")
    made = RuleSet.objects.get(name="Repairs panel")
    assert places == [page("rule_set_detail", made.pk)] * 2
    twice(page("attest", ada.pk, asked.pk), answer="yes", attested_by="Rob", attested_on=today)
    assert Attestation.objects.count() == 1
    places = twice(page("person_joining", ada.pk), rule_set=rule_set.pk, on=today)
    assert places == [page("verdict", Check.objects.get().pk)] * 2
    for _ in range(2):
        officer_client.post(page("condition_set", made.pk, "told"), {"answer": ["POST"]})
    made.refresh_from_db()
    assert len(made.conditions) == 1


def test_a_name_taken_meanwhile_is_said_and_no_crash(rule_set: RuleSet, officer: Actor) -> None:
    with pytest.raises(NameIsTaken):
        operations.add_rule_set(name="leaseholders’ PANEL", by=officer, at=rule_set.made_at)


@pytest.mark.parametrize(
    ("constraint", "model"),
    [
        ("rule_set_form_is_saved_once", RuleSet),
        ("attestation_form_is_saved_once", Attestation),
        ("check_form_is_saved_once", Check),
    ],
)
def test_postgresql_keeps_a_form_once(
    rule_set: RuleSet, officer: Actor, now: dt.datetime, constraint: str, model: Any
) -> None:
    person, day = make_person(), timezone.localdate(now)
    asked = OutsideCheck.objects.create(question="Are they free of arrears?")
    values: dict[Any, dict[str, Any]] = {
        RuleSet: {"made_at": now},
        Attestation: {
            "person": person,
            "check_asked": asked,
            "answer": True,
            "attested_by": "Rob",
            "attested_on": day,
            "expires_on": day,
            "recorded_at": now,
        },
        Check: {
            "person": person,
            "rule_set": rule_set,
            "verdict": "YES",
            "judged_on": day,
            "checked_at": now,
        },
    }
    plain = {**values[model], "form_token": uuid.UUID(int=1), **officer.columns()}
    names = ({"name": "One"}, {"name": "Two"}) if model is RuleSet else ({}, {})
    model.objects.create(**plain, **names[0])
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.create(**plain, **names[1])


def test_a_condition_is_changed_and_taken_out(officer_client: Client, rule_set: RuleSet) -> None:
    change = page("condition_change", rule_set.pk, "told", 0)
    assert 'value="POST"' in officer_client.get(change).content.decode()
    officer_client.post(change, {"answer": ["FACE"]})
    rule_set.refresh_from_db()
    assert rule_set.conditions[0]["raw"] == ["FACE"]
    officer_client.post(page("condition_drop", rule_set.pk, 0))
    rule_set.refresh_from_db()
    assert rule_set.conditions == []


def test_a_check_is_put_away_and_offered_again(officer_client: Client, in_poole: Landlord) -> None:
    row = OutsideCheck.objects.create(question="Is a case open?")
    officer_client.post(page("outside_check_put", row.pk))
    row.refresh_from_db()
    assert row.archived_at is not None
    officer_client.post(page("outside_check_change", row.pk), {"question": "Any?", "valid_days": 5})
    row.refresh_from_db()
    assert (row.question, row.valid_days) == ("Any?", 5)


def test_forms_say_what_to_do(officer_client: Client, rule_set: RuleSet) -> None:
    for address, sent, words in (
        (page("rule_set_add"), {"name": "leaseholders’ PANEL"}, "of this name already"),
        (page("rule_set_detail", rule_set.pk), {"who": "Nobody", "on": "x"}, "Nobody is called"),
        (page("condition_set", rule_set.pk, "told"), {}, "Choose at least one."),
        (page("outside_check_add"), {"valid_days": "many"}, "Write the question."),
    ):
        assert words in officer_client.post(address, sent).content.decode()


@pytest.mark.parametrize("how_many", [1, 3])
def test_pages_ask_the_same_however_many_there_are(
    officer_client: Client,
    rule_set: RuleSet,
    officer: Actor,
    now: dt.datetime,
    how_many: int,
    settings: Any,
) -> None:
    settings.NAVIGATION = []  # the menu's counts belong to others
    person = make_person()
    for number in range(how_many):
        asked = OutsideCheck.objects.create(question=f"Question {number}?")
        operations.change_rule_set(
            rule_set=rule_set, checks=OutsideCheck.objects.all(), by=officer, at=now
        )
        operations.attest(
            person=person,
            check_asked=asked,
            answer=True,
            attested_by="Rob",
            attested_on=timezone.localdate(now),
            by=officer,
            at=now,
        )
        operations.add_rule_set(name=f"Rules {number}", by=officer, at=now)
        row = operations.check_person(
            person=person, rule_set=rule_set, on=timezone.localdate(now), by=officer, at=now
        )
    asked_of = {
        name: queries_of(officer_client, page(name, *args))
        for name, args in {
            "rule_set_list": (),
            "rule_set_detail": (rule_set.pk,),
            "person_joining": (person.pk,),
            "verdict": (row.pk,),
        }.items()
    }
    assert asked_of == {
        "rule_set_list": 9,
        "rule_set_detail": 10,
        "person_joining": 11,
        "verdict": 10,
    }


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def test_strangers_find_nothing_and_contributors_may_not(
    stranger_client: Client, contributor_client: Client, rule_set: RuleSet
) -> None:
    person = make_person()
    for name, args in (
        ("rule_set_list", ()),
        ("rule_set_detail", (rule_set.pk,)),
        ("person_joining", (person.pk,)),
    ):
        assert stranger_client.get(page(name, *args)).status_code == 404
        assert contributor_client.get(page(name, *args)).status_code == 403
