from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from actionplans.decisions.models import Decision
from actionplans.decisions.queries import decisions
from actionplans.feedback.models import Feedback, SpeakerKind, Theme, ThemeEntry
from actionplans.outcomes.models import Outcome
from actionplans.replies.hearers import TOLD
from actionplans.replies.models import Reply, Verdict
from involvement.delivery.models import Message
from involvement.delivery.queries import BY_HAND
from residents.people.models import Person
from residents.people.policies import could_be_written_to


def _cannot_be_told(said: str) -> Q:
    """What nobody said whom we know, or somebody to whom nothing is sent: they died or left.

    `said` leads to the thing said. With `could_be_told` the one place that knows who is to be told.
    """
    gone = Q(**{f"{said}person__isnull": False}) & ~Q(
        **{f"{said}person__status": Person.Status.CURRENT}
    )
    return Q(**{f"{said}speaker_kind": SpeakerKind.ANONYMOUS}) | gone


CANNOT_BE_TOLD = _cannot_be_told("feedback__")
SAID_BY_NOBODY_TO_TELL = _cannot_be_told("")


def could_be_told(said: Feedback, on: dt.date) -> bool:
    """Whether there was somebody on a day to tell what became of this. Read with `person`."""
    if said.speaker_kind == SpeakerKind.ANONYMOUS:
        return False
    return said.person is None or could_be_written_to(said.person, on)


def not_everybody_told() -> QuerySet[Decision]:
    """Decisions in force of which somebody who can be told has not been, soonest promised first."""
    return (
        decisions()
        .filter(Exists(_still_to_hear()), replaced_by__isnull=True)
        .order_by("told_due_on", "pk")
    )


def still_to_tell_person(person: Person) -> QuerySet[Decision]:
    """The same of one person alone."""
    theirs = ThemeEntry.objects.filter(feedback__person=person).values("theme")
    waiting = _still_to_hear().filter(feedback__person=person)
    return (
        decisions()
        .filter(Exists(waiting), theme__in=theirs, replaced_by__isnull=True)
        .order_by("told_due_on", "pk")
    )


def still_to_tell(today: dt.date, *, late_only: bool = False) -> QuerySet[Decision]:
    """The same, all of them or only those past their promise."""
    rows = not_everybody_told()
    return rows.filter(told_due_on__lt=today) if late_only else rows


def waiting_entries(decisions: QuerySet[Decision]) -> QuerySet[ThemeEntry]:
    """What was said by whoever has still to hear of these decisions, all of them in force."""
    told = Reply.objects.filter(
        TOLD,
        decision__theme=OuterRef("theme_id"),
        decision__replaced_by__isnull=True,
        feedback=OuterRef("feedback_id"),
    )
    rows: QuerySet[ThemeEntry] = ThemeEntry.objects.filter(
        ~CANNOT_BE_TOLD, ~Exists(told), theme__in=decisions.order_by().values("theme")
    )
    return rows


def gone_but_not_noted() -> QuerySet[Reply]:
    """Replies whose message went, or came back, since they were last looked at."""
    went = Q(message__state__in=Message.WENT, told_at__isnull=True)
    back = ~Q(message__state__in=Message.WENT) & Q(message__isnull=False, told_at__isnull=False)
    rows: QuerySet[Reply] = (
        Reply.objects.filter(went | back).select_related("message").order_by("pk")
    )
    return rows


def unreachable_count(theme: Theme | int) -> int:
    """How many statements of a theme came from nobody who can be told, or who was told in time."""
    told = Reply.objects.filter(
        TOLD, decision__replaced_by__isnull=True, feedback=OuterRef("feedback_id")
    )
    told = told.filter(decision__theme=OuterRef("theme_id"))
    count: int = ThemeEntry.objects.filter(CANNOT_BE_TOLD, ~Exists(told), theme=theme).count()
    return count


def due_to_be_asked(told_before: dt.datetime) -> QuerySet[Decision]:
    """Decisions with something claimed, of which somebody was told before a moment and not asked."""
    claimed = Outcome.objects.filter(decision=OuterRef("pk"), withdrawn_at__isnull=True)
    waiting = Reply.objects.filter(
        Q(feedback__body__isnull=False) | Q(person__status=Person.Status.CURRENT),
        decision=OuterRef("pk"),
        told_at__lt=told_before,
        verdicts__isnull=True,
    )
    return (
        decisions()
        .filter(Exists(claimed), Exists(waiting), replaced_by__isnull=True)
        .exclude(result=Decision.Result.NOT_AGREED)
        .order_by("pk")
    )


def verdicts_on(decision: Decision) -> QuerySet[Verdict]:
    """Who was asked about a decision and what they answered, the answered first."""
    rows: QuerySet[Verdict] = (
        Verdict.objects.filter(reply__decision=decision)
        .select_related("reply__person", "reply__feedback__body", "message")
        .order_by("answered_at", "pk")
    )
    return rows


def calls() -> QuerySet[Message]:
    """Calls, texts and talks by which people are to be told or asked, oldest first."""
    messages: QuerySet[Message] = (
        Message.objects.filter(BY_HAND, state=Message.State.QUEUED)
        .filter(Q(Exists(Reply.objects.filter(message=OuterRef("pk")))) | Q(Exists(_asking())))
        .prefetch_related("verdicts")
        .order_by("queued_at", "pk")
    )
    return messages


def told_person(person: Person) -> QuerySet[Reply]:
    """What one person was or is to be told, latest first."""
    rows: QuerySet[Reply] = (
        Reply.objects.filter(person=person)
        .select_related("decision__theme", "message", "feedback")
        .order_by("-prepared_at", "-pk")
    )
    return rows


def told_by(moment: dt.datetime, *, themes: Iterable[int]) -> list[Reply]:
    """Replies about these themes that had reached people by a moment, in the order of `told_at`.

    A message that went counts from when it went, also before the timer has noted it on its reply.
    """
    went = Q(told_at__isnull=True, message__state__in=Message.WENT)
    rows = list(
        Reply.objects.filter(Q(told_at__isnull=False) | went, decision__theme__in=list(themes))
        .annotate(told_moment=Coalesce("told_at", "message__sent_at"))
        .filter(told_moment__lte=moment)
        .select_related("decision", "message")
        .order_by("told_moment", "pk")
    )
    for reply in rows:
        if reply.told_at is None and reply.message is not None:
            reply.told_at = reply.message.sent_at
    return rows


def told_between(start: dt.datetime, end: dt.datetime) -> QuerySet[Reply]:
    """Replies given from one moment until before another, by moment.

    A message that went counts from when it went and one that came back no longer, also before the
    timer has noted it on its reply.
    """
    noted = Q(told_at__gte=start, told_at__lt=end)
    went = Q(told_at__isnull=True, message__sent_at__gte=start, message__sent_at__lt=end)
    rows: QuerySet[Reply] = (
        Reply.objects.filter(TOLD)
        .filter(noted | went)
        .annotate(told_moment=Coalesce("told_at", "message__sent_at"))
        .order_by("told_moment", "pk")
    )
    return rows


def _still_to_hear() -> QuerySet[ThemeEntry]:
    """What was said in a decision's theme by somebody who can be told and has not been of it."""
    told = Reply.objects.filter(
        TOLD, decision=OuterRef(OuterRef("pk")), feedback=OuterRef("feedback_id")
    )
    rows: QuerySet[ThemeEntry] = ThemeEntry.objects.filter(
        ~CANNOT_BE_TOLD, ~Exists(told), theme=OuterRef("theme_id")
    )
    return rows


def _asking() -> QuerySet[Verdict]:
    rows: QuerySet[Verdict] = Verdict.objects.filter(
        message=OuterRef("pk"), answered_at__isnull=True
    )
    return rows
