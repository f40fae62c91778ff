"""Signing in by a code or a link in an e-mail, in a resident's own browser."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from involvement.auditing.models import AuditEntry
from involvement.delivery.models import Message
from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.signin.models import ResidentSession, SignInCode
from tests.factories.people import make_person
from tests.residents.signin.conftest import DOREEN
from tests.residents.signin.entering import (
    ASK,
    CODE,
    HOME,
    browser_at,
    code_in,
    forget_tries,
    link_in,
)


def test_a_code_by_email_opens_the_page_for_ninety_days(poole: Landlord, doreen: Person) -> None:
    here = browser_at(poole)
    assert here.get(HOME)["Location"] == ASK
    here.post(ASK, {"address": " Doreen@Post.Example "})
    code = code_in(str(mail.outbox[-1].body))
    answer = here.post(CODE, {"code": code.replace(" ", "")})
    assert answer["Location"] == HOME
    cookie = answer.cookies[f"my-{poole.pk}"]
    assert (cookie["max-age"], cookie["httponly"]) == (90 * 24 * 60 * 60, True)
    page = here.get(HOME)
    assert "Doreen Hackett (demo)" in page.content.decode()
    assert page["Cache-Control"] == "no-store, private"
    session = ResidentSession.objects.get()
    assert session.ends_at - session.began_at == dt.timedelta(days=90)
    line = AuditEntry.objects.get(verb="resident.signed_in")
    assert (line.by_kind, line.sentence) == ("RESIDENT", "signed in by e-mail")


def test_neither_code_nor_link_nor_session_is_kept_in_words(
    poole: Landlord, doreen: Person
) -> None:
    here = browser_at(poole)
    here.post(ASK, {"address": DOREEN})
    words = str(mail.outbox[-1].body)
    code, token = code_in(words), link_in(words).split("/")[-2]
    here.post(CODE, {"code": code})
    kept = [
        *map(str, SignInCode.objects.values().get().values()),
        *map(str, ResidentSession.objects.values().get().values()),
        *map(str, Message.objects.values().get().values()),
    ]
    cookie = here.cookies[f"my-{poole.pk}"].value
    assert not [each for each in kept if code in each or token in each or cookie in each]


def test_whatever_only_looks_at_a_link_uses_nothing_up(poole: Landlord, doreen: Person) -> None:
    here = browser_at(poole)
    here.post(ASK, {"address": DOREEN})
    link = link_in(str(mail.outbox[-1].body))
    for _ in range(3):
        looked = browser_at(poole).get(link)
        assert looked["Referrer-Policy"] == "same-origin"
        assert looked.content.decode().count("<form") == 1
    elsewhere = browser_at(poole)
    assert elsewhere.post(link)["Location"] == HOME
    assert elsewhere.get(HOME).status_code == 200


def test_a_second_press_within_half_a_minute_works_and_a_later_one_does_not(
    poole: Landlord, doreen: Person
) -> None:
    browser_at(poole).post(ASK, {"address": DOREEN})
    link = link_in(str(mail.outbox[-1].body))
    assert browser_at(poole).post(link).status_code == 302
    assert browser_at(poole).post(link).status_code == 302
    SignInCode.objects.update(used_at=timezone.now() - dt.timedelta(seconds=31))
    answer = browser_at(poole).post(link)
    assert answer.status_code == 404
    assert "This way in is closed" in answer.content.decode()


def test_code_and_link_run_out_after_ten_minutes(poole: Landlord, doreen: Person) -> None:
    here = browser_at(poole)
    here.post(ASK, {"address": DOREEN})
    words = str(mail.outbox[-1].body)
    row = SignInCode.objects.get()
    assert row.expires_at - row.made_at == dt.timedelta(minutes=10)
    past = timezone.now() - dt.timedelta(minutes=20)
    SignInCode.objects.update(made_at=past, expires_at=past + dt.timedelta(minutes=10))
    assert here.get(link_in(words)).status_code == 404
    assert (
        "This is not the code we sent" in here.post(CODE, {"code": code_in(words)}).content.decode()
    )


def test_after_five_wrong_tries_the_right_code_is_wrong_too(
    poole: Landlord, doreen: Person
) -> None:
    here = browser_at(poole)
    here.post(ASK, {"address": DOREEN})
    code = code_in(str(mail.outbox[-1].body))
    wrong = "000 000" if code != "000 000" else "000 001"
    for _ in range(5):
        assert here.post(CODE, {"code": wrong}).status_code == 422
    assert here.post(CODE, {"code": code}).status_code == 422
    assert not ResidentSession.objects.exists()


def test_whoever_asked_twice_may_type_either_code(poole: Landlord, doreen: Person) -> None:
    here = browser_at(poole)
    here.post(ASK, {"address": DOREEN})
    here.post(ASK, {"address": DOREEN})
    assert len(mail.outbox) == 2
    assert here.post(CODE, {"code": code_in(str(mail.outbox[0].body))})["Location"] == HOME


@pytest.mark.parametrize("status", [Person.Status.LEFT, Person.Status.DECEASED])
def test_whoever_left_or_died_is_sent_nothing_and_signed_in_nowhere(
    poole: Landlord, doreen: Person, status: str
) -> None:
    here = browser_at(poole)
    here.post(ASK, {"address": DOREEN})
    here.post(CODE, {"code": code_in(str(mail.outbox[-1].body))})
    assert here.get(HOME).status_code == 200
    Person.objects.filter(pk=doreen.pk).update(status=status, status_on=timezone.localdate())
    assert here.get(HOME)["Location"] == ASK
    here.post(ASK, {"address": DOREEN})
    assert len(mail.outbox) == 1


def test_an_address_at_another_landlord_opens_nothing_here(
    poole: Landlord, oxford: Landlord, doreen: Person
) -> None:
    there = browser_at(oxford)
    there.post(ASK, {"address": DOREEN})
    assert mail.outbox == []
    here = browser_at(poole)
    here.post(ASK, {"address": DOREEN})
    words = str(mail.outbox[-1].body)
    assert there.get(link_in(words)).status_code == 404
    here.post(CODE, {"code": code_in(words)})
    there.cookies = here.cookies
    there.cookies[f"my-{oxford.pk}"] = here.cookies[f"my-{poole.pk}"].value
    assert there.get(HOME)["Location"] == ASK


def test_two_who_share_an_address_choose_who_they_are_and_nobody_else(
    poole: Landlord, doreen: Person
) -> None:
    walter = make_person("Walter Hackett (demo)", email=DOREEN)
    other = make_person("Somebody Else (demo)", email="else@post.example")
    here = browser_at(poole)
    here.post(ASK, {"address": DOREEN})
    page = here.post(CODE, {"code": code_in(str(mail.outbox[-1].body))})
    words = page.content.decode()
    assert ("Doreen" in words, "Walter" in words, "Somebody" in words) == (True, True, False)
    assert "Hackett" not in words
    proof = page.context["form"].initial["proof"]
    refused = here.post("/my/sign-in/who/", {"proof": proof, "person": other.pk})
    assert "Choose one of the names on this page." in refused.content.decode()
    assert (
        here.post("/my/sign-in/who/", {"proof": f"{proof}x", "person": walter.pk}).status_code
        == 404
    )
    assert here.post("/my/sign-in/who/", {"proof": proof, "person": walter.pk})["Location"] == HOME
    assert "Walter Hackett (demo)" in here.get(HOME).content.decode()


def test_one_address_is_asked_about_three_times_a_minute(poole: Landlord, doreen: Person) -> None:
    here = browser_at(poole)
    for address in (DOREEN, "nobody@post.example"):
        forget_tries()
        statuses = [here.post(ASK, {"address": address}).status_code for _ in range(4)]
        assert statuses == [302, 302, 302, 429], address
    assert len(mail.outbox) == 3


def test_the_email_says_whom_to_ring(poole: Landlord, doreen: Person) -> None:
    poole.contact_name, poole.contact_phone = "Jean Marlow (demo)", "01632 960 142"
    poole.save()
    browser_at(poole).post(ASK, {"address": DOREEN})
    assert "Ring Jean Marlow (demo) on 01632 960 142." in str(mail.outbox[-1].body)
