"""The files of lists taken out, which may name anybody and are found by no key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from involvement.auditing.actors import Actor
from residents.exports.operations import forget_files
from residents.exports.queries import with_files
from residents.people.models import Person
from residents.privacy.ports import ErasureCount, MergeRecord, Section

WHAT = "files of lists taken out, which may name them"


@dataclass(frozen=True)
class FilesHolder:
    """Every file of a list goes when somebody is erased; whoever needs the list takes it out anew.

    Nothing of them is shown: a file is as much about others, and who took them out with a list
    stands in the register of looks.
    """

    name: str = "Lists taken out"
    models: tuple[str, ...] = ()

    def collect(self, person: Person) -> Sequence[Section]:
        """Nothing but what the register says of them, which is in their pack as it is."""
        return []

    def preview(self, person: Person) -> Sequence[ErasureCount]:
        """All the files there are, counted once where rows were made one."""
        return [] if person.merged_into_id else _counted(with_files().count())

    def erase(self, person: Person, *, by: Actor, at: dt.datetime) -> Sequence[ErasureCount]:
        """Delete them."""
        return _counted(forget_files(person=person, by=by, at=at))

    def merge(self, kept: Person, gone: Person, *, by: Actor, at: dt.datetime) -> MergeRecord:
        """A file stays as it was taken out."""
        return []

    def unmerge(self, record: MergeRecord) -> None:
        """Nothing moved."""

    def keep_until(self, person: Person) -> dt.date | None:
        """Nothing asks for a file to be kept."""
        return None


def _counted(files: int) -> Sequence[ErasureCount]:
    return [ErasureCount(WHAT, deleted=files)] if files else []


HOLDERS = (FilesHolder(),)
