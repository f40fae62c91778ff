"""Tells people of a decision, and asks some of them weeks later whether it happened.

Written in bulk and in the past; nothing here puts a message on its way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from actionplans.decisions.models import Decision
from actionplans.feedback.models import Feedback
from actionplans.outcomes.models import Outcome
from actionplans.outcomes.operations import weigh_outcomes
from actionplans.replies.hearers import Hearer
from actionplans.replies.models import Reply, Verdict
from actionplans.replies.verdicts import token_hash, totals
from actionplans.replies.words import reply_body, signatory, suggested_subject, suggested_words
from involvement.auditing.actors import Actor, ActorKind, Channel
from involvement.delivery.models import Message
from involvement.demo import operations
from involvement.demo.moments import day, moment

# Days from decision to telling, from telling to asking, and from what changed to asking.
TOLD_AFTER, ASKED_AFTER, SEEN_AFTER = 4, 43, 14
ANSWERS = ("YES", "YES", "PARTLY", "YES", "YES", "NO", "YES")
SAID_OF_IT = {
    "YES": ("Yes, I have seen it myself.", "It has. Thank you for ringing.", ""),
    "PARTLY": ("On our side of the road, yes.", "At first, less so lately."),
    "NO": ("Not at ours.",),
}


def tell(
    decision: Decision, feedback: Sequence[Feedback], *, untold: int, by: Actor
) -> list[Reply]:
    """Tell everybody who left a name, but for `untold` of those who want a letter or a call.

    Returns the replies.
    """
    hearers = [
        Hearer(said.person, said.body, [said])
        for said in feedback
        if said.person is not None or said.body is not None
    ]
    waiting = sorted(
        (each for each in hearers if each.channel != Channel.EMAIL), key=_letters_first
    )
    left = {each.key for each in waiting[:untold]}
    told = [each for each in hearers if each.key not in left]
    at = moment(min(decision.decided_on + dt.timedelta(days=TOLD_AFTER), day(1)), decision.pk)
    written = [each for each in told if each.channel != Channel.FACE]
    messages = operations.plant(
        rows=[_message(decision, each, by, at) for each in written], by=by, at=at
    )
    by_key = dict(zip([each.key for each in written], messages, strict=True))
    replies = [_reply(decision, each, by_key.get(each.key), by, at) for each in told]
    return operations.plant(rows=replies, by=by, at=at)


def ask(outcome: Outcome, replies: Sequence[Reply], *, by: Actor) -> int:
    """Ask everybody who was told whether it happened; five in seven answer, and the claim is
    weighed by it. Returns how many answered."""
    verdicts = [
        _verdict(reply, number, _asked_on(reply, outcome), by)
        for number, reply in enumerate(replies)
    ]
    if not verdicts:
        return 0
    at = max(verdict.answered_at or verdict.asked_at for verdict in verdicts)
    operations.plant(rows=verdicts, by=by, at=at)
    decision = outcome.decision
    weigh_outcomes(decision=decision, verified=totals(decision.pk).verified, by=by, at=at)
    return sum(bool(verdict.answer) for verdict in verdicts)


def _asked_on(reply: Reply, outcome: Outcome) -> dt.date:
    told_on = timezone.localdate(reply.prepared_at)
    ready = max(
        told_on + dt.timedelta(days=ASKED_AFTER),
        outcome.happened_on + dt.timedelta(days=SEEN_AFTER),
    )
    return min(ready, day(1))


def _verdict(reply: Reply, number: int, asked_on: dt.date, by: Actor) -> Verdict:
    asked_at = moment(asked_on, number)
    verdict = Verdict(
        reply=reply, asked_at=asked_at, token_hash=token_hash(f"demo:{reply.pk}"), **by.columns()
    )
    if number % 7 < 5:
        verdict.answer = ANSWERS[number % len(ANSWERS)]
        said = SAID_OF_IT[verdict.answer]
        verdict.words = said[number % len(said)]
        answered_on = min(asked_on + dt.timedelta(days=1 + number % 6), day(1))
        verdict.answered_at = max(moment(answered_on, number), asked_at)
        verdict.channel = reply.channel
        for name, value in _answering(reply, by).columns().items():
            setattr(verdict, name, value)
    return verdict


def _answering(reply: Reply, clerk: Actor) -> Actor:
    speaker = reply.person or reply.feedback.body
    channel = Channel(reply.channel)
    keyed_in = "" if channel == Channel.EMAIL else clerk.name
    return Actor(ActorKind.RESIDENT, str(speaker), reply.person_id, "", channel, keyed_in)


def _reply(
    decision: Decision, hearer: Hearer, message: Message | None, by: Actor, at: dt.datetime
) -> Reply:
    return Reply(
        decision=decision,
        feedback=hearer.said[0],
        person=hearer.person,
        channel=hearer.channel,
        message=message,
        attempts=1 if message else 0,
        prepared_at=at,
        told_at=at,
        note="" if message else "Told at their meeting",
        **by.columns(),
    )


def _message(decision: Decision, hearer: Hearer, by: Actor, at: dt.datetime) -> Message:
    signed = signatory(decision.landlord, by)
    assert signed is not None, "every landlord here names its officer"  # noqa: S101 -- for the types
    return Message(
        key=f"reply:{decision.pk}:{hearer.key}:1",
        channel=hearer.channel,
        state=Message.State.SENT,
        to_name=hearer.name,
        to_address=hearer.address,
        formats=sorted(hearer.formats),
        subject=suggested_subject(decision),
        body=reply_body(hearer, suggested_words(decision), signed),
        queued_at=at,
        sent_at=at,
        attempts=1,
        **by.columns(),
    )


def _letters_first(hearer: Hearer) -> tuple[bool, str]:
    return hearer.channel != Channel.POST, hearer.key
