from __future__ import annotations

import datetime as dt

import pytest

from involvement.auditing.actors import job
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.people import operations as people


@pytest.fixture(autouse=True)
def customer_types(poole: Landlord, oxford: Landlord, now: dt.datetime) -> None:
    """Both landlords have the usual customer types."""
    for landlord in (poole, oxford):
        with landlord_scope(landlord):
            people.found(by=job("a test"), at=now)
