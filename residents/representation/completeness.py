"""Known of how many residents, by question and part of the landlord, against a dated target."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from involvement.calendars.words import count, say_date, say_days
from residents.profiles.models import ProfileTarget
from residents.representation.comparing import LIVES, Audience
from residents.representation.models import Cut

REGISTERED = frozenset({"AGE", "TENURE", "CUSTOMER", "UNIT", "PLACE"})


@dataclass(frozen=True)
class Known:
    """One question in one part. `percent` is None where it cannot be shown."""

    name: str
    part: str
    percent: int | None
    total: int
    against: str
    is_reached: bool


def known_rows(
    cuts: Sequence[Cut],
    targets: Sequence[ProfileTarget],
    *,
    today: dt.date,
    left_out: Collection[str] = (),
) -> list[Known]:
    """Every question asked of everybody, whole landlord first, then part by part.

    `left_out` are those that only some are asked, after an earlier answer.
    """
    by_unit = {target.unit_id: target for target in targets}
    rows = []
    for cut in cuts:
        if cut.characteristic in {*REGISTERED, *left_out} or cut.kind or LIVES not in cut.tables:
            continue
        table = cut.tables[LIVES]
        unknown, total = table[Audience.DESK][-1], table["total"]
        percent = None if unknown is None or not total else round(100 * (1 - unknown / total))
        percent = None if percent is None else max(0, percent)
        target = by_unit.get(cut.unit_id) or by_unit.get(None)
        words, reached = _against(percent, target, today)
        part = str(cut.unit) if cut.unit else "The whole landlord"
        rows.append(Known(cut.name, part, percent, total, words, reached))
    return rows


def _against(percent: int | None, target: ProfileTarget | None, today: dt.date) -> tuple[str, bool]:
    if target is None or percent is None:
        return "", False
    if percent >= target.percent:
        return f"{target.percent}% is reached", True
    missing = f"{count(target.percent - percent, 'point')} short of {target.percent}%"
    if today > target.by_date:
        return f"{missing}, due on {say_date(target.by_date)}", False
    return f"{missing}, {say_days((target.by_date - today).days)} left", False


def sentence(rows: Sequence[Known], targets: Sequence[ProfileTarget]) -> str:
    """What is so, in words."""
    whole = [row for row in rows if row.part == "The whole landlord" and row.percent is not None]
    if not whole:
        return "Nothing can be said yet of how many have told us who they are."
    best = max(whole, key=lambda row: row.percent or 0)
    least = min(whole, key=lambda row: row.percent or 0)
    said = f"{best.name} is known of {best.percent}% of residents"
    if least is not best:
        said += f", {least.name[0].lower()}{least.name[1:]} of {least.percent}%"
    if not targets:
        return f"{said}."
    reached = sum(row.is_reached for row in whole)
    return f"{said}. {reached} of {len(whole)} questions have reached the target: {targets[0]}."
