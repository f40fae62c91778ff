"""A plan as read from a file: lines that are not stored yet, and what stands in their way."""

from __future__ import annotations

from dataclasses import dataclass, field

from actionplans.plans.models import Line
from actionplans.plans.queries.columns import PlanColumn
from involvement.importing.problems import RowProblem


@dataclass
class DraftLine:
    """A line that is not stored yet, with what hangs on it."""

    line: Line
    parent: DraftLine | None
    row: int | None = None
    path: list[Line] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    progress: str = ""
    says_state: bool = False
    written: list[str] = field(default_factory=list)
    marks: list[tuple[PlanColumn, str]] = field(default_factory=list)
    children: int = 0

    @property
    def top(self) -> DraftLine | None:
        top = self.parent
        while top is not None and top.parent is not None:
            top = top.parent
        return top


@dataclass(frozen=True)
class FlaggedDeadline:
    """A deadline an officer should look at."""

    row: int
    words: str
    problem: str


@dataclass
class PlanDraft:
    """What a file would bring in, and what stands in its way."""

    columns: list[PlanColumn]
    lines: list[DraftLine] = field(default_factory=list)
    rows_read: int = 0
    problems: tuple[RowProblem, ...] = ()
    understood: int = 0
    flagged: list[FlaggedDeadline] = field(default_factory=list)

    def place(self, drafted: DraftLine) -> int:
        """A line's place in the draft, which is its position but for counting from nought."""
        return drafted.line.position - 1
