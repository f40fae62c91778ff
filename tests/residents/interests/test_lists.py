"""How often the lists ask the database."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from involvement.accounts.models import Membership
from involvement.landlords.models import Landlord, Subject
from residents.interests import operations
from residents.interests.models import (
    Method,
)
from residents.interests.queries import Wishes
from tests.factories.people import make_person
from tests.residents.interests.wanting import express, today
from tests.residents.preferences.said import CLERK


@pytest.mark.parametrize("size", [1, 3])
def test_the_queue_asks_as_often_for_three_as_for_one(
    django_assert_num_queries: Any,
    officer_client: Client,
    jean: Membership,
    lifts: Subject,
    meetings: Method,
    size: int,
) -> None:
    for number in range(size):
        express(make_person(f"R{number} (demo)"), Wishes((lifts,), (meetings,)))
    officer_client.get("/desk/interests/")
    with django_assert_num_queries(14):
        officer_client.get("/desk/interests/")


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("/desk/visits/", 11),
        ("/desk/interests/uninvolved/?who=all", 9),
        ("/desk/reach/", 8),
    ],
)
def test_lists_ask_as_often_for_three_as_for_one(
    django_assert_num_queries: Any,
    officer_client: Client,
    in_poole: Landlord,
    address: str,
    number: int,
    size: int,
) -> None:
    for at in range(size):
        operations.due_visit(
            person=make_person(f"R{at} (demo)"),
            tenancy_began_on=today(),
            by=CLERK,
            at=timezone.now(),
        )
        operations.add_group(
            values={"name": f"G{at}", "why": "Few come"}, by=CLERK, at=timezone.now()
        )
    officer_client.get(address)
    with django_assert_num_queries(number):
        officer_client.get(address)
