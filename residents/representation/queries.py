from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from residents.representation.models import Cut, Gap


def quarter_of(day: dt.date) -> dt.date:
    """The first day of the calendar quarter a day is in."""
    return day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)


def quarter_after(day: dt.date) -> dt.date:
    """The first day of the calendar quarter after the one a day is in."""
    return quarter_of(quarter_of(day) + dt.timedelta(days=100))


def cuts(*, unit: int | None = None, kind: str = "", before: dt.date | None = None) -> list[Cut]:
    """Of each characteristic the newest tables there are, in the order of the page."""
    rows = Cut.objects.filter(unit=unit, kind=kind).select_related("unit")
    if before is not None:
        rows = rows.filter(quarter_on__lt=before)
    newest: dict[str, Cut] = {}
    for row in rows.order_by("-quarter_on", "pk"):
        newest.setdefault(row.characteristic, row)
    latest = max((row.quarter_on for row in newest.values()), default=None)
    # What is no longer compared at all stays in earlier quarters
    kept = [row for row in newest.values() if latest and (latest - row.quarter_on).days < 800]
    return sorted(kept, key=lambda row: (row.position, row.pk))


def history(characteristic: str, category: str) -> list[Cut]:
    """Every quarter's tables of a characteristic that have this category, oldest first."""
    rows = Cut.objects.filter(characteristic=characteristic, unit=None, kind="")
    return [
        row
        for row in rows.order_by("quarter_on", "pk")
        if any(code == category for code, _words in row.categories)
    ]


def slices() -> tuple[list[tuple[int, str]], list[str]]:
    """The units and the kinds there are tables of."""
    found = (
        Cut.objects.order_by("unit__position", "unit__name", "kind")
        .values_list("unit", "unit__name", "kind")
        .distinct()
    )
    rows = list(found)
    units = list(dict.fromkeys((key, name) for key, name, _kind in rows if key is not None))
    return units, list(dict.fromkeys(kind for _key, _name, kind in rows if kind))


def gaps() -> list[Gap]:
    """Every gap somebody is to put right, newest first."""
    return list(Gap.objects.order_by("-opened_at", "-pk"))


def taken_in(quarter_on: dt.date, characteristics: Iterable[str]) -> set[str]:
    """Which of these have their tables of this quarter already."""
    rows = Cut.objects.filter(
        quarter_on=quarter_on, unit=None, kind="", characteristic__in=list(characteristics)
    )
    return set(rows.values_list("characteristic", flat=True))
