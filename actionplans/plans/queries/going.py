"""How the lines of a published plan are going, as anybody may read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from actionplans.plans.models import Line, Plan, PlanVersion, ProgressNote
from actionplans.plans.queries.columns import plan_columns
from actionplans.plans.queries.progress import latest_notes


@dataclass(frozen=True)
class Going:
    """A line's state today, and the newest note of it that names nobody."""

    state: str
    note: ProgressNote | None


def going(plan: Plan, *, today: dt.date) -> dict[int, Going]:
    """How each line of a plan stands, by its key."""
    lines = list(
        Line.objects.filter(plan=plan).only("plan", "status", "due_on").order_by("position", "pk")
    )
    for line in lines:
        line.plan = plan
    notes = latest_notes([line.pk for line in lines], leave_out_names=True)
    return {line.pk: Going(line.state_on(today), notes.get(line.pk)) for line in lines}


@dataclass
class Section:
    """An outermost heading with the lines under it, each with `now`, how it is going (None where it
    is no longer in the plan), and `when`, which the plan says in words or by marks in years.
    """

    top: dict[str, Any] | None
    lines: list[dict[str, Any]] = field(default_factory=list)

    @property
    def promises(self) -> Iterator[dict[str, Any]]:
        shown = [self.top, *self.lines] if self.top else self.lines
        return (line for line in shown if line["promises"] and line["now"])

    @property
    def promised(self) -> int:
        return sum(1 for _ in self.promises)

    @property
    def done(self) -> int:
        return sum(line["now"].state == "done" for line in self.promises)

    @property
    def late(self) -> int:
        return sum(line["now"].state == "late" for line in self.promises)


def sections(version: PlanVersion, plan: Plan, by_line: dict[int, Going]) -> list[Section]:
    """A published version by its outermost headings, each line with how it is going."""
    years = [
        (column.key, column.heading)
        for column in plan_columns(plan.columns)
        if "year" in column.fields
    ]
    found: list[Section] = []
    for line in version.content["lines"]:
        promises = line["kind"] != Line.Kind.GROUP or bool(line["deadline"])
        now = by_line.get(line["id"])
        when = _when(line, years if promises else [], now)
        shown = {**line, "now": now, "promises": promises, "when": when}
        if line["depth"] == 0 and line["kind"] == Line.Kind.GROUP:
            found.append(Section(shown))
            continue
        if not found:
            found.append(Section(None))
        found[-1].lines.append(shown)
    return found


def _when(line: dict[str, Any], years: Sequence[tuple[str, str]], now: Going | None) -> str:
    """The words of a deadline, or the years that are marked. That it is done, its state says."""
    if line["deadline"]:
        said = now is not None and now.state == "done" and line["reading"].startswith("done")
        return "" if said else ", ".join(line["deadline"].splitlines())
    return ", ".join(heading for key, heading in years if line.get("cells", {}).get(key))


def counts(found: Sequence[Section]) -> dict[str, int]:
    """How many promises there are, and how many are kept and late, for the first sentence."""
    return {
        name: sum(getattr(section, name) for section in found)
        for name in ("promised", "done", "late")
    }
