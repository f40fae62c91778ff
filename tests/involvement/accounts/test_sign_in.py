"""Signing in by a code, and what a session may be used for."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from involvement.accounts.models import Membership, User
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from tests.factories.accounts import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def code_from_mail() -> str:
    found = re.search(r"\d{4}-\d{4}", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found.group()


def ask_for_code(client: Client, email: str) -> str:
    response = client.post("/sign-in/", {"email": email})
    assert response.status_code == 302
    location: str = response["Location"]
    return location


def test_a_code_by_email_opens_the_desk(visitor: Client, jean: Membership) -> None:
    assert ask_for_code(visitor, "jean@poole.example") == "/sign-in/code/"
    response = visitor.post("/sign-in/code/", {"code": code_from_mail()}, follow=True)
    assert response.redirect_chain[-1][0] == "/desk/"
    assert "What needs you today" in response.content.decode()
    assert "Jean Marlow (demo)" in response.content.decode()


def test_the_code_is_taken_with_or_without_its_dash(visitor: Client, jean: Membership) -> None:
    ask_for_code(visitor, "jean@poole.example")
    visitor.post("/sign-in/code/", {"code": code_from_mail().replace("-", "")})
    assert visitor.get("/desk/").status_code == 200


def test_after_the_code_the_page_asked_for_opens(visitor: Client, jean: Membership) -> None:
    asked = visitor.get("/desk/")
    assert asked["Location"] == "/sign-in/?next=/desk/"
    visitor.post("/sign-in/?next=/desk/", {"email": "jean@poole.example", "next": "/desk/"})
    response = visitor.post("/sign-in/code/", {"code": code_from_mail(), "next": "/desk/"})
    assert response["Location"] == "/desk/"


def test_a_wrong_code_says_what_to_do_and_signs_nobody_in(
    visitor: Client, jean: Membership
) -> None:
    ask_for_code(visitor, "jean@poole.example")
    response = visitor.post("/sign-in/code/", {"code": "0000-0000"})
    assert "This is not the code we sent" in response.content.decode()
    assert visitor.get("/desk/").status_code == 302


def test_after_five_wrong_codes_the_right_one_is_worth_nothing(
    visitor: Client, jean: Membership
) -> None:
    ask_for_code(visitor, "jean@poole.example")
    right = code_from_mail()
    for _ in range(5):
        visitor.post("/sign-in/code/", {"code": "0000-0000"})
    visitor.post("/sign-in/code/", {"code": right})
    assert visitor.get("/desk/").status_code == 302


def test_a_code_is_stale_after_fifteen_minutes(visitor: Client, jean: Membership) -> None:
    ask_for_code(visitor, "jean@poole.example")
    code = code_from_mail()
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16), tick=True):
        visitor.post("/sign-in/code/", {"code": code})
        assert visitor.get("/desk/").status_code == 302


def test_an_unknown_address_gets_the_same_answers(poole: Landlord, jean: Membership) -> None:
    pages = []
    for email in ("jean@poole.example", "nobody@poole.example"):
        client = Client(headers={"host": "poole.localhost"})
        location = ask_for_code(client, email)
        page = client.get(location).content.decode().replace(email, "EMAIL")
        wrong = client.post(location, {"code": "0000-0000"}).content.decode()
        pages.append((location, _plain(page), _plain(wrong.replace(email, "EMAIL"))))
    assert pages[0] == pages[1]
    assert len(mail.outbox) == 2
    assert mail.outbox[0].subject == mail.outbox[1].subject
    assert mail.outbox[1].to == ["nobody@poole.example"]
    assert not re.search(r"\d{4}-\d{4}", str(mail.outbox[1].body))


def test_no_code_at_all_signs_in_at_an_unknown_address(visitor: Client) -> None:
    ask_for_code(visitor, "nobody@poole.example")
    for code in ("", "None", "0000-0000"):
        visitor.post("/sign-in/code/", {"code": code})
        assert visitor.get("/desk/").status_code == 302


def test_an_inactive_log_in_is_answered_like_an_unknown_one(
    visitor: Client, jean: Membership
) -> None:
    User.objects.filter(pk=jean.user_id).update(is_active=False)
    ask_for_code(visitor, "jean@poole.example")
    assert not re.search(r"\d{4}-\d{4}", str(mail.outbox[-1].body))


def test_codes_for_one_address_are_sent_three_times_a_minute(
    poole: Landlord, jean: Membership
) -> None:
    for _ in range(4):
        Client(headers={"host": "poole.localhost"}).post(
            "/sign-in/", {"email": "jean@poole.example"}
        )
    assert len(mail.outbox) == 3


def test_a_session_of_one_landlord_is_nobodys_at_another(
    poole: Landlord, oxford: Landlord, jean: Membership
) -> None:
    with landlord_scope(oxford):
        Membership.objects.create(user=jean.user, role="OFFICER", joined_at=jean.joined_at)
    client = Client()
    client.post("/at/poole/sign-in/", {"email": "jean@poole.example"})
    client.post("/at/poole/sign-in/code/", {"code": code_from_mail()})
    assert client.get("/at/poole/desk/").status_code == 200
    at_oxford = client.get("/at/oxford/desk/")
    assert at_oxford["Location"] == "/at/oxford/sign-in/?next=/at/oxford/desk/"


def test_somebody_with_two_landlords_takes_the_session_over_and_gets_a_new_key(
    poole: Landlord, oxford: Landlord, jean: Membership
) -> None:
    with landlord_scope(oxford):
        Membership.objects.create(user=jean.user, role="OFFICER", joined_at=jean.joined_at)
    client = Client()
    client.post("/at/poole/sign-in/", {"email": "jean@poole.example"})
    client.post("/at/poole/sign-in/code/", {"code": code_from_mail()})
    before = client.session.session_key
    response = client.post("/at/poole/sign-in/landlords/", {"landlord": "oxford"}, follow=True)
    assert response.redirect_chain[-1][0] == "/at/oxford/desk/"
    assert client.session.session_key != before
    assert client.get("/at/poole/desk/").status_code == 302


def test_nobody_takes_a_session_over_to_a_landlord_that_does_not_know_them(
    poole: Landlord, oxford: Landlord, jean: Membership
) -> None:
    client = Client()
    client.post("/at/poole/sign-in/", {"email": "jean@poole.example"})
    client.post("/at/poole/sign-in/code/", {"code": code_from_mail()})
    response = client.post("/at/poole/sign-in/landlords/", {"landlord": "oxford"})
    assert response.status_code == 404
    assert client.get("/at/oxford/desk/").status_code == 404


def test_on_the_bare_host_the_only_landlord_opens_by_itself(
    poole: Landlord, jean: Membership
) -> None:
    client = Client()
    client.post("/sign-in/", {"email": "jean@poole.example"})
    response = client.post("/sign-in/code/", {"code": code_from_mail()}, follow=True)
    assert response.redirect_chain[-1][0] == "/at/poole/desk/"


def test_on_the_bare_host_several_landlords_are_offered(
    poole: Landlord, oxford: Landlord, jean: Membership
) -> None:
    with landlord_scope(oxford):
        Membership.objects.create(user=jean.user, role="OFFICER", joined_at=jean.joined_at)
    client = Client()
    client.post("/sign-in/", {"email": "jean@poole.example"})
    page = client.post("/sign-in/code/", {"code": code_from_mail()}, follow=True)
    assert page.redirect_chain[-1][0] == "/sign-in/landlords/"
    assert "Poole Housing Partnership" in page.content.decode()
    assert "Oxford City Council" in page.content.decode()


def test_a_member_of_nowhere_is_told_whom_to_ask(visitor: Client, stranger: Membership) -> None:
    ask_for_code(visitor, "tom@oxford.example")
    page = visitor.post("/sign-in/code/", {"code": code_from_mail()}, follow=True)
    assert page.redirect_chain[-1][0] == "/sign-in/landlords/"
    assert visitor.get("/desk/").status_code == 404


def test_half_an_hour_without_a_click_ends_the_session(visitor: Client, jean: Membership) -> None:
    ask_for_code(visitor, "jean@poole.example")
    visitor.post("/sign-in/code/", {"code": code_from_mail()})
    start = timezone.now()
    for minutes in (20, 40, 60):
        with time_machine.travel(start + dt.timedelta(minutes=minutes), tick=True):
            assert visitor.get("/desk/").status_code == 200
    with time_machine.travel(start + dt.timedelta(minutes=91), tick=True):
        assert visitor.get("/desk/").status_code == 302
        assert (
            "because nothing was pressed for 30 minutes"
            in visitor.get("/sign-in/").content.decode()
        )


def test_twelve_hours_end_the_session_however_busy_it_is(visitor: Client, jean: Membership) -> None:
    ask_for_code(visitor, "jean@poole.example")
    visitor.post("/sign-in/code/", {"code": code_from_mail()})
    start = timezone.now()
    for minutes in range(20, 12 * 60, 20):
        with time_machine.travel(start + dt.timedelta(minutes=minutes), tick=True):
            assert visitor.get("/sign-in/own/").status_code == 200
    with time_machine.travel(start + dt.timedelta(hours=12, minutes=1), tick=True):
        assert visitor.get("/desk/").status_code == 302


def test_signing_out_ends_the_session(officer_client: Client) -> None:
    assert officer_client.get("/desk/").status_code == 200
    assert officer_client.get("/sign-in/out/").status_code == 200
    assert officer_client.get("/desk/").status_code == 200
    officer_client.post("/sign-in/out/")
    assert officer_client.get("/desk/").status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        "signup/",
        "email/",
        "password/reset/",
        "password/set/",
        "confirm-email/",
        "3rdparty/",
        "3rdparty/signup/",
        "social/connections/",
    ],
)
def test_pages_nobody_needs_are_closed(visitor: Client, path: str) -> None:
    assert visitor.get(f"/sign-in/{path}").status_code == 404


def test_nobody_makes_a_log_in_for_themselves(visitor: Client) -> None:
    page = visitor.get("/sign-in/new/")
    assert "A log-in comes by invitation" in page.content.decode()
    assert visitor.post("/sign-in/new/", {"email": "me@poole.example"}).status_code == 405
    assert not User.objects.filter(email="me@poole.example").exists()


def test_a_stale_membership_opens_nothing(visitor: Client, poole: Landlord) -> None:
    gone = make_member(poole, "Mina Rook (demo)", "OFFICER")
    ask_for_code(visitor, "mina@poole.example")
    visitor.post("/sign-in/code/", {"code": code_from_mail()})
    assert visitor.get("/desk/").status_code == 200
    with landlord_scope(poole):
        Membership.objects.filter(pk=gone.pk).update(is_active=False)
    assert visitor.get("/desk/").status_code == 404


def _plain(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
