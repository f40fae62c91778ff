"""Inviting people, accepting, and what an invitation is worth afterwards."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from involvement.accounts.models import Invitation, Membership, StaffMember, User
from involvement.accounts.queries import token_hash
from involvement.auditing.models import AuditEntry
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from tests.conftest import client_for
from tests.factories.accounts import make_member

pytestmark = pytest.mark.django_db

INVITATIONS = "/desk/staff/invitations/"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def administrator(poole: Landlord) -> Membership:
    return make_member(poole, "Ada Frost (demo)", "ADMINISTRATOR", initials="AF")


@pytest.fixture
def administrator_client(poole: Landlord, administrator: Membership) -> Client:
    return client_for(poole, administrator)


def invite(client: Client, email: str = "new@poole.example", role: str = "CONTRIBUTOR") -> str:
    """Invites somebody and gives the path of the link in the e-mail."""
    response = client.post(INVITATIONS, {"email": email, "name": "Nell Quist (demo)", "role": role})
    assert response.status_code == 302, response.content.decode()
    found = re.search(r"http://poole\.localhost(/invitation/\S+)", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found.group(1)


def accept(link: str) -> Client:
    """Accepts the invitation and types the code that comes."""
    client = Client(headers={"host": "poole.localhost"})
    client.post(link, {"name": "Nell Quist (demo)"})
    code = re.search(r"\d{4}-\d{4}", str(mail.outbox[-1].body))
    assert code, mail.outbox[-1].body
    client.post("/sign-in/code/", {"code": code.group()})
    return client


def test_an_invitation_makes_a_log_in_a_member_and_a_colleague(
    poole: Landlord, officer_client: Client
) -> None:
    link = invite(officer_client)
    assert mail.outbox[-1].to == ["new@poole.example"]
    page = Client(headers={"host": "poole.localhost"}).get(link).content.decode()
    assert "Poole Housing Partnership invites you" in page
    assert "Updates progress on plan lines" in page
    client = accept(link)
    assert client.get("/desk/").status_code == 200
    with landlord_scope(poole):
        membership = Membership.objects.get(user__email="new@poole.example")
        assert (membership.role, membership.is_active) == ("CONTRIBUTOR", True)
        assert membership.staff.name == "Nell Quist (demo)"
        sentences = [entry.sentence for entry in AuditEntry.objects.order_by("pk")]
    assert "invited new@poole.example as contributor" in sentences
    assert "accepted the invitation as contributor" in sentences


def test_looking_at_an_invitation_accepts_nothing(poole: Landlord, officer_client: Client) -> None:
    link = invite(officer_client)
    Client(headers={"host": "poole.localhost"}).get(link)
    assert not User.objects.filter(email="new@poole.example").exists()


def test_only_a_hash_of_the_token_is_kept(poole: Landlord, officer_client: Client) -> None:
    token = invite(officer_client).split("/")[2]
    with landlord_scope(poole):
        kept = Invitation.objects.get()
        assert kept.token_hash == token_hash(token)
        assert token not in str(
            [list(Invitation.objects.values()), list(AuditEntry.objects.values())]
        )


def test_an_invitation_works_once(poole: Landlord, officer_client: Client) -> None:
    link = invite(officer_client)
    accept(link)
    again = Client(headers={"host": "poole.localhost"}).post(link, {"name": "Somebody else"})
    assert again.status_code == 410
    assert "accepted already" in again.content.decode()


def test_an_invitation_works_for_fourteen_days(poole: Landlord, officer_client: Client) -> None:
    link = invite(officer_client)
    visitor = Client(headers={"host": "poole.localhost"})
    sent = timezone.now()
    with time_machine.travel(sent + dt.timedelta(days=13, hours=23), tick=True):
        assert visitor.get(link).status_code == 200
    with time_machine.travel(sent + dt.timedelta(days=14, minutes=1), tick=True):
        late = visitor.post(link, {"name": "Nell Quist (demo)"})
        assert late.status_code == 410
        assert "older than 14 days" in late.content.decode()
    assert not User.objects.filter(email="new@poole.example").exists()


def test_an_invitation_taken_back_is_closed(poole: Landlord, officer_client: Client) -> None:
    link = invite(officer_client)
    with landlord_scope(poole):
        key = Invitation.objects.get().pk
    officer_client.post(f"{INVITATIONS}{key}/withdraw/")
    answer = Client(headers={"host": "poole.localhost"}).post(link, {"name": "Nell Quist (demo)"})
    assert answer.status_code == 410
    assert "taken back" in answer.content.decode()
    assert not User.objects.filter(email="new@poole.example").exists()


def test_sending_again_makes_a_new_link_and_closes_the_old(
    poole: Landlord, officer_client: Client
) -> None:
    old = invite(officer_client)
    with landlord_scope(poole):
        key = Invitation.objects.get().pk
    officer_client.post(f"{INVITATIONS}{key}/resend/")
    new = re.search(r"(/invitation/\S+)", str(mail.outbox[-1].body))
    assert new
    visitor = Client(headers={"host": "poole.localhost"})
    assert visitor.get(old).status_code == 404
    assert visitor.get(new.group(1)).status_code == 200


def test_an_invitation_opens_nothing_at_another_landlord(
    poole: Landlord, oxford: Landlord, officer_client: Client
) -> None:
    link = invite(officer_client)
    assert Client(headers={"host": "poole.localhost"}).get(link).status_code == 200
    assert Client(headers={"host": "oxford.localhost"}).get(link).status_code == 404
    with landlord_scope(poole):
        key = Invitation.objects.get().pk
    stranger = client_for(oxford, make_member(oxford, "Tom Ferris (demo)", "ADMINISTRATOR"))
    assert stranger.post(f"{INVITATIONS}{key}/withdraw/").status_code == 404


def test_officers_invite_contributors_and_nobody_else(
    poole: Landlord, officer_client: Client, administrator_client: Client
) -> None:
    page = officer_client.get(INVITATIONS).content.decode()
    assert 'value="CONTRIBUTOR"' in page
    assert 'value="ADMINISTRATOR"' not in page
    refused = officer_client.post(
        INVITATIONS, {"email": "a@poole.example", "role": "ADMINISTRATOR"}
    )
    assert refused.status_code == 200
    assert not mail.outbox
    invite(administrator_client, "a@poole.example", "ADMINISTRATOR")


def test_contributors_invite_nobody(contributor_client: Client) -> None:
    assert contributor_client.get(INVITATIONS).status_code == 403


def test_an_address_is_invited_once_and_a_member_never(
    officer_client: Client, asha: Membership
) -> None:
    invite(officer_client)
    twice = officer_client.post(INVITATIONS, {"email": "NEW@poole.example", "role": "CONTRIBUTOR"})
    assert "has an open invitation" in twice.content.decode()
    member = officer_client.post(
        INVITATIONS, {"email": "asha@poole.example", "role": "CONTRIBUTOR"}
    )
    assert "signs in here already" in member.content.decode()
    assert len(mail.outbox) == 1


def test_the_database_refuses_a_second_open_invitation(poole: Landlord, jean: Membership) -> None:
    with landlord_scope(poole):
        values = {
            "role": "CONTRIBUTOR",
            "sent_at": jean.joined_at,
            "expires_at": jean.joined_at,
            "by_kind": "STAFF",
            "by_name": "Jean",
            "by_channel": "WEB",
        }
        Invitation.objects.create(email="new@poole.example", token_hash="a", **values)
        with pytest.raises(IntegrityError, match="invitation_is_open_once"), transaction.atomic():
            Invitation.objects.create(email="NEW@poole.example", token_hash="b", **values)


def test_somebody_with_a_log_in_elsewhere_keeps_it_and_gains_a_landlord(
    poole: Landlord, oxford: Landlord, officer_client: Client
) -> None:
    elsewhere = make_member(oxford, "Nell Quist (demo)", "OFFICER", email="new@poole.example")
    accept(invite(officer_client))
    with landlord_scope(poole):
        assert Membership.objects.get(user=elsewhere.user).role == "CONTRIBUTOR"
    with landlord_scope(oxford):
        assert Membership.objects.get(user=elsewhere.user).role == "OFFICER"


def test_a_colleague_in_the_directory_is_joined_and_not_doubled(
    poole: Landlord, officer_client: Client
) -> None:
    with landlord_scope(poole):
        listed = StaffMember.objects.create(name="Nell Quist (demo)", email="new@poole.example")
    accept(invite(officer_client))
    with landlord_scope(poole):
        assert Membership.objects.get(user__email="new@poole.example").staff == listed
        assert StaffMember.objects.filter(email="new@poole.example").count() == 1


def test_a_new_landlord_gets_its_first_administrator_by_command(
    poole: Landlord, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        call_command("invite", landlord="poole", email="first@poole.example", role="ADMINISTRATOR")
    found = re.search(r"http://localhost:8000(/at/poole/invitation/\S+)", str(mail.outbox[-1].body))
    assert found
    client = Client()
    client.post(found.group(1), {"name": "First Person (demo)"})
    with landlord_scope(poole):
        assert Membership.objects.get().role == "ADMINISTRATOR"


def test_the_command_says_what_is_wrong(poole: Landlord) -> None:
    with pytest.raises(CommandError, match="is no e-mail address"):
        call_command("invite", landlord="poole", email="nobody", role="OFFICER")
    with pytest.raises(CommandError, match="There is no landlord “nix”"):
        call_command("invite", landlord="nix", email="a@poole.example")
