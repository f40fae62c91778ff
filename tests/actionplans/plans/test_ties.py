"""What lines are tied to: the years they are marked for, one another, and whoever their words mean."""

from __future__ import annotations

import datetime as dt

import pytest

from actionplans.plans import policies
from actionplans.plans.models import Line, LineLink, Plan, YearMark
from actionplans.plans.operations import matching, ties
from actionplans.plans.queries.tables import plan_table
from involvement.accounts.models import StaffMember
from involvement.auditing.actors import Actor
from involvement.landlords.models import GlossaryTerm, Landlord
from tests.factories.plans import make_group, make_line, make_plan


@pytest.fixture
def plan(in_poole: Landlord) -> Plan:
    return make_plan()


@pytest.fixture
def line(plan: Plan) -> Line:
    return make_line(plan, deadline_words="June 2027", owner_words="JM")


def test_a_year_mark_is_placed_on_a_line_and_exported_there(
    plan: Plan, officer: Actor, now: dt.datetime
) -> None:
    group = make_group(plan, "Objective 1")
    line = make_line(plan, "Develop", under=group)
    plan.columns = [
        {"key": "c1", "heading": "Objective", "fields": ["title"]},
        {"key": "c2", "heading": "Action", "fields": ["title"]},
        {"key": "c3", "heading": "2007/8", "fields": ["year"]},
    ]
    plan.save()
    mark = YearMark.objects.create(
        plan=plan, holder=group, column="c3", year_label="2007/8", words="***"
    )
    assert plan_table(plan).rows == [["Objective 1", "", "***"], ["Objective 1", "Develop", ""]]
    ties.place_year_mark(mark=mark, line=line, by=officer, at=now)
    assert plan_table(plan).rows == [["Objective 1", "", ""], ["Objective 1", "Develop", "***"]]
    elsewhere = make_line(make_plan("Other (demo)"), "Elsewhere")
    with pytest.raises(policies.MarkBelongsElsewhere):
        ties.place_year_mark(mark=mark, line=elsewhere, by=officer, at=now)


def test_words_matched_once_count_for_every_line_and_the_next_file(
    plan: Plan, officer: Actor, now: dt.datetime
) -> None:
    rism = StaffMember.objects.create(name="Ria Moss (demo)", email="ria@poole.example")
    one = make_line(plan, "One", owner_words="RISM")
    two = make_line(plan, "Two", owner_words="RISM and NRG", monitor_words="RISM")
    assert matching.match_words(words="RISM", who=rism, by=officer, at=now) == 3
    assert one.owners.get().staff == rism
    assert two.monitors.get().staff == rism
    assert GlossaryTerm.objects.get(term="RISM").meaning == "Ria Moss (demo)"
    later = make_line(plan, "Three", owner_words="rism")
    assert later.owners.get().staff == rism


def test_links_are_made_once_and_taken_away(
    plan: Plan, line: Line, officer: Actor, now: dt.datetime
) -> None:
    other = make_line(plan, "Other")
    link = ties.link_lines(line=line, other=other, by=officer, at=now)
    with pytest.raises(policies.LineCannotStandThere):
        ties.link_lines(line=line, other=other, by=officer, at=now)
    ties.unlink_lines(link=link, by=officer, at=now)
    assert not LineLink.objects.exists()
