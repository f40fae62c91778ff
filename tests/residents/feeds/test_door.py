from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.feeds import operations
from residents.feeds.models import Intake, Mode
from residents.people.models import Person
from tests.residents.feeds.files import BY, bring, csv_of, one, the_source, whys

DOOR = reverse("feeds_public:receive", args=["orchard"])


@pytest.fixture
def token(poole: Landlord) -> str:
    with landlord_scope(poole):
        _, shown = operations.make_token(
            source=the_source(), name="Nightly", by=BY, at=timezone.now()
        )
    return shown


def send(landlord: Landlord, shown: str, data: bytes, door: str = DOOR) -> Any:
    """As a program sends: no cookie, and a site that checks where forms come from."""
    client = Client(enforce_csrf_checks=True, headers={"host": f"{landlord.slug}.localhost"})
    return client.post(
        door, data, content_type="text/csv", headers={"Authorization": f"Bearer {shown}"}
    )


def test_a_file_comes_in_with_a_token_and_the_same_content_once(
    poole: Landlord, token: str
) -> None:
    data = csv_of(one(1), one(2))
    answer = send(poole, token, data)
    assert answer.status_code == 201
    assert (answer.json()["state"], answer.json()["created"]) == ("DONE", 2)
    again = send(poole, token, data)
    assert (again.status_code, again.json()["again"]) == (200, True)
    assert again.json()["intake"] == answer.json()["intake"]
    with landlord_scope(poole):
        intake = Intake.objects.get()
        assert (intake.how, intake.by_name) == ("TOKEN", "Nightly")
        assert Person.objects.count() == 2


def test_what_was_sent_before_something_else_came_is_compared_anew(
    poole: Landlord, token: str
) -> None:
    alpha, beta = (csv_of({**one(1), "Name": f"{name} (demo)"}) for name in ("Alpha", "Beta"))
    for data in (alpha, beta, alpha):
        answer = send(poole, token, data)
        assert (answer.status_code, answer.json()["again"]) == (201, False)
    with landlord_scope(poole):
        assert Person.objects.get().name == "Alpha (demo)"
        assert Intake.objects.count() == 3


def test_a_wrong_a_revoked_and_a_foreign_token_open_nothing(
    poole: Landlord, oxford: Landlord, token: str
) -> None:
    data = csv_of(one(1))
    assert send(poole, "wrong", data).status_code == 403
    assert send(poole, "", data).status_code == 403
    assert send(oxford, token, data).status_code == 403
    other = reverse("feeds_public:receive", args=["northgate"])
    assert send(poole, token, data, other).status_code == 403
    with landlord_scope(poole):
        row = operations.revoke_token(token=the_source().tokens.get(), by=BY, at=timezone.now())
        assert row.revoked_at is not None
        assert not Intake.objects.exists()
    assert send(poole, token, data).status_code == 403
    with landlord_scope(poole):
        assert not Person.objects.exists()


def test_whoever_guesses_is_stopped(poole: Landlord, token: str) -> None:
    answers = {send(poole, f"guess {number}", b"x").status_code for number in range(25)}
    assert answers == {403, 429}


def test_a_file_that_is_too_large_is_not_read(
    poole: Landlord, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("residents.feeds.views.door.MAX_BYTES", 10)
    answer = send(poole, token, csv_of(one(1)))
    assert answer.status_code == 413
    assert "Split it" in answer.json()["error"]


def test_a_file_that_cannot_be_read_keeps_a_row_that_says_why(poole: Landlord, token: str) -> None:
    answer = send(poole, token, b"Wer,Wo\na,b\n")
    assert answer.status_code == 422
    assert "Person reference" in answer.json()["why"]
    with landlord_scope(poole):
        assert Intake.objects.get().state == "FAILED"


def test_a_file_of_which_every_row_is_refused_keeps_its_rows(poole: Landlord, token: str) -> None:
    answer = send(poole, token, csv_of(one(1, Name=""), one(2, Name="")))
    assert answer.status_code == 422
    assert (answer.json()["rows_read"], answer.json()["refused"]) == (2, 2)
    with landlord_scope(poole):
        assert len(whys(Intake.objects.get(state="FAILED"))) == 2


def test_too_many_leavers_wait_for_an_officer(poole: Landlord, token: str) -> None:
    rows = [one(number) for number in range(1, 6)]
    with landlord_scope(poole):
        bring(*rows, mode=Mode.FULL)
        the_source(mode=Mode.FULL)
    answer = send(poole, token, csv_of(*rows[:3]))
    assert (answer.status_code, answer.json()["state"]) == (201, "PREVIEW")
    assert "2 people of 5 would have left" in answer.json()["why"]
    with landlord_scope(poole):
        assert not Person.objects.filter(status="LEFT").exists()
        assert Intake.objects.get(state="PREVIEW").file is not None
