"""Names that plans use: said once who is meant, as many at a time as an officer knows."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from actionplans.plans.models import Line, LineOwner, Plan
from involvement.accounts.models import Membership, Team
from involvement.landlords.models import Landlord
from tests.factories.plans import make_line, make_plan


@pytest.fixture
def plan(in_poole: Landlord) -> Plan:
    return make_plan()


@pytest.fixture
def line(plan: Plan, jean: Membership) -> Line:
    return make_line(plan, owner_words="JM", monitor_words="Panel")


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_words_are_matched_on_the_page(
    officer_client: Client, plan: Plan, line: Line, jean: Membership
) -> None:
    address = reverse("plans:match_list")
    assert "Panel" in words(officer_client.get(address))
    staff = jean.staff
    assert staff is not None
    officer_client.post(address, {"words_1": "Panel", "who_1": f"staff:{staff.pk}"})
    assert line.monitors.get().staff == staff
    assert "Everybody your plans name is known." in words(officer_client.get(address))


def test_words_that_name_nobody_are_left_as_they_are(
    officer_client: Client, plan: Plan, line: Line
) -> None:
    chosen = {"words_1": "panel", "who_1": "words:"}
    said = words(officer_client.post(reverse("plans:match_list"), chosen, follow=True))
    assert "“panel” stays as it is, in 1 place." in said
    assert "Everybody your plans name is known." in said
    monitor = line.monitors.get()
    assert (str(monitor), monitor.kind, monitor.staff, monitor.body) == (
        "Panel",
        "ROLE",
        None,
        None,
    )
    history = words(officer_client.get(reverse("plans:line_detail", args=[line.pk])))
    assert "left “panel” as it is" in history


def test_many_names_are_settled_with_one_save_and_the_others_wait(
    officer_client: Client, plan: Plan, line: Line
) -> None:
    team = Team.objects.create(name="Repairs")
    for owner in ("RISM", "All of us", "NRG"):
        make_line(plan, f"Line of {owner}", owner_words=owner)
    address = reverse("plans:match_list")
    shown = officer_client.get(address)
    assert "<b>4 names</b>" in words(shown)
    numbers = {entry["words"]: at for at, entry in enumerate(shown.context["words"], start=1)}
    sent = {f"words_{at}": said for said, at in numbers.items()}
    for said, who in (("RISM", f"team:{team.pk}"), ("All of us", "everyone:"), ("NRG", "")):
        sent[f"who_{numbers[said]}"] = who
    answer = words(officer_client.post(address, sent, follow=True))
    assert "2 names are settled, here and in the next file." in answer
    assert "<b>2 names</b>" in answer
    kinds = dict(LineOwner.objects.order_by("pk").values_list("words", "kind"))
    assert (kinds["RISM"], kinds["All of us"], kinds["NRG"]) == ("TEAM", "EVERYONE", "UNKNOWN")


def test_nothing_is_settled_where_one_of_those_chosen_is_not_ours(
    officer_client: Client, plan: Plan, line: Line
) -> None:
    make_line(plan, "Another", owner_words="RISM")
    sent = {"words_1": "Panel", "who_1": "everyone:", "words_2": "RISM", "who_2": "team:999999"}
    assert officer_client.post(reverse("plans:match_list"), sent).status_code == 404
    assert line.monitors.get().kind == "UNKNOWN"


def test_without_a_choice_it_says_what_to_do(officer_client: Client, line: Line) -> None:
    sent = {"words_1": "Panel", "who_1": ""}
    answer = officer_client.post(reverse("plans:match_list"), sent, follow=True)
    assert "Choose for at least one name who is meant." in words(answer)
