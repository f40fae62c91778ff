"""Whether a gap has closed since somebody set out to close it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from involvement.wiring import port
from residents.representation.comparing import Audience, Line, Window, compare, percent
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
    return [_followed(gap, lines.get(gap.pk), audience) for gap in gaps]


def _followed(gap: Gap, line: LineShown | None, audience: Audience) -> Followed:
    later = [
        (cut, found)
        for cut in history(gap.characteristic, gap.category)
        if cut.quarter_on > gap.quarter_on
        and (comparison := compare(cut, window=Window.YEAR, audience=audience))
        and (found := _line(comparison.lines, gap.category))
    ]
    began = f"{percent(gap.share)} of those who took part against {percent(gap.lives_share)}"
    if not later:
        return Followed(gap, line, f"Then {began}. No later figures yet.", closed=False)
    cut, found = later[-1]
    if found.share is None:
        return Followed(
            gap, line, f"Then {began}. Later figures are too small to show.", closed=False
        )
    now = f"{percent(found.share.value)} against {percent(found.lives_share)}"
    words = f"Then {began}, in {cut.quarter_on:%B %Y} {now}."
    closed = not found.is_under
    end = "The gap has closed." if closed else "The gap is still there."
    return Followed(gap, line, f"{words} {end}", closed)


def _line(lines: Sequence[Line], code: str) -> Line | None:
    return next((one for one in lines if one.code == code), None)
