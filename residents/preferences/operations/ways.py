from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor, Channel
from involvement.calendars.words import say_list
from residents.people.models import Person
from residents.preferences import policies
from residents.preferences.models import EVERY_DAY, Heard, Way


@dataclass(frozen=True)
class WaySaid:
    """A way as it was said: the channel, the days as one number, the hours."""

    channel: str
    days: int = EVERY_DAY
    from_time: dt.time | None = None
    until_time: dt.time | None = None

    def same_as(self, way: Way) -> bool:
        """Whether the row says just this."""
        return (self.channel, self.days, self.from_time, self.until_time) == (
            way.channel,
            way.days,
            way.from_time,
            way.until_time,
        )


@transaction.atomic
def set_ways(
    *, person: Person, ways: Sequence[WaySaid], heard: Heard, by: Actor, at: dt.datetime
) -> list[Way]:
    """Keep the ways to reach somebody, in this order; the first becomes the one they prefer.

    What is said as before keeps its date and source; what no longer holds is ended. Returns the
    ways that hold now. Raises NoWayLeft, SameWayTwice, NothingReaches, SaidInTheFuture.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    policies.check_can_hear(heard, at)
    policies.check_can_reach(person, [way.channel for way in ways])
    there = {way.channel: way for way in Way.objects.filter(person=person, ended_at__isnull=True)}
    kept, changed = [], []
    for position, said in enumerate(ways):
        way = there.get(said.channel)
        if way is not None and said.same_as(way):
            if way.position != position:
                way.position = position
                way.save(update_fields=["position"])
                changed.append(way)
            kept.append(way)
    held = {way.pk for way in kept}
    ended = [way for way in there.values() if way.pk not in held]
    Way.objects.filter(pk__in=[way.pk for way in ended]).update(ended_at=at)
    new = [
        Way(
            person=person,
            position=position,
            recorded_at=at,
            channel=said.channel,
            days=said.days,
            from_time=said.from_time,
            until_time=said.until_time,
            **heard.columns(),
            **by.columns(),
        )
        for position, said in enumerate(ways)
        if said.channel not in {way.channel for way in kept}
    ]
    Way.objects.bulk_create(new)
    prefers = ways[0].channel
    if ended or new or changed or person.preferred_channel != prefers:
        person.preferred_channel = prefers
        person.save(update_fields=["preferred_channel"])
        order = say_list([str(Channel(way.channel).label) for way in ways])
        auditing.record(
            verb="person.ways_set",
            record=person,
            sentence=f"changed how they are reached: {order}",
            by=by,
            at=at,
        )
    return sorted([*kept, *new], key=lambda way: way.position)
