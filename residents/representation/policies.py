from __future__ import annotations

from involvement.auditing.refusals import Refusal
from residents.representation.comparing import Line


class NoGap(Refusal):
    """There is no gap here to act on: it may be chance, is hidden, or is a majority's."""


def can_open(line: Line) -> bool:
    """Whether a line of a plan can answer this finding."""
    return line.is_under and line.is_minority


def check_can_open(line: Line) -> None:
    """Raises NoGap."""
    if not can_open(line):
        raise NoGap
