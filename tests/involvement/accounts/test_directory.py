"""Sign-in through a landlord's own directory: whom it lets in, and what it may not do."""

from __future__ import annotations

from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client

from involvement.accounts.directory import DirectoryAdapter
from involvement.accounts.models import Membership, SignInRule
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord

pytestmark = pytest.mark.django_db

SERVER = "https://directory.example/poole/v2.0"
CONFIGURATION = {
    "issuer": SERVER,
    "authorization_endpoint": f"{SERVER}/authorize",
    "token_endpoint": f"{SERVER}/token",
    "userinfo_endpoint": f"{SERVER}/userinfo",
    "jwks_uri": f"{SERVER}/keys",
}


class Answer:
    """What the directory answers."""

    status_code = 200
    headers = {"content-type": "application/json"}

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data

    def json(self) -> dict[str, Any]:
        return self.data

    def raise_for_status(self) -> None:
        pass


class Directory:
    """A directory that knows one person, in place of the network."""

    def __init__(self, person: dict[str, Any]) -> None:
        self.person = person

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        pass

    def get(self, url: str, **kwargs: Any) -> Answer:
        return Answer(self.person if url.endswith("/userinfo") else CONFIGURATION)

    def request(self, method: str, url: str, **kwargs: Any) -> Answer:
        return Answer({"access_token": "token", "token_type": "Bearer"})


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def rule(poole: Landlord) -> SignInRule:
    with landlord_scope(poole):
        made: SignInRule = SignInRule.objects.create(
            server_url=SERVER,
            client_id="client",
            client_secret="secret",
            email_domains=["poole.example"],
        )
    return made


def come_in(poole: Landlord, monkeypatch: pytest.MonkeyPatch, email: str) -> Client:
    """Goes to the directory, is vouched for as `email`, and comes back."""
    person = {"sub": "1", "email": email, "name": "Jean"}
    monkeypatch.setattr(DirectoryAdapter, "get_requests_session", lambda _self: Directory(person))
    client = Client(headers={"host": "poole.localhost"})
    away = client.get(f"/sign-in/directory/directory-{poole.pk}/")
    assert away.status_code == 302, away.content.decode()
    assert away["Location"].startswith(f"{SERVER}/authorize")
    state = parse_qs(urlsplit(away["Location"]).query)["state"][0]
    client.get(f"/sign-in/directory/directory-{poole.pk}/back/", {"state": state, "code": "x"})
    return client


def test_the_sign_in_page_offers_the_directory_of_its_landlord_alone(
    poole: Landlord, oxford: Landlord, rule: SignInRule, visitor: Client
) -> None:
    assert "Microsoft Entra ID" in visitor.get("/sign-in/").content.decode()
    elsewhere = Client(headers={"host": "oxford.localhost"})
    assert "Microsoft Entra ID" not in elsewhere.get("/sign-in/").content.decode()
    assert elsewhere.get(f"/sign-in/directory/directory-{poole.pk}/").status_code == 404
    assert "Microsoft Entra ID" not in Client().get("/sign-in/").content.decode()


def test_a_member_whom_the_directory_names_comes_in(
    poole: Landlord, rule: SignInRule, jean: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = come_in(poole, monkeypatch, "jean@poole.example")
    assert "Jean Marlow (demo)" in client.get("/desk/").content.decode()


@pytest.mark.parametrize("email", ["new@poole.example", "tom@oxford.example"])
def test_nobody_else_comes_in(
    poole: Landlord,
    rule: SignInRule,
    jean: Membership,
    stranger: Membership,
    monkeypatch: pytest.MonkeyPatch,
    email: str,
) -> None:
    client = come_in(poole, monkeypatch, email)
    assert client.get("/desk/").status_code == 302


def test_a_directory_answers_for_its_own_domains_alone(
    poole: Landlord, rule: SignInRule, jean: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    jean.user.email = "jean@elsewhere.example"
    jean.user.save()
    client = come_in(poole, monkeypatch, "jean@elsewhere.example")
    assert client.get("/desk/").status_code == 302


def test_a_directory_makes_nobody_somebody_at_another_landlord(
    poole: Landlord,
    oxford: Landlord,
    rule: SignInRule,
    jean: Membership,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with landlord_scope(oxford):
        Membership.objects.create(user=jean.user, role="ADMINISTRATOR", joined_at=jean.joined_at)
    client = come_in(poole, monkeypatch, "jean@poole.example")
    assert client.get("/desk/").status_code == 200
    page = client.get("/sign-in/landlords/").content.decode()
    assert "Poole Housing Partnership" in page
    assert "Oxford City Council" not in page
    assert client.get("/sign-in/own/password/")["Location"] == "/sign-in/directory/"
    assert client.get("/sign-in/own/app/")["Location"] == "/sign-in/directory/"


def test_the_landlords_second_step_is_the_directorys_business(
    poole: Landlord, rule: SignInRule, jean: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    with landlord_scope(poole):
        Landlord.objects.filter(pk=poole.pk).update(second_factor_required=True)
    client = come_in(poole, monkeypatch, "jean@poole.example")
    assert client.get("/desk/").status_code == 200
