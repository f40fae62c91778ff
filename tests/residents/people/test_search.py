"""Somebody is found by a piece of what we know of them, however it is spelt."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from involvement.auditing.actors import Actor
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.people import finder, operations
from residents.people.models import Home, Person, PersonTerm, Residency, Tenancy
from residents.people.queries.search import find_people, first_found, fold, national
from tests.factories.people import make_person

FOUND_BY = [
    "Łucja",
    "lucja",
    "odowd",
    "O'Dowd",
    "O’Dow",
    "dowd",
    "luc odo",
    "odowd lucja",
    "BH15 1QT",
    "bh151qt",
    "bh15 1",
    "bh15",
    "larch clo",
    "01632 960 017",
    "+44 1632 960017",
    "960017",
    "0017",
    "POO-P000123",
    "poo-p0001",
    "poo",
    "p000123",
    "1qt",
    "lucja@post.example",
    "LUCJA@post",
    # One slip of the pen
    "lucia",
    "ulcja",
    "luccja",
    "lrach close",
]
NOT_BY = ["", "lu", "12", "lucja smith", "lcia", "bh16", "960018", "demo", "%", "___", "\u0301"]


@pytest.fixture
def lucja(in_poole: Landlord, officer: Actor, now: dt.datetime) -> Person:
    person = operations.add_person(
        name="Łucja O’Dowd (demo)",
        preferred_channel="POST",
        email="lucja@post.example",
        phone="01632 960 017",
        address="4 Larch Close\nHamworthy\nBH15 1QT",
        by=officer,
        at=now,
    )
    Person.objects.filter(pk=person.pk).update(reference="POO-P000123")
    operations.add_person(
        name="Ada Coles (demo)", preferred_channel="POST", address="9 Quay", by=officer, at=now
    )
    return person


@pytest.mark.parametrize("words", FOUND_BY)
def test_she_is_found_by(lucja: Person, words: str) -> None:
    assert list(find_people(words)) == [lucja]


@pytest.mark.parametrize("words", NOT_BY)
def test_she_is_not_found_by(lucja: Person, words: str) -> None:
    assert list(find_people(words)) == []


@pytest.mark.parametrize(
    "name", ["Gŵen Ŷvonne", "محمد علي", "Yıldız", "Zoë 🌻 Jones", "José-María"]
)
def test_names_of_all_kinds_are_found(
    in_poole: Landlord, officer: Actor, now: dt.datetime, name: str
) -> None:
    person = operations.add_person(
        name=name, preferred_channel="POST", address="1 Quay", by=officer, at=now
    )

    assert list(find_people(name)) == [person]
    assert list(find_people(name.split(maxsplit=1)[0][:4])) == [person]


def test_a_change_is_found_at_once_and_what_it_was_no_more(
    lucja: Person, officer: Actor, now: dt.datetime
) -> None:
    operations.change_person(
        person=lucja, name="Lucja Hale (demo)", phone="07700 900 123", by=officer, at=now
    )

    assert list(find_people("hale")) == list(find_people("07700 900123")) == [lucja]
    assert not find_people("dowd").exists()
    assert not find_people("01632 960 017").exists()


def test_a_word_that_begins_another_from_the_same_place_is_not_kept_twice(lucja: Person) -> None:
    kept = set(PersonTerm.objects.filter(person=lucja).values_list("term", flat=True))

    assert kept == {
        *("lucja", "odowd", "dowd", "larch", "close", "hamworthy", "bh151qt", "1qt"),
        *("p000123", "poo-p000123", "lucja@post.example", "#01632960017", "~71006923610"),
    }


def test_who_was_merged_away_finds_whom_they_were_found_to_be(lucja: Person) -> None:
    ada = Person.objects.get(name__startswith="Ada")
    ada.merged_into = lucja
    ada.save()

    assert list(find_people("Ada Coles")) == [lucja]

    ada.phone = "07700 900 456"
    ada.save()
    assert list(find_people("07700 900 456")) == [lucja]
    ada.merged_into = None
    ada.save()
    assert list(find_people("Ada Coles")) == [ada]
    assert not PersonTerm.objects.exclude(merged_from=None).exists()


def test_a_word_cannot_be_merged_from_the_person_it_finds(lucja: Person) -> None:
    term = PersonTerm.objects.filter(person=lucja)
    with (
        pytest.raises(IntegrityError, match="term_is_not_merged_from_its_own_person"),
        transaction.atomic(),
    ):
        term.update(merged_from=lucja)


def test_nobody_finds_who_was_erased(lucja: Person, now: dt.datetime) -> None:
    lucja.status, lucja.status_on = Person.Status.ERASED, now.date()
    lucja.save()

    assert not PersonTerm.objects.filter(person=lucja).exists()


def test_landlords_find_their_own_alone(lucja: Person, oxford: Landlord) -> None:
    with landlord_scope(oxford):
        assert not find_people("lucja").exists()


@pytest.mark.parametrize(
    ("dialled", "digits"),
    [
        ("+44 (0)7700 900 123", "07700900123"),
        ("0044 7700 900123", "07700900123"),
        ("447700900123", "07700900123"),
        ("07700-900-123", "07700900123"),
        ("4412", "4412"),
    ],
)
def test_a_number_is_read_as_dialled_here(dialled: str, digits: str) -> None:
    assert national(dialled) == digits


@pytest.mark.django_db
def test_the_database_folds_as_the_search_does() -> None:
    @given(st.text(st.characters(codec="utf-8", exclude_characters="\0", max_codepoint=0x24F)))
    def folds_alike(words: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT resident_fold(%s)", [words])
            assert cursor.fetchone() == (fold(words),)

    folds_alike()


@pytest.mark.usefixtures("in_poole")
@pytest.mark.parametrize("few", [1, 500])
def test_common_and_rare_words_find_the_same_people_by_name(
    monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr("residents.people.queries.search.FEW", few)
    for name in ("Zoe Coles (demo)", "Ada Coles (demo)", "Mia Coles (demo)", "Mia Bright (demo)"):
        make_person(name)
    names = ["Ada Coles (demo)", "Mia Coles (demo)", "Zoe Coles (demo)"]
    assert [person.name for person in find_people("coles")] == names
    assert [person.name for person in find_people("colse")] == names
    assert [person.name for person in find_people("mia col")] == ["Mia Coles (demo)"]
    assert [person.name for person in find_people("zoe coles")] == ["Zoe Coles (demo)"]
    assert not find_people("zoe bright")
    assert [person.name for person in first_found("mia col", 8)] == ["Mia Coles (demo)"]


@pytest.mark.usefixtures("in_poole")
def test_of_a_word_that_finds_very_many_some_are_found_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("residents.people.queries.search.FEW", 4)
    for number in range(9):
        make_person(f"Ada Coles {number} (demo)")
    found = first_found("coles", 3)
    assert [person.name for person in found] == [
        f"Ada Coles {number} (demo)" for number in range(3)
    ]


@pytest.mark.parametrize("words", ["TEN-00077", "ten-00077", " TEN-00077 "])
def test_who_lives_or_lived_under_a_tenancy_is_found_by_its_whole_reference(
    lucja: Person, now: dt.datetime, words: str
) -> None:
    home = Home.objects.create(address="4 Larch Close", postcode="BH15 1QT", created_at=now)
    other = Home.objects.create(address="6 Larch Close", postcode="BH15 1QT", created_at=now)
    tenancy = Tenancy.objects.create(home=home, reference="TEN-00077")
    next_one = Tenancy.objects.create(home=other, reference="TEN-00078")
    ada = Person.objects.get(name="Ada Coles (demo)")
    left = dt.date(2020, 5, 1)
    Residency.objects.create(person=lucja, home=home, tenancy=tenancy)
    Residency.objects.create(person=ada, home=home, tenancy=tenancy, ended_on=left)
    zoe = make_person("Zoe Hale (demo)")
    Residency.objects.create(person=zoe, home=other, tenancy=next_one)
    assert list(find_people(words)) == [ada, lucja]
    assert first_found(words, 8) == [ada, lucja]
    assert list(find_people("TEN-0007")) == []


@pytest.mark.parametrize("words", ["HOME-0007", "home-0007", " HOME-000"])
def test_who_lives_in_a_home_is_found_by_its_reference_and_so_is_the_home(
    lucja: Person, now: dt.datetime, words: str
) -> None:
    home = Home.objects.create(reference="HOME-0007", address="4 Larch Close", created_at=now)
    other = Home.objects.create(reference="HOME-0070", address="6 Larch Close", created_at=now)
    Person.objects.filter(pk=lucja.pk).update(home=home)
    make_person("Zoe Hale (demo)", home=other)
    assert list(find_people(words)) == [lucja]
    assert first_found(words, 8) == [lucja]
    assert [hit.title for hit in finder.find_homes(words, 8)] == ["4 Larch Close"]
    assert not finder.find_homes("larch", 8)
    assert not finder.find_homes("7", 8)


@pytest.mark.usefixtures("in_poole")
def test_whoever_lives_at_the_number_asked_for_comes_first() -> None:
    places = {
        "Ada Coles (demo)": "17 Station Terrace",
        "Bea Coles (demo)": "Flat 7, 21 Station Terrace",
        "Cy Coles (demo)": "70 Station Terrace",
        "Dot Coles (demo)": "7 Station Terrace",
        "Eve Coles (demo)": "7 Quay",
    }
    for name, address in places.items():
        make_person(name, address=address)
    for words in ("7 station", "station 7", "7, Station terr"):
        assert [person.name[:3].strip() for person in first_found(words, 8)] == [
            *("Dot", "Bea", "Ada", "Cy"),
        ]
    assert [person.name[:3] for person in first_found("7 station", 2)] == ["Dot", "Bea"]
    assert [person.name[:3] for person in first_found("21 station", 1)] == ["Bea"]
    assert len(first_found("9 station", 8)) == 4
