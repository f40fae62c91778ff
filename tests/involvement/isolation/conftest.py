"""A world of two landlords with a row in every table, made once for each module."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models, transaction

from involvement.auditing.actors import job
from involvement.documents.models import StoredFile
from involvement.documents.queries import content
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
    # What the storage keeps of both, by its place
    files: dict[str, bytes] = field(default_factory=dict)

    def their(self, model: type[models.Model]) -> Any:
        """The other landlord's row, as read in its own scope."""
        with landlord_scope(self.theirs.landlord):
            return model._base_manager.get(pk=self.theirs.ids[model._meta.label_lower][0])

    def our(self, model: type[models.Model]) -> Any:
        with landlord_scope(self.ours.landlord):
            return model._base_manager.get(pk=self.ours.ids[model._meta.label_lower][0])

    def note_files(self) -> None:
        for seeded in (self.ours, self.theirs):
            with landlord_scope(seeded.landlord):
                # Some rows are filled in for their tables alone, and have no file behind them
                self.files |= {
                    file.path: content(file)
                    for file in StoredFile.objects.all()
                    if default_storage.exists(file.path)
                }

    def put_files_back(self) -> None:
        """Bring back what a test deleted: a storage rolls nothing back."""
        for path, data in self.files.items():
            if not default_storage.exists(path):
                default_storage.save(path, ContentFile(data))


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
        made = World(ours=seeded[0], theirs=seeded[1])
        made.note_files()
        yield made
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)
        connection.close()


@pytest.fixture
def world(made_world: World) -> Iterator[World]:
    """The world, whole again after each test: its rows, and the files they hold."""
    with transaction.atomic():
        yield made_world
        transaction.set_rollback(True)
    made_world.put_files_back()
