"""Makes plans and takes them through their life: agreed, published, carried forward, archived."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from actionplans.plans import policies
from actionplans.plans.models import (
    Line,
    LineMonitor,
    LineOwner,
    Plan,
    PlanVersion,
    Target,
)
from actionplans.plans.queries.columns import default_columns
from actionplans.plans.queries.versions import content_checksum, plan_content
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.calendars.words import count

PLAN_FIELDS: Final = (
    "title",
    "summary",
    "period_words",
    "starts_on",
    "ends_on",
    "strategy",
    "body",
)


@transaction.atomic
def create_plan(
    *, values: Mapping[str, Any], level_names: Sequence[str], by: Actor, at: dt.datetime
) -> Plan:
    """Begin a plan with the landlord's own names for its levels. `values` are any of PLAN_FIELDS.

    Raises PlanTitleTaken.
    """
    _check_title(str(values["title"]))
    names = [name.strip() for name in level_names if name.strip()] or ["Line"]
    plan: Plan = Plan.objects.create(
        level_names=names,
        columns=[column.as_json() for column in default_columns(names)],
        created_at=at,
        **{name: values[name] for name in PLAN_FIELDS if name in values},
    )
    auditing.record(verb="plan.created", record=plan, sentence=f"began “{plan}”", by=by, at=at)
    return plan


@transaction.atomic
def edit_plan(
    *, plan: Plan, version: int, values: Mapping[str, Any], by: Actor, at: dt.datetime
) -> Plan:
    """Change the plan's own facts. Raises PlanTitleTaken, PlanIsArchived, PlanChangedMeanwhile."""
    plan = _locked(plan)
    policies.check_can_change(plan)
    if plan.version != version:
        raise policies.PlanChangedMeanwhile(plan)
    before = auditing.snapshot(plan, PLAN_FIELDS)
    for name in PLAN_FIELDS:
        if name in values:
            setattr(plan, name, values[name])
    _check_title(plan.title, but=plan)
    changes = auditing.changes_since(plan, before)
    if not changes:
        return plan
    plan.version += 1
    plan.save()
    labels = ", ".join(change["label"] for change in changes)
    auditing.record(
        verb="plan.changed",
        record=plan,
        sentence=f"changed the {labels}",
        by=by,
        at=at,
        changes=changes,
    )
    return plan


@transaction.atomic
def agree_plan(
    *, plan: Plan, agreed_on: dt.date, agreed_by: str, by: Actor, at: dt.datetime
) -> Plan:
    """Record that the plan is agreed, by whom and when, and freeze it as it stands.

    Asked twice, it is agreed once. Raises NotADraft for a plan agreed on another day, PlanIsEmpty,
    NotSmartYet.
    """
    plan = _locked(plan)
    if plan.state == Plan.State.AGREED and plan.agreed_on == agreed_on:
        return plan
    policies.check_can_agree(plan)
    plan.state, plan.agreed_on, plan.agreed_by_words = Plan.State.AGREED, agreed_on, agreed_by[:200]
    plan.version += 1
    plan.save()
    freeze(plan=plan, occasion=PlanVersion.Occasion.AGREED, why="", by=by, at=at)
    who = f" by {agreed_by}" if agreed_by else ""
    auditing.record(
        verb="plan.agreed", record=plan, sentence=f"recorded it as agreed{who}", by=by, at=at
    )
    return plan


@transaction.atomic
def publish_plan(*, plan: Plan, by: Actor, at: dt.datetime, why: str = "") -> PlanVersion:
    """Put the plan before the public as it stands now. Later changes need publishing again.

    Published twice without a change between, it is published once. Raises NotAgreedYet,
    PlanIsArchived.
    """
    plan = _locked(plan)
    policies.check_can_publish(plan)
    latest: PlanVersion | None = (
        PlanVersion.objects.filter(plan=plan, occasion=PlanVersion.Occasion.PUBLISHED)
        .order_by("-number", "-pk")
        .first()
    )
    content = plan_content(plan)
    if latest is not None and latest.checksum == content_checksum(content):
        return latest
    plan.state, plan.published_at = Plan.State.PUBLISHED, at
    plan.version += 1
    plan.save()
    version = freeze(plan=plan, occasion=PlanVersion.Occasion.PUBLISHED, why=why, by=by, at=at)
    sentence = f"published version {version.number}"
    auditing.record(verb="plan.published", record=plan, sentence=sentence, by=by, at=at)
    return version


@transaction.atomic
def freeze(*, plan: Plan, occasion: str, why: str, by: Actor, at: dt.datetime) -> PlanVersion:
    """Keep the plan as it stands, with a checksum. The caller holds the plan's row."""
    content = plan_content(plan)
    version: PlanVersion = PlanVersion.objects.create(
        plan=plan,
        number=PlanVersion.objects.filter(plan=plan).count() + 1,
        occasion=occasion,
        frozen_at=at,
        why=why[:300],
        content=content,
        checksum=content_checksum(content),
        **by.columns(),
    )
    return version


@transaction.atomic
def archive_plan(*, plan: Plan, by: Actor, at: dt.datetime) -> Plan:
    """Put the plan away: it can be read and nothing in it changed. Archived once, however often."""
    plan = _locked(plan)
    if plan.state == Plan.State.ARCHIVED:
        return plan
    if plan.agreed_on is None:
        plan.agreed_on, plan.agreed_by_words = (
            timezone.localdate(at),
            "not agreed: put away as a draft",
        )
    plan.state, plan.archived_at = Plan.State.ARCHIVED, at
    plan.version += 1
    plan.save()
    auditing.record(verb="plan.archived", record=plan, sentence="archived it", by=by, at=at)
    return plan


@transaction.atomic
def carry_forward(*, plan: Plan, title: str, by: Actor, at: dt.datetime) -> Plan:
    """Begin the next plan with what is outstanding in this one: every line that is neither done
    nor stopped, under its headings, with its owners, monitors and targets.

    Progress stays where it was written; each new line points back. Carried twice under one title,
    it is carried once. Raises PlanTitleTaken.
    """
    there: Plan | None = (
        Plan.objects.filter(carried_from=plan, title__iexact=title.strip()).order_by("pk").first()
    )
    if there is not None:
        return there
    _check_title(title)
    new: Plan = Plan.objects.create(
        title=" ".join(title.split())[:200],
        level_names=plan.level_names,
        columns=plan.columns,
        strategy=plan.strategy,
        body=plan.body,
        carried_from=plan,
        created_at=at,
    )
    lines = list(Line.objects.filter(plan=plan).order_by("position", "pk"))
    copies = _copy_lines(_outstanding(lines), new, at)
    _copy_rows(LineOwner, copies)
    _copy_rows(LineMonitor, copies)
    _copy_rows(Target, copies)
    carried = [line for line in lines if line.pk in copies and line.kind != Line.Kind.GROUP]
    sentence = f"carried {count(len(carried), 'outstanding line')} forward from “{plan.title}”"
    auditing.record(verb="plan.carried_forward", record=new, sentence=sentence, by=by, at=at)
    auditing.record_many(
        verb="line.carried_forward",
        records=[(line, f"carried it forward into “{new.title}”") for line in carried],
        by=by,
        at=at,
    )
    return new


def _locked(plan: Plan) -> Plan:
    fresh: Plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    return fresh


def _check_title(title: str, *, but: Plan | None = None) -> None:
    others = Plan.objects.filter(title__iexact=title.strip())
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise policies.PlanTitleTaken


def _outstanding(lines: Sequence[Line]) -> list[Line]:
    """The lines still to be done, and the lines they stand under."""
    by_pk = {line.pk: line for line in lines}
    wanted: set[int] = set()
    for line in lines:
        if line.kind == Line.Kind.GROUP or line.finished:
            continue
        step: Line | None = line
        while step is not None and step.pk not in wanted:
            wanted.add(step.pk)
            step = by_pk[step.parent_id] if step.parent_id else None
    return [line for line in lines if line.pk in wanted]


def _copy_lines(lines: Sequence[Line], plan: Plan, at: dt.datetime) -> dict[int, Line]:
    """Copies by the key of their originals; positions closed up, depth by depth."""
    copies: dict[int, Line] = {}
    places = {line.pk: place for place, line in enumerate(lines, start=1)}
    for depth in sorted({line.depth for line in lines}):
        level = [line for line in lines if line.depth == depth]
        fresh = []
        for line in level:
            copy = _copied(line)
            copy.plan, copy.position, copy.created_at = plan, places[line.pk], at
            copy.parent = copies[line.parent_id] if line.parent_id else None
            copy.top = (copy.parent.top or copy.parent) if copy.parent else None
            copy.carried_from, copy.form_key, copy.version = line, uuid.uuid4(), 1
            copy.smart_reason, copy.last_news_at, copy.source_row = None, None, None
            fresh.append(copy)
        Line.objects.bulk_create(fresh, batch_size=500)
        copies |= {line.pk: copy for line, copy in zip(level, fresh, strict=True)}
    return copies


def _copied(row: Any) -> Any:
    """An unsaved copy of a row."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    return type(row)(**values)


def _copy_rows(model: type[Any], copies: Mapping[int, Line]) -> None:
    fresh = []
    for row in model.objects.filter(line__in=list(copies)).order_by("pk"):
        copy = _copied(row)
        copy.line = copies[row.line_id]
        fresh.append(copy)
    model.objects.bulk_create(fresh, batch_size=500)
