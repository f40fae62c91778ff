"""An access pack holds all that is kept about somebody, and nobody else's words."""

from __future__ import annotations

import csv
import datetime as dt
import io
import time
import zipfile

import pytest

from involvement.auditing.actors import Actor
from involvement.auditing.models import ViewLogEntry
from involvement.documents.models import StoredFile
from involvement.documents.queries import content
from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.privacy import policies
from residents.privacy.models import AccessRequest, Mention
from residents.privacy.operations import looking, requests
from residents.privacy.packing import DOCUMENT, READ_FIRST
from tests.factories.feedback import make_feedback
from tests.factories.people import make_person

MONDAY = dt.date(2026, 3, 2)


@pytest.fixture
def doreen(in_poole: Landlord, officer: Actor, now: dt.datetime) -> Person:
    person = make_person("Doreen Hackett (demo)", phone="01632 960123", large_print=True)
    make_person("Walter Brooker (demo)")
    make_feedback("The lift is out again.", person=person)
    make_feedback("Walter Brooker told Doreen Hackett about the bins.")
    make_feedback("Ms Hacket did not come.")
    make_feedback("Nobody else is named here.", person=make_person("Piotr Zielak (demo)"))
    looking.record_view(person=person, by=officer, at=now, page="their page")
    return person


def ask(person: Person, by: Actor, at: dt.datetime, asked_on: dt.date = MONDAY) -> AccessRequest:
    return requests.record_request(
        person=person,
        asked_on=asked_on,
        asked_how="PHONE",
        identity_words="Rang from her number",
        by=by,
        at=at,
    )


def choose_all(request: AccessRequest, by: Actor, at: dt.datetime) -> None:
    for mention in request.mentions.order_by("pk"):
        choice = Mention.Choice.INCLUDED if mention.certain else Mention.Choice.LEFT_OUT
        requests.choose_mention(mention=mention, choice=choice, shown_words="", by=by, at=at)


@pytest.mark.parametrize(
    ("asked_on", "due_on"),
    [
        (dt.date(2026, 3, 2), dt.date(2026, 4, 2)),
        # The last of January has no corresponding day, and the last of February is a Saturday
        (dt.date(2026, 1, 31), dt.date(2026, 3, 2)),
        # Good Friday and Easter Monday lie between
        (dt.date(2026, 3, 3), dt.date(2026, 4, 7)),
    ],
)
def test_the_clock_is_one_calendar_month(
    doreen: Person, officer: Actor, now: dt.datetime, asked_on: dt.date, due_on: dt.date
) -> None:
    assert ask(doreen, officer, now, asked_on).due_on == due_on


def test_texts_by_others_wait_to_be_looked_at_with_other_names_taken_out(
    doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    request = ask(doreen, officer, now)
    found = {mention.words: mention for mention in request.mentions.order_by("pk")}
    assert found.keys() == {
        "Walter Brooker told Doreen Hackett about the bins.",
        "Ms Hacket did not come.",
    }
    told = found["Walter Brooker told Doreen Hackett about the bins."]
    assert told.shown_words == "[another person] told Doreen Hackett about the bins."
    assert (told.certain, found["Ms Hacket did not come."].certain) == (True, False)
    with pytest.raises(policies.MentionsWaiting):
        requests.make(request=request, landlord=doreen.landlord, by=officer, at=now)


def test_what_was_written_since_they_asked_is_looked_at_before_the_pack_is_made_anew(
    doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    def make(request: AccessRequest) -> AccessRequest:
        return requests.make(request=request, landlord=doreen.landlord, by=officer, at=now)

    request = ask(doreen, officer, now)
    choose_all(request, officer, now)
    first = make(request).pack
    said = make_feedback("Doreen Hackett shouted at Walter Brooker.")

    again = make(request)
    assert (first is not None, again.pack, again.state) == (True, None, AccessRequest.State.OPEN)
    waiting = request.mentions.get(choice=Mention.Choice.WAITING)
    assert waiting.shown_words == "Doreen Hackett shouted at [another person]."
    with pytest.raises(policies.MentionsWaiting):
        make(request)
    requests.choose_mention(
        mention=waiting, choice=Mention.Choice.INCLUDED, shown_words="", by=officer, at=now
    )
    pack = make(request).pack
    assert pack is not None
    with zipfile.ZipFile(io.BytesIO(content(pack))) as bundle:
        table = bundle.read(f"{DOCUMENT}.csv").decode("utf-8-sig")
    assert "Doreen Hackett shouted at [another person]." in table

    # What says something else by now is asked about again; what says the same is not
    said.words = "Doreen Hackett shouted."
    said.save(update_fields=["words"])
    assert make(request).pack is None
    [reworded] = request.mentions.filter(choice=Mention.Choice.WAITING)
    assert (reworded.pk, reworded.shown_words) == (waiting.pk, "Doreen Hackett shouted.")


def test_the_pack_holds_everything_and_nothing_of_others(
    doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    request = ask(doreen, officer, now)
    choose_all(request, officer, now)
    request = requests.make(request=request, landlord=doreen.landlord, by=officer, at=now)

    assert request.pack is not None
    import pikepdf

    with zipfile.ZipFile(io.BytesIO(content(request.pack))) as bundle:
        assert set(bundle.namelist()) == {READ_FIRST, f"{DOCUMENT}.pdf", f"{DOCUMENT}.csv"}
        table = bundle.read(f"{DOCUMENT}.csv").decode("utf-8-sig")
        index = bundle.read(READ_FIRST).decode("utf-8-sig")
        with pikepdf.open(io.BytesIO(bundle.read(f"{DOCUMENT}.pdf"))) as document:
            assert document.Root.MarkInfo.Marked
            assert str(document.Root.Lang) == "en-GB"
    rows = list(csv.DictReader(io.StringIO(table)))
    said = {row["What it says"] for row in rows}
    assert said >= {
        "Doreen Hackett (demo)",
        "01632 960123",
        "The lift is out again.",
        "[another person] told Doreen Hackett about the bins.",
        "Looked at: their page",
    }
    assert "Brooker" not in table
    assert "Nobody else is named here." not in table
    assert "Ms Hacket did not come." not in table
    assert "What you said to us: " in index
    assert request.state == AccessRequest.State.READY
    assert request.expires_on == dt.date(2026, 9, 11)


def test_fetching_is_counted_and_in_the_register(
    doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    request = ask(doreen, officer, now)
    choose_all(request, officer, now)
    request = requests.make(request=request, landlord=doreen.landlord, by=officer, at=now)
    for _ in range(2):
        request = requests.note_download(request=request, by=officer, at=now)
    assert request.downloads == 2
    taken = ViewLogEntry.objects.filter(kind=ViewLogEntry.Kind.EXPORTED)
    assert {(look.record_id, look.page) for look in taken} == {(doreen.pk, "their access pack")}


def test_a_pack_is_deleted_in_the_end_and_its_request_stays(
    doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    request = ask(doreen, officer, now)
    choose_all(request, officer, now)
    request = requests.make(request=request, landlord=doreen.landlord, by=officer, at=now)
    request = requests.send(request=request, sent_on=MONDAY, sent_how="POST", by=officer, at=now)
    request = requests.forget_pack(request=request, by=officer, at=now)
    assert not StoredFile.objects.exists()
    assert not Mention.objects.exists()
    assert (request.state, request.sent_on) == (AccessRequest.State.SENT, MONDAY)
    with pytest.raises(policies.PackGone):
        requests.note_download(request=request, by=officer, at=now)


def test_a_changed_choice_takes_the_pack_back(
    doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    request = ask(doreen, officer, now)
    choose_all(request, officer, now)
    request = requests.make(request=request, landlord=doreen.landlord, by=officer, at=now)
    choose_all(request, officer, now)
    request.refresh_from_db()
    assert (request.state, request.pack) == (AccessRequest.State.OPEN, None)
    with pytest.raises(policies.NoPackToSend):
        requests.send(request=request, sent_on=MONDAY, sent_how="POST", by=officer, at=now)


def test_one_request_at_a_time_and_two_months_more_once(
    doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    request = ask(doreen, officer, now)
    assert ask(doreen, officer, now) == request
    request = requests.extend(request=request, because="Ten years of letters", by=officer, at=now)
    assert request.due_on == dt.date(2026, 6, 2)
    with pytest.raises(policies.ExtendedAlready):
        requests.extend(request=request, because="More", by=officer, at=now)


def test_a_settled_request_stays_settled(doreen: Person, officer: Actor, now: dt.datetime) -> None:
    request = ask(doreen, officer, now)
    request = requests.close(request=request, because="It was not her", by=officer, at=now)
    with pytest.raises(policies.RequestSettled):
        requests.close(request=request, because="Again", by=officer, at=now)
    with pytest.raises(policies.RequestSettled):
        requests.extend(request=request, because="Again", by=officer, at=now)
    with pytest.raises(policies.RequestSettled):
        requests.make(request=request, landlord=doreen.landlord, by=officer, at=now)
    with pytest.raises(policies.RequestSettled):
        requests.send(request=request, sent_on=MONDAY, sent_how="POST", by=officer, at=now)


def test_a_pack_is_made_within_a_minute(doreen: Person, officer: Actor, now: dt.datetime) -> None:
    for number in range(300):
        make_feedback(f"Said {number}: the lift, the bins and the gate.", person=doreen)
    began = time.perf_counter()
    request = ask(doreen, officer, now)
    choose_all(request, officer, now)
    requests.make(request=request, landlord=doreen.landlord, by=officer, at=now)
    assert time.perf_counter() - began < 60
