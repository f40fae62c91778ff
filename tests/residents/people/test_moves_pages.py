"""Moves: in, out, from one home to another, and taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.auditing.queries import history_of
from involvement.delivery.operations import queue_message
from residents.people import operations
from residents.people.models import Person, Residency
from tests.residents.people.registered import DAY, a_home, page_of


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
        assert "2 Hill Road" in asked
        assert "2 Hill Street" in asked
        officer_client.post(f"/desk/people/{ada.pk}/move/", {**form, "which": one.pk})
        ada.refresh_from_db()
        assert ada.home == one
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
        form = {"home": "1 quay", "on": "2026-06-01", "capacity": "TENANT"}
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
