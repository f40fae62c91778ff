from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from pytest_django import DjangoAssertNumQueries

from involvement.auditing.queries import history_of
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.people import queries, urls
from residents.people.models import Person
from residents.people.queries import Contact
from tests.actionplans.asked import text_of
from tests.factories.people import make_person

FORM = {
    "name": "Kasia Nowak (demo)",
    "preferred_channel": "EMAIL",
    "email": "Kasia@mail.example",
}


@pytest.mark.parametrize("pattern", urls.desk, ids=lambda pattern: pattern.name)
def test_strangers_find_nothing_and_contributors_are_refused(
    poole: Landlord, stranger_client: Client, contributor_client: Client, pattern: URLPattern
) -> None:
    with landlord_scope(poole):
        person = make_person()
    every = {"pk": person.pk, "how": "left", "tag_pk": 1}
    arguments = {name: every[name] for name in pattern.pattern.converters}
    page = reverse(f"people:{pattern.name}", kwargs=arguments)
    assert stranger_client.get(page).status_code == 404
    assert contributor_client.get(page).status_code == 403


@pytest.mark.parametrize(
    ("words", "contact"),
    [
        (" Kasia@Mail.example ", Contact(email="kasia@mail.example")),
        ("01632 960 123", Contact(phone="01632 960 123")),
        ("+44 (0)1632 960123", Contact(phone="+44 (0)1632 960123")),
        ("3 Drake Court, Poole", Contact(address="3 Drake Court, Poole")),
        ("a@b.example\n01632 960 123", Contact(email="a@b.example", phone="01632 960 123")),
        ("", Contact()),
    ],
)
def test_a_contact_is_told_apart_by_how_it_looks(words: str, contact: Contact) -> None:
    assert Contact.read(words) == contact


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("do", ["Dora Bright (demo)", "Doreen Hackett (demo)"]),
        ("DOREEN", ["Doreen Hackett (demo)"]),
        ("hackett", ["Doreen Hackett (demo)"]),
        ("%", []),
        ("", ["Dora Bright (demo)", "Doreen Hackett (demo)", "Ólafur Jones (demo)"]),
    ],
)
def test_people_are_found_by_how_a_word_of_their_name_begins(
    poole: Landlord, officer_client: Client, asked: str, found: list[str]
) -> None:
    with landlord_scope(poole):
        for name in ("Doreen Hackett (demo)", "Ólafur Jones (demo)", "Dora Bright (demo)"):
            make_person(name)
    page = officer_client.get("/desk/people/", {"q": asked}).context["page"]
    assert [person.name for person in page.rows] == found


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_asks_the_same_number_of_questions_at_any_size(
    poole: Landlord,
    officer_client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    size: int,
) -> None:
    with landlord_scope(poole):
        for n in range(size):
            make_person(f"P{n} (demo)")
    with django_assert_num_queries(12):
        officer_client.get("/desk/people/")


def test_somebody_new_is_added_with_their_line_of_history(
    poole: Landlord, officer_client: Client
) -> None:
    response = officer_client.post("/desk/people/add/", FORM, follow=True)
    assert "Kasia Nowak (demo) is among the people." in text_of(response)
    with landlord_scope(poole):
        person = Person.objects.get()
        assert history_of(person).get().sentence == "added them to the people"
    assert person.email == "kasia@mail.example"


@pytest.mark.parametrize(
    "known",
    [{"name": "kasia nowak (DEMO)"}, {"email": "KASIA@mail.example"}],
)
def test_somebody_who_may_be_known_is_shown_first_and_added_when_it_is_another(
    poole: Landlord, officer_client: Client, known: dict[str, str]
) -> None:
    with landlord_scope(poole):
        make_person(**known)
    response = officer_client.post("/desk/people/add/", FORM)
    assert "This may be somebody we know" in text_of(response)
    with landlord_scope(poole):
        assert Person.objects.count() == 1
    officer_client.post("/desk/people/add/", {**FORM, "another": "on"})
    with landlord_scope(poole):
        assert Person.objects.count() == 2


@pytest.mark.parametrize(
    ("channel", "sentence"),
    [
        ("EMAIL", "To tell them by e-mail we need their e-mail address."),
        ("PHONE", "To ring them we need their telephone number."),
        ("TEXT", "To text them we need their telephone number."),
        ("POST", "To write to them we need their address."),
    ],
)
def test_how_they_are_told_needs_what_it_takes(
    officer_client: Client, channel: str, sentence: str
) -> None:
    form = {"name": "Kasia Nowak (demo)", "preferred_channel": channel}
    assert sentence in text_of(officer_client.post("/desk/people/add/", form))


def test_a_change_keeps_old_and_new(poole: Landlord, officer_client: Client) -> None:
    with landlord_scope(poole):
        person = make_person(phone="01632 960 111")
    form = {"name": person.name, "preferred_channel": "PHONE", "phone": "01632 960 222"}
    officer_client.post(f"/desk/people/{person.pk}/change/", form)
    page = text_of(officer_client.get(f"/desk/people/{person.pk}/"))
    assert "Wishes to be told by telephone." in page
    assert "Phone: from “01632 960 111” to “01632 960 222”" in page


def test_numbers_are_the_same_however_they_are_spaced(in_poole: Landlord) -> None:
    person = make_person(phone="01632 960 111")
    for typed in ("01632960111", "01632 960111"):
        assert list(queries.likely_same("Somebody else", Contact(phone=typed))) == [person]
