"""What the database refuses around equality answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from involvement.questionnaires.models import Questionnaire, Translation, Version
from residents.profiles.models import (
    AgeBand,
    EqualityLink,
    EqualityObjection,
    GuardianConsent,
    PopulationTotal,
    ProfileTarget,
)
from tests.factories.people import make_person

DAY = dt.date(2026, 6, 1)
NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


def refused(name: str, *rows: Any) -> None:
    *kept, last = rows
    for row in kept:
        row.save()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        last.save()


def test_consents_links_and_objections(in_poole: Landlord, officer: Actor) -> None:
    person, by = make_person(), officer.columns()

    def consent(**about: Any) -> GuardianConsent:
        plain = {"guardian": "Pat (demo)", "relation": "mother", "given_on": DAY}
        return GuardianConsent(person=person, **{**plain, **about}, **by)

    def link(**about: Any) -> EqualityLink:
        plain = {"token_hash": "a", "made_at": NOON, "expires_at": NOON + dt.timedelta(days=1)}
        return EqualityLink(person=person, **{**plain, **about}, **by)

    refused("guardian_consent_names_the_guardian", consent(guardian=""))
    refused(
        "guardian_consent_is_withdrawn_after_it_is_given",
        consent(withdrawn_on=DAY - dt.timedelta(days=1)),
    )
    refused("guardian_consent_stands_once", consent(), consent())
    refused("equality_link_expires_after_it_is_made", link(expires_at=NOON))
    refused("equality_link_has_its_own_token", link(), link())
    refused(
        "equality_objection_stands_once",
        EqualityObjection(person=person, objected_on=DAY, **by),
        EqualityObjection(person=person, objected_on=DAY, **by),
    )


def test_bands_targets_and_totals(in_poole: Landlord, officer: Actor) -> None:
    by = officer.columns()

    def target(percent: int) -> ProfileTarget:
        return ProfileTarget(percent=percent, by_date=DAY, set_at=NOON, **by)

    def total(**about: Any) -> PopulationTotal:
        plain = {"characteristic": "SEX", "category": "MALE", "count": 3, "as_of_date": DAY}
        return PopulationTotal(**{**plain, "source": "The census", **about}, **by)

    refused("age_band_begins_at_an_age_people_reach", AgeBand(lowest=111, label="old"))
    refused("age_band_says_what_is_printed", AgeBand(lowest=3, label=""))
    refused(
        "age_band_begins_where_no_other_does",
        AgeBand(lowest=3, label="a"),
        AgeBand(lowest=3, label="b"),
    )
    refused("profile_target_is_a_percentage", target(0))
    refused("unit_has_one_profile_target", target(95), target(90))
    refused("population_total_says_its_source", total(source=""))
    refused("population_total_is_given_once_a_day", total(), total(count=4))


def test_questionnaires_and_their_versions(in_poole: Landlord, officer: Actor) -> None:
    by = officer.columns()
    asked = Questionnaire.objects.create(key="card", title="Card")

    def version(number: int, state: str, **about: Any) -> Version:
        plain = {"definition": {}, "made_at": NOON, "valid_from_on": DAY}
        return Version(questionnaire=asked, number=number, state=state, **{**plain, **about}, **by)

    refused("questionnaire_is_there_once", Questionnaire(key="card", title="Again"))
    refused("version_in_use_says_from_when", version(1, "IN_USE", valid_from_on=None))
    first = version(1, "IN_USE")
    refused("version_has_its_own_number", first, version(1, "RETIRED"))
    refused("one_version_of_a_questionnaire_is_in_use", version(2, "IN_USE"))
    refused(
        "one_version_of_a_questionnaire_is_being_changed", version(3, "DRAFT"), version(4, "DRAFT")
    )
    refused(
        "version_is_translated_once_into_a_language",
        Translation(version=first, language="pl", words={}, made_at=NOON, **by),
        Translation(version=first, language="pl", words={}, made_at=NOON, **by),
    )
