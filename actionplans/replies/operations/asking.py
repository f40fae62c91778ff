from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction

from actionplans.decisions.models import Decision
from actionplans.outcomes.operations import weigh_outcomes
from actionplans.outcomes.queries import outcomes_by_decision
from actionplans.replies import policies
from actionplans.replies.hearers import Hearer, Telling, hearers
from actionplans.replies.models import Verdict
from actionplans.replies.verdicts import token_hash, totals
from actionplans.replies.words import Signatory, question_body, question_subject, signatory
from involvement.accounts.addresses import whole_address
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor, Channel
from involvement.calendars.words import count
from involvement.delivery.operations import queue_message


@transaction.atomic
def ask_whether_it_happened(*, decision: Decision, by: Actor, at: dt.datetime) -> list[Verdict]:
    """Ask whoever was told six weeks ago and has not been asked. Returns the questions asked now.

    Idempotent: a hearer is asked once, on their first reply. Asks nobody where nothing is claimed,
    or where no officer is named to ring.
    """
    decision = (
        Decision.objects.select_for_update(of=("self",)).select_related("theme").get(pk=decision.pk)
    )
    claims = outcomes_by_decision([decision.pk]).get(decision.pk, [])
    signed = signatory(decision.landlord, by)
    if not claims or signed is None or decision.result == Decision.Result.NOT_AGREED:
        return []
    changed = " ".join(outcome.what_changed.strip() for outcome in claims)
    rows = hearers(decision)
    asked = set(Verdict.objects.filter(reply__decision=decision).values_list("reply_id", flat=True))
    made = [
        _ask(hearer, decision, changed, signed, by=by, at=at)
        for hearer in rows
        if _is_due(hearer, at) and asked.isdisjoint(reply.pk for reply in hearer.replies)
    ]
    if made:
        auditing.record(
            verb="decision.asked",
            record=decision,
            sentence=f"asked {count(len(made), 'person', 'people')} whether it happened",
            by=by,
            at=at,
        )
    return made


@transaction.atomic
def answer_question(
    *, verdict: Verdict, answer: str, words: str, by: Actor, at: dt.datetime
) -> Verdict:
    """Take down an answer, once, and weigh the claim anew. Returns it. Raises AlreadyAnswered."""
    verdict = (
        Verdict.objects.select_for_update(of=("self",))
        .select_related("reply__decision", "message")
        .get(pk=verdict.pk)
    )
    policies.check_can_answer(verdict)
    verdict.answer, verdict.words, verdict.answered_at = answer, words.strip(), at
    verdict.channel = by.channel
    for name, value in by.columns().items():
        setattr(verdict, name, value)
    verdict.save()
    decision = verdict.reply.decision
    auditing.record(
        verb="decision.answered",
        record=decision,
        sentence=f"answered “{verdict.get_answer_display()}” to “Did it happen?”",
        by=by,
        at=at,
    )
    weigh_outcomes(decision=decision, verified=totals(decision.pk).verified, by=by, at=at)
    return verdict


def _is_due(hearer: Hearer, at: dt.datetime) -> bool:
    told = hearer.told_at if hearer.state == Telling.TOLD else None
    return hearer.can_hear and told is not None and told <= at - policies.ASKED_AFTER


def _ask(
    hearer: Hearer,
    decision: Decision,
    changed: str,
    signed: Signatory,
    *,
    by: Actor,
    at: dt.datetime,
) -> Verdict:
    token = secrets.token_urlsafe(24)
    reply = min(hearer.replies, key=lambda one: one.pk)
    by_link = hearer.channel == Channel.EMAIL
    address = whole_address(decision.landlord, "replies_public:verdict_answer", token)
    message = queue_message(
        key=f"verdict:{reply.pk}",
        channel=hearer.channel,
        to_name=hearer.name,
        to_address=hearer.address,
        subject=question_subject(decision),
        body=question_body(hearer, decision, changed, signed, by_link=by_link),
        link=address if by_link else "",
        formats=hearer.formats,
        by=by,
        at=at,
    )
    verdict: Verdict = Verdict.objects.create(
        reply=reply, token_hash=token_hash(token), asked_at=at, message=message, **by.columns()
    )
    return verdict
