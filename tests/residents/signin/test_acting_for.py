"""Somebody who acts for a resident sees their pages inside what they may do, marked so."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.auditing.models import AuditEntry
from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.preferences.models import Need
from residents.representatives.models import Authority
from residents.representatives.operations import end_authority, give_authority
from tests.factories.people import make_person
from tests.residents.signin.entering import HOME, signed_in

WHOM = "/my/for/"


@pytest.fixture
def walter(in_poole: Landlord) -> Person:
    """Walter Hackett (demo), who acts for Doreen."""
    return make_person("Walter Hackett (demo)", email="walter@post.example")


def let(walter: Person, doreen: Person, by: Actor, **scope: Any) -> Authority:
    today = timezone.localdate()
    values: dict[str, Any] = {
        "kind": "FAMILY",
        "evidence": "SIGNED",
        "evidence_seen_on": today,
        "began_on": today - dt.timedelta(days=3),
        "ends_on": today + dt.timedelta(days=3),
        "may_speak": True,
        "may_be_told": True,
        "may_change": True,
    }
    return give_authority(
        person=doreen, representative=walter, by=by, at=timezone.now(), **{**values, **scope}
    )


def acting(poole: Landlord, walter: Person, authority: Authority) -> Client:
    here = signed_in(poole, walter)
    assert here.post(WHOM, {"whom": str(authority.pk)})["Location"] == HOME
    return here


def test_what_they_do_is_marked_as_theirs_for_the_other(
    poole: Landlord, doreen: Person, walter: Person, officer: Actor
) -> None:
    here = acting(poole, walter, let(walter, doreen, officer))
    words = here.get(HOME).content.decode()
    assert "You act for" in words
    assert "Doreen Hackett (demo)’s page" in words
    here.post("/my/needs/", {"formats": ["LARGE_PRINT"]})
    need = Need.objects.get()
    assert (need.person, need.by_words, need.told_by) == (
        doreen,
        "Walter Hackett (demo), for Doreen Hackett (demo)",
        "ADVOCATE",
    )
    line = AuditEntry.objects.get(verb="resident.acted_for")
    assert line.by_words == "Walter Hackett (demo), for Doreen Hackett (demo)"


def test_beyond_their_scope_they_are_refused_and_told_whom_to_ask(
    poole: Landlord, doreen: Person, walter: Person, officer: Actor
) -> None:
    here = acting(poole, walter, let(walter, doreen, officer, may_change=False))
    for path in ("/my/needs/", "/my/details/", "/my/consents/", "/my/interests/"):
        answer = here.get(path)
        assert answer.status_code == 403, path
        assert "You may not do this for Doreen Hackett (demo)" in answer.content.decode()
    assert here.get("/my/out/").status_code == 200


def test_they_cannot_turn_the_others_sign_in_to_themselves(
    poole: Landlord, doreen: Person, walter: Person, officer: Actor
) -> None:
    here = acting(poole, walter, let(walter, doreen, officer))
    page = here.get("/my/details/").content.decode()
    assert 'name="email"' not in page
    here.post(
        "/my/details/",
        {"preferred_channel": "POST", "address": "4 Drake Court", "email": "walter@post.example"},
    )
    doreen.refresh_from_db()
    assert (doreen.address, doreen.email) == ("4 Drake Court", "doreen@post.example")


def test_an_authority_that_ended_shows_them_their_own_page(
    poole: Landlord, doreen: Person, walter: Person, officer: Actor
) -> None:
    authority = let(walter, doreen, officer)
    here = acting(poole, walter, authority)
    end_authority(authority=authority, why="They asked us to", by=officer, at=timezone.now())
    words = here.get(HOME).content.decode()
    assert ("Walter Hackett (demo)" in words, "Doreen" in words) == (True, False)
    assert here.post(WHOM, {"whom": str(authority.pk)}).status_code == 200
    assert "Doreen" not in here.get(HOME).content.decode()


def test_nobody_acts_for_somebody_who_gave_them_no_leave(
    poole: Landlord, doreen: Person, walter: Person, officer: Actor
) -> None:
    authority = let(walter, doreen, officer)
    stranger = signed_in(poole, make_person("Nora Quill (demo)"))
    answer = stranger.post(WHOM, {"whom": str(authority.pk)})
    assert answer.status_code == 200
    assert "Doreen" not in stranger.get(HOME).content.decode()
