"""Year marks that stand against a heading: told apart, placed on lines, all with one Save."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from actionplans.plans.models import Line, Plan, YearMark
from actionplans.plans.operations import ties
from actionplans.plans.queries.year_marks import Held, marks_held, seen_in
from involvement.auditing.queries import history_of
from involvement.landlords.models import Landlord
from tests.actionplans.asked import asked
from tests.factories.plans import CLERK, make_group, make_line, make_plan


@pytest.fixture
def plan(in_poole: Landlord) -> Plan:
    return make_plan()


@pytest.fixture
def group(plan: Plan) -> Line:
    """A heading over three lines."""
    group = make_group(plan, "Be heard")
    for title in ("Ring back", "Hold a café", "Write a letter"):
        make_line(plan, title, under=group)
    return group


def mark(holder: Line, *words: str, year: str = "2026/27") -> list[YearMark]:
    """Marks of one year's cell, in the order of the cell."""
    return [
        YearMark.objects.create(
            plan=holder.plan, holder=holder, column=f"c{year[:4]}", year_label=year, words=said,
            position=at,
        )
        for at, said in enumerate(words)
    ]  # fmt: skip


def address(plan: Plan) -> str:
    return reverse("plans:mark_list", args=[plan.pk])


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def ticks(plan: Plan, *pairs: tuple[YearMark, str]) -> dict[str, str]:
    """What the page sends where these marks' kinds are ticked on the lines of these titles."""
    keys = dict(Line.objects.filter(plan=plan).values_list("title", "pk"))
    sent = {f"on_{one.pk}_{keys[title]}": "1" for one, title in pairs}
    return {"seen": seen_in(marks_held(plan)), **sent}


def on_lines(plan: Plan) -> list[tuple[str, str]]:
    placed = YearMark.objects.filter(plan=plan, line__isnull=False).select_related("line")
    in_order = placed.order_by("year_label", "line__position", "pk")
    return [(one.year_label, str(one.line)) for one in in_order]


def boxes(response: Any) -> dict[tuple[str, str], int]:
    return {
        (line.title, cell.group.words): cell.number
        for _held, rows in response.context["shown"]
        for line, cells in rows
        for cell in cells
    }


def test_marks_are_ticked_on_their_lines_and_saved_together(
    officer_client: Client, plan: Plan, group: Line
) -> None:
    one, _ = mark(group, "***", "***")
    (other,) = mark(group, "***", year="2027/28")
    shown = text(officer_client.get(address(plan)))
    assert "<b>3 marks</b> in the year columns stand against a heading" in shown
    assert "2026/27: 2 marks, 2027/28: 1 mark." in shown
    assert "<select" not in shown
    sent = ticks(plan, (one, "Ring back"), (one, "Write a letter"), (other, "Hold a café"))
    said = text(officer_client.post(address(plan), sent, follow=True))
    assert "3 marks are placed or moved." in said
    assert "Every year mark is on its line." in said
    assert on_lines(plan) == [
        ("2026/27", "Ring back"),
        ("2026/27", "Write a letter"),
        ("2027/28", "Hold a café"),
    ]
    line = Line.objects.get(title="Hold a café")
    assert history_of(line)[0].sentence == "placed the mark “***” for 2027/28 on “Hold a café”"
    assert "2026/27" in text(officer_client.get(reverse("plans:plan_detail", args=[plan.pk])))


def test_what_is_left_waits_and_what_is_unticked_comes_off_again(
    officer_client: Client, plan: Plan, group: Line
) -> None:
    one, _ = mark(group, "***", "***")
    officer_client.post(address(plan), ticks(plan, (one, "Ring back")))
    page = officer_client.get(address(plan))
    assert "1 of 2 marks to place" in text(page)
    assert boxes(page)["Ring back", "2026/27"] == 1
    before = YearMark.objects.get(line__isnull=False)
    both = ticks(plan, (one, "Ring back"), (one, "Hold a café"))
    officer_client.post(address(plan), both)
    before.refresh_from_db()
    assert str(before.line) == "Ring back"
    officer_client.post(address(plan), ticks(plan, (one, "Hold a café")))
    assert on_lines(plan) == [("2026/27", "Hold a café")]
    nothing = officer_client.post(address(plan), ticks(plan, (one, "Hold a café")), follow=True)
    assert "Nothing was changed." in text(nothing)


def test_marks_that_say_different_things_of_one_year_are_kept_apart(
    officer_client: Client, plan: Plan, group: Line
) -> None:
    star, ongoing, _ = mark(group, "***", "ONGOING", "***")
    page = officer_client.get(address(plan))
    assert {words for _title, words in boxes(page)} == {"2026/27", "2026/27: ONGOING"}
    sent = ticks(plan, (star, "Ring back"), (ongoing, "Write a letter"))
    officer_client.post(address(plan), sent)
    ongoing.refresh_from_db()
    assert str(ongoing.line) == "Write a letter"


@pytest.mark.parametrize(
    ("marks", "guessed"),
    [(["***"] * 3, True), (["***"] * 2, False), (["***", "***", "New"], False)],
)
def test_as_many_marks_as_lines_are_ticked_already_and_nothing_else_is(
    officer_client: Client, plan: Plan, group: Line, marks: list[str], guessed: bool
) -> None:
    mark(group, *marks)
    page = officer_client.get(address(plan))
    assert set(boxes(page).values()) == {int(guessed)}
    assert ("is our guess" in text(page)) is guessed
    assert on_lines(plan) == []


def test_all_marks_go_to_the_only_line_of_a_heading_and_are_counted_there(
    officer_client: Client, plan: Plan
) -> None:
    group = make_group(plan, "Be told")
    line = make_line(plan, "Write", under=group)
    first, *_ = mark(group, "***", "***")
    page = officer_client.get(address(plan))
    assert boxes(page) == {("Write", "2026/27"): 2}
    assert 'type="number"' in text(page)
    sent = {"seen": seen_in(marks_held(plan)), f"on_{first.pk}_{line.pk}": "2"}
    officer_client.post(address(plan), sent)
    assert on_lines(plan) == [("2026/27", "Write")] * 2


def test_more_ticks_than_marks_are_refused_with_the_numbers_and_nothing_is_written(
    officer_client: Client, plan: Plan, group: Line
) -> None:
    (one,) = mark(group, "***")
    (other,) = mark(group, "***", year="2027/28")
    sent = ticks(plan, (one, "Ring back"), (one, "Hold a café"), (other, "Ring back"))
    answer = officer_client.post(address(plan), sent)
    assert (
        "“Be heard” has 1 mark for 2026/27, and you put 2 marks on its lines. Take 1 off"
        in text(answer)
    )
    assert on_lines(plan) == []
    assert boxes(answer)["Hold a café", "2026/27"] == 1


def test_a_line_of_another_heading_is_refused(
    officer_client: Client, plan: Plan, group: Line
) -> None:
    (one,) = mark(group, "***")
    make_line(plan, "Elsewhere", under=make_group(plan, "Be told"))
    answer = officer_client.post(address(plan), ticks(plan, (one, "Elsewhere")))
    assert "This mark belongs to another heading." in text(answer)
    assert on_lines(plan) == []


def test_two_officers_at_once_lose_nothing(officer_client: Client, plan: Plan, group: Line) -> None:
    one, theirs = mark(group, "***", "***")
    sent = ticks(plan, (one, "Ring back"))
    line = Line.objects.get(title="Write a letter")
    ties.place_year_mark(mark=theirs, line=line, by=CLERK, at=plan.created_at)
    refused = officer_client.post(address(plan), sent)
    assert "Somebody else placed marks while you were at it." in text(refused)
    assert on_lines(plan) == [("2026/27", "Write a letter")]
    shown = boxes(refused)
    assert (shown["Ring back", "2026/27"], shown["Write a letter", "2026/27"]) == (1, 1)
    again = ticks(plan, (one, "Ring back"), (one, "Write a letter"))
    officer_client.post(address(plan), {**again, "seen": refused.context["seen"]})
    assert on_lines(plan) == [("2026/27", "Ring back"), ("2026/27", "Write a letter")]


def test_lines_under_a_heading_of_the_heading_are_offered_and_parts_of_lines_are_not(
    plan: Plan, group: Line
) -> None:
    mark(group, "***")
    below = make_group(plan, "By letter", under=group)
    deep = make_line(plan, "Answer within a week", under=below)
    make_line(plan, "Buy stamps", under=deep, kind=Line.Kind.PART)
    make_line(plan, "Elsewhere", under=make_group(plan, "Be told"))
    (held,) = marks_held(plan)
    assert [line.title for line in held.lines] == [
        "Ring back", "Hold a café", "Write a letter", "Answer within a week",
    ]  # fmt: skip


def test_a_mark_on_a_line_that_moved_away_still_shows_where_it_is(plan: Plan, group: Line) -> None:
    (one,) = mark(group, "***")
    away = make_line(plan, "Elsewhere", under=make_group(plan, "Be told"))
    YearMark.objects.filter(pk=one.pk).update(line=away)
    (held,) = marks_held(plan)
    assert isinstance(held, Held)
    assert held.lines[-1] == away


def test_the_words_of_every_line_are_read_in_full(
    officer_client: Client, plan: Plan, group: Line
) -> None:
    long = "Ring everybody who told us about the lifts and say " + "who will come and when " * 8
    make_line(plan, long, under=group)
    mark(group, "***")
    assert long.strip() in text(officer_client.get(address(plan)))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_for_three_headings_as_for_one(
    officer_client: Client, plan: Plan, count: int
) -> None:
    for at in range(count):
        group = make_group(plan, f"Aim {at}")
        for number in range(count):
            make_line(plan, f"Line {at}.{number}", under=group)
        mark(group, *["***"] * count)
    queries, page = asked(officer_client, address(plan))
    assert page.count('class="marks-held"') == count
    assert queries == 3
