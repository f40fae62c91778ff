from __future__ import annotations

import pytest

from involvement.landlords.models import Landlord
from residents.people.models import Person
from tests.factories.people import make_person
from tests.residents.signin.entering import forget_tries

DOREEN = "doreen@post.example"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    forget_tries()


@pytest.fixture
def doreen(in_poole: Landlord) -> Person:
    """Doreen Hackett (demo), whom the register reaches by e-mail and letter."""
    return make_person(email=DOREEN, address="3 Drake Court\nPoole\nBH15 1QT")
