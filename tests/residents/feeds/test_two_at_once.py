"""Two files sent with one token at the same moment, each on a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from involvement.accounts.models import Membership
from involvement.faces.busy import WORDS
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.feeds import operations
from residents.feeds.models import Intake, Token
from residents.feeds.operations import intakes
from residents.feeds.operations.applying import apply
from residents.people.models import Person
from tests.conftest import client_for
from tests.held import held_by_another, waits_for_locks
from tests.residents.feeds.files import BY, csv_of, one, the_source
from tests.residents.feeds.test_door import send

pytestmark = pytest.mark.django_db(transaction=True)
BUSY = "Another file is being brought in at this moment. Try again in a minute."


@pytest.fixture
def shown(poole: Landlord) -> str:
    with landlord_scope(poole):
        _, shown = operations.make_token(
            source=the_source(), name="Nightly", by=BY, at=timezone.now()
        )
    return shown


@contextmanager
def under_way(
    landlord: Landlord, shown: str, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Future[Any]]:
    """Inside the block a file is being brought in: all is written and nothing committed yet."""
    written, may_end = threading.Event(), threading.Event()

    def apply_slowly(*args: Any, **kwargs: Any) -> Any:
        done = apply(*args, **kwargs)
        written.set()
        assert may_end.wait(timeout=60)
        return done

    def sent() -> Any:
        try:
            return send(landlord, shown, data)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool, monkeypatch.context() as patch:
        patch.setattr(intakes, "apply", apply_slowly)
        first = pool.submit(sent)
        try:
            assert written.wait(timeout=60)
            yield first
        finally:
            may_end.set()
            first.exception(timeout=60)


def test_the_second_file_is_told_to_wait_and_the_first_comes_in(
    poole: Landlord, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_rows, second_rows = csv_of(one(1), one(2)), csv_of(one(3))
    with under_way(poole, shown, first_rows, monkeypatch) as first, waits_for_locks(300):
        for data in (second_rows, first_rows):
            answer = send(poole, shown, data)
            assert (answer.status_code, answer.json()) == (409, {"error": BUSY})
        with landlord_scope(poole):
            noted = Token.objects.get().used_at
            assert noted is not None
    assert first.result().status_code == 201
    with landlord_scope(poole):
        assert (Person.objects.count(), Intake.objects.count()) == (2, 1)
        assert Token.objects.get().used_at == noted  # and not the earlier moment of the first
    assert send(poole, shown, second_rows).status_code == 201


def test_a_token_is_revoked_while_a_long_file_sent_with_it_comes_in(
    poole: Landlord, jean: Membership, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer: Client = client_for(poole, jean)
    with landlord_scope(poole):
        token = Token.objects.get()
    with under_way(poole, shown, csv_of(one(1)), monkeypatch) as first, waits_for_locks(300):
        answer = officer.post(f"/desk/people/lists/tokens/{token.pk}/revoke/")
        assert answer.status_code == 302
        assert send(poole, shown, csv_of(one(2))).status_code == 403
    assert first.result().status_code == 201
    with landlord_scope(poole):
        assert Token.objects.get().revoked_at is not None


def test_a_note_that_a_token_was_used_waits_for_nobody(poole: Landlord, shown: str) -> None:
    with landlord_scope(poole):
        token = Token.objects.get()
    with held_by_another(poole, token), waits_for_locks(300):
        assert send(poole, shown, csv_of(one(1))).status_code == 201
    with landlord_scope(poole):
        assert Person.objects.count() == 1
        assert Token.objects.get().used_at is None


def test_a_system_is_told_in_its_own_form_that_a_row_is_held(poole: Landlord, shown: str) -> None:
    with landlord_scope(poole):
        source = the_source()
    with held_by_another(poole, source), waits_for_locks(300):
        answer = send(poole, shown, csv_of(one(1)))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert answer.json() == {"error": WORDS}
    with landlord_scope(poole):
        assert not Intake.objects.exists()
        assert not Person.objects.exists()
    assert send(poole, shown, csv_of(one(1))).status_code == 201
