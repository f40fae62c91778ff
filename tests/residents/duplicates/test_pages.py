"""Pairs are looked at side by side, merged, split again or dismissed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.duplicates.models import DuplicatePair, Merge
from residents.duplicates.operations import dismiss, look_for_duplicates, merge_people
from residents.duplicates.queries import side_by_side
from residents.participation.operations import record_participation
from residents.people.models import Person
from residents.people.operations import add_home, move_in
from residents.privacy.operations import erasing
from tests.factories.feedback import make_feedback
from tests.factories.people import make_person

PAIRS = reverse("duplicates:pair_list")


@pytest.fixture
def pair(in_poole: Landlord, officer: Actor) -> tuple[Person, Person]:
    first = make_person("Doreen Hackett (demo)", phone="01632 960123")
    second = make_person("D Hackett (demo)", phone="01632 960123", address="5 Mill Row")
    make_feedback("The lift is out.", person=second)
    look_for_duplicates(by=officer, at=timezone.now())
    return first, second


def test_strangers_find_nothing_and_contributors_are_refused(
    stranger_client: Client, contributor_client: Client
) -> None:
    assert stranger_client.get(PAIRS).status_code == 404
    assert contributor_client.get(PAIRS).status_code == 403


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_asks_few_questions(
    size: int,
    in_poole: Landlord,
    officer: Actor,
    officer_client: Client,
    django_assert_num_queries: Any,
) -> None:
    for number in range(size):
        for name in (f"Resident {'abc'[number]}son (demo)", f"Resident {'abc'[number]}son (demo)"):
            make_person(name, phone=f"01632 96010{number}")
    look_for_duplicates(by=officer, at=timezone.now())
    with django_assert_num_queries(10):
        page = officer_client.get(PAIRS).content.decode()
    assert "The same telephone number" in page


def test_two_are_merged_field_by_field_and_split_again(
    pair: tuple[Person, Person], officer_client: Client
) -> None:
    first, second = pair
    url = reverse("duplicates:pair_compare", args=[first.pk, second.pk])
    page = officer_client.get(url).content.decode()
    assert "5 Mill Row" in page
    chosen = {"f_name": "first", "f_address": "second", "stays": "first"}
    answer = officer_client.post(url, chosen)
    assert answer["Location"] == reverse("people:person_detail", args=[first.pk])
    first.refresh_from_db()
    assert (first.name, first.address) == ("Doreen Hackett (demo)", "5 Mill Row")

    led = officer_client.get(reverse("people:person_detail", args=[second.pk]))
    assert led["Location"] == reverse("people:person_detail", args=[first.pk])
    page = officer_client.get(led["Location"]).content.decode()
    assert "Split them again" in page
    assert "The lift is out." in page

    officer_client.post(reverse("duplicates:merge_undo", args=[Merge.objects.get().pk]))
    first.refresh_from_db()
    assert first.address == "3 Drake Court, Poole"
    page = officer_client.get(reverse("people:person_detail", args=[second.pk])).content.decode()
    assert "The lift is out." in page
    assert "May be" in page


def test_the_pages_of_erasing_say_that_they_may_be_here_twice(
    pair: tuple[Person, Person], officer: Actor, officer_client: Client
) -> None:
    first, second = pair
    today = timezone.localdate()
    compare = reverse("duplicates:pair_compare", args=[first.pk, second.pk])
    erasure = erasing.propose(
        person=second, reason="ASKED", asked_on=today, by=officer, at=timezone.now()
    )
    pages = [
        reverse("privacy:erasure_propose", args=[first.pk]),
        reverse("privacy:erasure_detail", args=[erasure.pk]),
    ]
    for url in pages:
        html = officer_client.get(url).content.decode()
        assert "Only this row is erased." in html
        assert compare in html
    dismiss(pair=DuplicatePair.objects.get(), by=officer, at=timezone.now())
    for url in pages:
        assert "Only this row is erased." not in officer_client.get(url).content.decode()


def test_each_value_says_whose_it_is_and_what_hangs_on_each_is_shown(
    pair: tuple[Person, Person], officer: Actor, officer_client: Client
) -> None:
    first, second = pair
    at = timezone.now()
    home = add_home(address="3 Drake Court", by=officer, at=at)
    move_in(person=second, home=home, capacity="TENANT", on=None, by=officer, at=at)
    record_participation(
        people=[first, first],
        kind="MEETING",
        label="Fun day",
        began_on=dt.date(2026, 6, 1),
        channel="FACE",
        by=officer,
        at=at,
    )

    page = officer_client.get(reverse("duplicates:pair_compare", args=[first.pk, second.pk]))

    whose = [f"No. {one.pk}, {one.name}" for one in pair]
    for name in whose:
        assert f'<th scope="col">{name}</th>' in page.text
        assert f'<span class="visually-hidden">{name}: </span>' in page.text
    assert "Born precision" not in page.text
    brought = {row.what: (row.first, row.second) for row in page.context["brought"]}
    assert brought["Home"] == ("", "3 Drake Court")
    assert brought["Times they took part"] == ("2", "")
    assert brought["Pieces of feedback"] == ("", "1")
    assert all(any(values) for values in brought.values())
    assert "Guesses that two rows are one person" not in page.text


def test_how_far_a_date_of_birth_is_known_goes_with_it(
    pair: tuple[Person, Person], officer: Actor
) -> None:
    first, second = pair
    born = {"born_on": dt.date(1950, 1, 1), "born_precision": "YEAR"}
    Person.objects.filter(pk=second.pk).update(**born)
    second.refresh_from_db()
    sides = {side.field: (side.first, side.second) for side in side_by_side(first, second)}
    assert sides["born_on"] == ("", "1950")

    merge_people(kept=first, gone=second, taken=["born_on"], by=officer, at=timezone.now())
    first.refresh_from_db()
    assert (first.born_on, first.born_precision) == (born["born_on"], "YEAR")


def test_the_other_number_may_stay(pair: tuple[Person, Person], officer_client: Client) -> None:
    first, second = pair
    url = reverse("duplicates:pair_compare", args=[first.pk, second.pk])
    officer_client.post(url, {"f_name": "first", "f_address": "second", "stays": "second"})
    second.refresh_from_db()
    first.refresh_from_db()
    assert first.merged_into == second
    assert (second.name, second.address) == ("Doreen Hackett (demo)", "5 Mill Row")


def test_a_choice_that_is_missing_is_asked_for(
    pair: tuple[Person, Person], officer_client: Client
) -> None:
    first, second = pair
    url = reverse("duplicates:pair_compare", args=[first.pk, second.pk])
    page = officer_client.post(url, {"stays": "first"}).content.decode()
    assert "Choose which of the two stays" in page
    assert not Merge.objects.exists()


def test_a_dismissed_pair_can_be_put_back(
    pair: tuple[Person, Person], officer_client: Client
) -> None:
    row = DuplicatePair.objects.get()
    officer_client.post(reverse("duplicates:pair_dismiss", args=[row.pk]))
    officer_client.post(reverse("duplicates:look_again"))
    assert "Nobody looks like somebody else." in officer_client.get(PAIRS).content.decode()
    officer_client.post(reverse("duplicates:pair_back", args=[row.pk]))
    assert "may be one person, the likeliest first" in officer_client.get(PAIRS).content.decode()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"first": "", "second": "2"}, "Write the numbers of two people"),
        ({"first": "999998", "second": "999999"}, "There are no two people"),
    ],
)
def test_two_numbers_lead_to_side_by_side_or_say_what_is_wrong(
    officer_client: Client, in_poole: Landlord, given: dict[str, str], words: str
) -> None:
    answer = officer_client.get(reverse("duplicates:pair_choose"), given)
    assert answer["Location"] == PAIRS
    assert words in str(next(iter(get_messages(answer.wsgi_request))))


def test_another_landlords_person_stands_beside_nobody(
    pair: tuple[Person, Person], officer_client: Client, oxford: Landlord
) -> None:
    with landlord_scope(oxford):
        theirs = make_person("Somebody Elsewhere (demo)")
    for keys in ((pair[0].pk, theirs.pk), (theirs.pk, pair[1].pk), (pair[0].pk, pair[0].pk)):
        url = reverse("duplicates:pair_compare", args=keys)
        assert officer_client.get(url).status_code == 404
    assert (
        officer_client.get(
            reverse("duplicates:pair_compare", args=[pair[0].pk, pair[1].pk])
        ).status_code
        == 200
    )
