"""What can never be false of preferences, asked of PostgreSQL itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.preferences.models import Consent, Need, Purpose, Source, Way, Wording
from tests.factories.people import make_person
from tests.residents.preferences.said import CLERK, heard, make_purpose

BY = CLERK.columns()


@pytest.fixture
def person(in_poole: Landlord) -> Person:
    return make_person()


def told() -> dict[str, Any]:
    return {"recorded_at": timezone.now(), **heard().columns(), **BY}


def tomorrow() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("way_is_open_on_a_day", {"days": 0}),
        ("way_is_open_on_a_day", {"days": 128}),
        ("way_begins_before_it_ends", {"from_time": dt.time(9), "until_time": dt.time(9)}),
        ("way_was_said_before_it_was_recorded", {"said_on": "TOMORROW"}),
    ],
)
def test_ways_that_mean_nothing_are_refused(
    person: Person, name: str, fields: dict[str, Any]
) -> None:
    values = {key: tomorrow() if value == "TOMORROW" else value for key, value in fields.items()}
    Way.objects.create(person=person, channel="PHONE", **told())
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Way.objects.create(person=person, channel="POST", **{**told(), **values})


def test_a_way_is_kept_once_but_ended_ones_may_be_many(person: Person) -> None:
    for _ in range(2):
        Way.objects.create(person=person, channel="POST", ended_at=timezone.now(), **told())
    Way.objects.create(person=person, channel="POST", **told())
    with pytest.raises(IntegrityError, match="way_is_kept_once"), transaction.atomic():
        Way.objects.create(person=person, channel="POST", **told())


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("need_of_a_language_names_it", {"kind": "LANGUAGE"}),
        ("need_of_a_language_names_it", {"kind": "INTERPRETER"}),
        ("need_of_a_language_names_it", {"kind": "BRAILLE", "language": "pl"}),
        ("need_of_another_kind_is_said_in_words", {"kind": "OTHER"}),
        ("need_was_said_before_it_was_recorded", {"kind": "BSL", "said_on": "TOMORROW"}),
    ],
)
def test_needs_that_say_too_little_are_refused(
    person: Person, name: str, fields: dict[str, Any]
) -> None:
    values = {key: tomorrow() if value == "TOMORROW" else value for key, value in fields.items()}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Need.objects.create(person=person, **{**told(), **values})


def test_a_need_is_kept_once(person: Person) -> None:
    Need.objects.create(person=person, kind="LOOP", **told())
    with pytest.raises(IntegrityError, match="need_is_kept_once"), transaction.atomic():
        Need.objects.create(person=person, kind="LOOP", **told())


def test_purposes_have_names_of_their_own(in_poole: Landlord) -> None:
    make_purpose("Surveys")
    with pytest.raises(IntegrityError, match="purpose_is_listed_once"), transaction.atomic():
        Purpose.objects.create(name="surveys")
    with pytest.raises(IntegrityError, match="purpose_has_a_name"), transaction.atomic():
        Purpose.objects.create(name="")


def test_wordings_have_words_and_a_number_of_their_own(in_poole: Landlord) -> None:
    purpose, at = make_purpose(), timezone.now()
    words = {"purpose": purpose, "written_at": at, **BY}
    with pytest.raises(IntegrityError, match="wording_number_is_used_once"), transaction.atomic():
        Wording.objects.create(number=1, words="Others", **words)
    with pytest.raises(IntegrityError, match="wording_has_words"), transaction.atomic():
        Wording.objects.create(number=2, words="", **words)


def test_a_consent_is_not_said_tomorrow(person: Person) -> None:
    purpose = make_purpose()
    wording = Wording.objects.get(purpose=purpose)
    values = {**told(), "source": Source.PHONE, "said_on": tomorrow()}
    with (
        pytest.raises(IntegrityError, match="consent_was_said_before"),
        transaction.atomic(),
    ):
        Consent.objects.create(
            person=person, purpose=purpose, wording=wording, act="GIVEN", **values
        )


@pytest.mark.parametrize("model", [Consent, Wording])
def test_the_web_role_can_add_to_consents_and_wordings_and_change_none(
    person: Person, model: Any
) -> None:
    purpose = make_purpose()
    wording = Wording.objects.get(purpose=purpose)
    Consent.objects.create(person=person, purpose=purpose, wording=wording, act="GIVEN", **told())
    assert model.objects.count() == 1
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        model.objects.update(by_name="Somebody else")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        model.objects.all()._raw_delete(model.objects.db)
    assert model.objects.count() == 1
