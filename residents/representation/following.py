"""Whether a gap has closed since somebody set out to close it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from involvement.wiring import port
from residents.representation.comparing import Audience, Comparison, Line, percent
from residents.representation.looking import compared
from residents.representation.models import Gap
from residents.representation.ports import GapLine, LineShown
from residents.representation.queries import history


@dataclass(frozen=True)
class Followed:
    """A gap, the line that answers it, and what later figures say."""

    gap: Gap
    line: LineShown | None
    words: str
    closed: bool


def followed(gaps: Sequence[Gap], *, audience: Audience) -> list[Followed]:
    """Each gap with what became of it."""
    answers: GapLine = port("representation.gap_line")
    lines = answers.lines_of(gaps)
    tables = {gap.pk: history(gap.characteristic, gap.category) for gap in gaps}
    cuts = {cut.pk: cut for found in tables.values() for cut in found}
    shown = {one.cut.pk: one for one in compared(list(cuts.values()), audience=audience)}
    return [
        _followed(
            gap, lines.get(gap.pk), [shown[cut.pk] for cut in tables[gap.pk] if cut.pk in shown]
        )
        for gap in gaps
    ]


def _followed(gap: Gap, line: LineShown | None, shown: Sequence[Comparison]) -> Followed:
    found = [(one.cut, _line(one.lines, gap.category)) for one in shown]
    began = f"{percent(gap.share)} of those who took part against {percent(gap.lives_share)}"
    if any(cut.quarter_on == gap.quarter_on and one and not one.share for cut, one in found):
        began = "a smaller share took part than lives here"
    later = [(cut, one) for cut, one in found if cut.quarter_on > gap.quarter_on and one]
    if not later:
        return Followed(gap, line, f"Then {began}. No later figures yet.", closed=False)
    cut, last = later[-1]
    if last.share is None:
        return Followed(
            gap, line, f"Then {began}. Later figures are too small to show.", closed=False
        )
    now = f"{percent(last.share.value)} against {percent(last.lives_share)}"
    words = f"Then {began}, in {cut.quarter_on:%B %Y} {now}."
    closed = not last.is_under
    end = "The gap has closed." if closed else "The gap is still there."
    return Followed(gap, line, f"{words} {end}", closed)


def _line(lines: Sequence[Line], code: str) -> Line | None:
    return next((one for one in lines if one.code == code), None)
