"""What somebody can ask about their own data over the telephone."""

from __future__ import annotations

from involvement.accounts.permissions import Permission
from residents.people.models import Person
from residents.phone.ports import About, Act


def _who_complains(person: Person) -> dict[str, str]:
    return {"who": str(person.pk)}


ACTS = (
    Act(
        "They ask what we keep about them",
        About.DATA,
        Permission.PEOPLE_CHANGE,
        "privacy:access_add",
        takes="person",
    ),
    Act(
        "They ask to be forgotten",
        About.DATA,
        Permission.PEOPLE_CHANGE,
        "privacy:erasure_propose",
        takes="person",
    ),
    Act(
        "They complain about how we used it",
        About.DATA,
        Permission.PEOPLE_CHANGE,
        "privacy:complaint_add",
        takes="",
        asks=_who_complains,
    ),
)
