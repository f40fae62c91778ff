"""A code in a letter, which an officer prints; a code by text; a computer that others use."""

from __future__ import annotations

import datetime as dt
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.auditing.models import AuditEntry
from involvement.delivery.letters import letters_html
from involvement.delivery.models import Message, Provider
from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.signin import codes, operations, policies
from residents.signin.models import ResidentSession, SignInCode
from tests.factories.people import make_person
from tests.involvement.delivery.scripted import Scripted
from tests.residents.signin.entering import ASK, CODE, HOME, LETTER, browser_at, code_in


def write(person: Person, landlord: Landlord, by: Actor) -> str:
    """Have a letter written. Returns the code as it is printed."""
    message = operations.write_letter(person=person, landlord=landlord, by=by, at=timezone.now())
    return str(message.link)


@pytest.mark.parametrize("typed", ["{}", "{} ", " {}"])
def test_a_code_from_a_letter_signs_in_with_the_postcode_however_it_is_typed(
    poole: Landlord, doreen: Person, officer: Actor, typed: str
) -> None:
    code = write(doreen, poole, officer)
    for spelt in (code.lower().replace("-", ""), typed.format(code)):
        SignInCode.objects.update(used_at=None)
        here = browser_at(poole)
        answer = here.post(LETTER, {"code": spelt, "postcode": "bh151qt"})
        assert answer["Location"] == HOME
    assert ResidentSession.objects.filter(way="LETTER").count() == 2


def test_letters_that_look_alike_are_never_made_and_are_read_alike() -> None:
    made = "".join(codes.new_letters() for _ in range(200))
    assert not set("O0I1LS5B8Z2UV") & set(made)
    assert codes.letters_typed("o0i1-l ab") == codes.letters_typed("00 11 1AB")


def test_a_letters_code_works_once_for_28_days_and_not_without_the_postcode(
    poole: Landlord, doreen: Person, officer: Actor
) -> None:
    code = write(doreen, poole, officer)
    row = SignInCode.objects.get()
    assert row.expires_at - row.made_at == dt.timedelta(days=28)
    refused = browser_at(poole).post(LETTER, {"code": code, "postcode": "BH1 1AA"})
    assert refused.status_code == 422
    assert browser_at(poole).post(LETTER, {"code": code, "postcode": "BH15 1QT"}).status_code == 302
    SignInCode.objects.update(used_at=timezone.now() - dt.timedelta(minutes=1))
    again = browser_at(poole).post(LETTER, {"code": code, "postcode": "BH15 1QT"})
    assert again.status_code == 422
    assert "do not belong together" in again.content.decode()


def test_the_letter_carries_the_code_in_large_print_where_they_asked_and_the_outbox_does_not(
    poole: Landlord, in_poole: Landlord, officer: Actor
) -> None:
    person = make_person(needs=["LARGE_PRINT"], address="3 Drake Court\nPoole\nBH15 1QT")
    message = operations.write_letter(person=person, landlord=poole, by=officer, at=timezone.now())
    assert message.link not in message.body
    html = letters_html([message], landlord=poole, on=timezone.localdate())
    assert message.link in html
    assert "letter--large" in html
    assert "[link]" not in html


def test_a_new_letter_closes_the_one_before_and_an_officer_takes_codes_back(
    poole: Landlord, doreen: Person, officer: Actor, officer_client: Client
) -> None:
    first, second = write(doreen, poole, officer), write(doreen, poole, officer)
    given = {"postcode": "BH15 1QT"}
    assert browser_at(poole).post(LETTER, {"code": first, **given}).status_code == 422
    assert Message.objects.filter(state="CANCELLED").count() == 1
    officer_client.post(f"/desk/people/{doreen.pk}/sign-in/revoke/")
    assert browser_at(poole).post(LETTER, {"code": second, **given}).status_code == 422
    assert AuditEntry.objects.filter(verb="resident.codes_revoked").count() == 1


def test_no_letter_is_written_to_somebody_without_a_postcode(
    poole: Landlord, in_poole: Landlord, officer: Actor
) -> None:
    with pytest.raises(policies.NoPostcode):
        write(make_person(address="3 Drake Court, Poole"), poole, officer)


def test_officers_see_when_somebody_signed_in_and_write_the_letter_on_their_page(
    poole: Landlord, doreen: Person, officer: Actor, officer_client: Client
) -> None:
    page = f"/desk/people/{doreen.pk}/"
    assert "never" in officer_client.get(page).content.decode()
    answer = officer_client.post(f"{page}sign-in/letter/", follow=True)
    assert "Print the letter (PDF)" in answer.content.decode()
    code = str(Message.objects.get().link)
    browser_at(poole).post(LETTER, {"code": code, "postcode": "BH15 1QT"})
    words = officer_client.get(page).content.decode()
    assert "with a letter" in words
    officer_client.post(f"{page}sign-in/out/")
    assert ResidentSession.objects.get().ended_at is not None


def test_a_code_goes_by_text_where_the_landlord_sends_texts(
    poole: Landlord, in_poole: Landlord
) -> None:
    person = make_person(phone="07700 900123", email="", preferred_channel="PHONE")
    here = browser_at(poole)
    refused = here.post(ASK, {"address": "07700 900 123"})
    assert "We cannot send texts." in refused.content.decode()
    Provider.objects.create(channel="TEXT", kind="NOTIFY", name="Texts", is_active=True)
    carrier = Scripted()
    with mock.patch("involvement.delivery.sending.for_provider", return_value=carrier):
        assert here.post(ASK, {"address": "+44 7700 900123"})["Location"] == CODE
    message = Message.objects.get()
    assert (message.channel, message.to_name, message.link) == ("TEXT", person.name, "")
    code = code_in(carrier.took[-1].body)
    assert code not in message.body
    assert here.post(CODE, {"code": code})["Location"] == HOME
    assert ResidentSession.objects.get().way == "TEXT"


def test_on_a_shared_computer_they_stay_for_an_hour_and_until_it_is_closed(
    poole: Landlord, doreen: Person, officer: Actor
) -> None:
    here = browser_at(poole)
    code = write(doreen, poole, officer)
    answer = here.post(LETTER, {"code": code, "postcode": "BH15 1QT", "is_shared": "on"})
    cookie = answer.cookies[f"my-{poole.pk}"]
    assert cookie["max-age"] == ""
    session = ResidentSession.objects.get()
    assert session.ends_at - session.began_at == dt.timedelta(hours=1)
    assert here.get(HOME).status_code == 200
    past = timezone.now() - dt.timedelta(hours=2)
    ResidentSession.objects.update(began_at=past, ends_at=past + dt.timedelta(hours=1))
    assert here.get(HOME)["Location"] == ASK


def test_signing_out_ends_this_device_or_all(
    poole: Landlord, doreen: Person, officer: Actor
) -> None:
    devices: list[Any] = []
    for _ in range(3):
        here = browser_at(poole)
        code = write(doreen, poole, officer)
        here.post(LETTER, {"code": code, "postcode": "BH15 1QT"})
        devices.append(here)
    assert "2 other devices" in devices[0].get("/my/out/").content.decode()
    devices[0].post("/my/out/", {"act": "here"})
    assert [here.get(HOME).status_code for here in devices] == [302, 200, 200]
    devices[1].post("/my/out/", {"act": "everywhere"})
    assert [here.get(HOME).status_code for here in devices] == [302, 302, 302]
    assert AuditEntry.objects.filter(verb="resident.signed_out").count() == 1
