"""A plan as it stands, as plain data: what a version keeps, and how two versions differ."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet

from actionplans.plans.models import Line, Plan, PlanVersion
from actionplans.plans.queries.printing import cells_json, columns_json, printed_columns
from actionplans.plans.queries.references import references
from actionplans.plans.queries.tables import line_rows

LABELS: Final = {
    "title": "What",
    "description": "More about it",
    "owner": "Owner",
    "deadline": "Deadline",
    "targets": "Targets",
    "measure": "How we will know",
    "monitored_by": "Monitored by",
    "state": "State",
    "progress": "Progress",
}


@dataclass(frozen=True)
class Difference:
    """A line that one version has and the other has not, or has otherwise."""

    name: str
    kind: str
    changes: list[tuple[str, str, str]]


def plan_content(plan: Plan, *, extra: bool = False) -> dict[str, Any]:
    """The plan with every line as plain data, progress that names somebody left out.

    `extra` brings the columns along whose headings we do not know: nobody said that they are for
    anybody to read.
    """
    columns = printed_columns(plan, extra=extra)
    rows = {row.line.pk: row for row in line_rows(plan, leave_out_names=True)}
    lines = list(Line.objects.filter(plan=plan).order_by("position", "pk"))
    return {
        "title": plan.title,
        "summary": plan.summary,
        "period": plan.period_words,
        "starts_on": _day(plan.starts_on),
        "ends_on": _day(plan.ends_on),
        "agreed_on": _day(plan.agreed_on),
        "agreed_by": plan.agreed_by_words,
        "level_names": plan.level_names,
        "columns": columns_json(columns),
        "lines": [
            {
                "id": line.pk,
                "depth": line.depth,
                "kind": line.kind,
                "reference": reference,
                "title": line.title,
                "heading": line.heading,
                "description": line.description,
                "owner": line.owner_words,
                "deadline": line.deadline_words,
                "reading": line.deadline_reading,
                "due_on": _day(line.due_on),
                "targets": list(rows[line.pk].targets) if line.pk in rows else [],
                "measure": line.measure,
                "monitored_by": line.monitor_words,
                "state": line.status,
                "progress": rows[line.pk].notes[-1].words
                if line.pk in rows and rows[line.pk].notes
                else "",
                "cells": cells_json(rows[line.pk], plan, columns) if line.pk in rows else {},
            }
            for line, reference in zip(lines, references(lines), strict=True)
        ],
    }


def content_checksum(content: dict[str, Any]) -> str:
    """SHA-256 of the content in one canonical form."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def versions_of(plan: Plan) -> QuerySet[PlanVersion]:
    """The plan's versions, latest first, without their content."""
    versions: QuerySet[PlanVersion] = (
        PlanVersion.objects.filter(plan=plan).defer("content").order_by("-number", "-pk")
    )
    return versions


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    """How the lines of two versions differ, in the order of the newer one, then what is gone."""
    before = {line["id"]: line for line in old["lines"]}
    found = []
    for line in new["lines"]:
        was = before.pop(line["id"], None)
        name = f"{line['reference']} {line['heading']}".strip()
        if was is None:
            found.append(Difference(name, "added", []))
            continue
        changes = [
            (label, _text(was[key]), _text(line[key]))
            for key, label in LABELS.items()
            if was[key] != line[key]
        ]
        if changes:
            found.append(Difference(name, "changed", changes))
    return found + [
        Difference(f"{line['reference']} {line['heading']}".strip(), "taken out", [])
        for line in before.values()
    ]


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(value)
    return Line.Status(value).label if value in Line.Status.values else str(value)


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
