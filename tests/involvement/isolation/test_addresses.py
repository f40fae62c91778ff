"""Which landlord an address leads to, and whose a session is there."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from involvement.accounts.doors import LandlordRequest, landlord_view, open_view, public_view
from involvement.accounts.models import Membership
from involvement.accounts.permissions import Permission
from involvement.accounts.sessions import DIRECTORY_KEY
from involvement.isolation import NoLandlord, landlord_scope, no_scope
from involvement.isolation.scope import current
from involvement.landlords.models import Domain, Landlord
from tests.conftest import client_for


@public_view
def whose(request: LandlordRequest) -> HttpResponse:
    assert current().landlord == request.landlord.pk
    return HttpResponse(f"{request.landlord.slug} {reverse('whose')}", content_type="text/plain")


@landlord_view(Permission.DESK_OPEN)
def desk(request: LandlordRequest) -> HttpResponse:
    return HttpResponse(str(request.membership.user), content_type="text/plain")


@open_view
def front(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(current().landlord), content_type="text/plain")


urlpatterns = [
    path("whose/", whose, name="whose"),
    path("desk/", desk),
    path("front/", front),
    path("", include("involvement.urls")),
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def ask(host: str, address: str) -> HttpResponse:
    response: HttpResponse = Client(headers={"host": host}).get(address)  # type: ignore[assignment]  # the test client's own kind
    return response


@pytest.mark.parametrize(
    ("host", "address", "answer"),
    [
        ("poole.localhost", "/whose/", "poole /whose/"),
        ("POOLE.localhost", "/whose/", "poole /whose/"),
        ("poole.localhost:8000", "/whose/", "poole /whose/"),
        ("localhost", "/at/poole/whose/", "poole /at/poole/whose/"),
        ("oxford.localhost", "/whose/", "oxford /whose/"),
    ],
)
def test_an_address_leads_to_its_landlord(
    poole: Landlord, oxford: Landlord, host: str, address: str, answer: str
) -> None:
    assert ask(host, address).content.decode() == answer


def test_a_landlords_own_domain_leads_to_it(poole: Landlord, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined]  # pytest-django's wrapper
    Domain.objects.create(landlord_key=poole, host="homes.poole.example")
    assert ask("homes.poole.example", "/whose/").content.decode() == "poole /whose/"
    assert ask("Homes.Poole.Example", "/whose/").content.decode() == "poole /whose/"
    assert ask("other.poole.example", "/whose/").status_code == 404


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("nobody.localhost", "/whose/"),
        ("x.poole.localhost", "/whose/"),
        ("localhost", "/whose/"),
        ("localhost", "/at/nobody/whose/"),
        ("localhost", "/at/POOLE/whose/"),
        ("localhost", "/at//whose/"),
        ("localhost", "/at/poole%2f..%2foxford/whose/"),
        ("poole.localhost", "/at/oxford/whose/"),
    ],
)
def test_an_address_of_no_landlord_is_not_found(
    poole: Landlord, oxford: Landlord, host: str, address: str
) -> None:
    assert ask(host, address).status_code == 404


def test_a_page_of_the_product_serves_nobody_whatever_was_in_scope_before(poole: Landlord) -> None:
    with landlord_scope(poole):
        assert ask("localhost", "/front/").content.decode() == "None"


def test_a_request_leaves_no_landlord_behind(poole: Landlord) -> None:
    before = current()
    ask("poole.localhost", "/whose/")
    assert current() == before


def test_a_session_of_one_landlord_is_nobodys_at_another(
    poole: Landlord, oxford: Landlord, jean: Membership
) -> None:
    """Even for somebody who is a member of both: they sign in at each."""
    with landlord_scope(oxford):
        Membership.objects.create(user=jean.user, role="ADMINISTRATOR", joined_at=jean.joined_at)
    client = client_for(poole, jean)
    assert client.get("/desk/").content.decode() == "Jean Marlow (demo)"
    there = client.get("/desk/", headers={"host": "oxford.localhost"})
    assert there.status_code == 302
    assert "/sign-in/" in there["Location"] or "login" in there["Location"]
    by_path = client.get("/at/oxford/desk/", headers={"host": "localhost"})
    assert by_path.status_code == 302


@pytest.mark.parametrize(
    ("host", "address"), [("oxford.localhost", "/desk/"), ("localhost", "/at/oxford/desk/")]
)
def test_whoever_is_signed_in_elsewhere_alone_is_a_stranger_by_either_address(
    poole: Landlord, oxford: Landlord, jean: Membership, host: str, address: str
) -> None:
    """Her browser sends the cookie by the second address only; the answer does not hang on that."""
    client = client_for(poole, jean)
    assert client.get("/desk/").status_code == 200
    assert client.get(address, headers={"host": host}).status_code == 404
    assert ask(host, address).status_code == 302
    with landlord_scope(oxford):
        theirs = Membership.objects.create(user=jean.user, role="OFFICER", joined_at=jean.joined_at)
    assert client.get(address, headers={"host": host}).status_code == 302
    with landlord_scope(oxford):
        Membership.objects.filter(pk=theirs.pk).update(is_active=False)
    assert client.get(address, headers={"host": host}).status_code == 404


def test_a_session_that_a_directory_opened_is_not_told_who_is_a_member_elsewhere(
    poole: Landlord, oxford: Landlord, jean: Membership
) -> None:
    client = client_for(poole, jean)
    session = client.session
    session[DIRECTORY_KEY] = True
    session.save()
    for is_member in (False, True):
        if is_member:
            with landlord_scope(oxford):
                Membership.objects.create(user=jean.user, role="OFFICER", joined_at=jean.joined_at)
        answer = client.get("/at/oxford/desk/", headers={"host": "localhost"})
        assert answer.status_code == 404, is_member


def test_a_session_that_is_over_is_nobodys_elsewhere_too(
    poole: Landlord, oxford: Landlord, jean: Membership, settings: Any
) -> None:
    client = client_for(poole, jean)
    settings.SESSION_COOKIE_AGE = -1
    answer = client.get("/at/oxford/desk/", headers={"host": "localhost"})
    assert answer.status_code == 302


def test_a_session_of_a_stranger_opens_nothing(
    poole: Landlord, stranger: Membership, stranger_client: Client
) -> None:
    assert stranger_client.get("/desk/").status_code == 404
    assert client_for(stranger.landlord, stranger).get("/desk/").status_code == 200


def test_a_membership_that_ended_opens_nothing(poole: Landlord, jean: Membership) -> None:
    client = client_for(poole, jean)
    assert client.get("/desk/").status_code == 200
    with landlord_scope(poole):
        Membership.objects.filter(pk=jean.pk).update(is_active=False)
    assert client.get("/desk/").status_code == 404


def test_cached_answers_are_each_landlords_own(poole: Landlord, oxford: Landlord) -> None:
    with landlord_scope(poole):
        cache.set("late-lines", 3)
    with landlord_scope(oxford):
        assert cache.get("late-lines") is None
        cache.set("late-lines", 5)
    with landlord_scope(poole):
        assert cache.get("late-lines") == 3


def test_nothing_is_cached_for_nobody_unless_it_is_shared() -> None:
    with no_scope():
        with pytest.raises(NoLandlord):
            cache.get("late-lines")
        cache.set("shared:landlords", 2)
        assert cache.get("shared:landlords") == 2
