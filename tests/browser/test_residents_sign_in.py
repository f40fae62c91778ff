"""Residents sign in on a narrow telephone, by keyboard, without script: by e-mail, text and letter,
on a shared computer, and for somebody they act for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from unittest import mock

import pytest
from django.core import mail
from django.utils import timezone

from involvement.accounts.models import Membership
from involvement.auditing.actors import Actor, ActorKind
from involvement.delivery.models import Provider
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.representatives.operations import give_authority
from residents.signin.operations import write_letter
from tests.browser.journeys import Window
from tests.factories.people import make_person
from tests.involvement.delivery.scripted import Scripted
from tests.residents.signin.entering import code_in, forget_tries, link_in

EMAIL = "doreen@post.example"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    forget_tries()


@pytest.fixture
def doreen(housing: Landlord) -> Person:
    with landlord_scope(housing):
        return make_person(email=EMAIL, address="3 Drake Court\nPoole\nBH15 1QT")


class Plain(Window):
    """A browser without script. Axe is a script: the same states are looked at with one that has."""

    def is_sound(self) -> None:
        return


@pytest.fixture(params=[True, False], ids=["with script", "without"])
def here(window: Callable[..., Window], request: pytest.FixtureRequest) -> Window:
    if request.param:
        return window()
    one = window(script=False)
    return Plain(one.page, one.keyboard, one.address, one.axe)


def ask(here: Window, address: str) -> None:
    """From the landlord's public pages to the page that asks for the code."""
    here.open("/")
    here.keyboard.go_to("Menu")
    here.page.keyboard.press("Enter")
    here.keyboard.press("Your page")
    here.is_sound()
    here.keyboard.type_into("Your e-mail address", address)
    here.keyboard.press("Send me a code")
    assert here.heading == "Type the code"
    here.is_sound()


def test_by_a_code_in_an_email_after_a_wrong_one(here: Window, doreen: Person) -> None:
    ask(here, EMAIL)
    code = code_in(str(mail.outbox[-1].body))
    here.keyboard.type_into("The code we sent you", "12")
    here.keyboard.press("Sign in")
    assert "The code has six figures." in here.words
    here.is_sound()
    here.keyboard.type_into("The code we sent you", code)
    here.keyboard.press("Sign in")
    assert doreen.name in here.heading
    here.is_sound()
    here.keyboard.press("Tell us something")
    assert here.heading == "Tell us something"


def test_by_the_link_in_an_email_with_one_button(here: Window, doreen: Person) -> None:
    ask(here, EMAIL)
    here.open(link_in(str(mail.outbox[-1].body)))
    here.is_sound()
    here.keyboard.press("Sign in")
    assert doreen.name in here.heading


def test_by_a_code_in_a_text(here: Window, housing: Landlord, doreen: Person) -> None:
    with landlord_scope(housing):
        Person.objects.filter(pk=doreen.pk).update(phone="07700 900123")
        Provider.objects.create(channel="TEXT", kind="NOTIFY", name="Texts", is_active=True)
    carrier = Scripted()
    with mock.patch("involvement.delivery.sending.for_provider", return_value=carrier):
        ask(here, "07700 900 123")
    code = code_in(carrier.took[-1].body)
    here.keyboard.type_into("The code we sent you", code)
    here.keyboard.press("Sign in")
    assert doreen.name in here.heading


def test_a_record_is_claimed_by_a_letter_on_a_shared_computer(
    here: Window, housing: Landlord, jo: Membership, doreen: Person
) -> None:
    officer = Actor(ActorKind.STAFF, str(jo.user), key=jo.pk)
    with landlord_scope(housing):
        letter = write_letter(person=doreen, landlord=housing, by=officer, at=timezone.now())
    here.open("/my/sign-in/")
    here.keyboard.press("Use a code from a letter")
    here.is_sound()
    here.keyboard.type_into("The code in your letter", str(letter.link).lower())
    here.keyboard.type_into("Your postcode", "bh15 1qt")
    here.keyboard.tick("This is a shared computer")
    here.keyboard.press("Sign in")
    assert doreen.name in here.heading
    cookies = here.page.context.cookies()
    assert [one["expires"] for one in cookies if one["name"].startswith("my-")] == [-1]
    here.open("/my/out/")
    here.is_sound()
    here.keyboard.press("Sign out here")
    assert here.heading == "You are signed out"
    here.open("/my/")
    assert here.heading == "Sign in to your page"


def test_whoever_has_a_new_address_asks_to_be_rung(here: Window, housing: Landlord) -> None:
    ask(here, "new@post.example")
    assert mail.outbox == [] or mail.outbox[-1].to != ["new@post.example"]
    here.keyboard.press("Ask us to ring you")
    here.is_sound()
    here.keyboard.type_into("Your name", "Nora Quill (demo)")
    here.keyboard.type_into("Your telephone number", "01632 960 555")
    here.keyboard.press("Ask to be rung")
    assert here.heading == "We will ring you"
    here.is_sound()


def test_somebody_acts_for_another_inside_what_they_may_do(
    here: Window, housing: Landlord, doreen: Person
) -> None:
    today = timezone.localdate()
    with landlord_scope(housing):
        walter = make_person("Walter Hackett (demo)", email="walter@post.example")
        give_authority(
            person=doreen,
            representative=walter,
            kind="FAMILY",
            evidence="SIGNED",
            evidence_seen_on=today,
            began_on=today,
            ends_on=today + dt.timedelta(days=30),
            may_change=True,
            by=Actor(ActorKind.STAFF, "Jo Field (demo)"),
            at=timezone.now(),
        )
    ask(here, "walter@post.example")
    here.open(link_in(str(mail.outbox[-1].body)))
    here.keyboard.press("Sign in")
    here.keyboard.press("Choose whose page you see")
    here.is_sound()
    here.keyboard.go_to("My own: Walter Hackett (demo)")
    here.page.keyboard.press("ArrowDown")
    here.keyboard.press("See this page")
    assert here.heading == "Doreen Hackett (demo)’s page"
    here.is_sound()
    here.open("/my/details/")
    assert "so they change these themselves" in here.words
    here.is_sound()
    here.open("/my/interests/")
    assert "You may not do this" in here.heading
    here.is_sound()
