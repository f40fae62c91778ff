from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from actionplans.decisions.models import Decision
from actionplans.feedback.models import Feedback
from actionplans.feedback.operations import add_to_theme
from actionplans.replies import dues, operations, policies, queries
from actionplans.replies.hearers import Telling, hearers
from actionplans.replies.models import Reply
from actionplans.replies.tasks import note_replies
from involvement.auditing.actors import Actor, Channel
from involvement.delivery.models import Message
from involvement.delivery.operations import report_failure
from involvement.landlords.models import Landlord
from residents.people.models import Person
from tests.factories.decisions import make_body, make_decision, theme_of
from tests.factories.feedback import CLERK, make_feedback, make_theme
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision(in_poole: Landlord) -> Decision:
    """A theme with a letter, an e-mail, a call, a group and a nameless voice; one spoke twice."""
    letter = make_person("Doreen Hackett (demo)", needs=["LARGE_PRINT"])
    email = make_person(
        "Leroy Biggs (demo)", preferred_channel="EMAIL", email="leroy@residents.example"
    )
    phone = make_person("Kasia Nowak (demo)", preferred_channel="PHONE", phone="07700 900 123")
    said = [
        make_feedback("It is dark.", person=letter),
        make_feedback("And cold.", person=letter),
        make_feedback("I fell.", person=email),
        make_feedback("Mend it.", person=phone),
        make_feedback("We agree.", body=make_body("Area team")),
        make_feedback("Lights!", speaker_words="Somebody at the fair"),
    ]
    make_feedback("Not about the lights.", person=make_person("Pat Sowden (demo)"))
    return make_decision(make_theme("Lights", feedback=said))


def tell(decision: Decision, by: Actor = CLERK, **fields: Any) -> list[Any]:
    fields.setdefault("subject", "The lights")
    fields.setdefault("words", "They will be brighter.")
    return operations.tell_everybody(decision=decision, by=by, at=decision.recorded_at, **fields)


def states(decision: Decision) -> dict[str, str]:
    return {hearer.name: hearer.state.value for hearer in hearers(decision)}


@pytest.mark.parametrize("status", ["DECEASED", "LEFT", "ERASED"])
def test_whoever_died_left_or_was_erased_is_told_nothing_and_owed_nothing(
    decision: Decision, status: str
) -> None:
    assert "Leroy Biggs (demo)" in states(decision)
    leroy = Person.objects.get(name="Leroy Biggs (demo)")
    assert len(dues.tell(leroy, decision.decided_on)) == 1
    Person.objects.filter(pk=leroy.pk).update(status=status, status_on=decision.decided_on)
    leroy.refresh_from_db()

    tell(decision)
    assert Message.objects.count() == 3
    assert not Message.objects.filter(to_name=leroy.name).exists()
    assert leroy.name not in states(decision)
    assert dues.tell(leroy, decision.decided_on) == []
    assert queries.unreachable_count(decision.theme_id) == 2


def test_a_decision_only_the_dead_spoke_for_waits_for_nobody(decision: Decision) -> None:
    assert queries.not_everybody_told().exists()
    keys = [hearer.key for hearer in hearers(decision) if hearer.name != "Leroy Biggs (demo)"]
    operations.told_by_hand(
        decision=decision,
        keys=keys,
        channel=Channel.FACE,
        on=decision.decided_on,
        by=CLERK,
        at=decision.recorded_at,
    )
    assert queries.not_everybody_told().exists()

    Person.objects.filter(name="Leroy Biggs (demo)").update(
        status="DECEASED", status_on=decision.decided_on
    )
    assert not queries.not_everybody_told().exists()


def test_who_was_told_before_they_died_stays_told(decision: Decision) -> None:
    tell(decision)
    note_replies()
    Message.objects.filter(to_name="Leroy Biggs (demo)").update(
        state="SENT", sent_at=decision.recorded_at, next_attempt_at=None
    )
    Person.objects.filter(name="Leroy Biggs (demo)").update(
        status="DECEASED", status_on=decision.decided_on
    )

    assert states(decision)["Leroy Biggs (demo)"] == "TOLD"
    assert queries.unreachable_count(decision.theme_id) == 1


def test_what_they_were_not_told_before_they_died_is_told_to_nobody(decision: Decision) -> None:
    leroy = Person.objects.get(name="Leroy Biggs (demo)")
    said = Feedback.objects.get(person=leroy)
    operations.told_by_hand(
        decision=decision,
        keys=[f"p{leroy.pk}"],
        channel=Channel.FACE,
        on=decision.decided_on,
        by=CLERK,
        at=decision.recorded_at,
    )
    more = make_feedback("And the lift, too.", person=leroy)
    add_to_theme(theme=decision.theme, feedback=[more], by=CLERK, at=decision.recorded_at)
    assert states(decision)[leroy.name] == "WAITING"
    assert [due.on for due in dues.tell(leroy, decision.decided_on)] == [decision.told_due_on]

    Person.objects.filter(pk=leroy.pk).update(status="DECEASED", status_on=decision.decided_on)

    (heard,) = [one for one in hearers(decision) if one.name == leroy.name]
    assert (heard.state.value, [one.pk for one in heard.said]) == ("TOLD", [said.pk])
    assert queries.unreachable_count(decision.theme_id) == 2


def test_exactly_those_in_the_theme_are_told_each_once_by_their_own_channel(
    decision: Decision,
) -> None:
    tell(decision)
    assert {(each.to_name, each.channel, each.large_print) for each in Message.objects.all()} == {
        ("Doreen Hackett (demo)", "POST", True),
        ("Leroy Biggs (demo)", "EMAIL", False),
        ("Kasia Nowak (demo)", "PHONE", False),
        ("Area team", "FACE", False),
    }
    assert Reply.objects.count() == 5
    assert queries.unreachable_count(decision.theme_id) == 1


def test_every_letter_says_what_they_said_and_whom_to_ring(decision: Decision) -> None:
    tell(decision)
    letter = Message.objects.get(channel="POST").body
    assert letter.startswith("Dear Doreen Hackett (demo),")
    assert "“It is dark.”" in letter
    assert "“And cold.”" in letter
    assert "They will be brighter." in letter
    assert letter.endswith("Jean Marlow (demo)\nPoole Housing Partnership\nTelephone 01632 960 142")


def test_telling_twice_tells_nobody_twice(decision: Decision) -> None:
    tell(decision)
    with pytest.raises(policies.NobodyToTell):
        tell(decision)
    assert Message.objects.count() == 4


def test_an_email_that_went_makes_its_reader_told(
    decision: Decision, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        tell(decision)
    assert [sent.to for sent in mail.outbox] == [["leroy@residents.example"]]
    assert states(decision)["Leroy Biggs (demo)"] == Telling.TOLD
    assert states(decision)["Doreen Hackett (demo)"] == Telling.UNDERWAY
    note_replies()
    note_replies()
    told = Reply.objects.get(told_at__isnull=False)
    assert told.message is not None
    assert told.told_at == told.message.sent_at


def test_a_late_failure_shows_as_not_told_and_is_told_again(
    decision: Decision, django_capture_on_commit_callbacks: Any, now: dt.datetime
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        tell(decision)
    note_replies()
    message = Message.objects.get(channel="EMAIL")
    report_failure(message=message, failure="No such mailbox", by=CLERK, at=now)
    assert states(decision)["Leroy Biggs (demo)"] == Telling.FAILED
    note_replies()
    assert not Reply.objects.filter(told_at__isnull=False).exists()
    assert [hearer.name for hearer in tell(decision)] == ["Leroy Biggs (demo)"]
    assert Message.objects.filter(channel="EMAIL").count() == 2


def test_a_call_is_ticked_off(decision: Decision, now: dt.datetime) -> None:
    tell(decision)
    names = [message.to_name for message in queries.calls()]
    assert sorted(names) == ["Area team", "Kasia Nowak (demo)"]
    operations.tick_off(message=queries.calls()[0], by=CLERK, at=now)
    assert queries.calls().count() == 1
    assert list(states(decision).values()).count("TOLD") == 1


def test_an_officer_told_them_and_the_letter_is_cancelled(
    decision: Decision, now: dt.datetime
) -> None:
    tell(decision)
    doreen = next(one for one in hearers(decision) if one.name.startswith("Doreen"))
    told = operations.told_by_hand(
        decision=decision,
        keys=[doreen.key],
        channel=Channel.PHONE,
        on=decision.decided_on,
        by=CLERK,
        at=now,
    )
    assert [hearer.name for hearer in told] == ["Doreen Hackett (demo)"]
    assert Message.objects.get(channel="POST").state == Message.State.CANCELLED
    assert states(decision)["Doreen Hackett (demo)"] == Telling.TOLD
    assert (
        operations.told_by_hand(
            decision=decision,
            keys=[doreen.key],
            channel=Channel.PHONE,
            on=decision.decided_on,
            by=CLERK,
            at=now,
        )
        == []
    )


def test_nobody_can_have_been_told_before_the_decision_or_tomorrow(
    decision: Decision, now: dt.datetime
) -> None:
    key = hearers(decision)[0].key
    for days, refusal in ((1, policies.ToldInTheFuture), (-1, policies.ToldBeforeDecision)):
        with pytest.raises(refusal):
            operations.told_by_hand(
                decision=decision,
                keys=[key],
                channel=Channel.FACE,
                on=decision.decided_on + dt.timedelta(days=days),
                by=CLERK,
                at=now,
            )
    with pytest.raises(policies.NobodyChosen):
        operations.told_by_hand(
            decision=decision,
            keys=[],
            channel=Channel.FACE,
            on=decision.decided_on,
            by=CLERK,
            at=now,
        )
    assert not Reply.objects.exists()


def test_whoever_joins_later_is_to_be_told_and_the_others_not_again(
    decision: Decision, now: dt.datetime
) -> None:
    tell(decision)
    late = make_feedback("Mine too.", person=make_person("Irene Shaw (demo)"))
    add_to_theme(theme=decision.theme, feedback=[late], by=CLERK, at=now)
    assert [hearer.name for hearer in tell(decision)] == ["Irene Shaw (demo)"]


def test_a_reply_without_words_or_anybody_to_ring_is_refused(
    decision: Decision, in_poole: Landlord
) -> None:
    with pytest.raises(policies.WordsMissing):
        tell(decision, words=" ")
    in_poole.contact_phone = ""
    in_poole.save()
    decision.refresh_from_db()
    with pytest.raises(policies.NobodyNamed):
        tell(decision)
    assert not Message.objects.exists()


def test_a_decision_is_due_until_everybody_knows(in_poole: Landlord, now: dt.datetime) -> None:
    decision = make_decision(theme_of(2))
    assert list(queries.not_everybody_told()) == [decision]
    rows = hearers(decision)
    for hearer in rows:
        operations.told_by_hand(
            decision=decision,
            keys=[hearer.key],
            channel=Channel.FACE,
            on=decision.decided_on,
            by=CLERK,
            at=now,
        )
    assert not queries.not_everybody_told().exists()


def test_the_database_keeps_one_reply_for_a_statement_and_decision(decision: Decision) -> None:
    tell(decision)
    reply = Reply.objects.order_by("pk").first()
    assert reply is not None
    reply.pk = None
    with (
        pytest.raises(IntegrityError, match="reply_is_one_for_a_statement_and_decision"),
        transaction.atomic(),
    ):
        reply.save(force_insert=True)


def test_the_database_refuses_a_reply_that_is_neither_sent_nor_given(decision: Decision) -> None:
    tell(decision)
    with (
        pytest.raises(IntegrityError, match="reply_is_on_its_way_or_was_given"),
        transaction.atomic(),
    ):
        Reply.objects.update(message=None)


def test_the_week_counts_what_the_timer_will(
    decision: Decision, now: dt.datetime, django_capture_on_commit_callbacks: Any
) -> None:
    """What went counts from when it went, and what came back no longer, noted or not."""
    with django_capture_on_commit_callbacks(execute=True):
        tell(decision)
    start, end = now - dt.timedelta(days=1), now + dt.timedelta(days=1)
    replies = Reply.objects.filter(message__state=Message.State.SENT)
    assert {reply.told_at for reply in replies} == {None}

    counted = {reply.pk for reply in queries.told_between(start, end)}
    assert counted == {reply.pk for reply in replies}
    assert counted
    note_replies()
    assert {reply.pk for reply in queries.told_between(start, end)} == counted
    assert not queries.told_between(end, end + dt.timedelta(days=1)).exists()

    (message,) = Message.objects.filter(state=Message.State.SENT)
    report_failure(message=message, failure="No such mailbox", by=CLERK, at=now)
    assert not queries.told_between(start, end).exists()
    note_replies()
    assert not queries.told_between(start, end).exists()
