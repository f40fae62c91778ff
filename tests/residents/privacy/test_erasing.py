"""Forgetting somebody leaves every count and no word of them."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DataError, transaction

from actionplans.feedback.models import Feedback
from involvement.auditing.actors import Actor, ActorKind
from involvement.auditing.models import AuditEntry
from involvement.isolation.models import LandlordOwned
from involvement.landlords.models import Landlord
from residents.duplicates.operations import merge_people
from residents.people.models import Person
from residents.people.operations import add_person, change_person
from residents.people.queries import people, people_containing
from residents.privacy import policies
from residents.privacy.models import AccessRequest, DataComplaint, Erasure, Mention
from residents.privacy.operations import complaints, erasing, holds, requests
from residents.privacy.ports import A_RESIDENT
from residents.privacy.queries.mentions import readable_tables
from tests.factories.feedback import make_feedback, make_theme
from tests.factories.people import make_person

NAME = "Doreen Quillfeather (demo)"
SECRETS = ("quillfeather", "doreen.q@post.example", "01632 960777", "3 quayside mews")


def dump() -> str:
    """Every row of the landlord in scope as one text."""
    readable = readable_tables()
    rows: dict[str, Any] = {
        model._meta.label: list(model.objects.order_by("pk").values())
        for model in apps.get_models()
        if issubclass(model, LandlordOwned) and model._meta.db_table in readable
    }
    return json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False).lower()


@pytest.fixture
def doreen(in_poole: Landlord, officer: Actor, now: dt.datetime) -> Person:
    """Doreen, with a trace of her in every kind of place there is."""
    person = add_person(
        name=NAME,
        preferred_channel="EMAIL",
        email="doreen.q@post.example",
        phone="01632 960777",
        address="3 Quayside Mews, Poole",
        by=officer,
        at=now,
    )
    change_person(person=person, by=officer, at=now, phone="01632 960778")
    change_person(person=person, by=officer, at=now, phone="01632 960777")
    herself = Actor(ActorKind.RESIDENT, NAME, key=person.pk)
    said = make_feedback("The lift is out again.", person=person, by=herself)
    make_feedback("Mrs Quillfeather says so too, and Doreen Quillfeather told me.")
    make_theme("Lifts", feedback=[said], summary="D Quillfeather raised it first.")
    complaint = complaints.receive(
        name=NAME,
        contact="doreen.q@post.example",
        words="You wrote to the wrong Quillfeather.",
        received_on=dt.date(2026, 3, 2),
        received_how="EMAIL",
        person=person,
        by=herself,
        at=now,
    )
    other = make_person("D Quillfeather (demo)", phone="01632 960777")
    merge_people(kept=person, gone=other, taken=[], by=officer, at=now)
    answer(complaint, officer, now)
    send_pack(ask(person, officer, now), in_poole, officer, now)
    return person


def ask(person: Person, by: Actor, at: dt.datetime) -> AccessRequest:
    return requests.record_request(
        person=person,
        asked_on=dt.date(2026, 3, 2),
        asked_how="PHONE",
        identity_words="Knew the Quillfeather tenancy",
        by=by,
        at=at,
    )


def send_pack(request: AccessRequest, landlord: Landlord, by: Actor, at: dt.datetime) -> None:
    for mention in request.mentions.order_by("pk"):
        requests.choose_mention(
            mention=mention, choice=Mention.Choice.INCLUDED, shown_words="", by=by, at=at
        )
    requests.make(request=request, landlord=landlord, by=by, at=at)
    requests.send(request=request, sent_on=at.date(), sent_how="POST", by=by, at=at)


def complain(person: Person, by: Actor, at: dt.datetime) -> DataComplaint:
    return complaints.receive(
        name=person.name,
        contact="01632 960777",
        words="You wrote to the wrong address.",
        received_on=dt.date(2026, 3, 2),
        received_how="PHONE",
        person=person,
        by=by,
        at=at,
    )


def answer(complaint: DataComplaint, by: Actor, at: dt.datetime) -> None:
    complaints.answer(
        complaint=complaint,
        outcome="UPHELD",
        outcome_words="We put the address right.",
        told_on=at.date(),
        told_how="PHONE",
        by=by,
        at=at,
    )


def erase(person: Person, by: Actor, at: dt.datetime) -> Erasure:
    asked_on = dt.date(2026, 3, 2)
    erasure = erasing.propose(person=person, reason="ASKED", asked_on=asked_on, by=by, at=at)
    return erasing.erase(erasure=erasure, by=by, at=at)


def test_nothing_of_them_is_left_in_any_table(
    doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    before = dump()
    assert [secret for secret in SECRETS if secret not in before] == []

    erase(doreen, officer, now)

    after = dump()
    assert [secret for secret in SECRETS if secret in after] == []


def test_every_row_that_is_counted_stays(doreen: Person, officer: Actor, now: dt.datetime) -> None:
    said, lines = Feedback.objects.count(), AuditEntry.objects.count()
    spoke = Feedback.objects.values("person").distinct().count()

    receipt = erase(doreen, officer, now)

    doreen.refresh_from_db()
    assert (doreen.name, doreen.status) == (A_RESIDENT, Person.Status.ERASED)
    assert Feedback.objects.count() == said
    assert Feedback.objects.values("person").distinct().count() == spoke
    # The proposal and the deed are two lines more; not one is lost
    assert AuditEntry.objects.count() == lines + 2
    assert Feedback.objects.filter(person=doreen).get().words == "The lift is out again."
    assert {"what": "pieces of feedback", "kept": 1, "deleted": 0} in receipt.counts


def test_they_are_found_by_no_search(doreen: Person, officer: Actor, now: dt.datetime) -> None:
    assert doreen in people_containing("quillfeather")
    erase(doreen, officer, now)
    assert not people_containing("quillfeather")
    assert not people_containing("resident")
    assert doreen not in people()


def test_the_preview_says_what_then_happens(
    doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    seen = erasing.preview(doreen)
    receipt = erase(doreen, officer, now)
    done = {count["what"]: (count["kept"], count["deleted"]) for count in receipt.counts}
    for count in seen.counts:
        # The pack's own texts go before the holders are asked
        if count.what != "texts found for an access request":
            assert done[count.what] == (count.kept, count.deleted)
    assert {hit.heading for hit in seen.texts} >= {"Piece of feedback: words", "Theme: summary"}


def test_a_text_that_is_left_keeps_the_name(
    doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    said = Feedback.objects.get(words__startswith="Mrs Quillfeather")
    erasure = erasing.propose(
        person=doreen, reason="ASKED", asked_on=dt.date(2026, 3, 2), by=officer, at=now
    )
    left = [("actionplans.feedback", said.pk, "words")]
    receipt = erasing.erase(erasure=erasure, left=left, by=officer, at=now)
    said.refresh_from_db()
    assert "Quillfeather" in said.words
    whats = {count["what"]: count["kept"] for count in receipt.counts}
    assert whats["texts by others that stay as they are"] == 1


def test_a_text_a_rule_keeps_stays_and_anything_else_ends_the_erasing(
    doreen: Person, officer: Actor, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text whose writing fails for no rule must not be told as one that may never change."""
    erasure = erasing.propose(
        person=doreen, reason="ASKED", asked_on=dt.date(2026, 3, 2), by=officer, at=now
    )
    with monkeypatch.context() as patch:
        patch.setattr(erasing, "with_a_resident", lambda words, _one: f"{words}\x00")
        with pytest.raises(DataError), transaction.atomic():
            erasing.erase(erasure=erasure, by=officer, at=now)
    with monkeypatch.context() as patch:
        patch.setattr(erasing, "with_a_resident", lambda _words, _one: "")
        receipt = erasing.erase(erasure=erasure, by=officer, at=now)
    whats = {count["what"]: count["kept"] for count in receipt.counts}
    said = Feedback.objects.get(words__startswith="Mrs Quillfeather")
    assert "Quillfeather" in said.words, "a rule of the table keeps words from being empty"
    assert whats["texts by others that stay as they are"] >= 1


def test_a_legal_hold_stands_in_the_way_until_it_ends(
    doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    hold = holds.place_hold(
        person=doreen, reason="A claim is running", ends_on=None, by=officer, at=now
    )
    with pytest.raises(policies.UnderLegalHold, match="A claim is running"):
        erase(doreen, officer, now)
    holds.release_hold(hold=hold, by=officer, at=now)
    assert erase(doreen, officer, now).state == Erasure.State.DONE


def test_nobody_is_erased_before_they_have_seen_what_they_asked_for(
    doreen: Person, in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    request = ask(doreen, officer, now)
    with pytest.raises(policies.NotSettledYet, match="They asked on 2 March 2026 to see"):
        erase(doreen, officer, now)
    assert not Erasure.objects.exists()
    send_pack(request, in_poole, officer, now)
    assert erase(doreen, officer, now).state == Erasure.State.DONE


def test_a_request_that_comes_after_the_proposal_stops_it_too(
    doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    asked_on = dt.date(2026, 3, 2)
    erasure = erasing.propose(person=doreen, reason="ASKED", asked_on=asked_on, by=officer, at=now)
    request = ask(doreen, officer, now)
    with pytest.raises(policies.NotSettledYet, match="Send them the pack, or close the request"):
        erasing.erase(erasure=erasure, by=officer, at=now)
    doreen.refresh_from_db()
    assert doreen.name == NAME
    requests.close(request=request, because="They took it back", by=officer, at=now)
    done = erasing.erase(erasure=erasure, by=officer, at=now)
    assert done.state == Erasure.State.DONE


def test_an_open_complaint_about_data_stops_it_under_a_merged_row_too(
    doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    merged = Person.objects.get(merged_into=doreen)
    complaint = complain(merged, officer, now)
    with pytest.raises(policies.NotSettledYet, match=f"number {complaint.number}, is still open"):
        erase(doreen, officer, now)
    answer(complaint, officer, now)
    assert erase(doreen, officer, now).state == Erasure.State.DONE


def test_nobody_is_erased_twice(doreen: Person, officer: Actor, now: dt.datetime) -> None:
    receipt = erase(doreen, officer, now)
    with pytest.raises(policies.ErasureSettled):
        erasing.erase(erasure=receipt, by=officer, at=now)
    doreen.refresh_from_db()
    with pytest.raises(policies.ErasedAlready):
        erase(doreen, officer, now)


def test_a_refused_proposal_says_why_and_erases_nothing(
    doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    erasure = erasing.propose(
        person=doreen, reason="ASKED", asked_on=dt.date(2026, 3, 2), by=officer, at=now
    )
    erasing.refuse(erasure=erasure, because="The law wants it kept.", by=officer, at=now)
    doreen.refresh_from_db()
    assert doreen.name == NAME
