from __future__ import annotations

import pytest
from django.test import Client

from involvement.accounts.models import Membership
from involvement.auditing.actors import Actor, ActorKind
from involvement.landlords.models import Landlord
from tests.conftest import client_for
from tests.factories.accounts import make_member


@pytest.fixture
def ada(poole: Landlord) -> Membership:
    """Ada Frost (demo), administrator at Poole."""
    return make_member(poole, "Ada Frost (demo)", "ADMINISTRATOR", initials="AF")


@pytest.fixture
def ada_client(poole: Landlord, ada: Membership) -> Client:
    return client_for(poole, ada)


@pytest.fixture
def administrator(ada: Membership) -> Actor:
    return Actor(ActorKind.STAFF, str(ada.user), key=ada.pk)
