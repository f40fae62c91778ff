"""What the search for duplicates puts on a person's page, and on that of erasing them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from involvement.accounts.doors import LandlordRequest
from involvement.accounts.permissions import Permission
from involvement.wiring import Panel
from residents.duplicates import queries
from residents.duplicates.models import DuplicatePair
from residents.people.models import Person


def _with_others(person: Person) -> list[tuple[DuplicatePair, Person]]:
    return [
        (pair, pair.second if pair.first_id == person.pk else pair.first)
        for pair in queries.pairs_of(person)[:5]
    ]


def _perhaps_twice(
    request: LandlordRequest, *, person: Person, **_context: Any
) -> dict[str, Any] | None:
    if not request.membership.may(Permission.PEOPLE_MERGE):
        return None
    pairs = _with_others(person)
    merges = list(queries.merges_to_undo(timezone.localdate()).filter(kept=person)[:5])
    return {"pairs": pairs, "merges": merges} if pairs or merges else None


def _before_erasing(
    request: LandlordRequest, *, person: Person, **_context: Any
) -> dict[str, Any] | None:
    pairs = _with_others(person)
    may_merge = request.membership.may(Permission.PEOPLE_MERGE)
    return {"pairs": pairs, "may_merge": may_merge} if pairs else None


PERSON = Panel("Perhaps here twice", _perhaps_twice, "residents/duplicates/panels/person.html")
ERASURE = Panel("Perhaps here twice", _before_erasing, "residents/duplicates/panels/erasure.html")
