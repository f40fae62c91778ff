from __future__ import annotations

from involvement.auditing.refusals import Refusal
from residents.representation.comparing import Line


class NoGap(Refusal):
    """There is no gap here that can be shown: the difference may be chance, or is hidden."""


def check_can_open(line: Line) -> None:
    """Raises NoGap."""
    if not line.is_under:
        raise NoGap


def can_open(line: Line) -> bool:
    """Whether a line of a plan can answer this finding."""
    return line.is_under
