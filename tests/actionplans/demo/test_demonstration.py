from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client, override_settings

from actionplans.decisions.models import Decision
from actionplans.feedback.models import Feedback, SourceKind, Theme
from actionplans.outcomes.models import Outcome
from actionplans.plans.models import Line, Plan, PlanVersion, ProgressNote, YearMark
from actionplans.replies.hearers import hearers, hearers_of, not_told
from actionplans.replies.models import Reply, Verdict
from involvement.accounts.models import Membership, StaffMember
from involvement.accounts.permissions import Role
from involvement.auditing.actors import Channel
from involvement.demo.loading import SLUGS
from involvement.demo.sources import text_of
from involvement.faces.colour import check_brand
from involvement.isolation import landlord_scope
from involvement.isolation.models import LandlordOwned
from involvement.isolation.rules import kind_of
from involvement.landlords import queries as landlords
from involvement.landlords.models import Landlord, Unit
from reporting.library.models import Report
from residents.people.models import Person
from structures.strategy.models import Priority, Strategy
from tests.harness.clock import STARTS_AT
from tests.landlord_files import LANDLORD_FILES, needs_landlord_files

FIVE = ("poole", "mhp", "oxford", "purbeck", "nwleics")
# As many as the landlords' own plans have.
ROWS = {"poole": 26, "mhp": 21, "oxford": 65, "purbeck": 13, "nwleics": 46}
# https://www.ofcom.org.uk/phones-and-broadband/phone-numbers: numbers kept for drama
DRAMA = re.compile(r"^(01632 960 \d{3}|07700 900 \d{3})$")


def landlord(slug: str) -> Landlord:
    found = landlords.landlord_by_slug(slug)
    assert found is not None
    return found


def everybody() -> Iterator[Landlord]:
    for slug in SLUGS:
        each = landlord(slug)
        with landlord_scope(each):
            yield each


def rows_of_everything() -> Counter[str]:
    counted: Counter[str] = Counter()
    for _ in everybody():
        for model in apps.get_models():
            # What equality answers there are no process may count
            if issubclass(model, LandlordOwned) and kind_of(model) != "sealed":
                counted[model._meta.label] += model.objects.count()
    return counted


def test_loading_again_changes_nothing() -> None:
    before = rows_of_everything()
    call_command("load_demo", verbosity=0)
    assert before["actionplans.Feedback"] > 500
    assert rows_of_everything() == before


def test_every_landlord_is_marked_as_a_demonstration() -> None:
    assert [each.slug for each in everybody() if each.is_demo] == list(SLUGS)


def test_every_brand_colour_passes_the_check() -> None:
    colours = {each.slug: check_brand(each.brand_colour) for each in everybody()}
    assert {slug: colour.sentence for slug, colour in colours.items() if not colour.passes} == {}


def test_every_person_and_colleague_is_marked_in_their_name() -> None:
    for each in everybody():
        names = [
            *Person.objects.order_by("pk").values_list("name", flat=True),
            *StaffMember.objects.order_by("pk").values_list("name", flat=True),
            each.contact_name,
        ]
        assert [name for name in names if not name.endswith("(demo)")] == []


def test_every_telephone_number_is_kept_for_drama_and_every_address_leads_nowhere() -> None:
    for each in everybody():
        people = list(Person.objects.order_by("pk"))
        staff = list(StaffMember.objects.order_by("pk"))
        units = list(Unit.objects.order_by("pk"))
        numbers = {one.phone for one in [*people, *staff]} | {each.contact_phone}
        numbers |= {unit.contact_phone for unit in units}
        assert [number for number in numbers - {""} if not DRAMA.match(number)] == []
        addresses = {one.email for one in [*people, *staff]} | {each.contact_email}
        addresses |= {each.feedback_email} | {unit.contact_email for unit in units}
        assert [email for email in addresses - {""} if not email.endswith(".example")] == []


def test_metropolitan_has_five_units_and_purbeck_two_sisters() -> None:
    with landlord_scope(landlord("mhp")):
        assert list(
            Unit.objects.order_by("position", "pk").values_list("short_name", flat=True)
        ) == [
            "CPH",
            "Granta",
            "MHT London",
            "MST",
            "Spirita",
        ]
    group = landlord("synergy")
    members = Landlord.objects.filter(parent=group).order_by("slug")
    assert [each.slug for each in members] == ["chalkdown", "purbeck", "stourside"]


def test_one_person_belongs_to_two_landlords() -> None:
    users = []
    for slug in ("poole", "purbeck"):
        with landlord_scope(landlord(slug)):
            users.append(Membership.objects.get(user__email="grace.lindley@adviser.example").user)
    assert users[0] == users[1]


def test_every_role_of_a_landlords_own_staff_is_there_to_be_tried() -> None:
    with landlord_scope(landlord("poole")):
        roles = set(Membership.objects.order_by("pk").values_list("role", flat=True))
    assert roles == set(Role.values) - {Role.GROUP_VIEWER}


@override_settings(DEMO_MODE=True)
@pytest.mark.parametrize("slug", FIVE)
def test_every_member_signs_in_with_one_click(slug: str) -> None:
    with landlord_scope(landlord(slug)):
        members = list(Membership.objects.select_related("user").order_by("pk"))
    for member in members:
        client = Client(headers={"host": f"{slug}.localhost"})
        answer = client.post("/demo/", {"landlord": slug, "person": member.pk})
        assert answer.status_code == 302
        assert client.session["_auth_user_id"] == str(member.user.pk)


@pytest.mark.parametrize("slug", FIVE)
def test_every_strategy_is_agreed_and_says_where_its_priorities_come_from(slug: str) -> None:
    with landlord_scope(landlord(slug)):
        strategy = Strategy.objects.get()
        assert strategy.state == Strategy.State.AGREED
        sources = Priority.objects.order_by("pk").values_list("source_words", flat=True)
        assert all(sources)
        assert len(sources) >= 3


@pytest.mark.parametrize("slug", FIVE)
def test_a_plan_has_as_many_rows_as_the_landlords_own(slug: str) -> None:
    with landlord_scope(landlord(slug)):
        plan = Plan.objects.get()
        assert plan.lines.filter(own_row=True).count() == ROWS[slug]
        assert plan.state == Plan.State.PUBLISHED
        occasions = PlanVersion.objects.order_by("number").values_list("occasion", flat=True)
        assert list(occasions) == ["AGREED", "PUBLISHED"]
        assert ProgressNote.objects.filter(from_file=False).count() >= 14


@needs_landlord_files
@pytest.mark.parametrize("slug", FIVE)
def test_a_plan_stands_under_the_landlords_own_headings(slug: str) -> None:
    with (LANDLORD_FILES / slug / "action_plan.csv").open(encoding="utf-8") as file:
        theirs = list(csv.reader(file))
    ours = list(csv.reader(io.StringIO(text_of("actionplans", f"plans/{slug}.csv"))))
    assert len(ours) == len(theirs)
    words = [heading for heading in theirs[0] if not re.match(r"\d{4}/\d", heading)]
    assert ours[0][: len(words)] == words


def test_some_deadlines_are_flagged_and_some_year_marks_wait_for_a_line() -> None:
    with landlord_scope(landlord("purbeck")):
        assert Line.objects.filter(deadline_understood=False).count() == 2
    with landlord_scope(landlord("nwleics")):
        assert YearMark.objects.count() == 35
        assert YearMark.objects.filter(line__isnull=False).count() == 6


@pytest.mark.parametrize("slug", FIVE)
def test_people_said_a_great_deal_over_five_quarters_in_many_ways(slug: str) -> None:
    with landlord_scope(landlord(slug)):
        said = Feedback.objects.order_by("said_on", "pk")
        assert said.count() >= 110
        first, last = said[0], said.order_by("-said_on", "-pk")[0]
        assert (last.said_on - first.said_on).days > 390
        assert said.filter(is_demo=False).count() == 0
        kinds = set(said.values_list("source_kind", flat=True))
        assert {SourceKind.PAPER_CARD, SourceKind.PHONE, SourceKind.LETTER} <= kinds
        assert len(set(said.values_list("words", flat=True))) == said.count()
        assert Theme.objects.count() == 14


@pytest.mark.parametrize("slug", FIVE)
def test_decisions_say_yes_and_partly_or_no_and_people_were_told(slug: str) -> None:
    with landlord_scope(landlord(slug)):
        results = Counter(Decision.objects.order_by("pk").values_list("result", flat=True))
        assert results["AGREED"] >= 6
        assert results["PARTLY"] + results["NOT_AGREED"] >= 3
        assert Reply.objects.filter(told_at__isnull=False).count() > 50
        answers = set(Verdict.objects.order_by("pk").values_list("answer", flat=True))
        assert {"YES", "PARTLY"} <= answers


@pytest.mark.parametrize("slug", FIVE)
def test_threads_are_broken_in_each_way(slug: str) -> None:
    with landlord_scope(landlord(slug)):
        assert Theme.objects.filter(state=Theme.State.OPEN).count() >= 2
        waiting = hearers_of(Decision.objects.select_related("theme").order_by("pk"))
        assert sum(len(not_told(each)) for each in waiting.values()) >= 2
        assert Outcome.objects.filter(confidence=Outcome.Confidence.CLAIMED).count() == 1


def test_poole_has_waited_96_days_for_the_grass() -> None:
    with landlord_scope(landlord("poole")):
        theme = Theme.objects.get(title__startswith="Grass")
        assert theme.first_said_on == STARTS_AT.date() - dt.timedelta(days=96)
        assert theme.entries.count() == 14
        decision = Decision.objects.get(theme__title__startswith="Repairs messages")
        people = hearers(decision)
        assert {hearer.channel for hearer in not_told(people)} == {Channel.POST}
        assert len(not_told(people)) == 3


@pytest.mark.parametrize("slug", FIVE)
def test_two_reports_are_begun_for_the_worker_to_make(slug: str) -> None:
    with landlord_scope(landlord(slug)):
        reports = Report.objects.filter(is_demo=True).order_by("period_start_on", "pk")
        assert [report.period_code for report in reports] == ["2025/26-Q4", "2026/27-Q1"]
