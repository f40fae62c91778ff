"""The number by which people call a line: "2.2.3", from the numbers printed above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from actionplans.plans.models import Line

_REFERENCE: Final = re.compile(r"\d+(?:\.\d+)+")
_STANDS_FOR: Final = re.compile(
    r"\s*(?:\d+[.)]?\s+)?(?:(?:as|see|same as)\s+)?(?:action|task|aim|objective|line|item)s?\s+"
    r"(?P<which>\d+(?:\.\d+)+(?:\s*(?:,|&|and)\s*\d+(?:\.\d+)+)*)\s*(?:above|below)?\s*\.?\s*",
    re.IGNORECASE,
)


def references(lines: Sequence[Line]) -> list[str]:
    """For each line of a whole plan, in order, the number people call it by; "" without one."""
    paths: list[tuple[int, str]] = []
    found = []
    for line in lines:
        while paths and paths[-1][0] >= line.depth:
            paths.pop()
        above = paths[-1][1] if paths else ""
        own = line.number
        said = f"{above}.{own}" if above and own and "." not in own else own
        found.append(said)
        paths.append((line.depth, said))
    return found


def reference_of(line: Line, above: Sequence[Line]) -> str:
    """The same for one line, with the lines it stands under from the outermost in."""
    return references([*above, line])[-1]


def cross_references(lines: Sequence[Line], path_of: dict[int, str]) -> list[tuple[int, int]]:
    """Lines that stand for others ("As action 2.2.3 above"): pairs of places in `lines`."""
    by_reference: dict[str, int] = {}
    for at in range(len(lines)):
        by_reference.setdefault(path_of[at], at)
    pairs = []
    for at, line in enumerate(lines):
        match = _STANDS_FOR.match(line.title) or _STANDS_FOR.match(line.description)
        if match is None:
            continue
        for reference in _REFERENCE.findall(match["which"]):
            other = by_reference.get(reference)
            if other is not None and other != at:
                pairs.append((at, other))
    return pairs
