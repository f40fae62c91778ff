from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from involvement.auditing.actors import job
from involvement.landlords import operations
from involvement.landlords.models import Landlord

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "slug", ["", "Bad Slug!", "a/b", "-poole", "poole-", "x" * 41, "pool\u00e9"]
)
def test_a_short_address_nobody_can_open_is_refused(slug: str, now: dt.datetime) -> None:
    with pytest.raises(operations.SlugRefused, match="small letters, digits and hyphens"):
        operations.create_landlord(slug=slug, name="Poole", kind="ALMO", by=job("a test"), at=now)
    assert not Landlord.objects.exists()


@pytest.mark.parametrize("slug", ["www", "static", "mail"])
def test_a_short_address_the_product_keeps_for_itself_is_refused(
    slug: str, now: dt.datetime
) -> None:
    with pytest.raises(operations.SlugReserved, match="kept for the product itself"):
        operations.create_landlord(slug=slug, name="Poole", kind="ALMO", by=job("a test"), at=now)
    assert not Landlord.objects.exists()


@pytest.mark.parametrize(
    ("slug", "constraint"),
    [
        ("Poole", "landlord_slug_is_part_of_a_host_name"),
        ("poole-", "landlord_slug_is_part_of_a_host_name"),
        ("po ole", "landlord_slug_is_part_of_a_host_name"),
        ("poole\n", "landlord_slug_is_part_of_a_host_name"),
        ("", "landlord_slug_is_part_of_a_host_name"),
        ("www", "landlord_slug_is_not_a_reserved_name"),
    ],
)
def test_the_database_refuses_such_an_address_too(slug: str, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        Landlord.objects.create(slug=slug, name="Poole", short_name="Poole", kind="ALMO")


@pytest.mark.parametrize("slug", ["p", "poole", "north-hill-2"])
def test_a_short_address_that_opens_is_taken(slug: str, now: dt.datetime) -> None:
    operations.create_landlord(slug=slug, name="Poole", kind="ALMO", by=job("a test"), at=now)
    assert Landlord.objects.get().slug == slug


def test_a_landlord_without_a_name_is_refused() -> None:
    with pytest.raises(CommandError, match="Write the landlord's name"):
        call_command("create_landlord", slug="poole", name=" ", kind="ALMO")


def test_the_second_landlord_of_a_short_address_is_refused(now: dt.datetime) -> None:
    by = job("a test")
    operations.create_landlord(slug="poole", name="Poole", kind="ALMO", by=by, at=now)
    with pytest.raises(operations.SlugTaken):
        operations.create_landlord(slug="poole", name="Another", kind="ALMO", by=by, at=now)
