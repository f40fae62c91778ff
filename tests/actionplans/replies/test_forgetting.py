"""Once nobody is to know any more who spoke, no reply tells it either."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.core.serializers import serialize
from django.test import Client
from django.utils import timezone

from actionplans.decisions.models import Decision
from actionplans.feedback.models import Feedback
from actionplans.feedback.operations.keeping import forget_speakers
from actionplans.feedback.ports import NobodyWasTold, WhoWasTold
from actionplans.replies import operations, queries
from actionplans.replies.holding import HOLDERS
from actionplans.replies.models import Reply, Verdict
from actionplans.replies.operations.forgetting import ERASED
from actionplans.replies.tasks import note_replies
from involvement.auditing.actors import Actor, ActorKind, Channel
from involvement.delivery.models import Message
from involvement.landlords.models import Landlord
from involvement.wiring import port
from residents.people.models import Person
from tests.factories.decisions import make_decision, make_outcome
from tests.factories.feedback import CLERK, make_feedback, make_theme
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def leroy(in_poole: Landlord) -> Person:
    return make_person(
        "Leroy Biggs (demo)", preferred_channel="EMAIL", email="leroy@residents.example"
    )


@pytest.fixture
def decision(leroy: Person, django_capture_on_commit_callbacks: Any) -> Decision:
    """He said two things about the lights and was told once; Doreen's letter has not gone."""
    said = [
        make_feedback("It is dark.", person=leroy),
        make_feedback("I fell.", person=leroy),
        make_feedback("Mend it.", person=make_person("Doreen Hackett (demo)")),
    ]
    decision = make_decision(make_theme("Lights", feedback=said))
    with django_capture_on_commit_callbacks(execute=True):
        operations.tell_everybody(
            decision=decision, subject="It", words="Brighter.", by=CLERK, at=decision.recorded_at
        )
    note_replies()
    return decision


def said(words: str) -> Feedback:
    row: Feedback = Feedback.objects.get(words=words)
    return row


def forget(*words: str) -> None:
    rows = [said(each) for each in words]
    forget_speakers(rows=rows, by=CLERK, at=timezone.now())


def asked_and_answered(decision: Decision, leroy: Person) -> Verdict:
    make_outcome(decision)
    later = timezone.now() + dt.timedelta(days=90)
    operations.ask_whether_it_happened(decision=decision, by=CLERK, at=later)
    writer = Actor(ActorKind.RESIDENT, leroy.name, key=leroy.pk, channel=Channel.EMAIL)
    verdict = Verdict.objects.get(reply__person=leroy)
    return operations.answer_question(
        verdict=verdict, answer="YES", words="It did.", by=writer, at=later
    )


def test_what_was_told_leads_back_to_nobody(decision: Decision, leroy: Person) -> None:
    asked_and_answered(decision, leroy)
    there = serialize(
        "json", [*Reply.objects.all(), *Message.objects.all(), *Verdict.objects.all()]
    )
    assert "Leroy" in there
    assert f":p{leroy.pk}:" in there
    told = set(Reply.objects.filter(person=leroy).values_list("told_at", flat=True))
    assert len(told) == 1

    forget("It is dark.", "I fell.")

    kept = serialize("json", [*Reply.objects.all(), *Message.objects.all(), *Verdict.objects.all()])
    assert "Leroy" not in kept
    assert "leroy" not in kept
    assert f":p{leroy.pk}:" not in kept
    assert not Reply.objects.filter(person=leroy).exists()
    forgotten = Reply.objects.filter(feedback__person=None)
    assert set(forgotten.values_list("told_at", "message")) == {(told.pop(), None)}
    verdict = Verdict.objects.get()
    assert (verdict.answer, verdict.by_name, verdict.by_key) == ("YES", "A resident", None)
    assert "Doreen" in kept


def test_a_message_stays_as_long_as_one_of_its_replies_is_somebodys(
    decision: Decision, leroy: Person
) -> None:
    forget("It is dark.")
    message = Message.objects.get(channel="EMAIL")
    assert message.to_name == leroy.name
    assert list(message.replies.values_list("feedback", flat=True)) == [said("I fell.").pk]
    forget("I fell.")
    message.refresh_from_db()
    assert (message.to_name, message.body, message.state) == ("A resident", ERASED, "SENT")


def test_a_message_that_never_went_goes_no_more(decision: Decision) -> None:
    assert Message.objects.get(channel="POST").state == "QUEUED"
    forget("Mend it.")
    message = Message.objects.get(channel="POST")
    assert (message.to_name, message.state) == ("A resident", "CANCELLED")
    assert message.replies.get().told_at is None


def test_nobody_forgotten_is_asked_or_told_again(decision: Decision) -> None:
    make_outcome(decision)
    later = timezone.now() + dt.timedelta(days=90)
    assert decision in queries.due_to_be_asked(later)
    forget("It is dark.", "I fell.", "Mend it.")
    assert decision not in queries.due_to_be_asked(later)
    assert not queries.not_everybody_told().exists()


def test_the_page_of_answers_names_nobody_forgotten(
    decision: Decision, leroy: Person, officer_client: Client
) -> None:
    asked_and_answered(decision, leroy)
    page = f"/desk/decisions/{decision.pk}/did-it-happen/"
    assert "Leroy" in officer_client.get(page).content.decode()
    forget("It is dark.", "I fell.")
    html = officer_client.get(page).content.decode()
    assert "Leroy" not in html
    assert "A resident" in html


def test_erasing_empties_the_question_too(decision: Decision, leroy: Person) -> None:
    asked_and_answered(decision, leroy)
    (question,) = Message.objects.filter(verdicts__isnull=False)
    assert question.to_name == leroy.name
    assert question.pk not in {row.pk for row in HOLDERS[1].rows(leroy)}
    for holder in HOLDERS:
        holder.erase(leroy, by=CLERK, at=timezone.now())
    question.refresh_from_db()
    assert (question.to_name, question.to_address) == ("A resident", ERASED)
    assert mail.outbox


@pytest.mark.parametrize("answers", [None, NobodyWasTold()])
def test_whoever_keeps_who_was_told_keeps_to_the_contract(
    decision: Decision, answers: WhoWasTold | None
) -> None:
    """Whatever is bound forgets without changing what was said."""
    bound: WhoWasTold = answers or port("feedback.who_was_told")
    before = list(Feedback.objects.order_by("pk").values())
    bound.forget(list(Feedback.objects.all()), by=CLERK, at=timezone.now())
    bound.forget([], by=CLERK, at=timezone.now())
    assert list(Feedback.objects.order_by("pk").values()) == before
