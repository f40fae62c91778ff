"""Two printed tables put beside each other: shares, ranges, indexes, and the sentence they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from residents.profiles.models import PopulationTotal
from residents.representation.models import Cut
from residents.representation.statistics import Base, Index, Share, index_of, share_of

LIVES: Final = "LIVES"
NOT_SHOWN: Final = "not shown, to protect people"


class Window(StrEnum):
    """How long ago somebody may have taken part."""

    YEAR = "YEAR"
    QUARTER = "QUARTER"
    THREE_YEARS = "THREE_YEARS"

    @property
    def words(self) -> str:
        return {
            "YEAR": "in the twelve months",
            "QUARTER": "in the three months",
            "THREE_YEARS": "in the three years",
        }[self.value]


class Audience(StrEnum):
    """Who looks: the desk sees cells from five people, everybody else from ten."""

    DESK = "inside"
    EVERYBODY = "outside"

    @property
    def threshold(self) -> int:
        return 5 if self is Audience.DESK else 10


@dataclass(frozen=True)
class Line:
    """One category. `took` and `lives` are printed counts; None is hidden."""

    code: str
    words: str
    took: int | None
    lives: int | None
    share: Share | None = None
    lives_share: float | None = None
    index: Index | None = None
    flagged: bool = False

    @property
    def is_under(self) -> bool:
        """They take part less than they live here, by more than chance."""
        return self.flagged and self.index is not None and self.index.high < 1

    @property
    def is_minority(self) -> bool:
        """At most half of those who live here."""
        return self.lives_share is not None and self.lives_share <= 0.5


@dataclass(frozen=True)
class Comparison:
    """One characteristic, who takes part against who lives here."""

    cut: Cut
    window: Window
    audience: Audience
    took_total: int
    lives_total: int
    base: Base
    lives_base: Base
    lines: tuple[Line, ...]
    others: tuple[Line, ...]
    """“Prefer not to say” and “not known”, in counts alone."""
    totals_source: str = ""

    @property
    def is_hidden(self) -> bool:
        """Nothing of who took part can be shown."""
        return all(line.took is None for line in self.lines)

    @property
    def coverage(self) -> int | None:
        """Of how many in a hundred of those who took part we know; None where that is hidden."""
        unknown = self.others[-1].took
        if unknown is None or not self.took_total:
            return None
        return round(100 * max(0, self.took_total - unknown) / self.took_total)

    @property
    def lives_coverage(self) -> int | None:
        """The same of those who live here."""
        unknown = self.others[-1].lives
        if unknown is None or not self.lives_total:
            return None
        return round(100 * max(0, self.lives_total - unknown) / self.lives_total)


def compare(
    cut: Cut,
    *,
    window: Window,
    audience: Audience,
    lives_from: Cut | None = None,
    totals: Sequence[PopulationTotal] = (),
) -> Comparison | None:
    """A cut's table of a window beside who lives here; None where the cut has no such table.

    `lives_from` gives the residents where the cut is of one kind of taking part; `totals` take
    their place where somebody else counted them and we know of few ourselves.
    """
    tables, residents = cut.tables, (lives_from or cut).tables
    if window not in tables or LIVES not in residents:
        return None
    took, lives = tables[window][audience], residents[LIVES][audience]
    took_total, lives_total = tables[window]["total"], residents[LIVES]["total"]
    base, lives_base = _base(took, took_total, cut), _base(lives, lives_total, cut)
    counted = {row.category: row.count for row in totals}
    known_outside = sum(counted.values())
    use_totals = known_outside > 0 and lives_base.most < 0.5 * lives_total
    rows = list(zip(cut.categories, took, lives, strict=True))
    others = tuple(Line(code, words, *counts) for (code, words), *counts in rows[-2:])
    lines = []
    for (code, words), took_one, lives_one in rows[:-2]:
        share = _share(took_one, base, audience)
        lives_share, lives_most = _among_residents(lives_one, lives_base)
        if use_totals:
            lives_share = lives_most = counted.get(code, 0) / known_outside
        index = index_of(share, lives_share, lives_most) if share and lives_share else None
        flagged = index is not None and index.excludes_one
        lines.append(Line(code, words, took_one, lives_one, share, lives_share, index, flagged))
    return Comparison(
        cut,
        window,
        audience,
        took_total,
        lives_total,
        base,
        lives_base,
        tuple(lines),
        others,
        totals_source=totals[0].source if use_totals else "",
    )


def _base(cells: Sequence[int | None], total: int, cut: Cut) -> Base:
    """How many said which they are: everybody but those who prefer not to say or are not known.

    Where one of these is hidden it holds no more people than no printed cell accounts for.
    """
    most = max(0, total - sum(count or 0 for count in cells[-2:]))
    if None not in cells[-2:]:
        return Base(most, most)
    printed = [count or 0 for count in cells[:-2]]
    said = sum(printed) if cut.adds_up else max(printed, default=0)
    return Base(min(said, most), most)


def _share(count: int | None, base: Base, audience: Audience) -> Share | None:
    """A share where the count and what it is out of may be shown."""
    if count is None or base.most < audience.threshold:
        return None
    return share_of(min(count, base.most), base)


def _among_residents(count: int | None, base: Base) -> tuple[float | None, float | None]:
    """The share of a group among residents, at least and at most; nothing where it is hidden."""
    if count is None or base.most <= 0:
        return None, None
    return min(1.0, count / base.most), min(1.0, count / max(base.least, 1))


def finding(comparisons: Sequence[Comparison]) -> str:
    """The one sentence the page opens with: whose gap is widest, or that there is none to be seen.

    A majority is passed over: that it takes part a little less says only that a minority takes part
    more, and nobody would go out to reach it.
    """
    under = [
        (line.index.value, one, line)
        for one in comparisons
        for line in one.lines
        if line.is_under and line.index is not None and one.cut.adds_up and line.is_minority
    ]
    if under:
        _value, one, line = min(under, key=lambda found: found[0])
        share = line.share.value if line.share else 0.0
        return (
            f"{one.cut.name}: “{line.words}” are {percent(line.lives_share)} of those who live here "
            f"and {percent(share)} of those who take part."
        )
    if not any(line.share for one in comparisons for line in one.lines):
        return "Too few people took part to show who they are without giving somebody away."
    return "Nobody we can show takes part much less than they live here."


def percent(share: float | None) -> str:
    """A share as people say it: "6%", and "under 1%" for what is not quite nothing."""
    if share is None:
        return ""
    if 0 < share < 0.005:
        return "under 1%"
    return f"{100 * share:.0f}%"


def can_be_shown(
    cut: Cut, *, audience: Audience, window: Window, others: Mapping[Window, Any] | None = None
) -> Window | None:
    """The shortest longer window of this cut that can be shown, where this one is hidden."""
    order = [Window.QUARTER, Window.YEAR, Window.THREE_YEARS]
    for longer in order[order.index(window) + 1 :]:
        cells = cut.tables.get(longer, {}).get(audience, [])
        if any(count is not None for count in cells[:-2]):
            return longer
    return None
