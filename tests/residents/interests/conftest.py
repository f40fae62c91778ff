"""What these tests begin with."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from involvement.landlords.models import Landlord, Subject
from residents.interests.models import (
    Method,
)
from residents.people.models import Person
from tests.factories.people import make_person


@pytest.fixture
def person(in_poole: Landlord) -> Person:
    return make_person()


@pytest.fixture
def lifts(in_poole: Landlord) -> Subject:
    subject: Subject = Subject.objects.create(name="Lifts")
    return subject


@pytest.fixture
def meetings(in_poole: Landlord) -> Method:
    method: Method = Method.objects.create(name="Meetings")
    return method


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()
