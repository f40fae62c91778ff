"""Reads a landlord's table into the lines of a plan. Writes nothing."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Any, Final

from actionplans.plans.models import Line
from actionplans.plans.queries import people_words
from actionplans.plans.queries.cells import LineRow, keep_as_written, split_items
from actionplans.plans.queries.columns import LEVEL, PlanColumn, columns_of, same_headings
from actionplans.plans.queries.drafts import DraftLine, FlaggedDeadline, PlanDraft
from involvement.calendars.deadlines import Deadline, read_deadline, split_owner_and_deadline
from involvement.calendars.recurrence import next_due
from involvement.importing.headings import Mapping
from involvement.importing.problems import RowProblem, in_order
from involvement.importing.tables import Table, TableRow

_NUMBER: Final = re.compile(r"^\s*(\d+(?:\.\d+)*)[.)]?\s+(?=\S)")
_STATES: Final = {
    "not started": Line.Status.NOT_STARTED,
    "on track": Line.Status.ON_TRACK,
    "green": Line.Status.ON_TRACK,
    "green: on track": Line.Status.ON_TRACK,
    "in progress": Line.Status.ON_TRACK,
    "ongoing": Line.Status.ON_TRACK,
    "at risk": Line.Status.AT_RISK,
    "amber": Line.Status.AT_RISK,
    "amber: at risk": Line.Status.AT_RISK,
    "red": Line.Status.AT_RISK,
    "red: late": Line.Status.AT_RISK,
    "late": Line.Status.AT_RISK,
    "done": Line.Status.DONE,
    "complete": Line.Status.DONE,
    "completed": Line.Status.DONE,
    "blue": Line.Status.DONE,
    "stopped": Line.Status.STOPPED,
    "cancelled": Line.Status.STOPPED,
}


class Reading:
    """Reads one table, row by row; made anew for each."""

    def __init__(
        self,
        table: Table,
        mapping: Mapping,
        *,
        known: people_words.Directory,
        subjects: dict[str, Any],
        today: dt.date,
        year_start_month: int,
    ) -> None:
        self.table, self.mapping = table, mapping
        self.known, self.subjects = known, subjects
        self.today, self.year_start_month = today, year_start_month
        self.draft = PlanDraft(columns_of(mapping))
        self.levels = [column for column in self.draft.columns if LEVEL in column.fields]
        self.level_at = [c.index for c in mapping.columns_of(LEVEL)]
        self.problems: list[RowProblem] = [*table.problems, *mapping.problems]
        self.open: list[DraftLine] = []
        self.last: DraftLine | None = None
        self.above: list[list[str]] = []
        self._deadlines: dict[str, Deadline] = {}

    def read(self) -> PlanDraft:
        """The draft of the plan. Its problems say what keeps it from being confirmed."""
        if self.level_at:
            for row in self.table.rows:
                self._read_row(row)
            for line in self.draft.lines:
                if line.line.kind == Line.Kind.GROUP and not line.children:
                    line.line.kind = Line.Kind.ACTION
        else:
            self.draft.rows_read = len(self.table.rows)
        self.draft.problems = in_order(self.problems)
        return self.draft

    def _read_row(self, row: TableRow) -> None:
        written = self._padded(row)
        if same_headings(written, self.table.headings):
            self.above.append(written)
            return
        self.draft.rows_read += 1
        drafted = self._placed(row, [written[at] for at in self.level_at])
        if drafted is None:
            return
        drafted.row = drafted.line.source_row = row.number
        drafted.line.own_row = True
        drafted.line.rows_above, self.above = self.above, []
        self._fill(drafted, row)
        drafted.written = written
        keep_as_written(row_of(drafted), self.draft.columns, written)

    def _padded(self, row: TableRow) -> list[str]:
        width = len(self.table.headings)
        return [*row.cells[:width], *[""] * (width - len(row.cells))]

    def _placed(self, row: TableRow, names: list[str]) -> DraftLine | None:
        """The line a row belongs to: a new one under its headings, or a part of the one above."""
        filled = [at for at, name in enumerate(names) if name.strip()]
        if not filled:
            return self._part(row)
        deepest = filled[-1]
        for at in range(deepest):
            if not names[at].strip():
                if at >= len(self.open):
                    self._problem(
                        row,
                        self.levels[at].heading,
                        "This cell is empty and no row above says what it goes on from. Fill it in.",
                    )
                    return None
                names[at] = self.open[at].line.title
        same = 0
        while same < min(deepest, len(self.open)) and self.open[same].line.title == names[same]:
            same += 1
        leaf = deepest == len(names) - 1
        standing = self.open[deepest] if same == deepest and len(self.open) > deepest else None
        if standing is not None and standing.line.title == names[deepest]:
            number = self.mapping.value(row, "number").strip()
            if not leaf or (number and number == standing.line.number.strip()):
                self.last = standing
                return self._part(row)
        for at in range(same, deepest + 1):
            kind = Line.Kind.ACTION if at == len(names) - 1 else Line.Kind.GROUP
            parent = self.open[at - 1] if at else None
            self.open[at:] = [self._new(kind, names[at], parent)]
        self.last = self.open[deepest]
        return self.last

    def _part(self, row: TableRow) -> DraftLine | None:
        if self.last is None:
            # What a formula holds was not read, and its own problem says so
            if all(each.row != row.number for each in self.table.problems):
                words = (
                    "This row does not say what is to be done, and there is no line above for it"
                )
                self._problem(row, self.levels[-1].heading, f"{words} to go on from. Fill it in.")
            return None
        return self._new(Line.Kind.PART, "", self.last)

    def _new(self, kind: str, title: str, parent: DraftLine | None) -> DraftLine:
        number = match[1][:30] if (match := _NUMBER.match(title)) else ""
        line = Line(
            kind=kind,
            title=title,
            number=number,
            own_row=False,
            depth=parent.line.depth + 1 if parent else 0,
            position=len(self.draft.lines) + 1,
        )
        drafted = DraftLine(line, parent, path=[*(parent.path if parent else []), line])
        if parent and kind != Line.Kind.PART:
            parent.children += 1
        self.draft.lines.append(drafted)
        return drafted

    def _fill(self, drafted: DraftLine, row: TableRow) -> None:
        line, value = drafted.line, self.mapping.value
        for name, attribute in (
            ("description", "description"),
            ("measure", "measure"),
            ("monitored_by", "monitor_words"),
        ):
            setattr(line, attribute, value(row, name))
        if self.mapping.columns_of("number"):
            line.number = value(row, "number").strip()
            if len(line.number) > 30:
                self._problem(
                    row, "", "The number of a line can be 30 characters long. Shorten it."
                )
        self._fill_owner_and_deadline(drafted, row)
        drafted.targets = split_items(value(row, "targets"))
        drafted.progress = value(row, "progress").strip() and value(row, "progress")
        if status := _STATES.get(value(row, "status").strip().casefold()):
            line.status, drafted.says_state = status, True
        line.subject = self.subjects.get(value(row, "subject").strip().casefold())
        for column in self.mapping.columns_of("year"):
            self._fill_marks(drafted, row, self.draft.columns[column.index])
        for column in self.mapping.extra:
            if row.cells[column.index : column.index + 1] and row.cells[column.index]:
                line.extra[self.draft.columns[column.index].key] = row.cells[column.index]

    def _fill_owner_and_deadline(self, drafted: DraftLine, row: TableRow) -> None:
        together = {c.index for c in self.draft_splits}
        owners, deadlines = [], []
        for column in self.mapping.columns:
            text = row.cells[column.index] if column.index < len(row.cells) else ""
            if not text.strip():
                continue
            if column.index in together:
                owner, deadline = split_owner_and_deadline(text)
                owners.append(owner)
                deadlines.append(deadline)
            elif "owner" in column.fields:
                owners.append(text)
            elif "deadline" in column.fields:
                deadlines.append(text)
        drafted.line.owner_words = "\n".join(owner for owner in owners if owner)
        self._fill_deadline(drafted, row, "\n".join(words for words in deadlines if words))

    @property
    def draft_splits(self) -> list[Any]:
        """The columns that hold owner and deadline together."""
        return [c for c in self.mapping.columns if "owner" in c.fields and "deadline" in c.fields]

    def _fill_deadline(self, drafted: DraftLine, row: TableRow, words: str) -> None:
        if not words:
            return
        deadline = self._deadline(words)
        drafted.line.read(deadline)
        if deadline.flagged:
            self.draft.flagged.append(FlaggedDeadline(row.number, words, deadline.problem))
        else:
            self.draft.understood += 1
            if deadline.done_words:
                drafted.line.status, drafted.says_state = Line.Status.DONE, True

    def _deadline(self, words: str) -> Deadline:
        if words not in self._deadlines:
            self._deadlines[words] = read_line_deadline(
                words, today=self.today, year_start_month=self.year_start_month
            )
        return self._deadlines[words]

    def _fill_marks(self, drafted: DraftLine, row: TableRow, column: PlanColumn) -> None:
        text = (
            row.cells[column_index]
            if (column_index := int(column.key[1:]) - 1) < len(row.cells)
            else ""
        )
        words = [part.strip() for part in text.splitlines() if part.strip()]
        if not words:
            return
        if any(len(mark) > 200 for mark in words):
            self._problem(row, column.heading, "A mark can be 200 characters long. Shorten it.")
            return
        drafted.marks += [(column, mark) for mark in words]
        if drafted.line.kind == Line.Kind.GROUP:
            deadline = self._deadline(text)
            problem = deadline.problem or "Put each mark on the line it belongs to."
            self.draft.flagged.append(FlaggedDeadline(row.number, text, problem))
        else:
            self.draft.understood += 1

    def _problem(self, row: TableRow, column: str, words: str) -> None:
        self.problems.append(RowProblem(row.number, column, words))


@dataclass(frozen=True)
class _Note:
    """Stands in for the progress note that a file's cell will become."""

    words: str
    from_file: bool = True


def row_of(drafted: DraftLine) -> LineRow:
    """A drafted line with everything its row in the table says."""
    marks: dict[str, list[str]] = {}
    for column, words in drafted.marks:
        marks.setdefault(column.key, []).append(words)
    line = drafted.line
    note = [_Note(drafted.progress)] if drafted.progress else []
    subject = line.subject.name if line.subject else ""
    return LineRow(line, drafted.path, drafted.targets, note, marks, subject)  # type: ignore[arg-type]  # stands in for a note


def deadlines_in(words: str) -> list[str]:
    """The deadlines that the words of one hold, each in its own words; none where they hold one."""
    found = []
    for part in read_deadline(words).parts:
        said = part.words.strip()
        at = words.casefold().find(said.casefold())
        found.append(words[at : at + len(said)] if at >= 0 else said)
    return found


def wants_splitting(line: Line) -> bool:
    """Whether one day cannot settle a line's deadline, since its words hold several."""
    waits = not line.deadline_understood and line.kind != Line.Kind.GROUP
    return waits and len(deadlines_in(line.deadline_words)) > 1


def read_line_deadline(words: str, *, today: dt.date, year_start_month: int) -> Deadline:
    """Read a line's deadline; one that repeats falls due next from today on."""
    deadline = read_deadline(words, year_start_month=year_start_month)
    if deadline.repeats is not None and deadline.understood:
        due = next_due(deadline, today=today, year_start_month=year_start_month)
        start = (
            deadline.start
            if due is None or deadline.start is None or deadline.start <= due
            else None
        )
        return replace(deadline, due=due, start=start)
    return deadline
