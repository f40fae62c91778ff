"""Brings the landlord's plan in as an officer would, agrees and publishes it, and notes progress."""

from __future__ import annotations

import io
from typing import Any

from actionplans.demo import operations
from actionplans.plans.models import Line, Plan, YearMark
from actionplans.plans.operations import bringing_in, lines, planning, progress, ties
from actionplans.plans.queries.smart import lines_with_gaps
from involvement.auditing.actors import Actor
from involvement.calendars.words import count
from involvement.demo.moments import ago, day
from involvement.demo.queries import actors, officer
from involvement.demo.sources import text_of, toml_of
from involvement.importing.readers import read_table
from involvement.landlords.models import Landlord
from structures.strategy.models import Objective, Strategy

BROUGHT_IN = 225


def load(landlord: Landlord, *, full: bool) -> str:
    """Bring in the plan of the landlord in scope, once."""
    facts = toml_of("actionplans", f"plans/{landlord.slug}.toml")
    if not facts or Plan.objects.filter(title=facts["plan"]["title"]).exists():
        return ""
    plan = _brought_in(landlord, facts["plan"])
    rows = {line.source_row: line for line in plan.lines.filter(own_row=True).order_by("pk")}
    _edit(rows, facts)
    for mark in facts.get("marks", []):
        _place_mark(rows, mark)
    people, agreed = actors(), False
    for seed, note in enumerate(sorted(facts["notes"], key=lambda note: -int(note["ago"]))):
        if not agreed and note["ago"] <= facts["agreement"]["ago"]:
            agreed = True
            _agree(plan, facts["agreement"])
        _note(rows, note, people, seed)
    return f"a plan of {count(len(rows), 'row')}"


def _brought_in(landlord: Landlord, facts: dict[str, Any]) -> Plan:
    content = text_of("actionplans", f"plans/{landlord.slug}.csv").encode()
    name = f"{landlord.slug}-action-plan.csv"
    at, by = ago(BROUGHT_IN), officer()
    table = read_table(io.BytesIO(content), name=name)
    draft = bringing_in.read_plan(table, landlord=landlord, at=at)
    plan = bringing_in.bring_in_plan(
        table=table, draft=draft, title=facts["title"], file_name=name, by=by, at=at
    ).plan
    assert plan is not None, "a plan that was brought in is there"  # noqa: S101 -- for the types
    strategy = Strategy.objects.order_by("pk").first()
    return planning.edit_plan(
        plan=plan,
        version=plan.version,
        values={**facts, "strategy": strategy},
        by=by,
        at=ago(BROUGHT_IN, 1),
    )


def _edit(rows: dict[int | None, Line], facts: dict[str, Any]) -> None:
    """Who does what, how it is known, and which objective it serves, as the officer filled in."""
    objectives = {each.number: each for each in Objective.objects.order_by("pk")}
    serving = []
    for number, served in facts.get("objectives", {}).items():
        for row in served:
            rows[row].objective = objectives[number]
            serving.append(rows[row])
    operations.set_objectives(lines=serving, by=officer(), at=ago(BROUGHT_IN - 4))
    edits = [(row, edit) for edit in facts.get("edits", []) for row in edit["rows"]]
    for seed, (row, edit) in enumerate(edits):
        lines.edit_line(
            line=rows[row],
            version=rows[row].version,
            values={name: edit[name] for name in edit if name != "rows"},
            by=officer(),
            at=ago(BROUGHT_IN - 5, seed),
        )


def _place_mark(rows: dict[int | None, Line], mark: dict[str, Any]) -> None:
    unplaced = YearMark.objects.filter(
        holder=rows[mark["holder"]], year_label=mark["year"], line__isnull=True
    )
    ties.place_year_mark(
        mark=unplaced.order_by("position", "pk")[0],
        line=rows[mark["row"]],
        by=officer(),
        at=ago(BROUGHT_IN - 8),
    )


def _agree(plan: Plan, agreement: dict[str, Any]) -> None:
    """Agree the plan, with one reason for all that lack something, and publish it."""
    by = officer()
    gaps = list(lines_with_gaps(plan))
    if gaps:
        ties.give_smart_reason(
            lines=gaps, words=agreement["reason"], by=by, at=ago(agreement["ago"], 3)
        )
    planning.agree_plan(
        plan=plan,
        agreed_on=day(agreement["ago"]),
        agreed_by=agreement["by"],
        by=by,
        at=ago(agreement["ago"], 5),
    )
    planning.publish_plan(plan=plan, by=by, at=ago(agreement["ago"] - 7))


def _note(
    rows: dict[int | None, Line], note: dict[str, Any], people: list[Actor], seed: int
) -> None:
    evidence = note.get("evidence", "")
    progress.record_progress(
        line=rows[note["row"]],
        words=note["words"],
        status=note.get("status", ""),
        names_somebody=note.get("names", False),
        files=[(note.get("file", "note.txt"), evidence.encode())] if evidence else (),
        by=people[seed % len(people)] if seed % 3 == 0 else people[0],
        at=ago(note["ago"], seed),
    )
