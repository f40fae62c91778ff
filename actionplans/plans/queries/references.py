"""The number by which people call a line: "2.2.3", from the numbers printed above it."""

from __future__ import annotations

from collections.abc import Sequence

from actionplans.plans.models import Line


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
