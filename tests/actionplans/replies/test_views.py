from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from actionplans.outcomes.operations import withdraw_outcome
from actionplans.replies.models import Reply
from involvement.delivery.models import LetterBatch, Message
from involvement.landlords.models import Landlord
from involvement.rendering.checks import pdf_findings
from tests.actionplans.asked import asked, text_of
from tests.factories.decisions import make_decision, make_outcome, theme_of
from tests.factories.feedback import CLERK, make_theme

pytestmark = pytest.mark.django_db


def test_an_officer_writes_prints_and_posts_letters(
    officer_client: Client, in_poole: Landlord
) -> None:
    decision = make_decision(
        theme_of(3, needs=["LARGE_PRINT"]), because="They are old", reason="OTHER"
    )
    page = f"/desk/decisions/{decision.pk}/tell/"
    shown = officer_client.get(page).content.decode()
    assert "<b>3 people will be told</b>, each once and in the way they chose." in shown
    assert "This is because: They are old." in shown
    form = {"subject": "The lifts", "words": "New lifts come in May."}
    officer_client.post(page, form)
    again = officer_client.post(page, form).content.decode()
    assert "Everybody in this theme has been told already" in again
    officer_client.post("/desk/outbox/letters/print/")
    officer_client.post("/desk/outbox/letters/print/")
    batch = LetterBatch.objects.get()
    pdf = officer_client.get(f"/desk/outbox/letters/{batch.pk}/pdf/").content
    assert pdf_findings(pdf) == []
    officer_client.post(f"/desk/outbox/letters/{batch.pk}/posted/")
    officer_client.post(f"/desk/outbox/letters/{batch.pk}/posted/")
    assert set(Message.objects.values_list("state", flat=True)) == {"SENT"}
    told = officer_client.get(f"/desk/decisions/{decision.pk}/").content.decode()
    assert "All 3 people have been told." in told


def test_an_officer_told_two_of_three_themselves(
    officer_client: Client, in_poole: Landlord
) -> None:
    decision = make_decision(theme_of(3))
    page = f"/desk/decisions/{decision.pk}/told/"
    people = [entry.feedback.person_id for entry in decision.theme.entries.order_by("pk")]
    form = {
        "hearers": [f"p{key}" for key in people[:2]],
        "channel": "PHONE",
        "told_on": "2026-08-12",
    }
    shown = officer_client.post(page, form, follow=True).content.decode()
    officer_client.post(page, form)
    assert "2 of 3 have been told." in shown
    assert "Noted: 2 people know." in shown
    assert Reply.objects.count() == 2


def test_the_call_list_is_ticked_off(officer_client: Client, in_poole: Landlord) -> None:
    decision = make_decision(theme_of(2, preferred_channel="PHONE", phone="07700 900 123"))
    officer_client.post(
        f"/desk/decisions/{decision.pk}/tell/", {"subject": "Lifts", "words": "May."}
    )
    shown = officer_client.get("/desk/replies/calls/").content.decode()
    assert shown.count("07700 900 123") == 2
    message = Message.objects.order_by("pk")[0]
    done = f"/desk/replies/calls/{message.pk}/done/"
    assert officer_client.post(done).status_code == 302
    assert officer_client.post(done).status_code == 404
    assert "1 person waits" in officer_client.get("/desk/replies/calls/").content.decode()


def test_one_person_is_told_by_name_and_nobody_is_told_twice(
    officer_client: Client, in_poole: Landlord
) -> None:
    decision = make_decision(theme_of(1, preferred_channel="PHONE", phone="07700 900 123"))
    page = f"/desk/decisions/{decision.pk}/tell/"
    shown = officer_client.get(page).content.decode()
    assert "<b>Resident 1 (demo) will be told</b>, by telephone." in shown
    sent = officer_client.post(page, {"subject": "Lifts", "words": "May."}, follow=True)
    assert "1 reply is on the way. Still to do: ring, text or speak to 1 person." in text_of(sent)
    assert "The one person who can be told has not been told." in text_of(sent)
    after = officer_client.get(page).content.decode()
    assert "Everybody who can be told has been told, or is about to be." in after
    assert "<textarea" not in after
    nobody = make_decision(make_theme("Nobody said this"))
    page = f"/desk/decisions/{nobody.pk}/tell/"
    assert "Nobody who can be told said anything" in text_of(officer_client.get(page))


def test_how_they_were_told_is_chosen_and_not_found_chosen(
    officer_client: Client, in_poole: Landlord
) -> None:
    decision = make_decision(theme_of(1))
    person = decision.theme.entries.get().feedback.person_id
    form = {"hearers": [f"p{person}"], "channel": "", "told_on": "2026-08-12"}
    shown = officer_client.post(f"/desk/decisions/{decision.pk}/told/", form)
    assert "Choose how you told them." in shown.content.decode()
    assert not Reply.objects.exists()


def test_a_decision_many_wait_for_leaves_room_for_the_others(
    officer_client: Client, in_poole: Landlord
) -> None:
    make_decision(theme_of(11, "Lifts"))
    shown = officer_client.get("/desk/replies/")
    assert shown.content.decode().count(">Resident ") == 8
    assert "And 3 more who wait to hear of this" in text_of(shown)


def test_who_waits_longest_stands_first_with_how_late_we_are(
    officer_client: Client, in_poole: Landlord
) -> None:
    make_decision(theme_of(1, "Grass"))
    make_decision(theme_of(1, "Lifts"), decided_on=dt.date(2026, 7, 20))
    shown = officer_client.get("/desk/replies/").content.decode()
    assert shown.index("Lifts") < shown.index("Grass")
    assert "7 working days late" in shown
    late = officer_client.get("/desk/replies/?late=1").content.decode()
    assert "Grass" not in late


@pytest.mark.parametrize(
    ("sort", "first"), [("", "Lifts"), ("due", "Lifts"), ("-due", "Grass"), ("about", "Grass")]
)
def test_whoever_waits_is_put_in_order_at_the_heads(
    officer_client: Client, in_poole: Landlord, sort: str, first: str
) -> None:
    make_decision(theme_of(1, "Grass"))
    make_decision(theme_of(1, "Lifts"), decided_on=dt.date(2026, 7, 20))
    response = officer_client.get("/desk/replies/", {"sort": sort})
    assert response.context["rows"][0].decision.theme.title == first
    assert 'href="?sort=' in response.content.decode()
    assert 'href="?sort=' not in officer_client.get("/desk/").content.decode()


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_of_replies_due_asks_as_often_for_three_as_for_one(
    officer_client: Client, in_poole: Landlord, size: int
) -> None:
    for number in range(size):
        make_decision(theme_of(size, f"Theme {number}"))
    count, shown = asked(officer_client, "/desk/replies/")
    assert count == 6
    assert shown.count(">Resident ") == size * size


@pytest.mark.parametrize("size", [1, 3])
def test_a_decision_asks_as_often_for_three_hearers_as_for_one(
    officer_client: Client, in_poole: Landlord, size: int
) -> None:
    decision = make_decision(theme_of(size))
    count, shown = asked(officer_client, f"/desk/decisions/{decision.pk}/")
    assert count == 9
    assert shown.count('data-label="How"') == size


@pytest.mark.parametrize(
    "page", ["replies/", "replies/calls/", "outbox/", "outbox/letters/", "decisions/{}/tell/"]
)
def test_strangers_find_nothing_and_contributors_may_not_tell(
    stranger_client: Client,
    contributor_client: Client,
    officer_client: Client,
    in_poole: Landlord,
    page: str,
) -> None:
    address = "/desk/" + page.format(make_decision(theme_of(1)).pk)
    answers: dict[str, Any] = {
        "stranger": stranger_client.get(address).status_code,
        "contributor": contributor_client.get(address).status_code,
        "officer": officer_client.get(address).status_code,
    }
    assert answers == {"stranger": 404, "contributor": 403, "officer": 200}


def test_the_words_offered_tell_what_was_done_and_not_what_was_withdrawn(
    officer_client: Client, in_poole: Landlord
) -> None:
    decision = make_decision(theme_of(1), decided_on=dt.date(2025, 9, 13))
    page = f"/desk/decisions/{decision.pk}/tell/"
    assert "Since " not in officer_client.get(page).context["form"]["words"].value()
    make_outcome(
        decision,
        what_changed="Every repair gets a message",
        happened_on=dt.date(2025, 10, 4),
        measure="Visits where nobody was in",
        before="18%",
        after="7%",
    )
    gone = make_outcome(decision, what_changed="The moon is blue.")
    withdraw_outcome(outcome=gone, because="It is not.", by=CLERK, at=timezone.now())
    words = officer_client.get(page).context["form"]["words"].value()
    assert "New lifts are fitted in both blocks." in words
    assert (
        "Since 4 October 2025: Every repair gets a message."
        " Visits where nobody was in: from 18% to 7%.\n\nIf you think"
    ) in words
    assert "The moon is blue" not in words
