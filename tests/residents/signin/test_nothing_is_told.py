"""Nothing tells whether an address or a code is known: neither words nor status nor work."""

from __future__ import annotations

import re
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.signin.models import CallBack
from tests.residents.signin.conftest import DOREEN
from tests.residents.signin.entering import ASK, CODE, LETTER, browser_at, forget_tries

NOBODY = "nobody@post.example"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


def words_of(response: Any, address: str) -> str:
    """The page, without what differs for everybody: its token and the address that was typed."""
    return TOKEN.sub("", response.content.decode()).replace(address, "ADDRESS")


@pytest.fixture
def put_off() -> Any:
    """The worker is elsewhere: the request alone is looked at."""
    with mock.patch("residents.signin.tasks.send_code.delay_on_commit") as asked:
        yield asked


def test_asking_does_the_same_for_an_address_that_nobody_has(
    poole: Landlord, doreen: Person, put_off: Any
) -> None:
    seen = []
    for address in (DOREEN, NOBODY):
        forget_tries()
        here = browser_at(poole)
        with CaptureQueriesContext(connection) as queries:
            answer = here.post(ASK, {"address": address})
        page = here.get(CODE)
        seen.append((answer.status_code, answer["Location"], len(queries), words_of(page, address)))
    assert seen[0] == seen[1]
    assert put_off.call_count == 2


def test_a_wrong_code_is_answered_the_same_for_an_address_that_nobody_has(
    poole: Landlord, doreen: Person
) -> None:
    seen = []
    for address in (DOREEN, NOBODY):
        forget_tries()
        here = browser_at(poole)
        here.post(ASK, {"address": address})
        with CaptureQueriesContext(connection) as queries:
            answer = here.post(CODE, {"code": "000 000"})
        seen.append((answer.status_code, len(queries), words_of(answer, address)))
    assert seen[0] == seen[1]
    assert "This is not the code we sent" in seen[0][2]


def test_a_wrong_postcode_is_answered_as_a_code_that_is_none(
    poole: Landlord, doreen: Person
) -> None:
    from residents.signin.codes import in_halves, new_letters  # noqa: PLC0415 -- made in the test

    none = in_halves(new_letters())
    first = browser_at(poole).post(LETTER, {"code": none, "postcode": "BH15 1QT"})
    assert first.status_code == 422
    assert "do not belong together" in first.content.decode()


def test_whoever_is_not_known_can_ask_to_be_rung_and_nobody_learns_anything(
    poole: Landlord, doreen: Person
) -> None:
    here = browser_at(poole)
    answer = here.post(
        "/my/sign-in/ring/",
        {"name": "Nora Quill (demo)", "phone": "01632 960 555", "words": "I have a new address."},
    )
    assert answer["Location"] == "/my/sign-in/ring/thank-you/"
    row = CallBack.objects.get()
    assert (row.name, row.phone, row.by_kind) == ("Nora Quill (demo)", "01632 960 555", "RESIDENT")
