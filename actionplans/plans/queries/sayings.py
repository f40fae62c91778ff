"""What a line says, field by field, in a file or in the plan, so that the two can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from actionplans.plans.models import Line
from actionplans.plans.queries.cells import LineRow, progress_text, saying
from actionplans.plans.queries.columns import FIELDS, LEVEL, PlanColumn
from actionplans.plans.queries.drafts import DraftLine, PlanDraft

PROGRESS: Final = "progress"
STATUS: Final = "status"
TARGETS: Final = "targets"
SUBJECT: Final = "subject"
PLACE: Final = "place"
EXTRA: Final = "extra:"
YEAR: Final = "year:"
# Texts of a line by the field of a file that feeds them.
TEXTS: Final = {
    "description": "description",
    "measure": "measure",
    "owner": "owner_words",
    "deadline": "deadline_words",
    "monitored_by": "monitor_words",
}
_LABELS: Final = {
    "title": "what is to be done",
    "number": "number",
    **{spec.key: spec.label.casefold() for spec in FIELDS if spec.key not in {LEVEL, "number"}},
}


@dataclass(frozen=True)
class Saying:
    """A line's texts by field. Columns of years and of extra text go by their key."""

    texts: dict[str, str]
    headings: dict[str, str]

    def label(self, key: str) -> str:
        """What a field is called, in a sentence."""
        kind, _, column = key.partition(":")
        if column:
            heading = self.headings.get(column, column)
            return f"“{heading}”" if heading else "a column without a heading"
        return _LABELS[kind]


def of_draft(drafted: DraftLine, columns: list[PlanColumn]) -> Saying:
    """What a file says of a line: nothing of the fields it has no column for."""
    line = drafted.line
    fed = {name for column in columns for name in column.fields}
    texts = {"title": line.title}
    if drafted.row or "number" not in fed:
        texts["number"] = line.number
    if drafted.row:
        texts |= {name: getattr(line, TEXTS[name]) for name in TEXTS if name in fed}
        texts |= _rest(drafted, fed)
        for column in columns:
            if not column.fields:
                texts[EXTRA + column.key] = str(line.extra.get(column.key, ""))
            if "year" in column.fields:
                words = [mark for other, mark in drafted.marks if other.key == column.key]
                texts[YEAR + column.key] = "\n".join(words)
    return Saying(texts, {column.key: column.heading for column in columns})


def _rest(drafted: DraftLine, fed: set[str]) -> dict[str, str]:
    texts = {}
    if TARGETS in fed:
        texts[TARGETS] = "\n".join(drafted.targets)
    if PROGRESS in fed:
        texts[PROGRESS] = drafted.progress
    if drafted.says_state:
        texts[STATUS] = str(drafted.line.get_status_display())
    if SUBJECT in fed and drafted.line.subject:
        texts[SUBJECT] = drafted.line.subject.name
    return texts


def of_drafts(draft: PlanDraft, renamed: dict[str, str]) -> dict[int, Saying]:
    """What each line of the last file said, under the keys the columns have now."""
    return {
        at: _under_new_keys(of_draft(drafted, draft.columns), renamed)
        for at, drafted in enumerate(draft.lines)
    }


def of_row(row: LineRow, renamed: dict[str, str]) -> Saying:
    """What a line of the plan says today; year marks where they were held by the file."""
    line = row.line
    texts = {"title": line.title, "number": line.number}
    texts |= {name: getattr(line, attribute) for name, attribute in TEXTS.items()}
    texts |= {
        TARGETS: "\n".join(row.targets),
        PROGRESS: progress_text(row.notes),
        STATUS: str(line.get_status_display()),
        SUBJECT: row.subject,
    }
    texts |= {EXTRA + key: str(text) for key, text in line.extra.items()}
    texts |= {YEAR + key: "\n".join(marks) for key, marks in row.held.items()}
    return _under_new_keys(Saying(texts, {}), renamed)


def is_placed_mark(key: str, row: LineRow, text: str, renamed: dict[str, str]) -> bool:
    """Whether the file writes a year's mark where an officer has put it meanwhile."""
    if not key.startswith(YEAR):
        return False
    column = key.removeprefix(YEAR)
    olds = [old for old, new in renamed.items() if new == column]
    return any("\n".join(row.marks.get(old, [])) == text for old in olds)


def fresh_progress(text: str, now: str, last: str) -> str:
    """What a file says of progress that neither the plan nor the last file has said yet."""
    known = {" ".join(line.split()) for line in (*now.splitlines(), *last.splitlines())}
    fresh = [
        line for line in text.splitlines() if line.strip() and " ".join(line.split()) not in known
    ]
    return "\n".join(fresh)


def holds(row: LineRow, column: PlanColumn) -> bool:
    """Whether a line says something in a column that is none of the levels."""
    return LEVEL not in column.fields and bool(saying(row, column, []).strip())


def _under_new_keys(said: Saying, renamed: dict[str, str]) -> Saying:
    texts = {}
    for key, text in said.texts.items():
        kind, sign, column = key.partition(":")
        if not sign:
            texts[key] = text
        elif column in renamed:
            texts[f"{kind}:{renamed[column]}"] = text
    return Saying(texts, said.headings)


def status_of(label: str) -> str:
    """The state that a label stands for."""
    return next(value for value, known in Line.Status.choices if known == label)
