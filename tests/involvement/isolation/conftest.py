"""A world of two landlords with a row in every table, made once for each module."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
from django.db import connection, models, transaction

from involvement.auditing.actors import job
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from involvement.seeding.operations import seed_landlord
from involvement.seeding.operations.world import Seeded
from tests.factories.landlords import make_landlord
from tests.harness.clock import STARTS_AT


@dataclass
class World:
    """No key of one landlord's is a key of the other's, in whichever table."""

    ours: Seeded
    theirs: Seeded

    def their(self, model: type[models.Model]) -> Any:
        """The other landlord's row, as read in its own scope."""
        with landlord_scope(self.theirs.landlord):
            return model._base_manager.get(pk=self.theirs.ids[model._meta.label_lower][0])

    def our(self, model: type[models.Model]) -> Any:
        with landlord_scope(self.ours.landlord):
            return model._base_manager.get(pk=self.ours.ids[model._meta.label_lower][0])


@pytest.fixture(scope="module")
def made_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        seeded = []
        for number, slug in enumerate(("ours", "theirs"), 1):
            landlord = make_landlord(slug)
            seeded.append(
                seed_landlord(
                    landlord=Landlord.objects.get(pk=landlord.pk),
                    canary=f"zqcanary{slug}",
                    rng=Random(number),
                    shape=Random(0),
                    by=job("a test"),
                    at=STARTS_AT,
                    first_id=number * 10_000_000,
                )
            )
        yield World(*seeded)
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)
        connection.close()


@pytest.fixture
def world(made_world: World) -> Iterator[World]:
    """The world, whole again after each test."""
    with transaction.atomic():
        yield made_world
        transaction.set_rollback(True)
