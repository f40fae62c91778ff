from __future__ import annotations

from django.test import Client
from django.urls import reverse

from involvement.landlords.models import Landlord
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


def test_they_are_read_in_as_many_questions_for_three_as_for_one(in_poole: Landlord) -> None:
    known("Disability", 500)
    one = asked_for("completeness")
    known("Religion", 100)
    known("Sex", 100)
    assert (len(taken("completeness")), asked_for("completeness")) == (3, one)


def test_nothing_is_counted_yet(in_poole: Landlord) -> None:
    assert taken("completeness") == []
