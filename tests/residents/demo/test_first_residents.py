"""Those who say and decide things in the demonstration live somewhere, hold it, and have an age."""

from __future__ import annotations

import pytest

from involvement.accounts.permissions import Role
from involvement.demo.loading import SLUGS
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord, Place
from residents.demo.people import FEW, first_residents, load
from residents.people.models import Home, Residency, Tenancy
from tests.factories.accounts import make_member


@pytest.fixture
def invented(poole: Landlord) -> str:
    assert poole.slug in SLUGS
    with landlord_scope(poole):
        make_member(poole, "Jean Marlow (demo)", Role.OFFICER)
        town = Place.objects.create(name="Demo Town")
        Place.objects.create(name="Long Meadow", parent=town)
        return load(poole, full=False)


def test_each_holds_a_home_since_before_they_said_anything(poole: Landlord, invented: str) -> None:
    with landlord_scope(poole):
        people = list(first_residents(full=False).select_related("home", "customer_type"))
        held = Residency.objects.select_related("tenancy", "person").order_by("pk")

        assert invented == f"{FEW} residents"
        assert len({person.home_id for person in people}) == FEW
        assert all(person.born_on and person.customer_type for person in people)
        assert all(person.home and person.home.postcode in person.address for person in people)
        assert [row.home_id for row in held] == [row.person.home_id for row in held]
        assert all(row.tenancy and row.started_on < row.person.created_at.date() for row in held)
        assert len({person.home.tenure for person in people if person.home}) > 3


def test_loading_again_adds_nobody(poole: Landlord, invented: str) -> None:
    with landlord_scope(poole):
        assert load(poole, full=False) == ""
        assert Home.objects.count() == Tenancy.objects.count() == FEW
