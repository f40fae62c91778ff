"""Whoever saves what somebody else holds is told so, and may send the same again."""

from __future__ import annotations

import datetime as dt

import psycopg
import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory
from psycopg.errors import ConnectionTimeout, QueryCanceled

from involvement.accounts.models import Membership
from involvement.auditing.actors import Actor
from involvement.auditing.models import AuditEntry
from involvement.faces.busy import WORDS, BusyMiddleware
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.people import operations
from residents.people.models import CustomerType, Person
from tests.conftest import client_for
from tests.held import held_by_another, waits_for_locks
from tests.residents.people.registered import a_person, page_of

FORM = {"preferred_channel": "POST", "address": "1 Quay", "phone": "01632 960 142"}


@pytest.mark.django_db(transaction=True)
def test_a_person_whom_a_long_list_holds_is_saved_a_minute_later(
    poole: Landlord, jean: Membership, officer: Actor, now: dt.datetime
) -> None:
    client = client_for(poole, jean)
    with landlord_scope(poole):
        ada = a_person("Ada Quill (demo)", officer, now)
        lines = AuditEntry.objects.count()
    page, form = page_of(ada, "change"), {"name": ada.name, **FORM}

    with held_by_another(poole, ada), waits_for_locks(300):
        answer = client.post(page, form)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert WORDS in answer.text
    assert poole.name in answer.text
    with landlord_scope(poole):
        assert Person.objects.get().phone == ""
        assert AuditEntry.objects.count() == lines

    assert client.post(page, form).status_code == 302
    with landlord_scope(poole):
        assert Person.objects.get().phone == "01632 960 142"


@pytest.mark.django_db(transaction=True)
def test_where_the_commit_itself_waits_no_page_says_that_all_is_kept(
    poole: Landlord, jean: Membership, officer: Actor, now: dt.datetime
) -> None:
    client = client_for(poole, jean)
    with landlord_scope(poole):
        operations.found(by=officer, at=now)
        ada = a_person("Ada Quill (demo)", officer, now)
        kind = CustomerType.objects.order_by("pk")[0]
    page, form = page_of(ada, "change"), {"name": ada.name, "customer_type": kind.pk, **FORM}

    with held_by_another(poole, kind), waits_for_locks(300):
        answer = client.post(page, form)
    assert answer.status_code == 503
    assert "Your changes are kept" not in answer.text
    assert "Your changes are kept" not in client.get(f"/desk/people/{ada.pk}/").text
    with landlord_scope(poole):
        assert Person.objects.get().customer_type is None

    assert "Your changes are kept" in client.post(page, form, follow=True).text


@pytest.mark.parametrize(
    ("why", "status"),
    [
        (psycopg.errors.LockNotAvailable, 503),
        (psycopg.errors.DeadlockDetected, 503),
        (QueryCanceled, None),
        (ConnectionTimeout, None),
    ],
)
def test_only_waiting_for_somebody_else_is_answered_so(
    why: type[psycopg.Error], status: int | None
) -> None:
    error = OperationalError()
    error.__cause__ = why()
    request = RequestFactory().post("/")
    request.resolver_match = None
    answer = BusyMiddleware(lambda _: HttpResponse()).process_exception(request, error)
    assert (answer.status_code if answer else None) == status
