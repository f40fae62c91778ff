"""The columns of a plan's page: under the landlord's own words, and only those that say something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q

from actionplans.plans.models import Line, LineMonitor, LineOwner, Plan, Target, YearMark
from actionplans.plans.models.line import in_one_line
from actionplans.plans.queries.cells import LineRow, cell, first_columns
from actionplans.plans.queries.columns import PlanColumn, plan_columns
from actionplans.plans.queries.pages import Block, ShownLine

# The table's columns by the field they show, and what they are called where a plan has no word.
WORDS: Final = {
    "owner": "Owner",
    "deadline": "Deadline",
    "monitored_by": "Monitored by",
    "status": "State",
    "progress": "Progress",
}
LINE: Final = "Line"
# What stands as a further line in the line's own cell.
_BESIDE_THE_LINE: Final = frozenset({"description", "targets", "measure"})
_HEAD_LETTERS: Final = 48


@dataclass(frozen=True)
class Heads:
    """What each column is called, "" where it is left out; `years` and `more` are the plan's own."""

    line: str
    owner: str
    deadline: str
    monitored_by: str
    status: str
    progress: str
    years: list[PlanColumn]
    more: list[PlanColumn]

    @property
    def names(self) -> dict[str, str]:
        """The words that each head of the product stands under here."""
        return {LINE: self.line, **{words: getattr(self, key) for key, words in WORDS.items()}}

    @property
    def table(self) -> list[tuple[str, str]]:
        """The heads from left to right, each with the name of its width."""
        found = [(self.line, "line"), *((year.heading, "year") for year in self.years)]
        found += [(getattr(self, key), key) for key in WORDS]
        return [(words, f"plan__{width}") for words, width in found if words]

    @property
    def after_years(self) -> int:
        """How many columns stand to the right of the years."""
        return len(self.table) - 1 - len(self.years)


def heads_of(plan: Plan) -> Heads:
    """The heads of the plan's table. The number of queries does not grow with its lines."""
    columns = plan_columns(plan.columns)
    years = {column.key for column in columns if "year" in column.fields}
    said = _said(plan, years)
    if years:
        marked = YearMark.objects.filter(plan=plan).order_by("column").distinct()
        years &= set(marked.values_list("column", flat=True))
    return Heads(
        line=line_head(plan.level_names),
        **{key: _word(columns, key) if said[key] else "" for key in WORDS},
        years=[column for column in columns if column.key in years],
        more=[c for c in columns if not c.fields or _BESIDE_THE_LINE.intersection(c.fields)],
    )


def head_words(plan: Plan) -> dict[str, str]:
    """What the plan calls each of the product's columns, shown or left out, by field. No query."""
    columns = plan_columns(plan.columns)
    return {field: _word(columns, field) for field in WORDS}


def line_head(level_names: Sequence[str]) -> str:
    """What lines are called: the landlord's levels from the outermost in, or the deepest alone."""
    names = list(dict.fromkeys(tidy(name) for name in level_names if tidy(name)))
    every = " / ".join(names)
    return every if len(every) <= _HEAD_LETTERS else names[-1]


def tidy(heading: str) -> str:
    """A heading of the landlord's file in one line, without the brackets round it."""
    return " ".join(heading.split()).strip(" []:")


def fill(blocks: Iterable[Block], heads: Heads) -> None:
    """Put into each row what stands in the plan's own columns."""
    rows = [row for block in blocks for row in block.rows]
    targets = _targets([row.line.pk for row in rows], heads)
    years = {year.key for year in heads.years}
    for block in blocks:
        block.held = _by_year(block.marks_held, heads) if block.marks_held else []
    for row in rows:
        row.years = _by_year(row.marks, heads)
        row.marks = [mark for mark in row.marks if mark.column not in years]
        row.more = _more(row, heads, targets[row.line.pk])


def _said(plan: Plan, years: set[str]) -> dict[str, bool]:
    """Of each column, whether any line of the plan says anything in it."""
    of_line = {"line": OuterRef("pk")}
    elsewhere = YearMark.objects.filter(**of_line).exclude(column__in=years)
    deadline = Q(due_on__isnull=False) | ~Q(deadline_words="") | Q(deadline_understood=False)
    anything: dict[str, Q] = {
        "owner": Q(Exists(LineOwner.objects.filter(**of_line))) | ~Q(owner_words=""),
        "deadline": deadline | Q(Exists(elsewhere)),
        "monitored_by": Q(Exists(LineMonitor.objects.filter(**of_line))) | ~Q(monitor_words=""),
        "progress": Q(last_news_at__isnull=False),
    }
    counted = Line.objects.filter(plan=plan).aggregate(
        **{key: Count("pk", filter=asked) for key, asked in anything.items()}
    )
    return {**{key: bool(count) for key, count in counted.items()}, "status": True}


def _word(columns: Sequence[PlanColumn], field: str) -> str:
    """The heading of the column that holds this alone, or the product's word."""
    own = (tidy(column.heading) for column in columns if column.fields == (field,))
    return next((heading for heading in own if heading), WORDS[field])


def _targets(keys: Sequence[int], heads: Heads) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    if any("targets" in column.fields for column in heads.more):
        for target in Target.objects.filter(line__in=keys).order_by("position", "pk"):
            found[target.line_id].append(target.words)
    return found


def _by_year(marks: Iterable[YearMark], heads: Heads) -> list[tuple[str, str]]:
    """The heading of each year with what is marked there."""
    words: defaultdict[str, list[str]] = defaultdict(list)
    for mark in marks:
        words[mark.column].append(mark.words)
    return [(year.heading, ", ".join(words[year.key])) for year in heads.years]


def _more(row: ShownLine, heads: Heads, targets: Sequence[str]) -> list[tuple[str, str]]:
    if row.heading:
        return []
    said = LineRow(row.line, [row.line], targets)
    firsts = first_columns(heads.more)
    texts = [
        (tidy(column.heading), cell(said, column, (), first=column.key in firsts))
        for column in heads.more
    ]
    return [(heading, in_one_line(text)) for heading, text in texts if text.strip()]
