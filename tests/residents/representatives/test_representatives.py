"""Who may act for whom: in what, on which evidence, until when; both people's pages say so."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from involvement.auditing.actors import Actor, ActorKind
from involvement.auditing.queries import history_of
from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.representatives import operations, policies, queries
from residents.representatives.models import Authority
from residents.representatives.moments import TELLER
from tests.factories.people import make_person

DAY = dt.date(2026, 6, 1)
E = Authority.Evidence


@pytest.fixture
def doreen(in_poole: Landlord) -> Person:
    return make_person("Doreen Hackett (demo)")


@pytest.fixture
def sam(in_poole: Landlord) -> Person:
    return make_person("Sam Reeve (demo)")


def given(person: Person, representative: Person, by: Actor, **values: Any) -> Authority:
    fields: dict[str, Any] = {
        "kind": "CARER",
        "may_speak": True,
        "may_be_told": True,
        "evidence": E.SPOKEN,
        "evidence_seen_on": DAY,
        "began_on": DAY,
        **values,
    }
    return operations.give_authority(
        person=person, representative=representative, by=by, at=timezone.now(), **fields
    )


def test_it_holds_from_its_first_to_its_last_day_and_ends_by_itself(
    doreen: Person, sam: Person, officer: Actor
) -> None:
    row = given(doreen, sam, officer, ends_on=DAY + dt.timedelta(days=30))
    for days, holds in ((-1, False), (0, True), (30, True), (31, False)):
        day = DAY + dt.timedelta(days=days)
        assert row.stands(day) is holds
        assert (list(queries.acting_for(doreen, day)) == [row]) is holds
        assert policies.can_act("may_speak", representative=sam, person=doreen, on=day) is holds
    assert list(queries.running_out(DAY, 30)) == [row]
    assert list(queries.running_out(DAY, 29)) == []


def test_they_may_do_what_is_ticked_and_nothing_else(
    doreen: Person, sam: Person, officer: Actor
) -> None:
    row = given(doreen, sam, officer)
    found = policies.check_can_act("may_speak", representative=sam, person=doreen, on=DAY)
    assert found == row
    with pytest.raises(policies.MayNotAct, match="no leave from Doreen Hackett"):
        policies.check_can_act("may_decide", representative=sam, person=doreen, on=DAY)
    with pytest.raises(policies.MayNotAct):
        policies.check_can_act("may_speak", representative=doreen, person=sam, on=DAY)


def test_an_act_is_marked_by_the_one_for_the_other(
    doreen: Person, sam: Person, officer: Actor
) -> None:
    actor = operations.speaking_for(given(doreen, sam, officer), channel="PHONE", clerk="Jean")
    assert (actor.kind, actor.name, actor.behalf, actor.clerk) == (
        ActorKind.ADVOCATE,
        "Sam Reeve (demo)",
        "Doreen Hackett (demo)",
        "Jean",
    )


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"may_speak": False, "may_be_told": False}, policies.NothingAllowed),
        ({"may_decide": True, "evidence": E.NONE}, policies.NeedsEvidence),
        ({"evidence_seen_on": None}, policies.NeedsEvidence),
        ({"ends_on": DAY - dt.timedelta(days=1)}, policies.EndsBeforeItBegins),
    ],
)
def test_what_cannot_be_is_refused(
    doreen: Person, sam: Person, officer: Actor, values: dict[str, Any], refusal: Any
) -> None:
    with pytest.raises(refusal):
        given(doreen, sam, officer, **values)


def test_nobody_acts_for_themselves_and_nobody_twice(
    doreen: Person, sam: Person, officer: Actor
) -> None:
    with pytest.raises(policies.ForThemselves):
        given(doreen, doreen, officer)
    given(doreen, sam, officer)
    with pytest.raises(policies.StandsAlready):
        given(doreen, sam, officer)
    given(doreen, sam, officer, kind="ADVOCATE")


def test_what_ran_out_may_be_given_again(doreen: Person, sam: Person, officer: Actor) -> None:
    old = given(doreen, sam, officer, ends_on=DAY)
    new = given(doreen, sam, officer, began_on=timezone.localdate())
    old.refresh_from_db()
    assert old.ended_why == "It reached its last day"
    assert new.stands(timezone.localdate())


def test_both_histories_tell_that_it_began_and_ended(
    doreen: Person, sam: Person, officer: Actor, now: dt.datetime
) -> None:
    row = given(doreen, sam, officer)
    operations.change_authority(
        authority=row, may_receive=True, by=officer, at=now + dt.timedelta(seconds=1)
    )
    operations.end_authority(
        authority=row, why="She moved in with her son", by=officer, at=now + dt.timedelta(seconds=2)
    )
    theirs = [entry.sentence for entry in history_of(doreen)]
    assert theirs[0] == "noted that Sam Reeve (demo) acts for them no longer"
    assert "changed what Sam Reeve (demo) may do for them" in theirs
    assert history_of(sam)[0].sentence == (
        "noted that they act for Doreen Hackett (demo) no longer"
    )
    with pytest.raises(policies.HasEnded):
        operations.end_authority(authority=row, why="Again", by=officer, at=now)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"ends_on": DAY - dt.timedelta(days=1)}, "authority_ends_after_it_begins"),
        ({"may_speak": False, "may_be_told": False}, "authority_lets_somebody_do_something"),
        ({"may_change": True, "evidence": "NONE"}, "authority_to_decide_has_evidence"),
        ({"evidence_seen_on": None}, "authority_says_when_evidence_was_seen"),
        ({"ended_why": "A slip"}, "authority_is_ended_with_a_reason"),
        ({"ended_at": timezone.now()}, "authority_is_ended_with_a_reason"),
    ],
)
def test_the_database_refuses_nonsense(
    doreen: Person, sam: Person, officer: Actor, values: dict[str, Any], constraint: str
) -> None:
    row = given(doreen, sam, officer)
    for name, value in values.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save()


def test_the_database_refuses_a_second_of_a_kind_and_oneself(
    doreen: Person, sam: Person, officer: Actor
) -> None:
    row = given(doreen, sam, officer)
    row.pk = None
    with pytest.raises(IntegrityError, match="authority_stands_once"), transaction.atomic():
        row.save(force_insert=True)
    row.representative = doreen
    with (
        pytest.raises(IntegrityError, match="authority_is_over_somebody_else"),
        transaction.atomic(),
    ):
        row.save(force_insert=True)


def page(name: str, *args: Any) -> str:
    return reverse(f"representatives:{name}", args=args)


def test_it_is_written_down_changed_and_ended_from_the_person_page(
    officer_client: Client, doreen: Person, sam: Person
) -> None:
    sent = {
        "who": "Sam Reeve (demo)",
        "kind": "ATTORNEY",
        "may": ["may_speak", "may_decide"],
        "evidence": "REGISTER",
        "evidence_seen_on": DAY.isoformat(),
        "began_on": DAY.isoformat(),
    }
    without = officer_client.post(page("authority_give", doreen.pk), {**sent, "evidence": "NONE"})
    assert "we must have seen evidence" in without.content.decode()
    officer_client.post(page("authority_give", doreen.pk), sent)
    row = Authority.objects.get()
    assert (row.may_decide, row.may_be_told) == (True, False)
    for person, words in ((doreen, "acts for them, as attorney"), (sam, "They act for")):
        shown = officer_client.get(reverse("people:person_detail", args=[person.pk]))
        assert words in shown.content.decode()
    officer_client.post(page("authority_change", row.pk), {**sent, "may": ["may_be_told"]})
    row.refresh_from_db()
    assert (row.may_decide, row.may_be_told) == (False, True)
    officer_client.post(page("authority_end", row.pk), {"why": "Revoked"})
    ended = officer_client.get(page("person_authorities", doreen.pk)).content.decode()
    assert "Nobody may act for Doreen Hackett (demo) today." in ended
    assert "Revoked" in ended


def test_strangers_find_nothing_and_contributors_may_not(
    stranger_client: Client, contributor_client: Client, doreen: Person
) -> None:
    for name in ("person_authorities", "authority_give"):
        assert stranger_client.get(page(name, doreen.pk)).status_code == 404
        assert contributor_client.get(page(name, doreen.pk)).status_code == 403


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_page_asks_the_same_however_many_act(
    officer_client: Client,
    doreen: Person,
    officer: Actor,
    how_many: int,
    django_assert_num_queries: Any,
) -> None:
    for number in range(how_many):
        given(doreen, make_person(f"Sam {number} (demo)"), officer)
    officer_client.get(page("person_authorities", doreen.pk))
    with django_assert_num_queries(8):
        officer_client.get(page("person_authorities", doreen.pk))


def test_the_story_tells_when_it_began_and_ended(
    doreen: Person, sam: Person, officer: Actor, now: dt.datetime
) -> None:
    row = given(doreen, sam, officer)
    assert [one.sentence for one in TELLER(sam, 5)] == [
        "May act for Doreen Hackett (demo), as carer"
    ]
    operations.end_authority(authority=row, why="She moved", by=officer, at=now)
    assert [(one.sentence, one.note) for one in TELLER(doreen, 5)] == [
        ("Sam Reeve (demo) acts for Doreen Hackett (demo) no longer", "She moved"),
        ("Sam Reeve (demo) may act for them, as carer", ""),
    ]
