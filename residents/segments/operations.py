"""The only writers of segments."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, Final

from django.db import IntegrityError, transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from residents.people.models import Person
from residents.segments.models import HandPick, Match, Segment
from residents.segments.policies import (
    NameIsTaken,
    check_can_ask,
    check_can_change,
    check_has_room,
)
from residents.segments.queries import FIRST, made_by_form, members, segments
from residents.segments.rules import Asked, Group, groups_of

FIELDS: Final = ("name", "why", "owner", "match")


@transaction.atomic
def add_segment(
    *,
    name: str,
    why: str = "",
    owner: Any = None,
    match: str = Match.ALL,
    rules: list[Group] | None = None,
    form_token: uuid.UUID | None = None,
    is_demo: bool = False,
    by: Actor,
    at: dt.datetime,
) -> Segment:
    """Make a segment, counted at once. Returns it, or what the same form made before.

    Raises NoSuchCondition, NameIsTaken.
    """
    for asked in (asked for group in rules or [] for asked in group.asked):
        check_can_ask(asked)
    try:
        with transaction.atomic():
            segment: Segment = Segment.objects.create(
                name=name.strip(),
                why=why.strip(),
                owner=owner,
                match=match,
                rules=[group.as_kept() for group in rules or []],
                made_at=at,
                form_token=form_token,
                is_demo=is_demo,
                **by.columns(),
            )
    except IntegrityError:
        saved: Segment | None = made_by_form(form_token)
        if saved is None:
            raise NameIsTaken from None
        return saved
    auditing.record(verb="segment.added", record=segment, sentence="made it", by=by, at=at)
    return _counted(segment, at)


@transaction.atomic
def change_segment(*, segment: Segment, by: Actor, at: dt.datetime, **values: Any) -> Segment:
    """Change any of FIELDS. Returns the segment. Raises SegmentIsPutAway."""
    segment = _locked(segment)
    check_can_change(segment)
    before = auditing.snapshot(segment, values)
    for name in FIELDS:
        if name in values:
            setattr(segment, name, values[name])
    changes = auditing.changes_since(segment, before)
    if changes:
        segment.save(update_fields=list(values))
        auditing.record(
            verb="segment.changed",
            record=segment,
            sentence=auditing.what_changed(changes),
            by=by,
            at=at,
            changes=changes,
        )
    return _counted(segment, at)


@transaction.atomic
def ask(
    *,
    segment: Segment,
    asked: Asked,
    group: int,
    place: int | None = None,
    by: Actor,
    at: dt.datetime,
) -> Segment:
    """Add a condition to a group (a new one where there is none of this number), or put it in the
    place of another. Returns the segment.

    Raises NoSuchCondition, SegmentIsPutAway, TooManyConditions.
    """
    segment = _locked(segment)
    check_can_change(segment)
    check_can_ask(asked)
    groups = groups_of(segment.rules)
    if group >= len(groups):
        check_has_room(segment, group)
        groups.append(Group(asked=(asked,)))
    else:
        there = list(groups[group].asked)
        if place is None and asked in there:
            return segment
        if place is not None and place < len(there):
            there[place] = asked
        else:
            check_has_room(segment, group)
            there.append(asked)
        groups[group] = Group(groups[group].match, tuple(there))
    return _ruled(segment, groups, f"set the condition “{asked.words}”", by, at)


@transaction.atomic
def ask_no_more(*, segment: Segment, group: int, place: int, by: Actor, at: dt.datetime) -> Segment:
    """Take a condition out; a group without any goes. Returns the segment. Raises SegmentIsPutAway."""
    segment = _locked(segment)
    check_can_change(segment)
    groups = groups_of(segment.rules)
    if group >= len(groups) or place >= len(groups[group].asked):
        return segment
    there = list(groups[group].asked)
    gone = there.pop(place)
    groups[group] = Group(groups[group].match, tuple(there))
    left = [each for each in groups if each.asked]
    return _ruled(segment, left, f"took out the condition “{gone.words}”", by, at)


@transaction.atomic
def join_group(*, segment: Segment, group: int, match: str, by: Actor, at: dt.datetime) -> Segment:
    """Join the conditions of one group by all or any. Returns the segment. Raises SegmentIsPutAway."""
    segment = _locked(segment)
    check_can_change(segment)
    groups = groups_of(segment.rules)
    if group >= len(groups) or groups[group].match == match:
        return segment
    groups[group] = Group(match, groups[group].asked)
    words = f"asked for {Match(match).label} in group {group + 1}"
    return _ruled(segment, groups, words, by, at)


@transaction.atomic
def pick(
    *, segment: Segment, person: Person, how: str, why: str = "", by: Actor, at: dt.datetime
) -> HandPick:
    """Put somebody in by hand, or leave them out; the last said holds. Returns the row.

    Raises SegmentIsPutAway.
    """
    segment = _locked(segment)
    check_can_change(segment)
    row: HandPick
    row, _ = HandPick.objects.update_or_create(
        segment=segment,
        person=person,
        defaults={"how": how, "why": why.strip(), "picked_at": at, **by.columns()},
    )
    words = "put somebody in by hand" if how == HandPick.How.IN else "left somebody out by hand"
    auditing.record(verb="segment.picked", record=segment, sentence=words, by=by, at=at)
    _counted(segment, at)
    return row


@transaction.atomic
def pick_no_more(*, row: HandPick, by: Actor, at: dt.datetime) -> Segment:
    """Leave somebody to the rules again. Returns the segment. Raises SegmentIsPutAway."""
    segment = _locked(row.segment)
    check_can_change(segment)
    row.delete()
    auditing.record(
        verb="segment.unpicked",
        record=segment,
        sentence="left somebody to the rules again",
        by=by,
        at=at,
    )
    return _counted(segment, at)


@transaction.atomic
def put_away(
    *, segment: Segment, archived_at: dt.datetime | None, by: Actor, at: dt.datetime
) -> Segment:
    """Put a segment away, or bring it back (None). Returns it."""
    segment = _locked(segment)
    segment.archived_at = archived_at
    segment.save(update_fields=["archived_at"])
    words = "put it away" if archived_at else "brought it back"
    auditing.record(verb="segment.put_away", record=segment, sentence=words, by=by, at=at)
    return segment


@transaction.atomic
def count_anew(*, segment: Segment, by: Actor, at: dt.datetime) -> Segment:
    """Count who is in a segment now, and keep the first of them for its pages. Returns it.

    No line of history: nothing of the segment changes.
    """
    return _counted(_locked(segment), at)


@transaction.atomic
def count_all_anew(*, by: Actor, at: dt.datetime) -> int:
    """Count who is in every segment in use. Returns how many segments."""
    rows = list(segments())
    for segment in rows:
        count_anew(segment=segment, by=by, at=at)
    return len(rows)


def _ruled(
    segment: Segment, groups: list[Group], sentence: str, by: Actor, at: dt.datetime
) -> Segment:
    segment.rules = [group.as_kept() for group in groups]
    segment.save(update_fields=["rules"])
    auditing.record(verb="segment.ruled", record=segment, sentence=sentence, by=by, at=at)
    return _counted(segment, at)


def _counted(segment: Segment, at: dt.datetime) -> Segment:
    found = members(segment)
    segment.kept_count = found.count()
    segment.kept_first = list(found.values_list("pk", flat=True)[:FIRST])
    segment.counted_at = at
    segment.save(update_fields=["kept_count", "kept_first", "counted_at"])
    return segment


def _locked(segment: Segment) -> Segment:
    row: Segment = Segment.objects.select_for_update(of=("self",)).get(pk=segment.pk)
    return row
