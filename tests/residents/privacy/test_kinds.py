"""What people took part in, wished and said is let go as its schedule says, and the counts stand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db.models import Model

from actionplans.feedback.models import Feedback
from actionplans.feedback.operations.taking_part import count_as_taking_part
from involvement.auditing.actors import Actor, ActorKind
from involvement.landlords.models import Landlord, Subject
from residents.interests.models import ChosenMethod, Expression, Interest, Method, MethodWish, Offer
from residents.participation.models import Participation
from residents.participation.operations import record_participation
from residents.people.models import Person
from residents.privacy.models import RetentionWarning
from residents.privacy.operations import holds, retention
from residents.privacy.ports import A_RESIDENT
from residents.privacy.queries import retention as queries
from tests.factories.decisions import make_body
from tests.factories.feedback import make_feedback
from tests.factories.people import make_person

ADOPTED = dt.datetime(2018, 1, 1, 12, tzinfo=dt.UTC)
DAY = dt.date(2020, 5, 4)
WORDS = "The bins are full, said Doreen"


def on(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)


def night(day: dt.date, by: Actor) -> dict[str, int]:
    """What one night lets go, by kind, where administrators were warned seven days before it."""
    retention.warn(by=by, at=on(day - dt.timedelta(days=7)))
    run = retention.tidy_up(by=by, at=on(day))
    return {one["kind"]: one["rows"] for one in run.counts if one["rows"]}


@pytest.fixture
def doreen(in_poole: Landlord, administrator: Actor) -> Person:
    """Somebody, under rules that have long begun."""
    retention.adopt_rules(by=administrator, at=ADOPTED)
    return make_person("Doreen Hackett (demo)")


def took_part(person: Person | None, by: Actor, **values: Any) -> Participation:
    began = values.pop("began_on", DAY)
    values = {"kind": "MEETING", "label": "Fun day", "channel": "FACE", **values}
    rows = record_participation(
        people=[person], began_on=began, by=by, at=on(began + dt.timedelta(days=1)), **values
    )
    return rows[0]


def told(person: Person, **values: Any) -> dict[str, Any]:
    return {
        "person": person,
        "source": "PHONE",
        "said_on": DAY,
        "recorded_at": on(DAY),
        **Actor(ActorKind.STAFF, "Jean Marlow (demo)").columns(),
        **values,
    }


def test_who_took_part_is_forgotten_three_years_after_they_last_did_and_stays_counted(
    doreen: Person, administrator: Actor
) -> None:
    row = took_part(doreen, administrator, minutes=60)
    assert night(dt.date(2023, 5, 3), administrator) == {}
    assert night(dt.date(2023, 5, 4), administrator) == {"taking-part": 1}
    row.refresh_from_db()
    assert (row.person, row.minutes, row.began_on, row.withdrawn_at) == (None, 60, DAY, None)
    assert night(dt.date(2023, 5, 5), administrator) == {}


@pytest.mark.parametrize(
    "later",
    [
        {"began_on": dt.date(2021, 5, 4)},
        {"kind": "MEMBER", "began_on": dt.date(2019, 5, 4)},
        {"kind": "MEMBER", "began_on": dt.date(2019, 5, 4), "ended_on": dt.date(2022, 1, 1)},
    ],
)
def test_whoever_takes_part_still_is_known_with_all_they_did_before(
    doreen: Person, administrator: Actor, later: dict[str, Any]
) -> None:
    took_part(doreen, administrator)
    took_part(doreen, administrator, **later)
    assert night(dt.date(2023, 6, 1), administrator) == {}


def test_a_hold_keeps_who_took_part_and_a_trial_changes_nothing(
    doreen: Person, administrator: Actor
) -> None:
    row = took_part(doreen, administrator)
    day = dt.date(2023, 5, 4)
    trials = {one.kind.key: queries.trial(one, day) for one in queries.schedule(day)}
    assert trials["taking-part"].names == ["Doreen Hackett (demo): Fun day"]
    holds.place_hold(person=doreen, reason="A claim", ends_on=None, by=administrator, at=on(day))
    assert night(day, administrator) == {}
    row.refresh_from_db()
    assert row.person == doreen


def make_wish(model: type[Model], person: Person, **ends: Any) -> Any:
    """A row of each kind of wish."""
    subject = Subject.objects.order_by("pk").first() or Subject.objects.create(name="Bins")
    method, _ = Method.objects.get_or_create(name="By post")
    values: dict[type[Model], dict[str, Any]] = {
        Interest: {"subject": subject},
        MethodWish: {"method": method},
        Offer: {"minutes": 60},
        ChosenMethod: {"method": method, "about": "The fun day"},
        Expression: {"words": "I would like to help", "due_on": DAY},
    }
    manager: Any = model
    return manager.objects.create(**told(person, **values[model], **ends))


@pytest.mark.parametrize(
    ("kind", "model", "ends"),
    [
        ("interests", Interest, {"ended_at": on(DAY)}),
        ("ways", MethodWish, {"ended_at": on(DAY)}),
        ("offers", Offer, {"ended_at": on(DAY)}),
        ("chosen-ways", ChosenMethod, {}),
        ("expressions", Expression, {"state": "ACCEPTED", "answered_at": on(DAY)}),
    ],
)
def test_wishes_that_hold_no_more_go_after_two_years(
    doreen: Person, administrator: Actor, kind: str, model: Any, ends: dict[str, Any]
) -> None:
    make_wish(model, doreen, **ends)
    assert night(dt.date(2022, 5, 3), administrator) == {}
    assert model.objects.exists()
    assert night(dt.date(2022, 5, 4), administrator) == {kind: 1}
    assert not model.objects.exists()


@pytest.mark.parametrize("model", [Interest, MethodWish, Offer, Expression])
def test_wishes_that_hold_or_wait_stay(doreen: Person, administrator: Actor, model: Any) -> None:
    make_wish(model, doreen)
    assert night(dt.date(2026, 5, 4), administrator) == {}
    assert model.objects.exists()


def said(person: Person | None, by: Actor, **values: Any) -> Feedback:
    row = make_feedback(WORDS, person=person, by=by, at=on(DAY), said_on=DAY, **values)
    count_as_taking_part(by=by, at=on(DAY))
    Feedback.objects.filter(pk=row.pk).update(
        state="NOTED", noted_reason="Thanked", noted_at=on(DAY)
    )
    return row


def test_who_said_something_is_forgotten_six_years_later_and_the_words_stay(
    doreen: Person, administrator: Actor
) -> None:
    herself = Actor(ActorKind.RESIDENT, doreen.name, key=doreen.pk)
    row = said(doreen, herself)
    fact = Participation.objects.get(source=f"feedback {row.pk}")
    assert fact.person == doreen
    assert night(dt.date(2026, 5, 3), administrator) == {}
    assert night(dt.date(2026, 5, 4), administrator) == {"feedback": 1}
    row.refresh_from_db()
    fact.refresh_from_db()
    assert (row.words, row.state) == (WORDS, "NOTED")
    assert (row.person, row.speaker_kind, row.speaker) == (
        None,
        "ANONYMOUS",
        "Somebody who gave no name",
    )
    assert (row.by_name, row.by_key) == (A_RESIDENT, None)
    assert (fact.person, fact.by_name) == (None, A_RESIDENT)
    count_as_taking_part(by=administrator, at=on(dt.date(2026, 5, 5)))
    fact.refresh_from_db()
    assert fact.person is None


def test_what_waits_for_an_answer_and_what_a_group_said_keep_their_speaker(
    doreen: Person, administrator: Actor
) -> None:
    waits = make_feedback(WORDS, person=doreen, at=on(DAY), said_on=DAY)
    panel = said(None, administrator, body=make_body())
    assert night(dt.date(2026, 6, 1), administrator) == {}
    waits.refresh_from_db()
    panel.refresh_from_db()
    assert (waits.person, panel.speaker) == (doreen, "Housing Strategy Panel")


def test_a_name_left_without_an_address_goes_too(doreen: Person, administrator: Actor) -> None:
    row = said(None, administrator, speaker_words="Walter Brooker (demo)")
    assert row.speaker == "Walter Brooker (demo)"
    assert night(dt.date(2026, 5, 4), administrator) == {"feedback": 1}
    row.refresh_from_db()
    assert row.speaker_words == ""


def test_administrators_are_warned_of_each_kind(doreen: Person, administrator: Actor) -> None:
    took_part(doreen, administrator)
    make_wish(Interest, doreen, ended_at=on(DAY))
    for day in (dt.date(2022, 4, 4), dt.date(2022, 4, 27), dt.date(2023, 4, 27)):
        retention.warn(by=administrator, at=on(day))
    assert [(one.kind, one.days) for one in RetentionWarning.objects.order_by("pk")] == [
        ("interests", 30),
        ("interests", 7),
        ("taking-part", 7),
    ]
