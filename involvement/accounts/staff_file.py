"""Reads colleagues from a table: who would be new, who changed, and what stands in the way."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from involvement.accounts.models import StaffMember
from involvement.importing.headings import FieldSpec, Mapping, match_headings
from involvement.importing.problems import Preview, RowProblem, in_order
from involvement.importing.tables import Table, TableRow

FIELDS: Final = (
    FieldSpec("name", "Name", ("full name", "officer", "staff", "colleague"), required=True),
    FieldSpec("initials", "Initials", ("inits", "code")),
    FieldSpec("job_title", "Job title", ("title", "role", "post", "position")),
    FieldSpec("email", "E-mail", ("email", "e-mail address", "email address", "mail")),
    FieldSpec("phone", "Telephone", ("phone", "tel", "telephone number", "extension")),
    FieldSpec("team", "Team", ("department", "section", "service")),
)
_LIMITS: Final = {"name": 120, "initials": 10, "job_title": 120, "phone": 30, "team": 120}


@dataclass(frozen=True)
class StaffRead:
    """What a file of staff holds: each colleague with the name of the team, and the preview."""

    colleagues: tuple[tuple[StaffMember, str], ...]
    preview: Preview
    text: str


def read_staff(table: Table) -> StaffRead:
    """Match the table's rows to the directory. Writes nothing.

    A row is somebody known by the e-mail address, else by initials, else by name. An empty cell
    keeps what is there.
    """
    mapping = match_headings(table.headings, FIELDS)
    problems = [*table.problems, *mapping.problems]
    if mapping.missing:
        preview = Preview(len(table.rows), problems=in_order(problems), notes=table.notes)
        return StaffRead((), preview, "")
    values = {row.number: _values(row, mapping) for row in table.rows}
    problems += [each for number, given in values.items() for each in _problems(number, given)]
    problems += _doubled(values)
    known = _Known(list(StaffMember.objects.select_related("team").order_by("pk")))
    counts: Counter[str] = Counter()
    colleagues = []
    for given in (each for each in values.values() if each["name"]):
        found = known.find(given)
        colleague = found or StaffMember()
        before = _state(colleague)
        for key in ("name", "initials", "job_title", "email", "phone"):
            if given[key]:
                setattr(colleague, key, given[key])
        if found is None:
            counts["created"] += 1
        else:
            moved = bool(given["team"]) and given["team"].lower() != before[-1].lower()
            changed = _state(colleague)[:-1] != before[:-1] or moved
            counts["changed" if changed else "unchanged"] += 1
        colleagues.append((colleague, given["team"]))
    preview = Preview(
        len(table.rows),
        created=counts["created"],
        changed=counts["changed"],
        unchanged=counts["unchanged"],
        problems=in_order(problems),
        notes=table.notes,
        sample_headings=tuple(field.label for field in FIELDS),
        sample=tuple(tuple(given[field.key] for field in FIELDS) for given in values.values())[:20],
    )
    return StaffRead(tuple(colleagues), preview, _as_text(values.values()))


class _Known:
    """Those in the directory, by what tells them apart."""

    def __init__(self, people: list[StaffMember]) -> None:
        self.by_email = {each.email.lower(): each for each in people if each.email}
        here = [each for each in people if each.left_on is None]
        self.by_initials = {each.initials.lower(): each for each in here if each.initials}
        names = Counter(each.name.lower() for each in here)
        self.by_name = {each.name.lower(): each for each in here if names[each.name.lower()] == 1}

    def find(self, given: dict[str, str]) -> StaffMember | None:
        if given["email"]:
            found = self.by_email.get(given["email"])
            named = self.by_name.get(given["name"].lower())
            # Known by name without an address so far
            return found or (named if named is not None and not named.email else None)
        by_initials = self.by_initials.get(given["initials"].lower())
        return by_initials or self.by_name.get(given["name"].lower())


def _values(row: TableRow, mapping: Mapping) -> dict[str, str]:
    given = {field.key: " ".join(mapping.value(row, field.key).split()) for field in FIELDS}
    return {**given, "email": given["email"].lower()}


def _problems(number: int, given: dict[str, str]) -> list[RowProblem]:
    found = []
    if not given["name"]:
        found.append(
            RowProblem(number, "Name", "The name is missing. Write it, or leave the row out.")
        )
    if given["email"]:
        try:
            validate_email(given["email"])
        except ValidationError:
            words = f"“{given['email']}” is no e-mail address. Correct it or empty the cell."
            found.append(RowProblem(number, "E-mail", words))
    labels = {field.key: field.label for field in FIELDS}
    found += [
        RowProblem(number, labels[key], f"Longer than {limit} characters. Shorten it.")
        for key, limit in _LIMITS.items()
        if len(given[key]) > limit
    ]
    return found


def _doubled(values: dict[int, dict[str, str]]) -> list[RowProblem]:
    found = []
    for key, label in (("email", "E-mail"), ("initials", "Initials")):
        seen: dict[str, int] = {}
        for number, given in values.items():
            value = given[key].lower()
            if value and value in seen:
                words = f"“{given[key]}” stands in row {seen[value]} too. Keep it in one of them."
                found.append(RowProblem(number, label, words))
            seen.setdefault(value, number)
    return found


def _state(colleague: StaffMember) -> tuple[str, ...]:
    own = [
        colleague.name,
        colleague.initials,
        colleague.job_title,
        colleague.email,
        colleague.phone,
    ]
    return (*own, colleague.team.name if colleague.team else "")


def _as_text(rows: object) -> str:
    kept = io.StringIO()
    writer = csv.DictWriter(kept, [field.key for field in FIELDS], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)  # type: ignore[arg-type]  # the values of a dict of dicts
    return kept.getvalue()
