from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from involvement.accounts.models import User
from involvement.auditing.actors import job
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from involvement.seeding.operations import seed_world
from involvement.seeding.operations.rows import landlords_models

pytestmark = pytest.mark.django_db


def run(command: str, *arguments: str) -> Any:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return json.loads(out.getvalue())


def test_a_world_is_two_landlords_alike_in_all_but_their_canaries(settings: Any) -> None:
    settings.PRODUCTION = False
    world = run("seed_world", "--seed", "7", "--json")
    first, second = world["landlords"]
    assert {label: len(keys) for label, keys in first["ids"].items()} == {
        label: len(keys) for label, keys in second["ids"].items()
    }
    assert all(first["ids"].values())
    assert first["canary"] != second["canary"]
    assert [login["role"] for login in first["logins"]] == [
        "ADMINISTRATOR",
        "OFFICER",
        "CONTRIBUTOR",
        "MANAGER",
        "BOARD",
        "GROUP_VIEWER",
        "OFFICER",
    ]
    assert first["tokens"].keys() == second["tokens"].keys() != set()
    login = first["logins"][1]
    assert User.objects.get(email=login["email"]).check_password(login["password"])
    browser = Client(headers={"host": first["host"]})
    browser.cookies[first["session_cookie"]] = login["session"]
    page = browser.get("/desk/people/")
    assert first["canary"] in page.content.decode()
    with pytest.raises(CommandError, match="seed 7 is here already") as refused:
        run("seed_world", "--seed", "7", "--json")
    assert "take another seed" in str(refused.value)
    assert "address" not in str(refused.value)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_two_landlords_hold_equally_many_rows_of_every_model(seed: int) -> None:
    ours, theirs = seed_world(seed=seed, by=job("a test"), at=timezone.now())
    counts = [_rows_of_each_model(seeded.landlord) for seeded in (ours, theirs)]
    assert counts[0] == counts[1]
    assert all(counts[0].values())


def _rows_of_each_model(landlord: Landlord) -> dict[str, int]:
    with landlord_scope(landlord):
        return {model._meta.label: model._default_manager.count() for model in landlords_models()}


def test_a_world_is_refused_in_production(settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="passwords can be guessed"):
        run("seed_world", "--seed", "7", "--json")


def test_every_address_is_listed_with_its_door() -> None:
    found = {address["name"]: address for address in run("list_urls", "--json")}
    assert found["people:person_detail"] == {
        "name": "people:person_detail",
        "pattern": "/desk/people/<int:pk>/",
        "methods": ["GET", "HEAD"],
        "door": "member",
        "permission": "people.read",
        "faces": ["desk"],
        "view": "residents.people.views.people.person_detail",
        "arguments": {"pk": "int"},
    }
