from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from actionplans.decisions.models import Decision
from actionplans.replies import policies, queries
from actionplans.replies.hearers import Hearer, Telling, hearers
from actionplans.replies.models import Reply
from actionplans.replies.words import Signatory, reply_body, signatory, who
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor, Channel
from involvement.delivery.models import Message
from involvement.delivery.operations import cancel_message, mark_done_by_hand, queue_message


@transaction.atomic
def tell_everybody(
    *, decision: Decision, subject: str, words: str, by: Actor, at: dt.datetime
) -> list[Hearer]:
    """Answer everybody in the theme who has not been told, each by their own channel, each once.

    Returns whom it goes to now. Sent twice, the second finds nobody and raises NobodyToTell. Raises
    DecisionWasReplaced, WordsMissing, NobodyNamed too.
    """
    decision = _locked(decision)
    rows = hearers(decision)
    policies.check_can_tell(decision, rows)
    signed = policies.check_reply(signatory(decision.landlord, by), words)
    telling = policies.to_tell(rows)
    for hearer in telling:
        _tell(hearer, decision, subject, words, signed, by=by, at=at)
    auditing.record(
        verb="decision.replied",
        record=decision,
        sentence=f"wrote to {who(telling)}",
        by=by,
        at=at,
    )
    return telling


@transaction.atomic
def told_by_hand(
    *,
    decision: Decision,
    keys: Iterable[str],
    channel: Channel,
    on: dt.date,
    by: Actor,
    at: dt.datetime,
    note: str = "",
) -> list[Hearer]:
    """An officer told these hearers themselves. What was on its way to them is cancelled.

    Returns whom it holds for now; whoever was told already is passed over. Raises NobodyChosen,
    ToldInTheFuture, ToldBeforeDecision.
    """
    decision = _locked(decision)
    wanted = set(keys)
    chosen = [hearer for hearer in hearers(decision) if hearer.key in wanted]
    today = timezone.localdate(at)
    policies.check_told(decision, chosen, on, today)
    told_at = at if on == today else timezone.make_aware(dt.datetime.combine(on, dt.time(12)))
    telling = [hearer for hearer in chosen if hearer.state != Telling.TOLD]
    for hearer in telling:
        for message in {r.message for r in hearer.replies if _is_waiting(r)}:
            if message is not None:
                cancel_message(message=message, by=by, at=at)
        _keep(hearer, decision, channel, None, by=by, at=at, told_at=told_at, note=note)
    if telling:
        auditing.record(
            verb="decision.told",
            record=decision,
            sentence=f"told {', '.join(hearer.name for hearer in telling)} {channel.label}",
            by=by,
            at=at,
        )
    return telling


@transaction.atomic
def tick_off(*, message: Message, by: Actor, at: dt.datetime) -> Message:
    """The call, text or talk has taken place: they are told. Raises delivery's AlreadySent."""
    message = mark_done_by_hand(message=message, by=by, at=at)
    Reply.objects.filter(message=message).update(told_at=at)
    return message


@transaction.atomic
def note_what_went(*, by: Actor, at: dt.datetime) -> int:
    """Take over from the outbox what went, and what came back. Returns how many replies changed.

    Idempotent: each reply takes its moment from its own message, whose history says who sent it.
    """
    rows = list(queries.gone_but_not_noted().select_for_update(of=("self",))[:5000])
    for reply in rows:
        message = reply.message
        went = message is not None and message.state in Message.WENT
        reply.told_at = message.sent_at if message is not None and went else None
    Reply.objects.bulk_update(rows, ["told_at"], batch_size=500)
    return len(rows)


def _tell(
    hearer: Hearer,
    decision: Decision,
    subject: str,
    words: str,
    signed: Signatory,
    *,
    by: Actor,
    at: dt.datetime,
) -> None:
    attempt = max((reply.attempts for reply in hearer.replies), default=0) + 1
    message = queue_message(
        key=f"reply:{decision.pk}:{hearer.key}:{attempt}",
        channel=hearer.channel,
        to_name=hearer.name,
        to_address=hearer.address,
        subject=subject,
        body=reply_body(hearer, words, signed),
        formats=hearer.formats,
        by=by,
        at=at,
    )
    _keep(hearer, decision, hearer.channel, message, by=by, at=at, attempt=attempt)


def _keep(
    hearer: Hearer,
    decision: Decision,
    channel: Channel,
    message: Message | None,
    *,
    by: Actor,
    at: dt.datetime,
    told_at: dt.datetime | None = None,
    note: str = "",
    attempt: int | None = None,
) -> None:
    """One row for each thing they said, all sharing the message; what was told before stays."""
    there = {reply.feedback_id: reply for reply in hearer.replies}
    for said in hearer.said:
        reply = there.get(said.pk) or Reply(decision=decision, feedback=said, person=hearer.person)
        if reply.pk and _is_told(reply):
            continue
        reply.channel, reply.message, reply.prepared_at = channel, message, at
        reply.told_at, reply.note = told_at, note[:300]
        reply.attempts = reply.attempts if attempt is None else attempt
        for name, value in by.columns().items():
            setattr(reply, name, value)
        reply.save()


def _is_told(reply: Reply) -> bool:
    if reply.message is None:
        return reply.told_at is not None
    return reply.message.state in Message.WENT


def _is_waiting(reply: Reply) -> bool:
    return reply.message is not None and reply.message.state in Message.CAN_STILL_GO


def _locked(decision: Decision) -> Decision:
    row: Decision = (
        Decision.objects.select_for_update(of=("self",))
        .select_related("theme", "body", "officer")
        .get(pk=decision.pk)
    )
    return row
