from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from actionplans.feedback.models import Feedback, SourceKind, SpeakerKind
from actionplans.feedback.policies import NobodyToReply, SaidInTheFuture
from involvement.accounts.models import Team
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor, ActorKind, Channel
from involvement.landlords.models import Place, Subject, Unit
from residents.people.models import Person
from residents.representatives.models import Authority
from residents.representatives.operations import speaking_for
from structures.bodies.models import Body

# How the speaker acted, by the way their words arrived.
CHANNELS = {
    SourceKind.LETTER: Channel.POST,
    SourceKind.PAPER_CARD: Channel.POST,
    SourceKind.PHONE: Channel.PHONE,
    SourceKind.EMAIL: Channel.EMAIL,
    SourceKind.TEXT: Channel.TEXT,
    SourceKind.WEB: Channel.WEB,
    SourceKind.SOCIAL: Channel.WEB,
    SourceKind.FACE: Channel.FACE,
    SourceKind.MEETING: Channel.FACE,
    SourceKind.WALKABOUT: Channel.FACE,
    SourceKind.SURVEY: Channel.IMPORT,
    SourceKind.IMPORT: Channel.IMPORT,
}


@dataclass(frozen=True)
class Said:
    """What is known of one thing that was said, before it is in the log.

    At most one of `person` and `body`; `speaker_words` is a name without any way to reach them.
    `wants_reply` None means: yes, if there is somebody to reply to. With an `authority` its
    representative said it for the person.
    """

    words: str
    said_on: dt.date
    source_kind: str
    source_words: str = ""
    person: Person | None = None
    authority: Authority | None = None
    body: Body | None = None
    speaker_words: str = ""
    subject: Subject | None = None
    place: Place | None = None
    unit: Unit | None = None
    team: Team | None = None
    quote_permission: bool = False
    wants_reply: bool | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    fingerprint: str = ""
    message_id: str = ""
    form_token: uuid.UUID | None = None
    is_demo: bool = False

    @property
    def speaker_kind(self) -> SpeakerKind:
        """Whether somebody can be answered, read from who is named."""
        if self.person is not None:
            return SpeakerKind.PERSON
        return SpeakerKind.BODY if self.body is not None else SpeakerKind.ANONYMOUS


def spoken_by(said: Said, person: Person) -> Said:
    """The same words, of somebody who has just been added."""
    return replace(said, person=person, speaker_words="")


@transaction.atomic
def record_feedback(*, said: Said, by: Actor, at: dt.datetime) -> Feedback:
    """Put one thing that was said into the log. Returns its row.

    The same form, e-mail or imported row a second time gives back the row it made the first time.
    Raises SaidInTheFuture, NobodyToReply.
    """
    known = _already_there(said)
    if known is not None:
        return known
    feedback = _row(said, by=by, at=at)
    try:
        with transaction.atomic():
            feedback.save(force_insert=True)
    except IntegrityError:
        # A second press arrived in the same moment and was first
        known = _already_there(said)
        if known is None:
            raise
        return known
    auditing.record(
        verb="feedback.recorded",
        record=feedback,
        sentence=_sentence(feedback),
        by=by,
        at=at,
    )
    return feedback


@transaction.atomic
def record_many(*, said: Sequence[Said], by: Actor, at: dt.datetime) -> list[Feedback]:
    """Put many into the log at once. Returns the rows made, in the order given.

    Those whose fingerprint is in the log already are passed over. Raises SaidInTheFuture,
    NobodyToReply, and then writes none.
    """
    marks = [one.fingerprint for one in said if one.fingerprint]
    known = set(
        Feedback.objects.filter(fingerprint__in=marks).values_list("fingerprint", flat=True)
    )
    rows = [_row(one, by=by, at=at) for one in said if one.fingerprint not in known]
    Feedback.objects.bulk_create(rows, batch_size=1000)
    auditing.record_many(
        verb="feedback.recorded",
        records=[(row, _sentence(row)) for row in rows],
        by=by,
        at=at,
    )
    return rows


def in_lines(words: str) -> str:
    """Words with lines ended as they are stored, whatever they were typed on."""
    return words.replace("\r\n", "\n").replace("\r", "\n").strip()


def _already_there(said: Said) -> Feedback | None:
    for mark in ("form_token", "message_id", "fingerprint"):
        value = getattr(said, mark)
        if value:
            known: Feedback | None = Feedback.objects.filter(**{mark: value}).first()
            if known is not None:
                return known
    return None


def _row(said: Said, *, by: Actor, at: dt.datetime) -> Feedback:
    if said.said_on > timezone.localdate(at):
        raise SaidInTheFuture
    anonymous = said.speaker_kind == SpeakerKind.ANONYMOUS
    if said.wants_reply and anonymous:
        raise NobodyToReply
    return Feedback(
        words=in_lines(said.words),
        said_on=said.said_on,
        recorded_at=at,
        source_kind=said.source_kind,
        source_words=said.source_words.strip(),
        speaker_kind=said.speaker_kind,
        person=said.person,
        body=said.body,
        speaker_words=said.speaker_words.strip() if anonymous else "",
        subject=said.subject,
        place=said.place or (said.person.place if said.person else None),
        unit=said.unit or _unit_of(said),
        team=said.team,
        quote_permission=said.quote_permission,
        wants_reply=not anonymous if said.wants_reply is None else said.wants_reply,
        extra=dict(said.extra),
        fingerprint=said.fingerprint,
        message_id=said.message_id,
        form_token=said.form_token,
        is_demo=said.is_demo,
        **_speaking(said, by),
    )


def _unit_of(said: Said) -> Unit | None:
    if said.place is not None and said.place.unit is not None:
        return said.place.unit
    return said.person.unit if said.person is not None else None


def _speaking(said: Said, by: Actor) -> dict[str, Any]:
    """The speaker acts, by their own channel; whoever keys it in is the clerk."""
    if by.kind not in {ActorKind.STAFF, ActorKind.JOB}:
        return by.columns()
    channel = CHANNELS[SourceKind(said.source_kind)]
    if said.authority is not None:
        return speaking_for(said.authority, channel=channel, clerk=by.name).columns()
    speaker = said.person or said.body
    name = speaker.name if speaker is not None else said.speaker_words
    actor = Actor(
        ActorKind.RESIDENT,
        name or "Somebody who gave no name",
        key=said.person.pk if said.person is not None else None,
        channel=channel,
        clerk=by.name,
    )
    return actor.columns()


def _sentence(feedback: Feedback) -> str:
    return f"recorded what was said on {auditing.in_words(feedback.said_on)}"
