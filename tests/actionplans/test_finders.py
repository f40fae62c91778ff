"""The search box finds people, lines and themes, each for those who may see them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from actionplans.feedback.operations import start_theme
from actionplans.plans.operations.lines import add_line
from actionplans.plans.operations.planning import create_plan
from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def drake_court(in_poole: Landlord, officer: Actor, now: dt.datetime) -> None:
    make_person("Doreen Drake (demo)")
    make_person("Edna Colbourne-Drake (demo)")
    plan = create_plan(values={"title": "Plan of 2026"}, level_names=["Line"], by=officer, at=now)
    values = {"title": "Brighter lights at Drake Court", "number": "1.4"}
    add_line(plan=plan, values=values, by=officer, at=now)
    start_theme(title="Lights at Drake Court", summary="Too dim.", feedback=[], by=officer, at=now)


def test_an_officer_finds_people_lines_and_themes(
    officer_client: Client, drake_court: None
) -> None:
    page = officer_client.get("/desk/search/", {"q": "drake"}).content.decode()
    for found in ("Doreen Drake", "Edna Colbourne-Drake", "1.4 Brighter lights", "Lights at Drake"):
        assert found in page


def test_a_printed_number_opens_its_line(officer_client: Client, drake_court: None) -> None:
    assert "/desk/plans/lines/" in officer_client.get("/desk/search/", {"q": "1.4"})["Location"]


def test_who_may_not_read_people_finds_none(contributor_client: Client, drake_court: None) -> None:
    page = contributor_client.get("/desk/search/", {"q": "drake"}).content.decode()
    assert "Brighter lights" in page
    assert "Doreen" not in page
