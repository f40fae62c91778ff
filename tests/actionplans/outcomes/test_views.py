from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from actionplans.outcomes.models import Outcome, OutcomeEvidence
from actionplans.outcomes.operations import add_evidence
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from tests.actionplans.asked import asked, seen_of, text_of
from tests.conftest import client_for
from tests.factories.accounts import make_member
from tests.factories.decisions import make_decision, make_outcome, theme_of
from tests.factories.feedback import CLERK

pytestmark = pytest.mark.django_db


@pytest.fixture
def outcome(in_poole: Landlord) -> Outcome:
    return make_outcome(make_decision(theme_of(1)))


def test_an_officer_records_what_changed_and_adds_what_shows_it(
    officer_client: Client, in_poole: Landlord
) -> None:
    decision = make_decision(theme_of(1))
    form = {
        "what_changed": "Both lifts run.",
        "category": "SERVICE",
        "happened_on": "2026-08-12",
        "measure": "Days out of order",
        "before": "31",
        "after": "2",
        "saved_pence": "£3,100.50",
        "form_token": str(uuid.uuid4()),
    }
    page = f"/desk/decisions/{decision.pk}/changed/"
    shown = officer_client.post(page, form, follow=True).content.decode()
    officer_client.post(page, form)
    outcome = Outcome.objects.get()
    assert outcome.saved_pence == 310050
    assert "£3,100.50" in shown
    assert "There is nothing to show for it yet." in shown
    log = SimpleUploadedFile("log.txt", b"12 August: both lifts run.")
    token = str(uuid.uuid4())
    evidence_page = f"/desk/outcomes/{outcome.pk}/evidence/"
    officer_client.post(evidence_page, {"words": "The log", "file": log, "form_token": token})
    evidence = OutcomeEvidence.objects.get()
    answer = officer_client.get(f"/desk/outcomes/{outcome.pk}/evidence/{evidence.pk}/")
    assert answer.content == b"12 August: both lifts run."
    assert answer["Content-Disposition"] == 'attachment; filename="log.txt"'
    detail = officer_client.get(f"/desk/outcomes/{outcome.pk}/").content.decode()
    assert "Evidenced" in detail


def test_a_file_that_is_not_what_it_says_is_refused_with_what_to_do(
    officer_client: Client, outcome: Outcome
) -> None:
    wrong = SimpleUploadedFile("log.pdf", b"\x89PNG\r\n\x1a\n" + b"0" * 60)
    answer = officer_client.post(f"/desk/outcomes/{outcome.pk}/evidence/", {"file": wrong})
    assert "save it again as a PDF" in answer.content.decode()
    assert not OutcomeEvidence.objects.exists()


def test_evidence_opens_only_through_its_own_outcome_and_landlord(
    officer_client: Client, stranger_client: Client, outcome: Outcome, oxford: Landlord
) -> None:
    evidence = add_evidence(
        outcome=outcome,
        words="Log",
        file_name="log.txt",
        file_data=b"It runs.",
        by=CLERK,
        at=outcome.recorded_at,
    )
    other = make_outcome(outcome.decision)
    page = f"/desk/outcomes/{outcome.pk}/evidence/{evidence.pk}/"
    assert officer_client.get(page).content == b"It runs."
    assert (
        officer_client.get(page.replace(f"/{outcome.pk}/", f"/{other.pk}/", 1)).status_code == 404
    )
    assert stranger_client.get(page).status_code == 404
    oxfords = make_member(oxford, "Oona Vale (demo)", "OFFICER")
    with landlord_scope(oxford):
        assert client_for(oxford, oxfords).get(page).status_code == 404


def test_whoever_saves_second_sees_what_the_first_saved(
    officer_client: Client, outcome: Outcome
) -> None:
    page = f"/desk/outcomes/{outcome.pk}/change/"
    form = {"category": "SERVICE", "happened_on": "2026-08-12"}
    form["seen"] = seen_of(officer_client.get(page))
    officer_client.post(page, {**form, "what_changed": "One lift runs."})
    answer = officer_client.post(page, {**form, "what_changed": "Neither runs."})
    shown = answer.content.decode()
    assert '"They saved">One lift runs.</td>' in shown
    assert "Jean Marlow (demo) saved this on Wednesday 12 August 2026 at " in shown
    outcome.refresh_from_db()
    assert outcome.what_changed == "One lift runs."


def test_money_is_compared_in_pounds(officer_client: Client, outcome: Outcome) -> None:
    page = f"/desk/outcomes/{outcome.pk}/change/"
    form = {"category": "SERVICE", "happened_on": "2026-08-12", "what_changed": "Both."}
    form["seen"] = seen_of(officer_client.get(page))
    officer_client.post(page, {**form, "saved_pence": "3100.50"})
    shown = text_of(officer_client.post(page, {**form, "saved_pence": "2,000"}))
    assert "They saved You wrote Money saved, in pounds 3100.50 2000.00" in shown


def test_no_kind_of_change_is_chosen_before_the_officer_chooses_one(
    officer_client: Client, outcome: Outcome
) -> None:
    page = f"/desk/decisions/{outcome.decision_id}/changed/"
    form = {"category": "", "happened_on": "2026-08-12", "what_changed": "Both lifts run."}
    assert "Choose the kind of change." in officer_client.post(page, form).content.decode()
    assert Outcome.objects.count() == 1


def test_a_claim_is_withdrawn_with_its_reason(officer_client: Client, outcome: Outcome) -> None:
    page = f"/desk/outcomes/{outcome.pk}/withdraw/"
    shown = officer_client.post(page, {"because": "It failed again."}, follow=True)
    assert "It failed again." in shown.content.decode()


@pytest.mark.parametrize("size", [1, 3])
def test_the_pages_ask_as_often_for_three_as_for_one(
    officer_client: Client, outcome: Outcome, size: int
) -> None:
    for number in range(size):
        add_evidence(outcome=outcome, words=f"Log {number}", by=CLERK, at=outcome.recorded_at)
    count, shown = asked(officer_client, f"/desk/outcomes/{outcome.pk}/")
    assert count == 4
    assert shown.count("<p>Log ") == size


@pytest.mark.parametrize("tail", ["", "change/", "evidence/", "withdraw/"])
def test_strangers_find_nothing_and_contributors_may_not_change(
    stranger_client: Client, contributor_client: Client, outcome: Outcome, tail: str
) -> None:
    page = f"/desk/outcomes/{outcome.pk}/{tail}"
    assert stranger_client.get(page).status_code == 404
    assert contributor_client.get(page).status_code == (403 if tail else 200)
