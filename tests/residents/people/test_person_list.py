"""The list of people, and what it is narrowed by."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from residents.people import operations, queries
from residents.people.models import Person
from residents.people.queries import lists
from tests.residents.people.registered import DAY, a_home, a_person


class TestTheList:
    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("", ["Ada", "Ben"]),
            ("status=ALL", ["Ada", "Ben", "Cyril"]),
            ("status=LEFT", ["Cyril"]),
            ("q=coles", ["Ada"]),
            ("tenure=SHELTERED", ["Ben"]),
            ("q=turlin&status=ALL", ["Ben"]),
            ("place=nonsense&unit=x", ["Ada", "Ben"]),
        ],
    )
    def test_it_is_narrowed_by(
        self,
        officer_client: Client,
        ada: Person,
        officer: Actor,
        now: dt.datetime,
        asked: str,
        found: list[str],
    ) -> None:
        ben = a_person("Ben Hale (demo)", officer, now, address="2 Turlin Road")
        home = a_home("2 Turlin Road", officer, now, tenure="SHELTERED")
        operations.move_in(person=ben, home=home, capacity="TENANT", on=DAY, by=officer, at=now)
        cyril = a_person("Cyril Yeo (demo)", officer, now)
        operations.person_left(person=cyril, on=DAY, by=officer, at=now)

        page = officer_client.get(f"/desk/people/?{asked}").text

        named = [name for name in ("Ada", "Ben", "Cyril") if f"{name} " in page]
        assert named == found

    def test_screenfuls_follow_one_another_and_miss_nobody(
        self,
        officer_client: Client,
        ada: Person,
        officer: Actor,
        now: dt.datetime,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(lists, "SHOWN", 2)
        for name in ("Ben", "Ben", "Ben", "Cyril"):
            a_person(f"{name} Hale (demo)", officer, now)
        seen, after = [], ""
        for _ in range(5):
            page = queries.people_page(queries.PeopleFilter(), after=after)
            seen += [person.pk for person in page.rows]
            after = page.after
            if not after:
                break

        assert len(seen) == len(set(seen)) == 5
        first = officer_client.get("/desk/people/")
        assert "The next ones" in first.text
        assert "From the beginning" in officer_client.get("/desk/people/?after=a%1F0").text

    @pytest.mark.parametrize("number", [1, 3])
    def test_it_asks_the_same_at_any_size(
        self,
        officer_client: Client,
        in_poole: Landlord,
        officer: Actor,
        now: dt.datetime,
        number: int,
        django_assert_num_queries: Any,
    ) -> None:
        for each in range(number):
            person = a_person(f"Ada {each} (demo)", officer, now)
            home = a_home(f"{each} Quay", officer, now)
            operations.move_in(
                person=person, home=home, capacity="TENANT", on=DAY, by=officer, at=now
            )

        with django_assert_num_queries(12):
            officer_client.get("/desk/people/")
        with django_assert_num_queries(10):
            officer_client.get("/desk/homes/")
