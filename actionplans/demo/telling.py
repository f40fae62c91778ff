"""Tells people of a decision, and asks some of them weeks later whether it happened."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

from django.utils import timezone

from actionplans.decisions.models import Decision
from actionplans.feedback.models import Feedback
from actionplans.replies.models import Reply, Verdict
from involvement.auditing.actors import Actor, Channel
from involvement.delivery.models import Message
from involvement.demo import operations
from involvement.demo.moments import day, moment

# Days from decision to telling, and from telling to asking.
TOLD_AFTER, ASKED_AFTER = 4, 35
# A letter, a call or a text waits for a hand; an e-mail goes by itself.
WAITS = (Channel.POST, Channel.PHONE, Channel.TEXT)
ANSWERS = ("YES", "YES", "PARTLY", "YES", "YES", "NO", "YES")
SAID_OF_IT = {
    "YES": ("Yes, I have seen it myself.", "It has. Thank you for ringing.", ""),
    "PARTLY": ("On our side of the road, yes.", "At first, less so lately."),
    "NO": ("Not at ours.",),
}


def tell(
    decision: Decision, feedback: Sequence[Feedback], *, untold: int, by: Actor
) -> list[Reply]:
    """Tell everybody who can be told but `untold` of them. Returns the replies, told ones first."""
    reachable = [said for said in feedback if said.person is not None]
    waiting = [said for said in sorted(reachable, key=_by_post_first) if _channel(said) in WAITS][
        :untold
    ]
    left = {said.pk for said in waiting}
    told_on = min(decision.decided_on + dt.timedelta(days=TOLD_AFTER), _yesterday())
    at = moment(told_on, decision.pk)
    rows = [said for said in reachable if said.pk not in left]
    sent = operations.plant(
        rows=[_message(decision, said, by, at, sent=True) for said in rows], by=by, at=at
    )
    queued = operations.plant(
        rows=[_message(decision, said, by, at, sent=False) for said in waiting], by=by, at=at
    )
    replies = [
        _reply(decision, said, message, by, at)
        for said, message in zip([*rows, *waiting], [*sent, *queued], strict=True)
    ]
    return operations.plant(rows=replies, by=by, at=at)


def ask(replies: Sequence[Reply], *, by: Actor) -> int:
    """Ask those who were told whether it happened; five in seven answer. Returns how many did."""
    verdicts = []
    for number, reply in enumerate(reply for reply in replies if reply.told_at is not None):
        assert reply.told_at is not None, "only those who were told"  # noqa: S101 -- for the types
        asked = min(
            timezone.localdate(reply.told_at) + dt.timedelta(days=ASKED_AFTER), _yesterday()
        )
        verdicts.append(_verdict(reply, number, moment(asked, number)))
    if verdicts:
        operations.plant(rows=verdicts, by=by, at=max(verdict.asked_at for verdict in verdicts))
    return sum(bool(verdict.answer) for verdict in verdicts)


def _verdict(reply: Reply, number: int, asked_at: dt.datetime) -> Verdict:
    verdict = Verdict(
        reply=reply,
        asked_at=asked_at,
        token_hash=hashlib.sha256(f"demo:{reply.pk}".encode()).hexdigest(),
    )
    if number % 7 < 5:
        verdict.answer = ANSWERS[number % len(ANSWERS)]
        said = SAID_OF_IT[verdict.answer]
        verdict.words = said[number % len(said)]
        answered = min(
            timezone.localdate(asked_at) + dt.timedelta(days=1 + number % 6), _yesterday()
        )
        verdict.answered_at = max(moment(answered, number), asked_at)
        verdict.channel = reply.channel
    return verdict


def _reply(
    decision: Decision, said: Feedback, message: Message, by: Actor, at: dt.datetime
) -> Reply:
    return Reply(
        decision=decision,
        feedback=said,
        person=said.person,
        channel=_channel(said),
        message=message,
        prepared_at=at,
        told_at=message.sent_at,
        **by.columns(),
    )


def _message(
    decision: Decision, said: Feedback, by: Actor, at: dt.datetime, *, sent: bool
) -> Message:
    person = said.person
    assert person is not None, "only somebody we know is written to"  # noqa: S101 -- for the types
    because = f"\n\nWhy: {decision.because}" if decision.because else ""
    return Message(
        key=f"demo-reply:{decision.pk}:{said.pk}",
        channel=_channel(said),
        state=Message.State.SENT if sent else Message.State.QUEUED,
        to_name=person.name,
        to_address=person.email or person.phone or person.address,
        large_print=person.large_print,
        subject=f"What became of what you said: {decision.theme.title}"[:200],
        body=f"You told us: “{said.words}”\n\nWe decided: {decision.what}{because}\n\n{by.name}",
        queued_at=at,
        sent_at=at if sent else None,
        attempts=1 if sent else 0,
        **by.columns(),
    )


def _channel(said: Feedback) -> Channel:
    assert said.person is not None, "only somebody we know is told"  # noqa: S101 -- for the types
    return Channel(said.person.preferred_channel)


def _by_post_first(said: Feedback) -> tuple[bool, int]:
    return _channel(said) != Channel.POST, said.pk


def _yesterday() -> dt.date:
    return day(1)
