"""Everybody who said something in a decided theme, and whether they have been told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import Q

from actionplans.decisions.models import Decision
from actionplans.feedback.models import Feedback, SpeakerKind, ThemeEntry
from actionplans.replies.models import Reply
from involvement.auditing.actors import Channel
from involvement.delivery.models import Message
from involvement.rendering.formats import in_words
from residents.people.models import Person
from residents.people.policies import can_be_written_to
from residents.preferences.queries import address_for, asked_formats, channel_for
from structures.bodies.models import Body

# Where a message stands behind a reply, the message knows whether it went.
TOLD = Q(message__isnull=True, told_at__isnull=False) | Q(message__state__in=Message.WENT)
ALL = Q()
AT_A_MEETING = "At their next meeting"


class Telling(StrEnum):
    """How far telling somebody has come."""

    WAITING = "WAITING"
    UNDERWAY = "UNDERWAY"
    FAILED = "FAILED"
    TOLD = "TOLD"


@dataclass
class Hearer:
    """One person or group to be told of one decision, once, however much they said."""

    person: Person | None
    body: Body | None
    said: list[Feedback] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    formats: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """Tells the hearers of one decision apart: "p12" or "b3"."""
        if self.person is not None:
            return f"p{self.person.pk}"
        return f"b{self.body.pk}" if self.body is not None else ""

    @property
    def name(self) -> str:
        """Who they are, in words."""
        return str(self.person or self.body)

    @property
    def can_hear(self) -> bool:
        """Whether anything may still be sent to them: not to the dead, nor to those who left."""
        return self.person is None or can_be_written_to(self.person)

    @property
    def channel(self) -> Channel:
        """The way they chose to hear from us, or the nearest to it that reaches them."""
        return Channel.FACE if self.person is None else channel_for(self.person)

    @property
    def address(self) -> str:
        """Where a message by that way goes."""
        return AT_A_MEETING if self.person is None else address_for(self.person)

    @property
    def format_words(self) -> str:
        """The formats they asked for, in words: “large print, Braille”; "" for plain paper."""
        return in_words(self.formats)

    @property
    def state(self) -> Telling:
        """The furthest from told of all they said."""
        by_feedback = {reply.feedback_id: state_of(reply) for reply in self.replies}
        states = {by_feedback.get(one.pk, Telling.WAITING) for one in self.said}
        order = (Telling.FAILED, Telling.WAITING, Telling.UNDERWAY)
        return next((state for state in order if state in states), Telling.TOLD)

    @property
    def told_at(self) -> dt.datetime | None:
        """When they were last told, None where they have not been."""
        if self.state != Telling.TOLD:
            return None
        return max(filter(None, map(told_moment, self.replies)), default=None)

    @property
    def failure(self) -> str:
        """Why the last message did not go."""
        return next(
            (r.message.failure for r in self.replies if r.message and r.message.failure), ""
        )


def state_of(reply: Reply) -> Telling:
    """How far one reply has come. Read with `message` selected."""
    if reply.message is None:
        return Telling.TOLD
    return {
        Message.State.SENT: Telling.TOLD,
        Message.State.DELIVERED: Telling.TOLD,
        Message.State.QUEUED: Telling.UNDERWAY,
        Message.State.SENDING: Telling.UNDERWAY,
        # Until an officer has decided, nobody writes to them a second time
        Message.State.UNSURE: Telling.UNDERWAY,
        Message.State.FAILED: Telling.FAILED,
    }.get(Message.State(reply.message.state), Telling.WAITING)


def told_moment(reply: Reply) -> dt.datetime | None:
    """When a reply was given, read from its message where there is one."""
    return reply.message.sent_at if reply.message is not None else reply.told_at


def hearers_of(decisions: Iterable[Decision], *, among: Q = ALL) -> dict[int, list[Hearer]]:
    """Whom to tell of several decisions, by the decision's key, by name; two queries in all. With
    `among`, a condition on what they said, only some of them.

    Of those who have died or left, only who knew of it already, and what they knew.
    """
    decisions = list(decisions)
    by_theme: dict[int, list[int]] = {}
    for decision in decisions:
        by_theme.setdefault(decision.theme_id, []).append(decision.pk)
    found: dict[int, dict[str, Hearer]] = {decision.pk: {} for decision in decisions}
    holder: dict[tuple[int, int], Hearer] = {}
    for entry in _entries(list(by_theme), among):
        said = entry.feedback
        for key in by_theme[entry.theme_id]:
            hearer = Hearer(said.person, said.body, formats=frozenset(entry.formats))
            hearer = found[key].setdefault(hearer.key, hearer)
            hearer.said.append(said)
            holder[key, said.pk] = hearer
    replies = Reply.objects.filter(among, decision__in=list(found)).select_related("message")
    for reply in replies.order_by("pk"):
        told = holder.get((reply.decision_id, reply.feedback_id))
        if told is not None:
            told.replies.append(reply)
    for rows in found.values():
        for hearer in rows.values():
            _leave_what_they_know(hearer)
    return {
        key: sorted((one for one in rows.values() if one.said), key=_by_name)
        for key, rows in found.items()
    }


def hearers(decision: Decision) -> list[Hearer]:
    """Whom to tell of one decision, by name."""
    return hearers_of([decision])[decision.pk]


def not_told(rows: Sequence[Hearer]) -> list[Hearer]:
    """Those of the hearers who do not know yet."""
    return [hearer for hearer in rows if hearer.state != Telling.TOLD]


def _leave_what_they_know(hearer: Hearer) -> None:
    """To those who have died or left nothing more is said than they were told in time."""
    if not hearer.can_hear:
        told = {row.feedback_id for row in hearer.replies if state_of(row) == Telling.TOLD}
        hearer.said = [one for one in hearer.said if one.pk in told]


def _by_name(hearer: Hearer) -> tuple[str, str]:
    return hearer.name.lower(), hearer.key


def _entries(themes: list[int], among: Q) -> Iterable[Any]:
    """Entries of the themes, each with `formats`, those its speaker asked for."""
    entries: Iterable[Any] = (
        ThemeEntry.objects.filter(among, theme__in=themes)
        .annotate(formats=asked_formats("feedback__person"))
        .exclude(feedback__speaker_kind=SpeakerKind.ANONYMOUS)
        .select_related("feedback__person", "feedback__body")
        .order_by("feedback__said_on", "pk")
    )
    return entries
