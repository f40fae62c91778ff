"""The second step and passkeys as a person goes through them: with an authenticator app whose codes
are worked out here, and with a device that the browser pretends to have."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache

from involvement.accounts.models import Membership
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from tests.browser.journeys import Window

OWN = "/sign-in/own/"
DESK = "What needs you today"
# A device with a fingerprint reader that always knows its owner
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def press(here: Window, name: str) -> None:
    here.page.get_by_role("button", name=name).or_(
        here.page.get_by_role("link", name=name)
    ).first.click()


def code_of(secret: str) -> str:
    """What the app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def sign_in_by_code(here: Window, email: str) -> None:
    """From nobody to the desk, or to the second step."""
    here.page.context.clear_cookies()
    here.open("/sign-in/")
    here.page.get_by_label("Your e-mail address").fill(email)
    press(here, "Send me a code")
    found = re.search(r"\d{4}-\d{4}", str(mail.outbox[-1].body))
    assert found
    here.page.get_by_label("code").fill(found.group())
    press(here, "Sign in")


def set_up_app(here: Window) -> tuple[str, str]:
    """Set the app up from the page that asks for it. Returns its secret and a spare code."""
    secret = here.page.locator("code.secret").inner_text().strip()
    here.is_sound()
    here.page.get_by_label("The code your app shows now").fill(code_of(secret))
    press(here, "Turn the second step on")
    # Spare codes are shown to nobody who has not just proved who they are
    assert here.heading == "Your code once more"
    here.is_sound()
    here.page.get_by_label("code").fill(code_of(secret))
    press(here, "Go on")
    assert here.heading == "Spare codes"
    here.is_sound()
    return secret, here.page.locator("code.secret").first.inner_text().strip()


def give_device(here: Window) -> None:
    """Have the browser pretend to the device."""
    session = here.page.context.new_cdp_session(here.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def prove_by_passkey(here: Window) -> None:
    """From the page that asks for proof once more to the spare codes."""
    here.page.wait_for_url("**/passkey/again/?next=**")
    assert here.heading == "Your passkey once more"
    here.is_sound()
    press(here, "Use your passkey")
    here.page.wait_for_url("**/spare-codes/")
    here.is_sound()


def test_an_app_is_asked_for_and_a_spare_code_takes_its_place(
    window: Callable[..., Window], jo: Membership
) -> None:
    here = window()
    sign_in_by_code(here, jo.user.email)
    here.open(OWN)
    press(here, "Set up the app")
    here.page.get_by_label("The code your app shows now").fill("123")
    press(here, "Turn the second step on")
    assert "One thing to put right" in here.words
    here.is_sound()
    secret, spare = set_up_app(here)

    sign_in_by_code(here, jo.user.email)
    assert here.heading == "The second step"
    here.is_sound()
    here.page.get_by_label("code").fill("000000")
    press(here, "Sign in")
    assert "This is not the code your app shows now" in here.words
    here.is_sound()
    # Half a minute later, since no code is taken twice
    cache.clear()
    here.page.get_by_label("code").fill(code_of(secret))
    press(here, "Sign in")
    assert here.heading == DESK

    sign_in_by_code(here, jo.user.email)
    here.page.get_by_label("code").fill(spare)
    press(here, "Sign in")
    assert here.heading == DESK
    here.open("/sign-in/own/spare-codes/")
    cache.clear()
    here.page.get_by_label("code").fill(code_of(secret))
    press(here, "Go on")
    assert "9 of 10 are left" in here.words

    here.open(OWN)
    press(here, "Remove the app")
    here.is_sound()
    press(here, "Remove the app")
    assert not Authenticator.objects.filter(user=jo.user, type="totp").exists()
    sign_in_by_code(here, jo.user.email)
    assert here.heading == DESK


def test_a_landlord_that_demands_a_second_step_opens_the_desk_once_it_is_set_up(
    window: Callable[..., Window], jo: Membership, housing: Landlord
) -> None:
    with landlord_scope(housing):
        Landlord.objects.filter(pk=housing.pk).update(second_factor_required=True)
    here = window()
    sign_in_by_code(here, jo.user.email)
    assert here.heading == "One more step before the desk opens"
    here.is_sound()
    press(here, "Set up the app")
    set_up_app(here)
    here.open("/desk/")
    assert here.heading == DESK


def test_a_passkey_signs_in_alone_and_is_renamed_and_removed(
    window: Callable[..., Window], jo: Membership
) -> None:
    here = window()
    give_device(here)
    sign_in_by_code(here, jo.user.email)
    here.open(OWN)
    press(here, "Add a passkey")
    here.page.get_by_label("Name").fill("Jo’s laptop (demo)")
    here.page.get_by_role("checkbox").check()
    here.is_sound()
    press(here, "Add the passkey")
    prove_by_passkey(here)

    here.page.context.clear_cookies()
    here.open("/sign-in/")
    press(here, "With a passkey")
    here.page.wait_for_url("**/desk/")
    assert here.heading == DESK

    here.open(OWN)
    press(here, "See your passkeys")
    assert "Jo’s laptop (demo)" in here.words
    here.is_sound()
    press(here, "Rename")
    press(here, "Use your passkey")
    here.page.get_by_label("Name").wait_for()
    here.is_sound()
    here.page.get_by_label("Name").fill("")
    press(here, "Save the name")
    here.is_sound()
    here.page.get_by_label("Name").fill("Work laptop")
    press(here, "Save the name")
    assert "Work laptop" in here.words
    press(here, "Remove")
    assert here.heading == "Remove this passkey?"
    here.is_sound()
    press(here, "Remove the passkey")
    assert not Authenticator.objects.filter(user=jo.user, type="webauthn").exists()


def test_a_key_beside_the_code_is_asked_for_as_the_second_step(
    window: Callable[..., Window], jo: Membership
) -> None:
    here = window()
    give_device(here)
    sign_in_by_code(here, jo.user.email)
    here.open("/sign-in/own/passkeys/add/")
    here.page.get_by_label("Name").fill("Key on my ring")
    press(here, "Add the passkey")
    prove_by_passkey(here)

    sign_in_by_code(here, jo.user.email)
    assert here.heading == "The second step"
    assert "Open the app" not in here.words
    here.is_sound()
    press(here, "Use your passkey")
    here.page.wait_for_url("**/desk/")
    assert here.heading == DESK


def test_a_device_that_gives_nothing_is_answered_with_a_sentence(
    window: Callable[..., Window],
) -> None:
    here = window()
    give_device(here)
    here.open("/sign-in/")
    press(here, "With a passkey")
    here.page.get_by_role("alert").wait_for()
    assert "did not give a passkey" in here.words
    here.is_sound()
