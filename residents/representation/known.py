"""Known of how many now: what the page of completeness shows, read once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from involvement.questionnaires.queries import definition_of
from residents.profiles.models import ProfileTarget
from residents.profiles.queries import question_set, targets
from residents.representation import queries
from residents.representation.completeness import Known, known_rows
from residents.representation.models import Cut


@dataclass(frozen=True)
class KnownNow:
    """The rows, the targets they are held against, and the day they are counted up to."""

    rows: list[Known]
    targets: list[ProfileTarget]
    until: dt.date | None


def known_now(today: dt.date) -> KnownNow:
    """Every question in every part, from the figures last taken."""
    units, _kinds = queries.slices()
    cuts: list[Cut] = queries.cuts()
    for key, _name in units:
        cuts += queries.cuts(unit=key)
    wanted = targets()
    version = question_set()
    asked = definition_of(version).questions if version else ()
    only_some = {one.code for one in asked if one.only_if is not None}
    rows = known_rows(cuts, wanted, today=today, left_out=only_some)
    return KnownNow(rows, wanted, max((cut.until_on for cut in cuts), default=None))
