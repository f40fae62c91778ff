"""The people of a segment, as a list that can be taken out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from django.db.models import QuerySet

from involvement.wiring.lists import key_in
from residents.exports.taken_out import LISTS as RESIDENTS_OWN
from residents.people.models import Person
from residents.segments.models import Segment
from residents.segments.queries import members


def of_segment(narrowed: Mapping[str, str]) -> QuerySet[Person]:
    """Everybody in the segment at this moment; nobody where none is named."""
    segment = Segment.objects.filter(pk=key_in(narrowed, "segment")).first()
    return members(segment) if segment else Person.objects.none()


# A person's row is the same as in the list of everybody
LISTS: Final = (
    replace(
        RESIDENTS_OWN[0],
        key="segment",
        title="People of a segment",
        rows=of_segment,
        back="segments:segment_list",
        narrowed_by=("segment",),
        whole=False,
    ),
)
