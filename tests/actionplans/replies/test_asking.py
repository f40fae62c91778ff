from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from actionplans.decisions.models import Decision
from actionplans.outcomes.models import Outcome
from actionplans.replies import operations, policies, queries
from actionplans.replies.hearers import hearers
from actionplans.replies.models import Verdict
from actionplans.replies.tasks import ask_whether_it_happened
from actionplans.replies.verdicts import Totals, totals
from involvement.auditing.actors import Channel
from involvement.delivery.models import Message
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from tests.factories.decisions import make_decision, make_outcome, theme_of
from tests.factories.feedback import CLERK

pytestmark = pytest.mark.django_db
WEEKS_AGO = dt.timedelta(weeks=7)


@pytest.fixture
def decision(in_poole: Landlord, now: dt.datetime) -> Decision:
    """Decided, done and told seven weeks ago to three people who read e-mail."""
    theme = theme_of(3, preferred_channel="EMAIL", email="all@residents.example")
    then = (now - WEEKS_AGO).date()
    decision = make_decision(theme, decided_on=then)
    make_outcome(decision)
    operations.told_by_hand(
        decision=decision,
        keys=[hearer.key for hearer in hearers(decision)],
        channel=Channel.FACE,
        on=then,
        by=CLERK,
        at=now,
    )
    return decision


def ask(django_capture_on_commit_callbacks: Any) -> list[str]:
    """The addresses in the e-mails that ask."""
    with django_capture_on_commit_callbacks(execute=True):
        ask_whether_it_happened()
    found = [
        re.search(r"http://localhost:8000/at/poole(/\S+)", str(sent.body)) for sent in mail.outbox
    ]
    return [match[1] for match in found if match]


def test_the_same_people_are_asked_once_weeks_later(
    decision: Decision, django_capture_on_commit_callbacks: Any
) -> None:
    links = ask(django_capture_on_commit_callbacks)
    assert len(set(links)) == 3
    ask(django_capture_on_commit_callbacks)
    assert Verdict.objects.count() == 3
    assert len(mail.outbox) == 3


def test_the_dead_are_not_asked(
    decision: Decision, django_capture_on_commit_callbacks: Any
) -> None:
    first, *others = hearers(decision)
    assert first.person is not None
    assert len(others) == 2
    first.person.status, first.person.status_on = "DECEASED", decision.decided_on
    first.person.save()

    assert len(ask(django_capture_on_commit_callbacks)) == 2
    assert not Verdict.objects.filter(reply__person=first.person).exists()
    Verdict.objects.all().delete()
    for one in others:
        assert one.person is not None
        one.person.status, one.person.status_on = "LEFT", decision.decided_on
        one.person.save()
    assert not queries.due_to_be_asked(decision.recorded_at + WEEKS_AGO).exists()


def test_nobody_is_asked_before_the_time_or_without_a_claim(
    in_poole: Landlord, now: dt.datetime, django_capture_on_commit_callbacks: Any
) -> None:
    decision = make_decision(theme_of(1), decided_on=(now - WEEKS_AGO).date())
    keys = [hearer.key for hearer in hearers(decision)]
    told: dict[str, Any] = {"decision": decision, "keys": keys, "channel": Channel.FACE}
    operations.told_by_hand(**told, on=decision.decided_on, by=CLERK, at=now)
    ask(django_capture_on_commit_callbacks)
    assert not Verdict.objects.exists()
    make_outcome(decision)
    early = now - dt.timedelta(weeks=2)
    assert operations.ask_whether_it_happened(decision=decision, by=CLERK, at=early) == []
    assert len(operations.ask_whether_it_happened(decision=decision, by=CLERK, at=now)) == 1


def test_the_outbox_forgets_the_link_once_it_went(
    decision: Decision, django_capture_on_commit_callbacks: Any
) -> None:
    ask(django_capture_on_commit_callbacks)
    assert set(Message.objects.values_list("link", flat=True)) == {""}
    assert all("/did-it-happen/" not in message.body for message in Message.objects.order_by("pk"))


def test_looking_at_the_question_answers_nothing_and_it_is_answered_once(
    decision: Decision, visitor: Client, django_capture_on_commit_callbacks: Any
) -> None:
    page = ask(django_capture_on_commit_callbacks)[0]
    shown = visitor.get(page).content.decode()
    assert len(re.findall(r'type="submit" name="answer"', shown)) == 3
    assert "button--main" not in shown
    visitor.get(page)
    assert not Verdict.objects.exclude(answer="").exists()
    visitor.post(page, {"answer": "PARTLY", "words": "One lift."})
    again = visitor.post(page, {"answer": "NO"}).content.decode()
    assert "You answered “Partly”" in again
    verdict = Verdict.objects.exclude(answer="").get()
    assert (verdict.answer, verdict.words, verdict.channel) == ("PARTLY", "One lift.", "WEB")
    assert verdict.by_kind == "RESIDENT"


def test_a_post_without_an_answer_is_sent_back(
    decision: Decision, visitor: Client, django_capture_on_commit_callbacks: Any
) -> None:
    page = ask(django_capture_on_commit_callbacks)[0]
    shown = visitor.post(page, {"words": "Hm"}).content.decode()
    assert "Choose yes, partly or no." in shown
    assert not Verdict.objects.exclude(answer="").exists()


def test_a_token_opens_nothing_at_another_landlord_and_a_wrong_one_nowhere(
    decision: Decision, oxford: Landlord, visitor: Client, django_capture_on_commit_callbacks: Any
) -> None:
    page = ask(django_capture_on_commit_callbacks)[0]
    assert visitor.get(page).status_code == 200
    with landlord_scope(oxford):
        assert Client(headers={"host": "oxford.localhost"}).get(page).status_code == 404
    assert visitor.get("/did-it-happen/guessed/").status_code == 404


def test_residents_verify_a_claim_and_contradict_it(
    decision: Decision, django_capture_on_commit_callbacks: Any, now: dt.datetime
) -> None:
    ask(django_capture_on_commit_callbacks)
    outcome = Outcome.objects.get()
    for verdict, answer in zip(queries.verdicts_on(decision), ("YES", "YES", "NO"), strict=True):
        outcome.refresh_from_db()
        assert outcome.confidence == Outcome.Confidence.CLAIMED
        operations.answer_question(verdict=verdict, answer=answer, words="", by=CLERK, at=now)
        with pytest.raises(policies.AlreadyAnswered):
            operations.answer_question(verdict=verdict, answer="NO", words="", by=CLERK, at=now)
    outcome.refresh_from_db()
    assert outcome.confidence == Outcome.Confidence.VERIFIED
    assert totals(decision.pk).words == "3 of 3 answered: 2 yes, 0 partly, 1 no."


@pytest.mark.parametrize(
    ("counts", "verified", "contradicted"),
    [
        (Totals(10, 2, 0, 0), False, False),
        (Totals(10, 2, 1, 0), True, False),
        (Totals(2, 2, 0, 0), True, False),
        (Totals(10, 2, 2, 0), False, False),
        (Totals(10, 1, 1, 2), False, True),
        (Totals(10, 0, 0, 1), False, True),
        (Totals(0, 0, 0, 0), False, False),
    ],
)
def test_what_follows_from_the_answers(
    counts: Totals, *, verified: bool, contradicted: bool
) -> None:
    assert (counts.verified, counts.contradicted) == (verified, contradicted)


def test_an_officer_takes_an_answer_down(
    decision: Decision, officer_client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    ask(django_capture_on_commit_callbacks)
    verdict = queries.verdicts_on(decision)[0]
    form = {"answer": "YES", "channel": "PHONE", "words": "They do."}
    officer_client.post(f"/desk/did-it-happen/{verdict.pk}/", form)
    verdict.refresh_from_db()
    assert (verdict.answer, verdict.channel, verdict.by_clerk) == (
        "YES",
        "PHONE",
        "Jean Marlow (demo)",
    )
    page = officer_client.get(f"/desk/decisions/{decision.pk}/did-it-happen/").content.decode()
    assert "1 of 3 answered: 1 yes, 0 partly, 0 no." in page


def test_the_database_asks_once_and_opens_one_question_with_a_token(
    decision: Decision, now: dt.datetime
) -> None:
    operations.ask_whether_it_happened(decision=decision, by=CLERK, at=now)
    first, second, _third = queries.verdicts_on(decision)
    for changes, constraint in (
        ({"reply": first.reply}, "verdict_is_asked_once_for_a_reply"),
        ({"token_hash": first.token_hash}, "verdict_token_opens_one_question"),
        ({"answer": "YES"}, "verdict_answered_has_a_moment"),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Verdict.objects.filter(pk=second.pk).update(**changes)
