"""What the database itself refuses to hold of people and homes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.people.models import CustomerType, Home, Person, PersonTag, Residency, Tag, Tenancy

DAY = dt.date(2026, 4, 6)


def a_home(**values: Any) -> Home:
    home: Home = Home.objects.create(
        **{"address": "1 Quay Road\nPoole", "created_at": timezone.now(), **values}
    )
    return home


def a_person(**values: Any) -> Person:
    person: Person = Person.objects.create(
        **{
            "name": "Ada Coles (demo)",
            "preferred_channel": "POST",
            "address": "1 Quay Road",
            "created_at": timezone.now(),
            **values,
        }
    )
    return person


def refused(name: str, make: Any) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


@pytest.mark.usefixtures("in_poole")
class TestHomes:
    def test_a_reference_and_a_uprn_are_taken_once(self) -> None:
        a_home(reference="H1", uprn="000123456789")

        refused("home_reference_is_taken_once", lambda: a_home(reference="H1"))
        refused("home_uprn_is_taken_once", lambda: a_home(uprn="000123456789"))
        a_home()
        a_home()  # without either, as many as there are

    @pytest.mark.parametrize("uprn", ["12345678901a", "UPRN 1", "１２３"])
    def test_a_uprn_is_up_to_twelve_digits(self, uprn: str) -> None:
        refused("home_uprn_is_up_to_twelve_digits", lambda: a_home(uprn=uprn))
        refused("home_parent_uprn_is_up_to_twelve_digits", lambda: a_home(parent_uprn=uprn))

    def test_a_home_is_not_the_building_it_is_in(self) -> None:
        refused("home_is_not_its_own_building", lambda: a_home(uprn="12", parent_uprn="12"))

    def test_a_home_has_an_address(self) -> None:
        refused("home_has_an_address", lambda: a_home(address=""))

    def test_a_tenancy_ends_after_it_starts_and_its_reference_is_taken_once(self) -> None:
        home = a_home()
        Tenancy.objects.create(home=home, reference="T1", started_on=DAY, ended_on=DAY)

        refused(
            "tenancy_reference_is_taken_once",
            lambda: Tenancy.objects.create(home=home, reference="T1"),
        )
        before = DAY - dt.timedelta(days=1)
        refused(
            "tenancy_ends_after_it_starts",
            lambda: Tenancy.objects.create(home=home, started_on=DAY, ended_on=before),
        )


@pytest.mark.usefixtures("in_poole")
class TestPeople:
    def test_a_reference_is_taken_once(self) -> None:
        a_person(reference="P1")

        refused("person_reference_is_taken_once", lambda: a_person(reference="P1"))
        a_person()
        a_person()

    def test_whoever_left_left_on_a_day(self) -> None:
        refused("person_left_on_a_day", lambda: a_person(status=Person.Status.LEFT))
        a_person(status=Person.Status.LEFT, status_on=DAY)

    def test_nobody_is_merged_into_themselves(self) -> None:
        person = a_person()
        person.merged_into = person

        refused("person_is_not_merged_into_themselves", person.save)

    def test_a_residency_is_open_once_and_ends_after_it_starts(self) -> None:
        home, person = a_home(), a_person()
        Residency.objects.create(person=person, home=home, started_on=DAY)

        refused(
            "residency_in_a_home_is_open_once",
            lambda: Residency.objects.create(person=person, home=home, started_on=DAY),
        )
        before = DAY - dt.timedelta(days=1)
        refused(
            "residency_ends_after_it_starts",
            lambda: Residency.objects.create(
                person=person, home=home, started_on=DAY, ended_on=before
            ),
        )
        Residency.objects.create(person=person, home=home, started_on=before, ended_on=before)

    def test_a_tag_is_on_a_person_once_and_its_name_is_taken_once(self) -> None:
        person, tag = a_person(), Tag.objects.create(name="Gardeners", created_at=timezone.now())
        PersonTag.objects.create(person=person, tag=tag, put_at=timezone.now())

        refused(
            "person_has_a_tag_once",
            lambda: PersonTag.objects.create(person=person, tag=tag, put_at=timezone.now()),
        )
        refused(
            "tag_name_is_taken_once",
            lambda: Tag.objects.create(name="GARDENERS", created_at=timezone.now()),
        )
        refused("tag_has_a_name", lambda: Tag.objects.create(name="", created_at=timezone.now()))

    def test_a_customer_types_name_is_taken_once(self) -> None:
        CustomerType.objects.create(name="Tenant at the Quay")

        refused(
            "customer_type_name_is_taken_once",
            lambda: CustomerType.objects.create(name="TENANT at the quay"),
        )
        refused("customer_type_has_a_name", lambda: CustomerType.objects.create(name=""))


def test_two_landlords_use_the_same_reference(poole: Landlord, oxford: Landlord) -> None:
    for landlord in (poole, oxford):
        with landlord_scope(landlord):
            assert a_home(reference="H1", uprn="12").pk
            assert a_person(reference="P1").pk
