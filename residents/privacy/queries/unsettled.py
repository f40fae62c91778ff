"""What of a person's rights somebody has still to answer, before anything is erased."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from involvement.calendars.words import say_date
from residents.people.models import Person
from residents.people.queries import Contact, national
from residents.privacy.models import AccessRequest, DataComplaint
from residents.privacy.names import TITLES, plain
from residents.privacy.queries import complaints, own_row, requests
from residents.privacy.queries.mentions import wanted

_NOTE: Final = re.compile(r"\([^)]*\)")


@dataclass(frozen=True)
class Unsettled:
    """The access requests and complaints about data of one person that are still open.

    `perhaps` are open complaints that are matched to nobody and came in a name, from an e-mail
    address, a number or an address like theirs.
    """

    requests: list[AccessRequest]
    complaints: list[DataComplaint]
    perhaps: list[DataComplaint] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.requests or self.complaints or self.perhaps)

    @property
    def is_theirs(self) -> bool:
        """Whether something is certainly theirs, so that nobody can say it is not."""
        return bool(self.requests or self.complaints)

    def but_for(self, not_theirs: Collection[int]) -> Unsettled:
        """The same without the complaints of `perhaps` that are somebody else's, by their keys."""
        left = [one for one in self.perhaps if one.pk not in not_theirs]
        return Unsettled(self.requests, self.complaints, left)

    @property
    def words(self) -> str:
        """What has to be settled first, in plain sentences; empty where nothing has."""
        return " ".join(self._sentences())

    def _sentences(self) -> Iterator[str]:
        for request in self.requests:
            yield (
                f"They asked on {say_date(request.asked_on)} to see what we keep. Send them the "
                "pack, or close the request, before anything is erased."
            )
        for complaint in self.complaints:
            yield (
                f"Their complaint about data, number {complaint.number}, is still open. Answer it "
                "before anything is erased."
            )
        for complaint in self.perhaps:
            yield (
                f"Complaint {complaint.number} about data is still open and may be theirs. Say "
                "whose it is, or tick that it is not theirs, before anything is erased."
            )


def of(person: Person) -> Unsettled:
    """What is open about a person, under rows merged into theirs too."""
    rows = own_row.rows_of(person)
    return Unsettled(
        requests=list(requests.under_way().filter(person__in=rows)),
        complaints=list(complaints.unanswered().filter(person__in=rows)),
        perhaps=[one for one in complaints.of_nobody() if _may_be_of(one, rows)],
    )


def is_theirs(person: Person) -> bool:
    """Whether something certainly theirs is open, under rows merged into theirs too."""
    rows = own_row.rows_of(person)
    asked = requests.under_way().filter(person__in=rows).exists()
    return bool(asked or complaints.unanswered().filter(person__in=rows).exists())


def waiting_among(people: Sequence[Person]) -> set[int]:
    """The keys of those of these people about whom something is open, or may be."""
    asked = requests.under_way().order_by().values_list("person", flat=True)
    complained = complaints.unanswered().filter(person__isnull=False).order_by()
    found = {key for key in [*asked, *complained.values_list("person", flat=True)] if key}
    open_to_all = list(complaints.of_nobody())
    found = _with_survivors(found)
    return {
        one.pk
        for one in people
        if one.pk in found or any(_may_be_of(complaint, [one]) for complaint in open_to_all)
    }


def _with_survivors(keys: set[int]) -> set[int]:
    """The same keys, and those of whoever these rows were merged into, however often."""
    found = newest = keys
    while newest:
        above = Person.objects.filter(pk__in=newest, merged_into__isnull=False)
        newest = set(above.order_by().values_list("merged_into", flat=True)) - found
        found = found | newest
    return found


def _may_be_of(complaint: DataComplaint, rows: Iterable[Person]) -> bool:
    """Whether a complaint came in the name of one of these rows, or from where one is reached."""
    contact = Contact.read(complaint.contact)
    return any(_is_named(complaint, row) or _is_reached(contact, row) for row in rows)


def _is_named(complaint: DataComplaint, row: Person) -> bool:
    looked_for = wanted(row)
    same = _said(complaint.name) == _said(row.name)
    return same or bool(looked_for and looked_for.certain.search(complaint.name))


def _said(name: str) -> list[str]:
    """The words of a name without titles and without a note in brackets, however it is written."""
    return [word for word in plain(_NOTE.sub(" ", name)).split() if word.strip(".") not in TITLES]


def _is_reached(contact: Contact, row: Person) -> bool:
    same_email = bool(row.email) and contact.email == row.email.lower()
    same_phone = bool(row.phone) and national(contact.phone) == national(row.phone)
    same_address = bool(row.address) and _bare(contact.address) == _bare(row.address)
    return same_email or same_phone or same_address


def _bare(address: str) -> str:
    """An address by its letters and digits alone."""
    return "".join(mark for mark in plain(address) if mark.isalnum())
