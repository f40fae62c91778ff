from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from residents.duplicates import policies, queries
from residents.duplicates.matching import guesses
from residents.duplicates.models import DuplicatePair, Merge
from residents.people.models import Person
from residents.privacy.clocks import UNDO_DAYS
from residents.privacy.ports import Changed, Holder, holders

State = DuplicatePair.State
PERSON = "residents.Person"


@transaction.atomic
def look_for_duplicates(*, by: Actor, at: dt.datetime) -> int:
    """Compare everybody and keep the likely pairs; what was settled stays settled.

    Open pairs that are likely no more go. Returns how many are new.
    """
    found = {(guess.first, guess.second): guess for guess in guesses(queries.candidates())}
    there = {
        tuple(sorted((pair.first_id, pair.second_id))): pair
        for pair in DuplicatePair.objects.order_by("pk")
    }
    gone = [pair.pk for key, pair in there.items() if key not in found and pair.state == State.OPEN]
    DuplicatePair.objects.filter(pk__in=gone).delete()
    changed = []
    for key, pair in there.items():
        guess = found.get((key[0], key[1]))
        if guess and (pair.score, pair.reasons) != (guess.score, list(guess.reasons)):
            pair.score, pair.reasons = guess.score, list(guess.reasons)
            changed.append(pair)
    DuplicatePair.objects.bulk_update(changed, ["score", "reasons"], batch_size=500)
    new = [
        DuplicatePair(
            first_id=guess.first,
            second_id=guess.second,
            score=guess.score,
            reasons=list(guess.reasons),
            found_at=at,
        )
        for key, guess in found.items()
        if key not in there
    ]
    DuplicatePair.objects.bulk_create(new, batch_size=1000, ignore_conflicts=True)
    return len(new)


@transaction.atomic
def dismiss(*, pair: DuplicatePair, by: Actor, at: dt.datetime) -> DuplicatePair:
    """Say that a pair are two people, for good. Returns the pair."""
    return _settle(pair, State.DISMISSED, by, at)


@transaction.atomic
def bring_back(*, pair: DuplicatePair, by: Actor, at: dt.datetime) -> DuplicatePair:
    """Put a dismissed pair back among those to be looked at. Returns the pair."""
    pair.state, pair.settled_at, pair.settled_by = State.OPEN, None, ""
    pair.save(update_fields=["state", "settled_at", "settled_by"])
    return pair


@transaction.atomic
def merge_people(
    *, kept: Person, gone: Person, taken: Collection[str], by: Actor, at: dt.datetime
) -> Merge:
    """Make two rows one person: `gone` becomes a stub that leads to `kept`.

    `taken` are the fields whose value comes from `gone`. Every holder moves its rows. Returns the
    merge, which can be undone for 30 days. Raises SamePerson, GoneAlready.
    """
    kept, gone = _locked(kept, gone)
    policies.check_can_merge(kept, gone)
    # How far a date of birth is known goes with the date
    names = [*taken, *(["born_precision"] if "born_on" in taken else [])]
    changes = [_set(kept, name, getattr(gone, _column(name))) for name in names]
    changes.append(_set(gone, "merged_into", kept.pk))
    kept.save()
    gone.save()
    record: list[dict[str, Any]] = [{"holder": PERSON, "changes": changes}]
    for holder in holders():
        moved = holder.merge(kept, gone, by=by, at=at)
        if moved:
            record.append({"holder": holder.name, "changes": moved})
    merge: Merge = Merge.objects.create(
        kept=kept,
        gone=gone,
        merged_at=at,
        record=record,
        undo_until_on=timezone.localdate(at) + dt.timedelta(days=UNDO_DAYS),
        **by.columns(),
    )
    for pair in _pairs_between(kept, gone):
        _settle(pair, State.MERGED, by, at)
    for row, sentence in ((kept, "merged another row into them"), (gone, "merged them away")):
        auditing.record(verb="person.merged", record=row, sentence=sentence, by=by, at=at)
    return merge


@transaction.atomic
def undo_merge(*, merge: Merge, by: Actor, at: dt.datetime) -> Merge:
    """Split two rows again: every field and row that the merge changed is put back, except what
    somebody has changed or moved since. Returns the merge.

    Raises UndoneAlready, TooLateToUndo, MergedOn.
    """
    row: Merge = (
        Merge.objects.select_for_update(of=("self",))
        .select_related("kept", "gone")
        .get(pk=merge.pk)
    )
    policies.check_can_undo(row, timezone.localdate(at))
    _locked(row.kept, row.gone)
    by_name: dict[str, Holder] = {holder.name: holder for holder in holders()}
    for part in reversed(row.record):
        if part["holder"] == PERSON:
            _put_back(part["changes"])
        elif part["holder"] in by_name:
            by_name[part["holder"]].unmerge(part["changes"])
    row.undone_at, row.undone_by, row.record = at, by.name[:120], []
    row.save(update_fields=["undone_at", "undone_by", "record"])
    for pair in _pairs_between(row.kept, row.gone):
        bring_back(pair=pair, by=by, at=at)
    for person in (row.kept, row.gone):
        auditing.record(
            verb="person.split", record=person, sentence="undid their merge", by=by, at=at
        )
    return row


@transaction.atomic
def forget_old_merges(*, by: Actor, at: dt.datetime) -> int:
    """Empty what merges changed once they cannot be undone. Returns how many."""
    over = Merge.objects.filter(undo_until_on__lt=timezone.localdate(at)).exclude(record=[])
    emptied: int = over.update(record=[])
    return emptied


def _settle(pair: DuplicatePair, state: str, by: Actor, at: dt.datetime) -> DuplicatePair:
    pair.state, pair.settled_at, pair.settled_by = state, at, by.name[:120]
    pair.save(update_fields=["state", "settled_at", "settled_by"])
    return pair


def _locked(kept: Person, gone: Person) -> tuple[Person, Person]:
    rows = {
        row.pk: row
        for row in Person.objects.select_for_update(of=("self",))
        .filter(pk__in=[kept.pk, gone.pk])
        .order_by("pk")
    }
    return rows[kept.pk], rows[gone.pk]


def _column(name: str) -> str:
    return str(Person._meta.get_field(name).attname)  # type: ignore[union-attr]  # own fields have columns


def _set(person: Person, name: str, value: Any) -> Changed:
    field: Any = Person._meta.get_field(name)
    old = getattr(person, field.attname)
    setattr(person, field.attname, value)
    return Changed(model=PERSON, pk=person.pk, field=name, old=_as_json(old), new=_as_json(value))


def _put_back(changes: list[Changed]) -> None:
    """Each field as it was, where it still is what the merge made it."""
    rows = Person.objects.in_bulk({change["pk"] for change in changes})
    for change in changes:
        row, field = rows[change["pk"]], Person._meta.get_field(change["field"])
        column = field.attname  # type: ignore[union-attr]  # own fields have columns
        if _as_json(getattr(row, column)) == change["new"]:
            old = change["old"]
            setattr(row, column, old if field.is_relation else field.to_python(old))  # type: ignore[union-attr]  # own fields have values
    for row in rows.values():
        row.save()


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _pairs_between(first: Person, second: Person) -> list[DuplicatePair]:
    keys = [first.pk, second.pk]
    return list(DuplicatePair.objects.filter(first__in=keys, second__in=keys).order_by("pk"))
