from __future__ import annotations

import datetime as dt

from involvement.auditing.refusals import Refusal
from residents.duplicates.models import Merge
from residents.people.models import Person


class SamePerson(Refusal):
    """Choose two different people."""


class GoneAlready(Refusal):
    """One of the two has been merged or erased meanwhile. Go back to the list."""


class TooLateToUndo(Refusal):
    """A merge can be undone for 30 days; this one is older."""


class UndoneAlready(Refusal):
    """This merge has been undone already."""


class MergedOn(Refusal):
    """The person this was merged into has been merged or erased since. Undo that merge first."""


def check_can_merge(kept: Person, gone: Person) -> None:
    """Raises SamePerson, GoneAlready."""
    if kept.pk == gone.pk:
        raise SamePerson
    for person in (kept, gone):
        if person.merged_into_id is not None or person.status == Person.Status.ERASED:
            raise GoneAlready


def check_can_undo(merge: Merge, today: dt.date) -> None:
    """Raises UndoneAlready, TooLateToUndo, MergedOn. Read with `kept` selected."""
    if merge.undone_at is not None:
        raise UndoneAlready
    if today > merge.undo_until_on:
        raise TooLateToUndo
    kept = merge.kept
    if kept.merged_into_id is not None or kept.status == Person.Status.ERASED:
        raise MergedOn
