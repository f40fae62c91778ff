"""What every capability that keeps rows about a person must be able to do with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypedDict

from django.conf import settings
from django.utils.module_loading import import_string

from involvement.auditing.actors import Actor
from involvement.documents.models import StoredFile
from residents.people.models import Person

# What stands in the place of a name that was erased.
A_RESIDENT: Final = "A resident"


@dataclass(frozen=True)
class Item:
    """One thing kept about a person: what it is, what it says, and since when."""

    label: str
    value: str
    when: dt.date | dt.datetime | None = None


@dataclass(frozen=True)
class Section:
    """What one kind of row says about a person, for their access pack; with the files they hold."""

    heading: str
    rows: Sequence[Item]
    files: Sequence[StoredFile] = ()


@dataclass(frozen=True)
class ErasureCount:
    """What erasing did to one kind of row: how many stay without the person's words, how many went.

    `what` is the plural a sentence needs: "pieces of feedback".
    """

    what: str
    kept: int = 0
    deleted: int = 0


class Changed(TypedDict):
    """One field of one row before and after a merge, all of it plain JSON."""

    model: str
    pk: int
    field: str
    old: Any
    new: Any


# What a merge did, so that it can be undone exactly.
MergeRecord = list[Changed]


class Holder(Protocol):
    """All a capability keeps about people.

    `models` are dotted labels ("actionplans.Feedback"): every model with a key to a person that
    this holder answers for. Each call runs inside the caller's transaction.
    """

    @property
    def name(self) -> str: ...

    @property
    def models(self) -> tuple[str, ...]: ...

    def collect(self, person: Person) -> Sequence[Section]:
        """Everything kept about them, for their access pack; no section where nothing is."""
        ...

    def preview(self, person: Person) -> Sequence[ErasureCount]:
        """What `erase` would do, having done nothing."""
        ...

    def erase(self, person: Person, *, by: Actor, at: dt.datetime) -> Sequence[ErasureCount]:
        """Take the person's own words and ways to reach them off; keep the rows that are counted.

        The person's row stays, as "A resident": keys to it need not be cleared.
        """
        ...

    def merge(self, kept: Person, gone: Person, *, by: Actor, at: dt.datetime) -> MergeRecord:
        """Move the rows of `gone` to `kept`. Returns what they were before."""
        ...

    def unmerge(self, record: MergeRecord) -> None:
        """Put back what `merge` returned, exactly, where it still stands as the merge left it."""
        ...

    def keep_until(self, person: Person) -> dt.date | None:
        """The last day the law or the landlord's schedule wants these rows kept; None if none."""
        ...


class SealedAnswers(Protocol):
    """What a person answered for statistics alone: kept apart from everything a holder shows and
    from the pack, and given to whoever asked to see what is kept about them."""

    @property
    def heading(self) -> str: ...

    def hand_over(self, request: int, *, at: dt.datetime) -> Section:
        """The answers of whoever made an access request, by its key. The line of their history of
        this moment must be there already, and stay."""
        ...


def holders() -> Iterator[Holder]:
    """Every holder that `settings.HOLDERS` names, in its order. A path leads to one or to several."""
    for path in settings.HOLDERS:
        found = import_string(path)
        yield from found if isinstance(found, tuple) else (found,)


def holder_of(label: str) -> Holder | None:
    """The holder that answers for a model, by its dotted label."""
    return next((holder for holder in holders() if label in holder.models), None)
