"""What is looked at: the same comparison wherever somebody reads it or acts on it, and how old it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from residents.profiles.queries import newest_totals
from residents.representation.characteristics import characteristics
from residents.representation.comparing import Audience, Comparison, Window, compare
from residents.representation.models import Cut
from residents.representation.queries import quarter_after, quarter_of

# The day of a quarter on which the timer takes its figures
TAKEN_ON_DAY: Final = 2


def compared(
    cuts: Sequence[Cut],
    *,
    audience: Audience,
    window: Window = Window.YEAR,
    whole: Sequence[Cut] = (),
) -> list[Comparison]:
    """Each of these tables beside who lives here. Of one kind of taking part the residents come
    from `whole`; of the whole landlord from somebody else's totals where those know more."""
    totals = newest_totals() if any(cut.unit_id is None and not cut.kind for cut in cuts) else {}
    lives_from = {cut.characteristic: cut for cut in whole}
    found = [
        compare(
            cut,
            window=window,
            audience=audience,
            lives_from=lives_from.get(cut.characteristic) if cut.kind else None,
            totals=() if cut.unit_id or cut.kind else totals.get(cut.characteristic, ()),
        )
        for cut in cuts
    ]
    return [one for one in found if one is not None]


@dataclass(frozen=True)
class Taking:
    """Whether this quarter's figures are taken, what still can be, and when the timer comes next."""

    stands: bool
    waiting: list[str]
    next_on: dt.date

    @property
    def is_due(self) -> bool:
        """Whether taking figures now can bring any."""
        return not self.stands or bool(self.waiting)


def taking(whole: Sequence[Cut], *, today: dt.date) -> Taking:
    """How the newest tables of the whole landlord stand on a day. A table of a quarter stands for
    that quarter; what no table was ever made of can be counted at any time."""
    quarter_on = quarter_of(today)
    stands = any(cut.quarter_on == quarter_on for cut in whole)
    counted = {cut.characteristic for cut in whole}
    waiting = [one.name for one in characteristics() if one.key not in counted] if stands else []
    this = quarter_on.replace(day=TAKEN_ON_DAY)
    after = quarter_after(quarter_on).replace(day=TAKEN_ON_DAY)
    return Taking(stands, waiting, this if not stands and today < this else after)
