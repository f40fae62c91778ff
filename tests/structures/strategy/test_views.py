from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from structures.strategy import operations
from structures.strategy.models import Aim, Driver, Objective, Priority, Strategy

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(in_poole: Landlord, officer: Actor, now: dt.datetime) -> Strategy:
    return operations.create_strategy(title="Together", by=officer, at=now)


def test_an_officer_writes_a_strategy_and_has_it_agreed(
    officer_client: Client, in_poole: Landlord
) -> None:
    officer_client.post("/desk/strategy/begin/", {"title": "Together 2026 to 2029"})
    strategy = Strategy.objects.get()
    page = f"/desk/strategy/{strategy.pk}/"
    officer_client.post(f"{page}aim/add/", {"words": "Money is shared"})
    aim = Aim.objects.get()
    officer_client.post(
        f"{page}objective/add/", {"words": "A budget for each area", "aim": str(aim.pk)}
    )
    officer_client.post(f"{page}objective/add/", {"words": "More say"})
    asked = {"who": "All residents", "took_part": "74", "what_changed": "Budgets came first"}
    officer_client.post(f"{page}consultation/add/", asked)
    officer_client.post(f"{page}agreement/add/", {"who": "The board", "agreed_on": "2026-03-11"})
    officer_client.post(f"{page}agree/")
    shown = officer_client.get("/strategy/").content.decode()
    assert shown.index("Money is shared</h3>") < shown.index("A budget for each area")
    assert shown.index("A budget for each area") < shown.index("More say")
    assert "74 people took part." in shown
    assert "Budgets came first" in shown
    assert "The board, Wednesday 11 March 2026" in shown


def test_a_draft_is_not_public(visitor: Client, draft: Strategy) -> None:
    assert Strategy.objects.filter(title="Together").exists()
    assert "No strategy is published yet" in visitor.get("/strategy/").content.decode()


def test_what_is_missing_is_said_beside_the_field(officer_client: Client, draft: Strategy) -> None:
    answer = officer_client.post(f"/desk/strategy/{draft.pk}/priority/add/", {"words": "Bins"})
    assert "Write the event or survey this priority came from." in answer.content.decode()
    assert not Priority.objects.exists()


def test_a_part_is_changed_and_taken_out(
    officer_client: Client, draft: Strategy, officer: Actor, now: dt.datetime
) -> None:
    part = operations.save_part(
        strategy=draft, part=Objective(), by=officer, at=now, values={"words": "More say"}
    )
    page = f"/desk/strategy/{draft.pk}/objective/{part.pk}/"
    officer_client.post(page, {"words": "More say for everybody"})
    assert Objective.objects.get().words == "More say for everybody"
    officer_client.post(f"{page}remove/")
    assert not Objective.objects.exists()


def test_the_library_of_drivers_is_kept(officer_client: Client, in_poole: Landlord) -> None:
    officer_client.post(
        "/desk/strategy/drivers/add/", {"title": "An Act", "kind": "LAW", "dated_on": "2023-07-20"}
    )
    driver = Driver.objects.get()
    assert "An Act" in officer_client.get("/desk/strategy/drivers/").content.decode()
    officer_client.post(f"/desk/strategy/drivers/{driver.pk}/archive/")
    assert "The library is empty." in officer_client.get("/desk/strategy/drivers/").content.decode()


@pytest.mark.parametrize("size", [1, 3])
def test_the_page_asks_as_often_for_three_parts_as_for_one(
    officer_client: Client,
    draft: Strategy,
    officer: Actor,
    now: dt.datetime,
    size: int,
    django_assert_num_queries: Any,
) -> None:
    for number in range(size):
        for part in (Objective(), Priority()):
            values = {"words": f"Number {number}"}
            if isinstance(part, Priority):
                values["source_words"] = "Spring conference"
            operations.save_part(strategy=draft, part=part, by=officer, at=now, values=values)
    with django_assert_num_queries(16):
        answer = officer_client.get(f"/desk/strategy/{draft.pk}/")
    assert answer.content.decode().count("Number ") >= size * 2


def test_strangers_find_nothing_and_contributors_may_not_change(
    stranger_client: Client, contributor_client: Client, draft: Strategy
) -> None:
    page = f"/desk/strategy/{draft.pk}/"
    assert contributor_client.get(page).status_code == 200
    assert stranger_client.get(page).status_code == 404
    assert contributor_client.get(f"{page}change/").status_code == 403
