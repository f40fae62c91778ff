"""What of a person's rights somebody has still to answer, before anything is erased."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from involvement.calendars.words import say_date
from residents.people.models import Person
from residents.privacy.models import AccessRequest, DataComplaint
from residents.privacy.queries import complaints, own_row, requests


@dataclass(frozen=True)
class Unsettled:
    """The access requests and complaints about data of one person that are still open."""

    requests: list[AccessRequest]
    complaints: list[DataComplaint]

    def __bool__(self) -> bool:
        return bool(self.requests or self.complaints)

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


def of(person: Person) -> Unsettled:
    """What is open about a person, under rows merged into theirs too."""
    rows = own_row.rows_of(person)
    return Unsettled(
        requests=list(requests.under_way().filter(person__in=rows)),
        complaints=list(complaints.unanswered().filter(person__in=rows)),
    )
