from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache

from involvement.auditing.actors import Actor
from involvement.delivery import sending
from involvement.landlords.models import Landlord
from tests.involvement.delivery.calling import Caller
from tests.involvement.delivery.scripted import Scripted


@pytest.fixture
def scripted(in_poole: Landlord, monkeypatch: pytest.MonkeyPatch) -> Scripted:
    """The provider of the landlord in scope."""
    transport = Scripted()
    monkeypatch.setattr(sending, "for_provider", lambda provider: transport)
    cache.clear()
    return transport


@pytest.fixture
def notify_calls(
    scripted: Scripted, in_poole: Landlord, officer: Actor, now: dt.datetime
) -> Caller:
    Landlord.objects.update(kind=Landlord.Kind.ALMO)
    return Caller("NOTIFY", "TEXT", officer, now)
