"""What somebody can ask about their own data over the telephone."""

from __future__ import annotations

from django.utils import timezone

from involvement.accounts.permissions import Permission
from residents.people.models import Person
from residents.phone.ports import About, Act
from residents.privacy import policies


def _who_complains(person: Person) -> dict[str, str]:
    return {"who": str(person.pk)}


def _why_not_erased(person: Person) -> str:
    return policies.why_not_erased(person, timezone.localdate())


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
        why_not=_why_not_erased,
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
