"""Every act the page of who takes part offers is one that is there, whoever looks and however."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from actionplans.plans.models import Line, Plan
from involvement.auditing.actors import Actor
from involvement.calendars.words import say_date, say_day
from involvement.landlords.models import Landlord, Unit
from residents.profiles.models import PopulationTotal
from residents.representation.characteristics import characteristics
from residents.representation.comparing import Audience
from residents.representation.following import followed
from residents.representation.looking import TAKEN_ON_DAY, taking
from residents.representation.models import Cut, Gap
from residents.representation.queries import cuts, gaps, quarter_after, quarter_of
from tests.conftest import client_for
from tests.factories.accounts import make_member
from tests.factories.plans import make_plan

PAGE = "representation:representation"
BUTTON = "Take this quarter’s figures"
HIDDEN = [None, 350, 0, 45]
LIVES = [400, 1600, 0, 0]


def cut_of(quarter_on: dt.date, *, key: str = "AGE", **about: Any) -> Cut:
    """Ten under 35 took part: seen at the desk, hidden from everybody else."""
    told = {"total": 415, "inside": [10, 350, 0, 45], "outside": HIDDEN}
    values = {
        "tables": {
            "YEAR": told,
            "QUARTER": told,
            "LIVES": {"total": 2000, "inside": LIVES, "outside": LIVES},
        },
        "categories": [["A", "Under 35"], ["B", "Over"], ["PREFER_NOT", "-"], ["UNKNOWN", "-"]],
        "name": key.capitalize(),
        **about,
    }
    cut: Cut = Cut.objects.create(
        characteristic=key, quarter_on=quarter_on, until_on=quarter_on, position=0,
        made_at=dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC), **values,
    )  # fmt: skip
    return cut


@pytest.fixture
def plan(in_poole: Landlord) -> Plan:
    return make_plan()


@pytest.fixture
def quarter_on(now: dt.datetime) -> dt.date:
    return quarter_of(now.date())


def offered(html: str) -> list[str]:
    return re.findall(r'<a href="([^"]+)">Act on it', html)


@pytest.mark.parametrize("role", ["OFFICER", "ADMINISTRATOR"])
def test_the_headline_gap_is_acted_on_as_it_is_seen(
    poole: Landlord, plan: Plan, quarter_on: dt.date, role: str
) -> None:
    client = client_for(poole, make_member(poole, "Una Pike (demo)", role, initials="UP"))
    cut = cut_of(quarter_on)
    html = client.get(reverse(PAGE)).content.decode()
    headline = "Age: “Under 35” are 20% of those who live here and 3% of those who take part."
    assert headline in html
    assert offered(html) == [reverse("representation:gap_open", args=[cut.pk, "A"])]
    opened = client.get(offered(html)[0])
    assert opened.status_code == 200
    assert "20% of those who live here, 3% of those who take part" in opened.content.decode()


def test_who_may_not_change_plans_is_offered_nothing(
    poole: Landlord, plan: Plan, quarter_on: dt.date
) -> None:
    client = client_for(poole, make_member(poole, "Una Pike (demo)", "MANAGER", initials="UP"))
    cut = cut_of(quarter_on)
    html = client.get(reverse(PAGE)).content.decode()
    assert "“Under 35” are 20%" in html
    assert "Act on it" not in html
    assert BUTTON not in html
    page = reverse("representation:gap_open", args=[cut.pk, "A"])
    assert client.get(page).status_code == 403


@pytest.mark.parametrize("query", ["", "outside=1", "window=QUARTER", "of=unit", "of=kind-MEMBER"])
def test_every_act_the_page_offers_is_there(
    officer_client: Client, plan: Plan, quarter_on: dt.date, query: str
) -> None:
    unit = Unit.objects.create(name="North")
    shown = {"total": 415, "inside": [10, 350, 0, 45], "outside": [10, 350, 0, 45]}
    lived = {"total": 2000, "inside": LIVES, "outside": LIVES}
    majority = {"total": 2000, "inside": [1600, 400, 0, 0], "outside": [1600, 400, 0, 0]}
    cut_of(quarter_on)
    cut_of(quarter_on, key="TENURE", tables={"YEAR": shown, "LIVES": lived})
    cut_of(quarter_on, key="PLACE", tables={"YEAR": shown, "LIVES": majority})
    cut_of(quarter_on, unit=unit)
    cut_of(quarter_on, kind="MEMBER")
    address = f"{reverse(PAGE)}?{query.replace('of=unit', f'of=unit-{unit.pk}')}"
    html = officer_client.get(address).content.decode()
    links = offered(html)
    assert len(links) == {"": 2, "outside=1": 1}.get(query, 0)
    assert [officer_client.get(link).status_code for link in links] == [200] * len(links)
    assert ("Gaps are acted on in" in html) is (not links)


def test_a_gap_by_totals_somebody_else_counted_is_acted_on(
    officer_client: Client, plan: Plan, quarter_on: dt.date, officer: Actor, now: dt.datetime
) -> None:
    unknown = {"total": 2000, "inside": [5, 200, 0, 1795], "outside": [5, 200, 0, 1795]}
    for category, number in (("A", 700), ("B", 1300)):
        PopulationTotal.objects.create(
            characteristic="AGE", category=category, count=number, source="Census 2021",
            as_of_date=now.date(), **officer.columns(),
        )  # fmt: skip
    told = {"total": 415, "inside": [10, 350, 0, 45], "outside": HIDDEN}
    cut_of(quarter_on, tables={"YEAR": told, "LIVES": unknown})
    [link] = offered(officer_client.get(reverse(PAGE)).content.decode())
    html = officer_client.get(link).content.decode()
    assert "35% of those who live here, 3% of those who take part" in html


def test_a_gap_with_its_line_leads_to_the_line_and_hides_from_others_what_they_may_not_see(
    officer_client: Client, plan: Plan, quarter_on: dt.date
) -> None:
    cut_of(quarter_on)
    [link] = offered(officer_client.get(reverse(PAGE)).content.decode())
    data = {"heading": "Meet them", "plan": plan.pk, "owner": "Jean", "deadline": "March 2027"}
    assert officer_client.post(link, data).status_code == 302
    line = Line.objects.get(title="Meet them")
    html = officer_client.get(reverse(PAGE)).content.decode()
    assert offered(html) == []
    assert f'<a href="{reverse("plans:line_detail", args=[line.pk])}">In a plan' in html
    assert Gap.objects.get().share == pytest.approx(10 / 370)
    [seen] = followed(gaps(), audience=Audience.DESK)
    assert seen.words == "Then 3% of those who took part against 20%. No later figures yet."
    [told] = followed(gaps(), audience=Audience.EVERYBODY)
    assert told.words == "Then a smaller share took part than lives here. No later figures yet."


def test_the_page_of_a_gap_and_its_line_say_what_it_is_of_and_when_it_was_counted(
    officer_client: Client, plan: Plan, quarter_on: dt.date
) -> None:
    counted_on = quarter_on + dt.timedelta(days=60)
    categories = [["A", "Yes"], ["B", "No"], ["PREFER_NOT", "-"], ["UNKNOWN", "-"]]
    cut = cut_of(quarter_on, name="Long-term condition", categories=categories)
    Cut.objects.filter(pk=cut.pk).update(until_on=counted_on)
    link = reverse("representation:gap_open", args=[cut.pk, "A"])
    html = officer_client.get(link).content.decode()
    assert re.search(r"<h1[^>]*>\s*Long-term condition: yes\s*</h1>", html)
    data = {"heading": "Meet them", "plan": plan.pk, "owner": "Jean", "deadline": "March 2027"}
    officer_client.post(link, data)
    line = Line.objects.get(title="Meet them")
    told = f"Found in the figures counted on {say_date(counted_on)}: Long-term condition: yes."
    assert line.description == told
    assert line.due_on == dt.date(2027, 3, 31)


@pytest.mark.parametrize("words", ["Ask people what keeps them away", "Ongoing", "soon"])
def test_a_line_for_a_gap_is_refused_without_a_day_it_is_due(
    officer_client: Client, plan: Plan, quarter_on: dt.date, words: str
) -> None:
    cut = cut_of(quarter_on)
    link = reverse("representation:gap_open", args=[cut.pk, "A"])
    data = {"heading": "Meet them", "plan": plan.pk, "owner": "Jean", "deadline": words}
    answer = officer_client.post(link, data)
    assert answer.status_code == 200
    assert "No day can be read from this." in answer.content.decode()
    assert not Line.objects.filter(title="Meet them").exists()
    assert not Gap.objects.exists()


def test_with_no_plan_the_page_of_a_gap_says_what_is_missing(
    officer_client: Client, in_poole: Landlord, quarter_on: dt.date
) -> None:
    cut_of(quarter_on)
    [link] = offered(officer_client.get(reverse(PAGE)).content.decode())
    html = officer_client.get(link).content.decode()
    assert "Begin a plan first" in html
    assert "Put it into the plan" not in html


def all_of(quarter_on: dt.date) -> None:
    for one in characteristics():
        cut_of(quarter_on, key=one.key)


def test_figures_say_their_day_and_are_not_offered_while_they_stand(
    officer_client: Client, in_poole: Landlord, quarter_on: dt.date
) -> None:
    all_of(quarter_on)
    next_on = quarter_after(quarter_on).replace(day=TAKEN_ON_DAY)
    html = officer_client.get(reverse(PAGE)).content.decode()
    assert f"counted on {say_date(quarter_on)}" in html
    assert f"came into the register, since {say_day(quarter_on)} is counted" in html
    assert f"The next are taken on {say_day(next_on)}." in html
    assert BUTTON not in html
    pressed = officer_client.post(reverse("representation:figures_take"), follow=True)
    told = f"This quarter’s figures stand. The next are taken on {say_date(next_on)}."
    assert told in pressed.content.decode()


def test_what_was_never_counted_can_be_counted_in_the_quarter(
    officer_client: Client, in_poole: Landlord, quarter_on: dt.date
) -> None:
    all_of(quarter_on)
    last = characteristics()[-1]
    Cut.objects.filter(characteristic=last.key).delete()
    assert last.key not in {cut.characteristic for cut in cuts()}
    cut_of(quarter_on, key="FAITH")
    html = officer_client.get(reverse(PAGE)).content.decode()
    assert f"Not counted yet: {last.name}." in html
    assert BUTTON in html


def test_figures_of_an_earlier_quarter_can_be_taken_anew(
    officer_client: Client, in_poole: Landlord, quarter_on: dt.date
) -> None:
    all_of(quarter_of(quarter_on - dt.timedelta(days=1)))
    html = officer_client.get(reverse(PAGE)).content.decode()
    assert BUTTON in html
    assert "Where fewer than ten people are counted otherwise than before" in html


@pytest.mark.django_db(transaction=True)
def test_what_the_page_offers_takes_figures_and_is_offered_no_more(
    officer_client: Client, in_poole: Landlord
) -> None:
    assert BUTTON in officer_client.get(reverse(PAGE)).content.decode()
    pressed = officer_client.post(reverse("representation:figures_take"), follow=True)
    html = pressed.content.decode()
    assert "of this quarter are taken." in html
    assert BUTTON not in html


@pytest.mark.parametrize(
    ("today", "is_taken", "next_on"),
    [
        (dt.date(2026, 10, 1), False, dt.date(2026, 10, 2)),
        (dt.date(2026, 10, 1), True, dt.date(2027, 1, 2)),
        (dt.date(2026, 11, 30), True, dt.date(2027, 1, 2)),
        (dt.date(2026, 12, 31), False, dt.date(2027, 1, 2)),
    ],
)
def test_the_next_figures_are_those_of_the_timer(
    in_poole: Landlord, today: dt.date, is_taken: bool, next_on: dt.date
) -> None:
    if is_taken:
        cut_of(dt.date(2026, 10, 1))
    assert taking(cuts(), today=today).next_on == next_on
    timer: Any = settings.CELERY_BEAT_SCHEDULE["take-representation-figures"]["schedule"]
    assert timer.day_of_month == {TAKEN_ON_DAY}
    assert timer.month_of_year == {1, 4, 7, 10}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_few_questions_while_figures_stand(
    officer_client: Client,
    in_poole: Landlord,
    quarter_on: dt.date,
    django_assert_num_queries: Any,
    rows: int,
) -> None:
    for place in range(rows):
        cut_of(quarter_on, key=f"AGE{place}")
    with django_assert_num_queries(15):
        officer_client.get(reverse(PAGE))


def test_whoever_loads_people_hears_when_they_are_counted(
    poole: Landlord, in_poole: Landlord, quarter_on: dt.date, capsys: pytest.CaptureFixture[str]
) -> None:
    cut_of(quarter_on)
    call_command("load_population", landlord="poole", homes=5, seed="1")
    next_on = taking(cuts(), today=quarter_on).next_on
    assert f"next, taken on {next_on.day} {next_on:%B %Y}." in capsys.readouterr().out
