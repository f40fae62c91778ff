"""What one row of a list means."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from typing import Any, Final

from actionplans.feedback.models import EARLIEST, LONGEST_WORDS, SourceKind
from actionplans.feedback.operations.recording import Said
from involvement.calendars.moments import read_moment, tidy
from involvement.importing.headings import FieldSpec, Mapping
from involvement.importing.problems import RowProblem, Severity
from involvement.importing.tables import Table, TableRow
from involvement.landlords.models import Place, Subject, Unit
from residents.people.models import Person
from residents.people.queries import Contact
from structures.bodies.models import Body
from structures.bodies.queries import bodies_by_words

FIELDS: Final = (
    FieldSpec("number", "Number", ("No.", "Ref", "Reference", "Row number")),
    FieldSpec(
        "words",
        "Words",
        (
            "What was said",
            "What they said",
            "What residents said",
            "Said",
            "Comment",
            "Comments",
            "Feedback",
            "You said",
            "Their words",
            "Suggestion",
            "Complaint",
            "Message",
            "Issue raised",
        ),
        required=True,
        several=True,
    ),
    FieldSpec("said_on", "Said on", ("Date", "Day", "When", "Date received", "Received")),
    FieldSpec(
        "source_kind",
        "How it reached us",
        ("How", "Channel", "Source", "Method", "Received by", "Contact method"),
    ),
    FieldSpec("source_words", "Which one", ("Event", "Meeting", "Where collected", "Session")),
    FieldSpec("who", "Who said it", ("Who", "Name", "Resident", "Tenant", "Customer", "Group")),
    FieldSpec(
        "contact",
        "How to reach them",
        ("Contact", "E-mail", "Email address", "Telephone", "Phone", "Address", "Mobile"),
        several=True,
    ),
    FieldSpec("subject", "About", ("Subject", "Topic", "Service", "Category")),
    FieldSpec("place", "Where", ("Place", "Area", "Estate", "Scheme", "Block", "Location")),
    FieldSpec("unit", "Part of", ("Unit", "Business")),
    FieldSpec("quote_permission", "May be quoted", ("Quote", "Permission to quote", "Consent")),
    FieldSpec("wants_reply", "Wants a reply", ("Reply", "Reply wanted", "Reply needed")),
)
_WAYS: Final = (
    (SourceKind.EMAIL, r"e-?mail"),
    (SourceKind.PAPER_CARD, r"card|slip|form"),
    (SourceKind.PHONE, r"phone|call|rang"),
    (SourceKind.TEXT, r"\btext|sms|whatsapp"),
    (SourceKind.LETTER, r"letter|post\b|written"),
    (SourceKind.SOCIAL, r"social|facebook|twitter|instagram"),
    (SourceKind.WEB, r"online|web|portal"),
    (SourceKind.SURVEY, r"survey|questionnaire|poll"),
    (SourceKind.WALKABOUT, r"walk|inspection"),
    (SourceKind.MEETING, r"meeting|forum|panel|group|conference"),
    (SourceKind.FACE, r"face|person|stall|visit|conversation|drop.?in"),
    (SourceKind.IMPORT, r"list|file|import"),
)
_YES: Final = frozenset({"yes", "y", "true", "1", "x", "✓", "ja"})


@dataclass(frozen=True)
class RowSaid:
    """One row as read. `said` is None where it cannot be or need not be written.

    `newcomer` is the name and contact of somebody to be added; `as_named` the speaker's cells, for
    the fingerprint.
    """

    said: Said | None
    problems: tuple[RowProblem, ...] = ()
    newcomer: tuple[str, Contact] | None = None
    as_named: tuple[str, str] = ("", "")
    number_in_log: int | None = None


@dataclass(frozen=True)
class Known:
    """What the landlord has, by name in small letters, asked once for a whole file."""

    subjects: MappingType[str, Subject]
    places: MappingType[str, Place]
    units: MappingType[str, Unit]
    bodies: MappingType[str, Body]
    people: MappingType[str, list[Person]]

    @classmethod
    def for_rows(cls, mapping: Mapping, table: Table) -> Known:
        """The rows a table may name."""
        names = {mapping.value(row, "who").strip().lower() for row in table.rows}
        people: dict[str, list[Person]] = {}
        for person in (
            Person.objects.filter(name_sort__in=names)
            .select_related("place", "unit")
            .order_by("name_sort", "pk")
        ):
            people.setdefault(person.name_sort, []).append(person)
        return cls(
            _by_name(Subject.objects.order_by("pk")),
            _by_name(Place.objects.select_related("unit").order_by("pk")),
            _by_name(Unit.objects.order_by("pk")),
            bodies_by_words(),
            people,
        )


@dataclass
class RowReader:
    """Reads rows of one file. `options` fill what rows leave open.

    `rows_without_way` counts the rows read so far that do not say how they reached us.
    """

    mapping: Mapping
    known: Known
    options: MappingType[str, str]
    today: dt.date
    rows_without_way: int = 0
    _problems: list[RowProblem] = field(default_factory=list)
    _extra: dict[str, str] = field(default_factory=dict)
    _row: TableRow = field(default_factory=lambda: TableRow(0, ()))

    def read(self, row: TableRow) -> RowSaid:
        """One row, with what stands in its way."""
        self._row, self._problems = row, []
        self._extra = self.mapping.extra_text(row)
        words = self._value("words")
        if not words:
            self._warn("words", "There are no words in this row, so it is left out.")
            return RowSaid(None, tuple(self._problems))
        if len(words) > LONGEST_WORDS:
            self._error("words", f"This is longer than {LONGEST_WORDS:,} characters. Split it.")
        said_on, (kind, which) = self._said_on(), self._source()
        person, body, newcomer = self._speaker()
        name = self._value("who")
        said = Said(
            words=words,
            said_on=said_on or self.today,
            source_kind=kind,
            source_words=which[:200],
            person=person,
            body=body,
            speaker_words="" if person or body or newcomer else name[:120],
            subject=self._named("subject", self.known.subjects),
            place=self._named("place", self.known.places),
            unit=self._named("unit", self.known.units),
            quote_permission=self._value("quote_permission").lower() in _YES,
            wants_reply=self._wants_reply(reachable=bool(person or body or newcomer)),
            extra=self._extra,
        )
        failed = any(problem.severity is Severity.ERROR for problem in self._problems)
        number = self._value("number")
        return RowSaid(
            None if failed else said,
            tuple(self._problems),
            newcomer,
            (name.lower(), self._value("contact").lower()),
            int(number) if number.isdecimal() and len(number) < 19 else None,
        )

    def _said_on(self) -> dt.date | None:
        words = self._value("said_on") or self.options.get("said_on", "")
        if not words:
            self._error("said_on", "No day is given. Write the day on which it was said.")
            return None
        try:
            moment = read_moment(tidy(words.removesuffix(" 00:00:00")))
        except ValueError as refusal:
            self._error("said_on", f"“{words}”: {refusal}")
            return None
        if moment is None or moment.first != moment.last:
            self._error("said_on", f"“{words}” is not one day. Write it as 11 June 2026.")
            return None
        if moment.first > self.today:
            self._error("said_on", f"“{words}” is still to come. Put the day right.")
        elif moment.first < EARLIEST:
            self._error("said_on", f"“{words}” is before {EARLIEST.year}. Put the day right.")
        return moment.first

    def _source(self) -> tuple[str, str]:
        words, which = self._value("source_kind"), self._value("source_words")
        if not words:
            self.rows_without_way += 1
            given = self.options.get("source_kind", "")
            return given or SourceKind.IMPORT, which or self.options.get("source_words", "")
        for kind in SourceKind:
            if words.lower() in {kind.label.lower(), kind.value.lower()}:
                return kind, which
        likely = [kind for kind, form in _WAYS if re.search(form, words.lower())]
        # What the file calls it is kept, since it may name the very meeting
        return likely[0] if likely else SourceKind.IMPORT, f"{words}, {which}" if which else words

    def _speaker(self) -> tuple[Person | None, Body | None, tuple[str, Contact] | None]:
        name, contact = self._value("who"), Contact.read(self._value("contact"))
        if not name and not contact:
            return None, None, None
        body = self.known.bodies.get(name.lower())
        if body is not None:
            return None, body, None
        named = self.known.people.get(name.lower(), [])
        if contact:
            reached = [person for person in named if _reaches(contact, person)]
            if len(reached) == 1:
                return reached[0], None, None
            return None, None, (name[:120] or "Resident, name not given", contact)
        if len(named) > 1:
            self._warn(
                "who",
                f"{len(named)} people are called “{name}”, so the name is kept without a person. "
                "Give their e-mail address, number or address to tell them apart.",
            )
        return (named[0] if len(named) == 1 else None), None, None

    def _wants_reply(self, *, reachable: bool) -> bool | None:
        words = self._value("wants_reply").lower()
        if not words:
            return None
        if words in _YES and not reachable:
            self._warn("wants_reply", "A reply is wanted, but nobody is named whom we can reach.")
        return words in _YES and reachable

    def _named(self, key: str, rows: MappingType[str, Any]) -> Any:
        words = self._value(key)
        found = rows.get(words.lower()) if words else None
        if words and found is None:
            heading = self._heading(key)
            self._extra = {**self._extra, heading: words}
            self._warn(key, f"Nothing here is called “{words}”. It is kept beside the row.")
        return found

    def _value(self, key: str) -> str:
        return self.mapping.value(self._row, key).strip()

    def _heading(self, key: str) -> str:
        columns = self.mapping.columns_of(key)
        return columns[0].heading if columns else ""

    def _error(self, key: str, words: str) -> None:
        self._problems.append(RowProblem(self._row.number, self._heading(key), words))

    def _warn(self, key: str, words: str) -> None:
        problem = RowProblem(self._row.number, self._heading(key), words, Severity.WARNING)
        self._problems.append(problem)


def _reaches(contact: Contact, person: Person) -> bool:
    return bool(
        (contact.email and contact.email == person.email.lower())
        or (contact.phone and _digits(contact.phone) == _digits(person.phone))
        or (contact.address and contact.address.lower() == person.address.lower())
    )


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)


def _by_name(rows: Any) -> dict[str, Any]:
    return {row.name.lower(): row for row in rows}
