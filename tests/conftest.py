from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from involvement.accounts.models import Membership
from involvement.accounts.sessions import SESSION_KEY, SIGNED_IN_KEY
from involvement.auditing.actors import Actor, ActorKind
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from tests.database import django_db_setup
from tests.factories.accounts import make_member
from tests.factories.landlords import make_landlord

__all__ = ["django_db_setup"]

pytest_plugins = [
    "tests.harness.warned",
    "tests.harness.network",
    "tests.harness.clock",
    "tests.harness.examples",
    "tests.harness.folders",
    "tests.harness.templates",
    "tests.harness.queries",
    "tests.harness.requests",
]


@pytest.fixture
def poole(db: None) -> Landlord:
    return make_landlord("poole", name="Poole Housing Partnership")


@pytest.fixture
def oxford(db: None) -> Landlord:
    return make_landlord("oxford", name="Oxford City Council", kind="COUNCIL")


@pytest.fixture
def in_poole(poole: Landlord) -> Iterator[Landlord]:
    """Poole's scope is open for the whole test."""
    with landlord_scope(poole):
        yield poole


@pytest.fixture
def jean(poole: Landlord) -> Membership:
    """Jean Marlow (demo), involvement officer at Poole."""
    return make_member(poole, "Jean Marlow (demo)", "OFFICER", initials="JM")


@pytest.fixture
def asha(poole: Landlord) -> Membership:
    """Asha Patel (demo), contributor at Poole."""
    return make_member(poole, "Asha Patel (demo)", "CONTRIBUTOR", initials="AP")


@pytest.fixture
def stranger(oxford: Landlord) -> Membership:
    """Tom Ferris (demo), administrator at Oxford: nobody at Poole."""
    return make_member(oxford, "Tom Ferris (demo)", "ADMINISTRATOR", initials="TF")


@pytest.fixture
def officer(jean: Membership) -> Actor:
    return Actor(ActorKind.STAFF, str(jean.user), key=jean.pk)


@pytest.fixture
def now() -> dt.datetime:
    return timezone.now()


def client_for(landlord: Landlord, membership: Membership) -> Client:
    """A browser signed in at the landlord's own address."""
    client = Client(headers={"host": f"{landlord.slug}.localhost"})
    client.force_login(membership.user)
    session = client.session
    session[SESSION_KEY] = landlord.pk
    session[SIGNED_IN_KEY] = timezone.now().timestamp()
    session.save()
    return client


@pytest.fixture
def officer_client(poole: Landlord, jean: Membership) -> Client:
    return client_for(poole, jean)


@pytest.fixture
def contributor_client(poole: Landlord, asha: Membership) -> Client:
    return client_for(poole, asha)


@pytest.fixture
def stranger_client(poole: Landlord, stranger: Membership) -> Client:
    """Signed in at Poole's address without being a member there."""
    return client_for(poole, stranger)


@pytest.fixture
def visitor(poole: Landlord) -> Client:
    """Anybody, at Poole's address."""
    return Client(headers={"host": "poole.localhost"})


@pytest.fixture
def django_assert_num_queries(django_assert_num_queries: Any, settings: Any) -> Any:
    """Counts a page's own questions: the menu's counts belong to the capabilities that add them."""
    settings.NAVIGATION = []
    return django_assert_num_queries
