from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from involvement.landlords.models import Landlord
from residents.profiles.models import ProfileTarget
from residents.representation.completeness import known_rows
from residents.representation.models import Cut
from tests.residents.exports.taken import asked_for, doors, take, taken
from tests.residents.representation.test_gaps import NOON, SPRING

PAGE = reverse("representation:completeness")


def known(name: str, unknown: int | None) -> Cut:
    cells = [1600 - (unknown or 0), 400, 0, unknown]
    cut: Cut = Cut.objects.create(
        characteristic=name.upper(),
        name=name,
        quarter_on=SPRING,
        until_on=SPRING,
        position=0,
        categories=[["A", "Yes"], ["B", "No"], ["PREFER_NOT", "-"], ["UNKNOWN", "-"]],
        tables={"LIVES": {"total": 2000, "inside": cells, "outside": cells}},
        made_at=NOON,
    )
    return cut


def test_the_shares_leave_as_the_page_shows_them_and_hide_what_it_hides(
    in_poole: Landlord, officer_client: Client
) -> None:
    known("=Disability", 500)
    known("Religion", None)
    rows = take(officer_client, doors(officer_client, PAGE)["completeness"])
    found = [(row["Question"], row["Known of"], row["Residents"]) for row in rows]
    assert found == [("'=Disability", "75%", "2000"), ("Religion", "not shown", "2000")]
    assert {row["Part"] for row in rows} == {"The whole landlord"}


@pytest.mark.parametrize(
    ("unknown", "days", "words"),
    [
        (720, 7, "31 points short of 95%, 7 days left"),
        (120, 1, "1 point short of 95%, 1 day left"),
        (100, 1, "95% is reached"),
    ],
)
def test_what_is_short_of_a_target_is_told_in_points(
    in_poole: Landlord, unknown: int, days: int, words: str
) -> None:
    target = ProfileTarget(percent=95, by_date=SPRING + dt.timedelta(days=days))
    (row,) = known_rows([known("Disability", unknown)], [target], today=SPRING)
    assert row.against == words


def test_they_are_read_in_as_many_questions_for_three_as_for_one(in_poole: Landlord) -> None:
    known("Disability", 500)
    one = asked_for("completeness")
    known("Religion", 100)
    known("Sex", 100)
    assert (len(taken("completeness")), asked_for("completeness")) == (3, one)


def test_nothing_is_counted_yet(in_poole: Landlord) -> None:
    assert taken("completeness") == []
