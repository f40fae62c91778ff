"""Lists of people and homes, moves, and tags: what an officer does all day."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.auditing.queries import history_of
from involvement.delivery.operations import queue_message
from involvement.landlords.models import Landlord, Place
from residents.people import operations, queries
from residents.people.models import CustomerType, Home, Person, Residency
from residents.people.queries import lists

DAY = dt.date(2026, 4, 6)


@pytest.fixture
def ada(in_poole: Landlord, officer: Actor, now: dt.datetime) -> Person:
    return a_person("Ada Coles (demo)", officer, now)


def a_person(name: str, by: Actor, at: dt.datetime, **values: Any) -> Person:
    values.setdefault("address", "1 Quay")
    return operations.add_person(name=name, preferred_channel="POST", by=by, at=at, **values)


def a_home(address: str, by: Actor, at: dt.datetime, **values: Any) -> Home:
    return operations.add_home(address=address, by=by, at=at, **values)


def page_of(person: Person, act: str) -> str:
    return f"/desk/people/{person.pk}/{act}/"


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


class TestHomes:
    def test_one_is_added_shown_and_changed(self, officer_client: Client, poole: Landlord) -> None:
        form = {
            "address": "4 Larch Close\nHamworthy",
            "postcode": "bh15 1qt",
            "uprn": "000123456789",
            "tenure": "GENERAL",
            "stock": "LCRA",
        }
        answer = officer_client.post("/desk/homes/add/", form, follow=True)
        assert "4 Larch Close is among the homes." in answer.text
        assert "BH15 1QT" in answer.text
        assert "000123456789" in answer.text

        page = answer.request["PATH_INFO"]
        changed = officer_client.post(
            f"{page}change/", {**form, "tenure": "SHELTERED"}, follow=True
        )
        assert "Sheltered or retirement" in changed.text
        assert "changed tenure" in changed.text

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("uprn", "12345678901234", "at most 12 digits, and this has 14 characters"),
            ("parent_uprn", "12345678901234", "at most 12 digits, and this has 14 characters"),
            ("postcode", "BH15 1QTX2", "Write one postcode, such as BH15 1QT"),
            ("reference", "H" * 41, "A reference has at most 40 characters"),
            ("uprn", "12a", "A UPRN is up to 12 digits and nothing else."),
            ("address", "", "Write the home&#x27;s address."),
            ("ended_on", "31/02/2026", "a day that is in the calendar"),
        ],
    )
    def test_nonsense_is_answered_with_what_to_do(
        self, officer_client: Client, poole: Landlord, field: str, value: str, sentence: str
    ) -> None:
        form = {"address": "4 Larch Close", "tenure": "GENERAL", "stock": "LCRA", field: value}

        assert sentence in officer_client.post("/desk/homes/add/", form).text

    def test_the_form_lets_the_whole_of_a_pasted_number_through(
        self, officer_client: Client, poole: Landlord
    ) -> None:
        page = officer_client.get("/desk/homes/add/").text

        assert 'name="uprn"' in page
        assert "maxlength" not in page.split("<main")[1]

    def test_a_postcode_with_gaps_is_kept_whole(
        self, officer_client: Client, poole: Landlord
    ) -> None:
        form = {"address": "4 Larch Close", "tenure": "GENERAL", "stock": "LCRA"}
        answer = officer_client.post(
            "/desk/homes/add/", {**form, "postcode": " bh15   1qt "}, follow=True
        )

        assert "BH15 1QT" in answer.text

    @pytest.mark.parametrize("words", ["4 lar", "bh151qt", "BH15", "H7", "000123"])
    def test_one_is_found_by(
        self,
        officer_client: Client,
        in_poole: Landlord,
        officer: Actor,
        now: dt.datetime,
        words: str,
    ) -> None:
        a_home(
            "4 Larch Close",
            officer,
            now,
            postcode="bh15 1qt",
            reference="H7",
            uprn="000123",
            place=Place.objects.create(name="Hamworthy"),
        )
        a_home("9 Quay", officer, now)

        page = officer_client.get("/desk/homes/", {"q": words}).text
        assert "4 Larch Close" in page
        assert "9 Quay" not in page


class TestMoves:
    def test_a_move_ends_where_they_lived_and_leaves_it_in_sight(
        self, officer_client: Client, ada: Person, officer: Actor, now: dt.datetime
    ) -> None:
        old, new = a_home("1 Quay", officer, now), a_home("2 Hill", officer, now)
        operations.move_in(person=ada, home=old, capacity="TENANT", on=DAY, by=officer, at=now)

        form = {"home": "2 hi", "on": "2026-06-01", "capacity": "JOINT"}
        page = officer_client.post(f"/desk/people/{ada.pk}/move/", form, follow=True)

        assert "lives at 2 Hill now." in page.text
        rows = Residency.objects.order_by("pk").values_list("home", "ended_on")
        assert list(rows) == [(old.pk, dt.date(2026, 6, 1)), (new.pk, None)]
        assert "2026 to 2026" in page.text

    def test_letters_follow_the_move_unless_the_officer_says_no(
        self, officer_client: Client, ada: Person, officer: Actor, now: dt.datetime
    ) -> None:
        a_home("1 Quay", officer, now), a_home("2 Hill", officer, now)
        before = ada.address
        page = f"/desk/people/{ada.pk}/move/"
        assert "Send their letters to the new home" in officer_client.get(page).text

        form = {"home": "1 quay", "on": "2026-05-01", "capacity": "TENANT"}
        officer_client.post(page, form)
        ada.refresh_from_db()
        assert (str(ada.home), ada.address) == ("1 Quay", before)

        officer_client.post(page, {**form, "home": "2 hi", "letters_follow": "on"})
        ada.refresh_from_db()
        assert ada.home is not None
        assert ada.address == ada.home.postal_address
        assert ada.address.startswith("2 Hill")

    def test_a_browsers_line_ends_change_no_address(
        self, officer_client: Client, ada: Person, officer: Actor, now: dt.datetime
    ) -> None:
        operations.change_person(person=ada, address="1 Quay\nTown", by=officer, at=now)
        home = a_home("1 Quay\nTown", officer, now)
        kept = home.address

        operations.change_person(person=ada, address="1 Quay\r\nTown", by=officer, at=now)
        operations.change_home(home=home, address="1 Quay \r\nTown", by=officer, at=now)

        ada.refresh_from_db()
        home.refresh_from_db()
        assert (ada.address, home.address) == ("1 Quay\nTown", kept)
        assert not history_of(home)[0].sentence.startswith("changed")

    def test_a_home_that_is_not_clear_is_asked_about(
        self, officer_client: Client, ada: Person, officer: Actor, now: dt.datetime
    ) -> None:
        one, _ = a_home("2 Hill Road", officer, now), a_home("2 Hill Street", officer, now)
        form = {"home": "2 hill", "on": "2026-06-01", "capacity": "TENANT"}

        asked = officer_client.post(f"/desk/people/{ada.pk}/move/", form).text
        assert "Several homes begin like this" in asked
        assert f"{one.pk} (2 Hill Road" in asked
        none = officer_client.post(f"/desk/people/{ada.pk}/move/", {**form, "home": "zzz"}).text
        assert "No home begins like this" in none

    @pytest.mark.parametrize(
        ("how", "status"),
        [("moved-out", "CURRENT"), ("left", "LEFT"), ("died", "DECEASED")],
    )
    def test_somebody_is_gone(
        self,
        officer_client: Client,
        ada: Person,
        officer: Actor,
        now: dt.datetime,
        how: str,
        status: str,
    ) -> None:
        home = a_home("1 Quay", officer, now)
        operations.move_in(person=ada, home=home, capacity="TENANT", on=DAY, by=officer, at=now)

        page, form = f"/desk/people/{ada.pk}/gone/{how}/", {"on": "2026-06-01"}
        asked = officer_client.post(page, form).text
        assert "Nothing is kept yet." in asked
        assert "They no longer live at 1 Quay." in asked
        assert Residency.objects.get().ended_on is None

        officer_client.post(page, {**form, "sure": "yes"})

        ada.refresh_from_db()
        assert (ada.status, ada.home) == (status, None)
        assert Residency.objects.get().ended_on == dt.date(2026, 6, 1)
        assert officer_client.get(f"/desk/people/{ada.pk}/").status_code == 200

    @pytest.mark.parametrize("how", ["moved-out", "left", "died"])
    def test_a_mistake_is_taken_back_and_stays_in_the_history(
        self, officer_client: Client, ada: Person, officer: Actor, now: dt.datetime, how: str
    ) -> None:
        earlier, home = a_home("9 Hill", officer, now), a_home("1 Quay", officer, now)
        for each, day in ((earlier, DAY), (home, DAY + dt.timedelta(days=30))):
            operations.move_in(person=ada, home=each, capacity="TENANT", on=day, by=officer, at=now)
        gone, page = f"/desk/people/{ada.pk}/gone/{how}/", f"/desk/people/{ada.pk}/"
        assert "was a mistake" not in officer_client.get(page).text
        officer_client.post(gone, {"on": "2026-06-01", "sure": "yes"})
        assert "was a mistake" in officer_client.get(page).text

        form = officer_client.get(f"{page}back/").text
        assert "1 Quay, as before" in form
        assert "9 Hill, as before" not in form
        left = Residency.objects.get(home=home)
        empty = officer_client.post(f"{page}back/", {"home": left.pk}).text
        assert "Write what the mistake was." in empty
        answer = officer_client.post(
            f"{page}back/", {"home": left.pk, "why": "The wrong Ada."}, follow=True
        )

        assert "took back that they were gone: The wrong Ada." in answer.text
        ada.refresh_from_db()
        left.refresh_from_db()
        assert (ada.status, ada.status_on, ada.home) == ("CURRENT", None, home)
        assert left.ended_on is None
        assert officer_client.get(f"{page}back/").status_code == 302

    def test_the_dead_are_not_moved_in_before_it_is_taken_back(
        self, officer_client: Client, ada: Person, officer: Actor, now: dt.datetime
    ) -> None:
        home = a_home("1 Quay", officer, now)
        operations.person_died(person=ada, on=DAY, by=officer, at=now)

        page = officer_client.get(f"/desk/people/{ada.pk}/").text
        assert "They moved" not in page
        assert "They are on the telephone" not in page
        assert "That they died was a mistake" in page
        assert 'name="home"' not in officer_client.get(f"/desk/people/{ada.pk}/move/").text
        form = {"home": str(home.pk), "on": "2026-06-01", "capacity": "TENANT"}
        assert "take it back first" in officer_client.post(page_of(ada, "move"), form).text
        left = officer_client.post(
            page_of(ada, "gone/left"), {"on": "2026-06-01", "sure": "yes"}
        ).text
        assert "take it back first" in left
        ada.refresh_from_db()
        assert (ada.status, ada.home) == ("DECEASED", None)

        operations.take_back(person=ada, residency=None, why="Alive.", by=officer, at=now)
        officer_client.post(page_of(ada, "move"), form)
        ada.refresh_from_db()
        assert (ada.status, ada.home) == ("CURRENT", home)

    @pytest.mark.parametrize(
        "goes", [operations.person_died, operations.person_left], ids=["died", "left"]
    )
    def test_what_waits_to_go_to_them_is_cancelled_and_nobody_elses(
        self, ada: Person, officer: Actor, now: dt.datetime, goes: Any
    ) -> None:
        waiting = [
            queue_message(
                key=f"test:{name}",
                channel="POST",
                to_name=name,
                to_address="1 Quay",
                subject="Lights",
                body="They shine.",
                by=officer,
                at=now,
            )
            for name in (ada.name, "Bert Coles (demo)")
        ]

        goes(person=ada, on=DAY, by=officer, at=now)

        for message in waiting:
            message.refresh_from_db()
        assert [message.state for message in waiting] == ["CANCELLED", "QUEUED"]

    def test_the_day_that_is_offered_stands_in_the_field(
        self, officer_client: Client, ada: Person, now: dt.datetime
    ) -> None:
        page = officer_client.get(page_of(ada, "gone/died")).text
        assert f'value="{timezone.localdate(now):%Y-%m-%d}"' in page

    def test_a_day_to_come_is_refused(self, officer_client: Client, ada: Person) -> None:
        answer = officer_client.post(f"/desk/people/{ada.pk}/gone/died/", {"on": "2099-01-01"})
        assert "Write a day that has come." in answer.text
        assert officer_client.get(f"/desk/people/{ada.pk}/gone/flew/").status_code == 404


def test_the_form_says_what_the_housing_system_will_write_over(
    officer_client: Client, ada: Person
) -> None:
    page = page_of(ada, "change")
    assert "Kept by" not in officer_client.get(page).text
    Person.objects.filter(pk=ada.pk).update(feed_source="Housing system")

    shown = officer_client.get(page).text
    assert "They come from Housing system" in shown
    marked = ["name", "customer_type", "born", "place"]
    said = [name for name in marked if _hint(shown, name).endswith("change it there too.")]
    assert said == marked
    assert _hint(shown, "phone") == ""


def _hint(page: str, name: str) -> str:
    found = re.search(rf'id="id_{name}_hint">([^<]*)<', page)
    return found[1] if found else ""


def test_nothing_chosen_is_said_in_words(officer_client: Client, poole: Landlord) -> None:
    page = officer_client.get("/desk/homes/add/").text
    assert ">Not said</option>" in page
    assert ">---------</option>" not in page


def test_a_tag_is_put_on_and_taken_off(officer_client: Client, ada: Person) -> None:
    put = officer_client.post(f"/desk/people/{ada.pk}/tags/", {"name": "Gardeners"}, follow=True)
    assert "has the tag “Gardeners”" in put.text
    tag = ada.tags.get().tag
    off = officer_client.post(f"/desk/people/{ada.pk}/tags/{tag.pk}/off/", follow=True)
    assert "is off Ada Coles" in off.text
    assert not ada.tags.exists()
    none = officer_client.post(f"/desk/people/{ada.pk}/tags/", {"name": ""}, follow=True)
    assert "Write the tag" in none.text


@pytest.mark.parametrize(
    ("born", "kept"),
    [
        ("31/3/1950", (dt.date(1950, 3, 31), "DAY")),
        ("1950", (dt.date(1950, 1, 1), "YEAR")),
        ("31 March 1950", (dt.date(1950, 3, 31), "DAY")),
        ("", (None, "DAY")),
    ],
)
def test_a_date_of_birth_is_kept_as_far_as_it_is_known(
    officer_client: Client, ada: Person, born: str, kept: tuple[dt.date | None, str]
) -> None:
    form = {"name": ada.name, "preferred_channel": "POST", "address": "1 Quay", "born": born}
    officer_client.post(f"/desk/people/{ada.pk}/change/", form)

    ada.refresh_from_db()
    assert (ada.born_on, ada.born_precision) == kept


@pytest.mark.parametrize("born", ["31/02/1950", "01-02-03", "2099", "1850", "soon"])
def test_a_date_that_is_none_is_asked_for_anew(
    officer_client: Client, ada: Person, born: str
) -> None:
    form = {"name": ada.name, "preferred_channel": "POST", "address": "1 Quay", "born": born}
    answer = officer_client.post(f"/desk/people/{ada.pk}/change/", form)

    assert "Write a day such as 31/3/1950, or the year alone." in answer.text


def test_customer_types_are_the_landlords_own(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    assert operations.found(by=officer, at=now) in {0, 11}
    assert operations.found(by=officer, at=now) == 0
    assert CustomerType.objects.filter(kind="SERVICE_USER", lives_here=False).exists()
