from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from django.utils import timezone

from involvement.accounts.models import StaffMember
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor, Channel
from involvement.calendars.working_days import add_working_days
from involvement.delivery.operations import queue_message
from involvement.landlords.queries import landlord_in_scope
from residents.eligibility.models import Check, RuleSet
from residents.eligibility.operations import check_as_they_join
from residents.interests import policies, words
from residents.interests.models import Expression, ExpressionMethod, ExpressionSubject
from residents.interests.operations.wishes import add_wishes
from residents.interests.queries import Wishes, expressions
from residents.interests.queries.expressions import rules_of
from residents.people.models import Person
from residents.people.policies import check_can_be_written_to
from residents.preferences.models import Heard
from residents.preferences.policies import check_can_hear
from residents.preferences.queries import address_for, channel_for, formats_for

GOES_BY_ITSELF = {Channel.EMAIL, Channel.POST}


@transaction.atomic
def express(
    *,
    person: Person,
    wishes: Wishes,
    heard: Heard,
    by: Actor,
    at: dt.datetime,
    said: str = "",
    owner: StaffMember | None = None,
    form_token: uuid.UUID | None = None,
    is_demo: bool = False,
) -> Expression:
    """Somebody would like to take part. Returns the row; the same form sent twice makes one.

    The promise counts in working days from the day they said so. Raises NothingSaid,
    SaidInTheFuture.
    """
    if form_token is not None:
        known: Expression | None = Expression.objects.filter(form_token=form_token).first()
        if known is not None:
            return known
    check_can_hear(heard, at)
    if not wishes and not said.strip():
        raise policies.NothingSaid
    promise = landlord_in_scope().interest_days
    row: Expression = Expression.objects.create(
        person=person,
        words=said.strip(),
        minutes=wishes.minutes,
        per=wishes.per,
        level=wishes.level,
        recorded_at=at,
        due_on=add_working_days(heard.said_on, promise).end,
        owner=owner,
        form_token=form_token,
        is_demo=is_demo,
        **heard.columns(),
        **by.columns(),
    )
    ExpressionSubject.objects.bulk_create(
        [ExpressionSubject(expression=row, subject=subject) for subject in wishes.subjects]
    )
    ExpressionMethod.objects.bulk_create(
        [ExpressionMethod(expression=row, method=method) for method in wishes.methods]
    )
    auditing.record(
        verb="expression.made",
        record=row,
        sentence=f"noted that {person.name} would like to take part",
        by=by,
        at=at,
    )
    return row


@transaction.atomic
def take_up(
    *, expression: Expression, owner: StaffMember | None, by: Actor, at: dt.datetime
) -> Expression:
    """Say who looks after it. Returns it."""
    expression.owner = owner
    expression.save(update_fields=["owner"])
    auditing.record(
        verb="expression.owner",
        record=expression,
        sentence=f"gave it to {owner}" if owner else "took it from whoever looked after it",
        by=by,
        at=at,
    )
    return expression


@transaction.atomic
def answer_expression(
    *,
    expression: Expression,
    accepted: bool,
    told: str,
    subject: str,
    by: Actor,
    at: dt.datetime,
    reason: str = "",
    by_hand: bool = False,
    joins: RuleSet | None = None,
    in_spite: str = "",
) -> Expression:
    """Answer somebody personally; where they are accepted, what they named is kept as theirs.

    `told` are the words they read or heard. It goes by the way they prefer, as a letter or an
    e-mail in the formats they asked for; `by_hand` where somebody told them. Whoever is accepted is
    judged by the rules of what they join and of the ways of taking part they named, and the verdict
    kept; `in_spite` says why they join if they may not. Returns the row.
    Raises RulesStandInTheWay, AnsweredAlready, ReasonMissing, WordsMissing, NobodyNamed, NoMessageGoes, and the
    refusals of `check_can_be_written_to`.
    """
    Expression.objects.select_for_update(of=("self",)).get(pk=expression.pk)
    expression = expressions().get(pk=expression.pk)
    policies.check_can_answer(expression, accepted=accepted, reason=reason)
    check_can_be_written_to(expression.person)
    if not told.strip():
        raise policies.WordsMissing
    expression.state = Expression.State.ACCEPTED if accepted else Expression.State.TURNED_DOWN
    expression.reason, expression.answered_at = reason.strip(), at
    if not by_hand:
        _write(expression, told, subject, by=by, at=at)
    expression.save(update_fields=["state", "reason", "answered_at", "message"])
    because = ""
    if accepted:
        because = _judged(expression, joins, in_spite, by=by, at=at)
        heard = Heard(expression.source, expression.said_on, expression.told_by)
        add_wishes(
            person=expression.person, wishes=wishes_in(expression), heard=heard, by=by, at=at
        )
    how = f"told them: {told.strip()}" if by_hand else "wrote to them"
    auditing.record(
        verb="expression.answered",
        record=expression,
        sentence=f"{expression.get_state_display().lower()}{because}, and {how}",
        by=by,
        at=at,
    )
    return expression


def _judged(
    expression: Expression, joins: RuleSet | None, in_spite: str, *, by: Actor, at: dt.datetime
) -> str:
    """Judge them by the rules; the words of the history where they join in spite of them."""
    judged = check_as_they_join(
        people=[expression.person],
        rule_sets=rules_of(expression, joins),
        on=timezone.localdate(at),
        in_spite=in_spite,
        by=by,
        at=at,
    )
    may = all(row.verdict == Check.Verdict.YES for row in judged)
    return "" if may else f" all the same, because {in_spite.strip()}"


def wishes_in(expression: Expression) -> Wishes:
    """What an expression of interest names, as it would be kept."""
    return Wishes(
        subjects=tuple(row.subject for row in expression.named_subjects.all()),
        methods=tuple(row.method for row in expression.named_methods.all()),
        minutes=expression.minutes,
        per=expression.per,
        level=expression.level,
    )


def _write(expression: Expression, told: str, subject: str, *, by: Actor, at: dt.datetime) -> None:
    person, landlord = expression.person, landlord_in_scope()
    channel = channel_for(person)
    if channel not in GOES_BY_ITSELF:
        raise policies.NoMessageGoes
    can_sign = expression.owner is not None and expression.owner.phone
    if not can_sign and not (landlord.contact_name and landlord.contact_phone):
        raise policies.NobodyNamed
    expression.message = queue_message(
        key=f"interest:{expression.pk}",
        channel=channel,
        to_name=person.name,
        to_address=address_for(person),
        subject=subject,
        body=words.answer_body(expression, told, landlord),
        formats=formats_for(person),
        by=by,
        at=at,
    )
