"""Who says what, where, when and by which channel: the same at every loading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from actionplans.feedback.models import SourceKind
from actionplans.feedback.operations import Said
from involvement.auditing.actors import Channel
from involvement.demo.moments import day
from involvement.landlords.models import Place, Subject
from residents.people.models import Person
from structures.bodies.models import Body

# People say things the way they like to be told, mostly.
WAYS = {
    Channel.POST: (SourceKind.LETTER, SourceKind.PAPER_CARD, SourceKind.FACE),
    Channel.EMAIL: (SourceKind.EMAIL, SourceKind.WEB),
    Channel.PHONE: (SourceKind.PHONE, SourceKind.PHONE, SourceKind.FACE),
    Channel.TEXT: (SourceKind.TEXT, SourceKind.WEB),
}
# Heard before what is said, where the same thing is said again at another place.
BEFORE = (
    "",
    "Me again. ",
    "Same here: ",
    "For {place}: ",
    "I'll keep it short. ",
    "My neighbour asked me to say: ",
    "Not the first time I say this. ",
    "Since you ask: ",
)
EVERY_MEETING, EVERY_WALK, EVERY_NAMELESS, EVERY_GROUP = 5, 9, 13, 17


@dataclass(frozen=True)
class Cast:
    """The people and things of the landlord in scope that somebody may speak of."""

    people: Sequence[Person]
    bodies: Sequence[Body]
    places: Sequence[Place]
    subjects: dict[str, Subject]
    meetings: Sequence[str] = field(default_factory=list)

    def speaker(self, thread: int, number: int) -> Person:
        """Another person for each `number` of a thread, spread over everybody."""
        step = 7 if len(self.people) % 7 else 11
        return self.people[(thread * 11 + number * step) % len(self.people)]


def spoken(
    cast: Cast, thread: tuple[str, int], words: Sequence[str], days: Sequence[int], subject: str
) -> Iterator[Said]:
    """The statements of one thread, given by its key and number, each said by somebody on its
    day."""
    key, place_of_thread = thread
    for number, (said, days_ago) in enumerate(zip(words, days, strict=True)):
        person = cast.speaker(place_of_thread, number)
        place = person.place or cast.places[place_of_thread % len(cast.places)]
        yield _said(cast, person, place, f"demo-{key}-{number}", place_of_thread + number).about(
            said.replace("{place}", place.name), day(days_ago), cast.subjects[subject]
        )


@dataclass(frozen=True)
class _Speaking:
    place: Place
    fingerprint: str
    source_kind: str
    source_words: str
    person: Person | None
    body: Body | None
    may_be_quoted: bool

    def about(self, words: str, on: dt.date, subject: Subject) -> Said:
        return Said(
            words=words,
            said_on=on,
            source_kind=self.source_kind,
            source_words=self.source_words,
            person=self.person,
            body=self.body,
            subject=subject,
            place=self.place,
            quote_permission=self.may_be_quoted,
            fingerprint=self.fingerprint,
            is_demo=True,
        )


def _said(cast: Cast, person: Person, place: Place, fingerprint: str, seed: int) -> _Speaking:
    ways = WAYS[Channel(person.preferred_channel)]
    kind, where = ways[seed % len(ways)], ""
    speaker: Person | None = person
    body: Body | None = None
    if seed % EVERY_GROUP == EVERY_GROUP - 1 and cast.bodies:
        speaker, body = None, cast.bodies[seed % len(cast.bodies)]
        kind, where = SourceKind.MEETING, "Minutes of the last meeting"
    elif seed % EVERY_NAMELESS == EVERY_NAMELESS - 1:
        speaker, kind, where = None, SourceKind.PAPER_CARD, "Card in the box, no name"
    elif seed % EVERY_WALK == EVERY_WALK - 1:
        kind, where = SourceKind.WALKABOUT, f"Walk round {place.name}"
    elif seed % EVERY_MEETING == EVERY_MEETING - 1 and cast.meetings:
        kind, where = SourceKind.MEETING, cast.meetings[seed % len(cast.meetings)]
    return _Speaking(place, fingerprint, kind, where, speaker, body, seed % 2 == 0)
