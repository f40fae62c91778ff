"""The one chart of a roll-up: who has answered how much of what was said."""

from __future__ import annotations

from involvement.calendars.words import count
from involvement.landlords.models import Landlord
from involvement.rendering.charts import Chart, Kind, Row
from reporting.rollup.queries import RollUp


def answers_chart(rolled: RollUp, group: Landlord) -> Chart | None:
    """Things said and answered, landlord by landlord; None where nobody said anything."""
    heard = [member for member in rolled.members if member.totals.heard]
    if not heard:
        return None
    rows = [
        Row(
            member.landlord.short_name,
            (member.totals.heard - member.totals.waiting,),
            f"of {count(member.totals.heard, 'thing')} said",
            rest=member.totals.waiting or None,
            rest_words=f"{member.totals.waiting:,} wait" if member.totals.waiting else "",
        )
        for member in heard
    ]
    return Chart(
        kind=Kind.BARS,
        title=_finding(rolled),
        what=f"Things said in {rolled.period.label}, as they stand today. Solid: answered by a "
        "decision, or noted. Dashed: not yet.",
        source=f"Source: the logs of the landlords of {group.name}.",
        rows=tuple(rows),
        series=("answered",),
        rows_name="Landlord",
        thread=True,
    )


def _finding(rolled: RollUp) -> str:
    totals = rolled.totals
    if not totals.waiting:
        return f"All of the {count(totals.heard, 'thing')} said have an answer"
    most = max(rolled.members, key=lambda member: member.totals.waiting)
    return (
        f"{most.landlord.short_name} has most still to answer: {most.totals.waiting:,} of "
        f"{count(most.totals.heard, 'thing')} said"
    )
