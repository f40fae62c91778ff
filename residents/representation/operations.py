from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.calendars.words import count
from involvement.landlords.models import Unit
from involvement.wiring import port
from residents.participation.models import Participation
from residents.participation.queries import people_involved
from residents.profiles import store
from residents.representation.characteristics import Characteristic, characteristics
from residents.representation.comparing import Comparison, Line
from residents.representation.models import Cut, Gap
from residents.representation.policies import check_can_open
from residents.representation.ports import GapLine, LineShown
from residents.representation.queries import quarter_of, taken_in

# Below it nothing of such a table could be shown at the desk
FEWEST_OF_A_KIND: Final = 25


@transaction.atomic
def take_figures(*, by: Actor, at: dt.datetime) -> list[Cut]:
    """Take this quarter's tables of everything, of the whole landlord and of each unit.

    Returns those that are new. What was taken this quarter stands, and so does what has changed so
    little since the last time that another table would give somebody away. Raises StoreClosed.
    """
    day = timezone.localdate(at)
    quarter_on = quarter_of(day)
    whole = characteristics()
    there = taken_in(quarter_on, [one.key for one in whole])
    waiting = [one for one in whole if one.key not in there]
    slices = [(waiting, Slice(quarter_on, day, at))]
    units = list(Unit.objects.filter(archived_at__isnull=True).order_by("pk"))
    inside = [one for one in characteristics(of_unit=True) if one.key not in there]
    if len(units) > 1:
        slices += [(inside, Slice(quarter_on, day, at, unit=unit)) for unit in units]
    slices += [(inside, Slice(quarter_on, day, at, kind=kind)) for kind in kinds_to_show(day)]
    # Before anything is written: the store answers nobody who has
    made = _cut([(asked, of) for asked, of in slices if asked], quarter_on, day)
    Cut.objects.bulk_create(made)
    if made:
        auditing.record(
            verb="representation.taken",
            record=made[0],
            sentence=f"took the quarter’s figures: {count(len(made), 'table')}",
            by=by,
            at=at,
        )
    return made


@dataclass(frozen=True)
class Slice:
    """Of whom, of what kind and of when tables are taken."""

    quarter_on: dt.date
    day: dt.date
    at: dt.datetime
    unit: Unit | None = None
    kind: str = ""


def _cut(
    slices: list[tuple[list[Characteristic], Slice]], quarter_on: dt.date, until: dt.date
) -> list[Cut]:
    if not slices:
        return []
    counted = store.cut(
        quarter_on=quarter_on,
        until=until,
        slices=[
            store.Slice([one.asked for one in asked], of.unit.pk if of.unit else None, of.kind)
            for asked, of in slices
        ],
    )
    return [
        _row(one, answer, place, of)
        for (asked, of), answers in zip(slices, counted, strict=True)
        for place, (one, answer) in enumerate(zip(asked, answers, strict=True))
        if not answer["kept"]
    ]


def _row(one: Characteristic, answer: dict[str, Any], place: int, of: Slice) -> Cut:
    pooled = answer["level"] == 1
    return Cut(
        characteristic=one.key,
        name=one.name,
        quarter_on=of.quarter_on,
        until_on=of.day,
        unit=of.unit,
        kind=of.kind,
        pooled=pooled,
        adds_up=one.adds_up,
        position=place,
        categories=[list(pair) for pair in (one.pooled if pooled else one.detail)],
        tables=answer["tables"],
        made_at=of.at,
    )


def kinds_to_show(day: dt.date) -> list[str]:
    """The kinds of taking part that enough people did in the year for figures of their own."""
    since = day - dt.timedelta(days=365)
    return [
        str(kind)
        for kind in Participation.Kind.values
        if people_involved(since, day, [kind]).count() >= FEWEST_OF_A_KIND
    ]


@transaction.atomic
def open_gap(
    *,
    comparison: Comparison,
    line: Line,
    plan: int,
    heading: str,
    owner: str,
    deadline: str,
    by: Actor,
    at: dt.datetime,
) -> LineShown:
    """Have somebody put a gap right: it becomes a line of a plan. Returns the line.

    Raises NoGap, and whatever the plan refuses.
    """
    check_can_open(line)
    cut = comparison.cut
    gap: Gap
    gap, _ = Gap.objects.get_or_create(
        characteristic=cut.characteristic,
        category=line.code,
        quarter_on=cut.quarter_on,
        defaults={
            "name": cut.name,
            "words": line.words[:160],
            "share": line.share.value if line.share else 0.0,
            "lives_share": line.lives_share or 0.0,
            "opened_at": at,
            **by.columns(),
        },
    )
    answers: GapLine = port("representation.gap_line")
    shown = answers.add(
        gap,
        counted_on=cut.until_on,
        plan=plan,
        heading=heading,
        owner=owner,
        deadline=deadline,
        by=by,
        at=at,
    )
    auditing.record(
        verb="gap.opened",
        record=gap,
        sentence=f"put a line into a plan to reach “{gap.words}” ({gap.name})",
        by=by,
        at=at,
    )
    return shown
