"""What can be written down about somebody's taking part while they are on the telephone."""

from __future__ import annotations

from involvement.accounts.permissions import Permission
from residents.people.models import Person
from residents.phone.ports import About, Act, by_label


def _among_the_people(person: Person) -> dict[str, str]:
    return {"person": by_label(person)["who"]}


ACTS = (
    Act(
        "Write down that they took part",
        About.TAKE_PART,
        Permission.PEOPLE_CHANGE,
        "participation:participation_record",
        takes="",
        asks=_among_the_people,
    ),
)
