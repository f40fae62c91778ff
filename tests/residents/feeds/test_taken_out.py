from __future__ import annotations

from django.test import Client
from django.urls import reverse

from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from tests.residents.exports.taken import asked_for, doors, take, taken
from tests.residents.feeds.files import bring, one


def test_every_list_that_came_leaves_with_what_became_of_it_and_nobodys_row(
    poole: Landlord, officer_client: Client
) -> None:
    with landlord_scope(poole):
        bring(one(1), one(2))
    rows = take(officer_client, doors(officer_client, reverse("feeds:feed_list"))["lists-in"])
    assert [(row["Rows"], row["New"], row["What became of it"]) for row in rows] == [
        ("2", "2", "Brought in")
    ]
    assert "Resident 1 (demo)" not in str(rows)


def test_the_lists_are_read_in_one_question(in_poole: Landlord) -> None:
    bring(one(1))
    assert (len(taken("lists-in")), asked_for("lists-in")) == (1, 2)
    bring(one(2))
    bring(one(3))
    assert (len(taken("lists-in")), asked_for("lists-in")) == (3, 2)
