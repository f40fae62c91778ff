"""The pages of privacy: who may open them, what they say, how few questions they ask."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.auditing.models import ViewLogEntry
from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.privacy.models import (
    AccessRequest,
    DataComplaint,
    Erasure,
    LegalHold,
    Mention,
    RetentionRule,
)
from residents.privacy.operations import complaints, erasing, looking, requests
from tests.factories.feedback import make_feedback
from tests.factories.people import make_person


@pytest.fixture
def doreen(in_poole: Landlord) -> Person:
    return make_person()


def ask(person: Person, by: Actor) -> AccessRequest:
    return requests.record_request(
        person=person,
        asked_on=timezone.localdate(),
        asked_how="PHONE",
        identity_words="Rang from her number",
        by=by,
        at=timezone.now(),
    )


def complain(by: Actor, name: str = "Doreen Hackett (demo)") -> DataComplaint:
    return complaints.receive(
        name=name,
        contact="d@post.example",
        words="You wrote to my old address.",
        received_on=timezone.localdate(),
        received_how="PHONE",
        by=by,
        at=timezone.now(),
    )


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


ADMINISTRATORS = ("look_list", "schedule")


@pytest.mark.parametrize("name", ["hub", "settled", *ADMINISTRATORS])
def test_strangers_find_nothing_and_those_without_the_permission_are_refused(
    name: str,
    stranger_client: Client,
    contributor_client: Client,
    officer_client: Client,
    ada_client: Client,
) -> None:
    url = reverse(f"privacy:{name}")
    assert stranger_client.get(url).status_code == 404
    assert contributor_client.get(url).status_code == 403
    assert officer_client.get(url).status_code == (403 if name in ADMINISTRATORS else 200)
    assert ada_client.get(url).status_code == 200


@pytest.mark.parametrize("size", [1, 3])
def test_the_hub_asks_few_questions(
    size: int,
    doreen: Person,
    officer: Actor,
    officer_client: Client,
    django_assert_num_queries: Any,
) -> None:
    for number in range(size):
        person = make_person(f"Resident {number} (demo)")
        erasing.propose(
            person=person,
            reason="ASKED",
            asked_on=timezone.localdate(),
            by=officer,
            at=timezone.now(),
        )
        ask(person, officer)
        complain(officer, person.name)
    with django_assert_num_queries(12):
        page = officer_client.get(reverse("privacy:hub")).content.decode()
    assert "Resident 0 (demo)" in page


@pytest.mark.parametrize("size", [1, 3])
def test_the_register_asks_few_questions(
    size: int,
    officer: Actor,
    ada_client: Client,
    in_poole: Landlord,
    django_assert_num_queries: Any,
) -> None:
    for number in range(size):
        person = make_person(f"Resident {number} (demo)")
        looking.record_view(person=person, by=officer, at=timezone.now(), page="their page")
    with django_assert_num_queries(10):
        page = ada_client.get(reverse("privacy:look_list")).content.decode()
    assert "Resident 0 (demo)" in page


def test_opening_a_person_is_in_the_register_and_can_be_filtered(
    doreen: Person, officer_client: Client, ada_client: Client
) -> None:
    officer_client.get(reverse("people:person_detail", args=[doreen.pk]))
    look = ViewLogEntry.objects.get()
    assert (look.record_id, look.by_name, look.page) == (
        doreen.pk,
        "Jean Marlow (demo)",
        "their page",
    )
    url = reverse("privacy:look_list")
    assert "Jean Marlow (demo)" in ada_client.get(url, {"person": doreen.pk}).content.decode()
    assert "No page was opened that fits" in (
        ada_client.get(url, {"person": doreen.pk + 1}).content.decode()
    )


def test_a_request_goes_from_asking_to_sent(
    doreen: Person, officer_client: Client, officer: Actor
) -> None:
    make_feedback("Doreen Hackett held the door.")
    page = officer_client.get(reverse("people:person_detail", args=[doreen.pk])).content.decode()
    assert reverse("privacy:access_add", args=[doreen.pk]) in page
    given = {
        "asked_on": timezone.localdate().isoformat(),
        "asked_how": "PHONE",
        "identity_words": "Rang from her number",
    }
    officer_client.post(reverse("privacy:access_add", args=[doreen.pk]), given)
    row = AccessRequest.objects.get()
    detail = reverse("privacy:access_detail", args=[row.pk])
    assert "Doreen Hackett held the door." in officer_client.get(detail).content.decode()

    refused = officer_client.post(reverse("privacy:pack_make", args=[row.pk]))
    assert "have not been looked at" in said(refused)[0]
    mention = Mention.objects.get()
    officer_client.post(
        reverse("privacy:mention_choose", args=[row.pk, mention.pk]),
        {"choice": "INCLUDED", "shown_words": "You held the door."},
    )
    officer_client.post(reverse("privacy:pack_make", args=[row.pk]))
    fetched = officer_client.post(reverse("privacy:pack_fetch", args=[row.pk]))
    assert fetched["Content-Type"] == "application/zip"
    assert fetched.content.startswith(b"PK")
    sent = {"sent_on": timezone.localdate().isoformat(), "sent_how": "POST"}
    officer_client.post(reverse("privacy:access_send", args=[row.pk]), sent)
    row.refresh_from_db()
    assert (row.state, row.downloads) == (AccessRequest.State.SENT, 1)
    assert "The pack was sent by letter" in officer_client.get(detail).content.decode()


def test_including_nothing_says_what_to_do(
    doreen: Person, officer: Actor, officer_client: Client
) -> None:
    make_feedback("Doreen Hackett held the door.")
    row = ask(doreen, officer)
    mention = Mention.objects.get()
    url = reverse("privacy:mention_choose", args=[row.pk, mention.pk])
    answer = officer_client.post(url, {"choice": "INCLUDED", "shown_words": ""})
    assert said(answer) == ["Write what they are shown, or leave the text out."]
    mention.refresh_from_db()
    assert mention.choice == Mention.Choice.WAITING


def test_a_day_to_come_is_refused_in_words(doreen: Person, officer_client: Client) -> None:
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    page = officer_client.post(
        reverse("privacy:access_add", args=[doreen.pk]),
        {"asked_on": tomorrow.isoformat(), "asked_how": "PHONE", "identity_words": "x"},
    ).content.decode()
    assert "This day is still to come." in page


@pytest.mark.parametrize("act", ["access_extend", "access_close"])
def test_more_time_and_closing_ask_why(
    doreen: Person, officer: Actor, officer_client: Client, act: str
) -> None:
    row = ask(doreen, officer)
    url = reverse(f"privacy:{act}", args=[row.pk])
    assert "Say why, in a sentence." in officer_client.post(url, {"because": ""}).content.decode()
    officer_client.post(url, {"because": "They took it back."})
    row.refresh_from_db()
    kept = row.extended_because if act == "access_extend" else row.closed_because
    assert kept == "They took it back."


def test_an_officer_proposes_and_only_an_administrator_erases(
    doreen: Person, officer_client: Client, ada_client: Client
) -> None:
    make_feedback("The lift is out.", person=doreen)
    url = reverse("privacy:erasure_propose", args=[doreen.pk])
    assert "Pieces of feedback" in officer_client.get(url).content.decode()
    given = {"reason": "ASKED", "asked_on": timezone.localdate().isoformat()}
    officer_client.post(url, given)
    row = Erasure.objects.get()
    confirm = reverse("privacy:erasure_detail", args=[row.pk])

    officer_client.post(confirm, {"sure": "on"})
    row.refresh_from_db()
    assert row.state == Erasure.State.WAITING
    assert "Tick that you have read it" in ada_client.post(confirm, {"sure": ""}).content.decode()
    ada_client.post(confirm, {"sure": "on"})

    row.refresh_from_db()
    assert row.state == Erasure.State.DONE
    receipt = officer_client.get(confirm).content.decode()
    assert "a resident was erased" in receipt
    assert "Hackett" not in receipt
    person = officer_client.get(reverse("people:person_detail", args=[doreen.pk])).content.decode()
    assert "Hackett" not in person
    assert "This cannot be undone" in person


def test_a_refused_proposal_says_why(
    doreen: Person, officer: Actor, ada_client: Client, officer_client: Client
) -> None:
    row = erasing.propose(
        person=doreen,
        reason="ASKED",
        asked_on=timezone.localdate(),
        by=officer,
        at=timezone.now(),
    )
    url = reverse("privacy:erasure_refuse", args=[row.pk])
    assert officer_client.post(url, {"because": "No"}).status_code == 403
    ada_client.post(url, {"because": "The law wants it kept."})
    receipt = ada_client.get(reverse("privacy:erasure_detail", args=[row.pk])).content.decode()
    assert "The law wants it kept." in receipt


def test_the_page_says_what_to_settle_before_anybody_is_erased(
    doreen: Person, officer: Actor, ada_client: Client
) -> None:
    request = ask(doreen, officer)
    url = reverse("privacy:erasure_propose", args=[doreen.pk])
    page = ada_client.get(url).content.decode()
    assert "something they asked of us is still open" in page
    assert reverse("privacy:access_detail", args=[request.pk]) in page
    assert "Propose to erase them" not in page
    given = {"reason": "ASKED", "asked_on": timezone.localdate().isoformat()}
    assert (
        "Send them the pack, or close the request" in ada_client.post(url, given).content.decode()
    )
    assert not Erasure.objects.exists()


def test_a_hold_is_placed_and_released(doreen: Person, ada_client: Client) -> None:
    ada_client.post(reverse("privacy:hold_add", args=[doreen.pk]), {"reason": "A claim is running"})
    hold = LegalHold.objects.get()
    page = ada_client.get(reverse("privacy:erasure_propose", args=[doreen.pk])).content.decode()
    assert "A claim is running" in page
    assert "Propose to erase them" not in page
    ada_client.post(reverse("privacy:hold_release", args=[hold.pk]))
    hold.refresh_from_db()
    assert hold.released_at is not None


def test_a_rule_is_changed_and_a_record_held_back(in_poole: Landlord, ada_client: Client) -> None:
    url = reverse("privacy:rule_change", args=["messages"])
    page = ada_client.post(url, {"then": "PSEUDONYMISE", "months": "", "source": "x"})
    assert "Write after how many months" in page.content.decode()
    ada_client.post(url, {"then": "PSEUDONYMISE", "months": "36", "source": "The board said so."})
    assert RetentionRule.objects.get(kind="messages").months == 36
    assert "36 months" in ada_client.get(reverse("privacy:schedule")).content.decode()
    assert ada_client.get(reverse("privacy:rule_change", args=["nothing"])).status_code == 404


def test_a_record_that_is_over_is_held_back_from_its_line_and_let_go_again(
    in_poole: Landlord, ada_client: Client
) -> None:
    gone = make_person("Leroy Biggs (demo)", status="LEFT", status_on=dt.date(2020, 1, 1))
    rule = reverse("privacy:rule_change", args=["people-left"])
    hold = reverse("privacy:record_hold", args=["people-left"])
    assert f'href="{hold}?record={gone.pk}"' in ada_client.get(rule).content.decode()
    assert f'value="{gone.pk}"' in ada_client.get(hold, {"record": gone.pk}).content.decode()
    for number, why in ((gone.pk + 1, "A claim"), (2**70, "A claim"), ("x", "A claim"), ("", "")):
        refused = ada_client.post(hold, {"record": number, "reason": why})
        assert refused.context["form"].errors
    assert not LegalHold.objects.exists()
    kept = ada_client.post(hold, {"record": gone.pk, "reason": "A claim"}, follow=True)
    assert "What is held back" in kept.content.decode()
    assert "Nothing is over today." in kept.content.decode()
    again = ada_client.post(hold, {"record": gone.pk, "reason": "A claim"})
    assert "A hold stands over this record already." in again.content.decode()
    hub = ada_client.get(reverse("privacy:hub")).content.decode()
    assert f"Number {gone.pk} of “People who left or died”" in hub
    ada_client.post(reverse("privacy:hold_release", args=[LegalHold.objects.get().pk]))
    assert "What is held back" not in ada_client.get(rule).content.decode()


def test_anybody_can_complain_and_is_told_by_when(visitor: Client, in_poole: Landlord) -> None:
    url = reverse("privacy_public:complain")
    page = visitor.get(url).content.decode()
    token = visitor.get(url).context["form"].initial["token"]
    assert "Information Commissioner" in page
    given = {
        "words": "You wrote to my old address.",
        "name": "Doreen Hackett (demo)",
        "contact": "d@post.example",
        "token": str(token),
    }
    for _ in range(2):
        answer = visitor.post(url, given)
        assert answer.status_code == 302
    row = DataComplaint.objects.get()
    assert (row.words, row.by_kind, row.received_how) == (given["words"], "RESIDENT", "WEB")
    assert "Write your name" in visitor.post(url, {"words": "x"}).content.decode()


def test_the_telephone_screens_complaint_begins_with_who_is_ringing(
    doreen: Person, officer_client: Client
) -> None:
    phone = officer_client.get(reverse("phone:caller", args=[doreen.pk])).content.decode()
    door = f"{reverse('privacy:complaint_add')}?who={doreen.pk}"
    assert door in phone
    form = officer_client.get(door).content.decode()
    assert f'value="{doreen.name}"' in form
    assert doreen.email or doreen.phone or doreen.address
    nobody = officer_client.get(f"{reverse('privacy:complaint_add')}?who=999999999")
    assert f'value="{doreen.name}"' not in nobody.content.decode()


def test_a_program_that_fills_in_everything_complains_in_vain(
    visitor: Client, in_poole: Landlord
) -> None:
    given = {"words": "Buy", "name": "x", "contact": "x", "website": "http://x.example"}
    assert visitor.post(reverse("privacy_public:complain"), given).status_code == 302
    assert not DataComplaint.objects.exists()


def test_a_complaint_is_acknowledged_and_answered_at_the_desk(
    doreen: Person, officer_client: Client
) -> None:
    officer_client.post(
        reverse("privacy:complaint_add"),
        {
            "name": doreen.name,
            "contact": doreen.address,
            "words": "You wrote to my old address.",
            "received_on": timezone.localdate().isoformat(),
            "received_how": "PHONE",
        },
    )
    row = DataComplaint.objects.get()
    assert row.person == doreen
    detail = reverse("privacy:complaint_detail", args=[row.pk])
    assert "the law gives 30 days" in officer_client.get(detail).content.decode()
    officer_client.post(reverse("privacy:complaint_acknowledge", args=[row.pk]))
    officer_client.post(
        reverse("privacy:complaint_answer", args=[row.pk]),
        {
            "outcome": "UPHELD",
            "outcome_words": "We have put it right.",
            "told_on": timezone.localdate().isoformat(),
            "told_how": "POST",
        },
    )
    page = officer_client.get(detail).content.decode()
    assert "We were wrong. They were told by letter" in page
    assert "We have put it right." in page
