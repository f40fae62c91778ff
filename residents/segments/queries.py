"""Who is in a segment, and what pages show of it."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, QuerySet

from residents.people.models import Person
from residents.people.queries import people
from residents.segments.models import HandPick, Segment
from residents.segments.rules import Group, groups_of, joined

FIRST: Final = 10
# Counted each night; what is older was missed by the night's job
FRESH: Final = dt.timedelta(days=1)


def segments() -> QuerySet[Segment]:
    """The segments in use by name, with who looks after them."""
    rows: QuerySet[Segment] = Segment.objects.filter(archived_at__isnull=True)
    return rows.select_related("owner").order_by("name", "pk")


def put_away() -> QuerySet[Segment]:
    """Those put away, by name."""
    rows: QuerySet[Segment] = Segment.objects.filter(archived_at__isnull=False)
    return rows.order_by("name", "pk")


def ruled(segment: Segment) -> Q:
    """Whom the rules alone choose, as a condition on Person; nobody where there are none."""
    groups: list[Group] = groups_of(segment.rules)
    return joined(segment.match, [group.q() for group in groups])


def members(segment: Segment) -> QuerySet[Person]:
    """Everybody in a segment now, by name: whom the rules choose or a hand put in, and nobody
    left out by hand, merged away, erased, gone or dead.
    """
    picks = HandPick.objects.filter(segment=segment).order_by()
    put_in = picks.filter(how=HandPick.How.IN).values("person_id")
    left_out = picks.filter(how=HandPick.How.OUT).values("person_id")
    living = people().filter(status=Person.Status.CURRENT)
    return living.filter(ruled(segment) | Q(pk__in=put_in)).exclude(pk__in=left_out)


def is_member(segment: Segment, person: Person) -> bool:
    """Whether somebody is in a segment now."""
    return members(segment).filter(pk=person.pk).exists()


@dataclass(frozen=True)
class Glance:
    """How many are in a segment, the first few by name, and when that was so."""

    count: int
    first: list[Person]
    at: dt.datetime


def glance(segment: Segment, now: dt.datetime) -> Glance:
    """What was counted last, as far as they are still there; counted now where that is too old."""
    if segment.counted_at is None or now - segment.counted_at > FRESH:
        found = members(segment)
        return Glance(found.count(), list(found[:FIRST]), now)
    kept = segment.kept_first if isinstance(segment.kept_first, list) else []
    keys = [key for key in kept if isinstance(key, int)]
    first = list(people().filter(pk__in=keys)) if keys else []
    return Glance(segment.kept_count, first, segment.counted_at)


def picks_of(segment: Segment) -> QuerySet[HandPick]:
    """Who was put in or left out by hand, by name."""
    rows: QuerySet[HandPick] = HandPick.objects.filter(segment=segment).select_related("person")
    return rows.order_by("person__name_sort", "pk")


def picked_counts(segment: Segment) -> dict[str, int]:
    """How many were put in, and how many left out, by hand."""
    found: dict[str, int] = picks_of(segment).aggregate(
        put_in=Count("pk", filter=Q(how=HandPick.How.IN)),
        left_out=Count("pk", filter=Q(how=HandPick.How.OUT)),
    )
    return found


def made_by_form(form_token: uuid.UUID | None) -> Segment | None:
    """The segment one form made, however often it was sent."""
    if form_token is None:
        return None
    found: Segment | None = Segment.objects.filter(form_token=form_token).first()
    return found
