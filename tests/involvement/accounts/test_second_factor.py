"""A second step where the landlord demands one."""

from __future__ import annotations

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.core.cache import cache
from django.test import Client

from involvement.accounts.models import Membership
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from tests.involvement.accounts.test_sign_in import ask_for_code, code_from_mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def strict(poole: Landlord) -> Landlord:
    with landlord_scope(poole):
        Landlord.objects.filter(pk=poole.pk).update(second_factor_required=True)
    return poole


def test_the_desk_stays_closed_until_a_second_step_is_set_up(
    poole: Landlord, officer_client: Client
) -> None:
    assert officer_client.get("/desk/").status_code == 200
    with landlord_scope(poole):
        Landlord.objects.filter(pk=poole.pk).update(second_factor_required=True)
    answer = officer_client.get("/desk/")
    assert answer["Location"] == "/sign-in/own/needed/"
    page = officer_client.get("/sign-in/own/needed/").content.decode()
    assert "One more step before the desk opens" in page
    assert "/sign-in/own/app/" in page


def test_the_page_that_sets_the_app_up_opens_and_shows_its_secret(
    strict: Landlord, officer_client: Client
) -> None:
    page = officer_client.get("/sign-in/own/app/")
    assert page.status_code == 200
    assert page.context["form"].secret in page.content.decode()


def test_with_an_app_the_code_alone_does_not_sign_in(
    strict: Landlord, visitor: Client, jean: Membership
) -> None:
    secret = get_adapter().encrypt(generate_totp_secret())
    Authenticator.objects.create(user=jean.user, type="totp", data={"secret": secret})
    ask_for_code(visitor, "jean@poole.example")
    answer = visitor.post("/sign-in/code/", {"code": code_from_mail()})
    assert answer["Location"] == "/sign-in/second/"
    assert visitor.get("/desk/").status_code == 302
    wrong = visitor.post("/sign-in/second/", {"code": "000000"})
    assert "This is not the code your app shows now" in wrong.content.decode()
    assert visitor.get("/desk/").status_code == 302


def test_with_an_app_the_desk_opens(
    strict: Landlord, officer_client: Client, jean: Membership
) -> None:
    secret = get_adapter().encrypt(generate_totp_secret())
    Authenticator.objects.create(user=jean.user, type="totp", data={"secret": secret})
    assert officer_client.get("/desk/").status_code == 200
