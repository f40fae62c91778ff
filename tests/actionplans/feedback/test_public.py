from __future__ import annotations

import uuid

import pytest
from django.core.cache import cache
from django.test import Client

from actionplans.feedback.models import Feedback
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord, Place
from residents.people.models import Person
from tests.actionplans.asked import text_of

PAGE = "/tell-us/"


@pytest.fixture
def jean_answers(poole: Landlord) -> Landlord:
    with landlord_scope(poole):
        poole.contact_name, poole.contact_phone = "Jean Marlow (demo)", "01632 960 142"
        poole.save()
    return poole


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def test_a_telephone_number_stands_beside_the_form(jean_answers: Landlord, visitor: Client) -> None:
    assert "Or ring Jean Marlow (demo) on 01632 960 142" in text_of(visitor.get(PAGE))


def test_words_alone_are_enough_and_the_answer_says_who_and_when(
    jean_answers: Landlord, visitor: Client
) -> None:
    response = visitor.post(PAGE, {"words": "The lift is out 😡."}, follow=True)
    assert "Jean Marlow (demo) will answer you by Sunday 11 October 2026" in text_of(response)
    assert "Jean Marlow (demo) is your involvement officer." in text_of(response)
    with landlord_scope(jean_answers):
        row = Feedback.objects.get()
        assert Person.objects.count() == 0
    assert (row.words, row.source_kind, row.speaker_kind) == (
        "The lift is out 😡.",
        "WEB",
        "ANONYMOUS",
    )
    assert (row.by_kind, row.by_channel, row.by_clerk) == ("RESIDENT", "WEB", "")


def test_where_no_officer_is_named_nobody_is_promised(poole: Landlord, visitor: Client) -> None:
    with landlord_scope(poole):
        poole.contact_phone = "01632 960 142"
        poole.save()
    assert "Or ring us on 01632 960 142 , and we will" in text_of(visitor.get(PAGE))
    page = text_of(visitor.post(PAGE, {"words": "The lift is out."}, follow=True))
    assert "We will answer you by Sunday 11 October 2026" in page
    assert "Ring us 01632 960 142" in page
    assert "Ring us about anything on this site." in page
    assert "is your involvement officer" not in page


def test_with_a_contact_they_can_be_answered_and_are_known_the_next_time(
    poole: Landlord, visitor: Client
) -> None:
    with landlord_scope(poole):
        place = Place.objects.create(name="Drake Court")
    form = {"name": "Kasia Nowak (demo)", "contact": "kasia@mail.example", "where": "drake court"}
    for words in ("The lift.", "The door."):
        visitor.post(PAGE, {"words": words, **form})
    with landlord_scope(poole):
        person = Person.objects.get()
        rows = list(Feedback.objects.values_list("person", "place", "wants_reply").order_by("pk"))
    assert person.email == "kasia@mail.example"
    assert rows == [(person.pk, place.pk, True)] * 2


def test_a_contact_of_somebody_known_under_another_name_is_not_theirs(
    poole: Landlord, visitor: Client
) -> None:
    contact = {"contact": "01632 960 123"}
    visitor.post(PAGE, {"words": "One.", "name": "Pat Sowden (demo)", **contact})
    visitor.post(PAGE, {"words": "Two.", **contact})
    with landlord_scope(poole):
        names = list(Person.objects.order_by("pk").values_list("name", flat=True))
    assert names == ["Pat Sowden (demo)", "Resident, name not given"]


def test_pressing_twice_makes_one_row(poole: Landlord, visitor: Client) -> None:
    form = {"words": "The lift.", "token": str(uuid.uuid4()), "where": "behind the shops"}
    for _ in range(2):
        visitor.post(PAGE, form)
    with landlord_scope(poole):
        assert Feedback.objects.get().source == "Online: about behind the shops"


def test_nothing_said_is_asked_for_and_what_was_typed_stays(
    poole: Landlord, visitor: Client
) -> None:
    response = visitor.post(PAGE, {"words": " ", "name": "Kasia Nowak (demo)"})
    assert "One thing to put right" in text_of(response)
    assert 'value="Kasia Nowak (demo)"' in response.content.decode()


def test_a_program_that_fills_in_everything_is_thanked_and_not_recorded(
    poole: Landlord, visitor: Client
) -> None:
    response = visitor.post(PAGE, {"words": "Buy now", "website": "http://spam.example"})
    assert response.status_code == 302
    with landlord_scope(poole):
        assert Feedback.objects.count() == 0


def test_after_ten_an_hour_the_words_stay_and_the_telephone_is_offered(
    jean_answers: Landlord, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actionplans.feedback.views.public.MOST_AN_HOUR", 1)
    visitor.post(PAGE, {"words": "First."})
    response = visitor.post(PAGE, {"words": "Second, and dear to me."})
    assert response.status_code == 429
    assert "or ring Jean Marlow (demo) on 01632 960 142" in text_of(response)
    assert "Second, and dear to me." in response.content.decode()
    with landlord_scope(jean_answers):
        assert Feedback.objects.count() == 1
