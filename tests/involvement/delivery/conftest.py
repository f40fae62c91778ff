from __future__ import annotations

import pytest
from django.core.cache import cache

from involvement.delivery import sending
from involvement.landlords.models import Landlord
from tests.involvement.delivery.scripted import Scripted


@pytest.fixture
def scripted(in_poole: Landlord, monkeypatch: pytest.MonkeyPatch) -> Scripted:
    """The provider of the landlord in scope."""
    transport = Scripted()
    monkeypatch.setattr(sending, "for_provider", lambda provider: transport)
    cache.clear()
    return transport
