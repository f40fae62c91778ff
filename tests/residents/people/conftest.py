"""What these tests begin with."""

from __future__ import annotations

import datetime as dt

import pytest

from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from residents.people.models import Person
from tests.residents.people.registered import a_person


@pytest.fixture
def ada(in_poole: Landlord, officer: Actor, now: dt.datetime) -> Person:
    return a_person("Ada Coles (demo)", officer, now)
