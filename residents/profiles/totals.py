"""Reads totals of a population that somebody else counted: characteristic, category, count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from involvement.importing.headings import FieldSpec, Mapping, match_headings, plain
from involvement.importing.problems import Preview, RowProblem, in_order
from involvement.importing.tables import Table, TableRow
from involvement.questionnaires.definition import Definition, Question
from residents.profiles.models import PopulationTotal
from residents.profiles.queries import population_totals

FIELDS: Final = (
    FieldSpec("characteristic", "Characteristic", ("question", "topic"), required=True),
    FieldSpec("category", "Category", ("group", "answer", "option"), required=True),
    FieldSpec("count", "Count", ("number", "people", "residents", "total"), required=True),
    FieldSpec("as_of", "As of", ("as of date", "date", "as at"), required=True),
    FieldSpec("source", "Source", ("where from",), required=True),
)
SAMPLE: Final = 20


@dataclass(frozen=True)
class TotalRead:
    """One figure as it would be kept."""

    characteristic: str
    category: str
    count: int
    as_of_date: dt.date
    source: str

    @property
    def key(self) -> tuple[str, str, dt.date]:
        return self.characteristic, self.category, self.as_of_date


@dataclass(frozen=True)
class TotalsRead:
    """What a file holds: the figures that are new or changed, and the preview."""

    rows: tuple[TotalRead, ...]
    preview: Preview


def read_totals(table: Table, definition: Definition, *, today: dt.date) -> TotalsRead:
    """Match a table's rows to the questions and their answers. Writes nothing."""
    mapping = match_headings(table.headings, FIELDS)
    problems = [*table.problems, *mapping.problems]
    read: dict[tuple[str, str, dt.date], TotalRead] = {}
    for row in table.rows if not mapping.missing else ():
        found = _read(row, mapping, definition, today)
        if isinstance(found, RowProblem):
            problems.append(found)
        elif found.key in read:
            words = "This category stands in the file twice for this day. Keep one of them."
            problems.append(RowProblem(row.number, "Category", words))
        else:
            read[found.key] = found
    there = {(one.characteristic, one.category, one.as_of_date): one for one in population_totals()}
    fresh = [one for one in read.values() if one.key not in there]
    changed = [one for one in read.values() if one.key in there and _differs(one, there[one.key])]
    preview = Preview(
        len(table.rows),
        created=len(fresh),
        changed=len(changed),
        unchanged=len(read) - len(fresh) - len(changed),
        skipped=len(table.rows) - len(read),
        problems=in_order(problems),
        notes=table.notes,
        sample_headings=tuple(field.label for field in FIELDS),
        sample=tuple(_sampled(one) for one in read.values())[:SAMPLE],
    )
    return TotalsRead((*fresh, *changed), preview)


def _read(
    row: TableRow, mapping: Mapping, definition: Definition, today: dt.date
) -> TotalRead | RowProblem:
    given = {field.key: " ".join(mapping.value(row, field.key).split()) for field in FIELDS}
    question = _question(definition, given["characteristic"])
    if question is None:
        known = ", ".join(one.short_name for one in definition.questions if one.options)
        words = f"“{given['characteristic']}” is none of the questions: {known}."
        return RowProblem(row.number, "Characteristic", words)
    category = _category(question, given["category"])
    if not category:
        words = f"“{given['category']}” is no answer to “{question.short_name}”. Use its words."
        return RowProblem(row.number, "Category", words)
    number = given["count"].replace(",", "")
    if not number.isdigit() or int(number) > 2_000_000_000:
        return RowProblem(row.number, "Count", f"“{given['count']}” is no whole number.")
    day = _day(given["as_of"], today)
    if day is None or day > today:
        words = f"“{given['as_of']}” is no past day. Write it as 31 March 2026 or 31/03/2026."
        return RowProblem(row.number, "As of", words)
    if not given["source"]:
        return RowProblem(row.number, "Source", "Say where the figure comes from.")
    return TotalRead(question.code, category, int(number), day, given["source"][:200])


def _question(definition: Definition, words: str) -> Question | None:
    said = plain(words)
    return next(
        (
            one
            for one in definition.questions
            if one.options and said in {plain(one.code), plain(one.short_name), plain(one.text)}
        ),
        None,
    )


def _category(question: Question, words: str) -> str:
    said = plain(words)
    rows: Sequence[tuple[str, str]] = [
        *((one.code, one.label) for one in question.options),
        *((one.code, one.label) for one in question.groups),
    ]
    return next((code for code, label in rows if said in {plain(code), plain(label)}), "")


def _day(words: str, today: dt.date) -> dt.date | None:
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y"):
        try:
            return dt.datetime.strptime(words, form).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    return None


def _differs(one: TotalRead, there: PopulationTotal) -> bool:
    return (one.count, one.source) != (there.count, there.source)


def _sampled(one: TotalRead) -> tuple[str, ...]:
    day = one.as_of_date.isoformat()
    return one.characteristic, one.category, f"{one.count:,}", day, one.source
