"""Files that a housing system leaves in a folder: `FEED_FOLDER/landlord/source/`.

What was read is moved to `done/` beside it, what could not be to `failed/`, with the moment before
its name, so that nothing is read twice and nothing is lost.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from involvement.auditing.actors import Actor
from involvement.importing.kinds import MAX_BYTES, TEXT_SUFFIXES, WORKBOOK_SUFFIX
from involvement.landlords.models import Landlord
from residents.feeds import operations, queries
from residents.feeds.models import Intake, Source
from residents.feeds.policies import AnotherIsBroughtIn

# A file younger than this may still be written to
SETTLED_SECONDS = 30


def folder_of(landlord: Landlord, source: Source) -> Path | None:
    """Where a source's files are picked up from; None where the installation has no such folder."""
    root = settings.FEED_FOLDER
    return Path(root) / landlord.slug / source.slug if root else None


def pick_up(landlord: Landlord, *, by: Actor, at: dt.datetime) -> list[Intake]:
    """Bring in every file that lies ready, oldest first. Returns what came of them.

    Where another file is being brought in, the rest waits for the next time.
    """
    found: list[Intake] = []
    for source in queries.sources().filter(picks_up=True):
        folder = folder_of(landlord, source)
        for path in _ready(folder, at) if folder else ():
            data = path.read_bytes() if path.stat().st_size <= MAX_BYTES else b""
            try:
                intake = operations.receive(
                    source=source,
                    name=path.name,
                    data=data,
                    how=Intake.How.FOLDER,
                    by=by,
                    at=at,
                )
            except AnotherIsBroughtIn:
                return found
            _move(path, intake, at)
            found.append(intake)
    return found


def _ready(folder: Path, at: dt.datetime) -> Iterator[Path]:
    if not folder.is_dir():
        return
    suffixes = {*TEXT_SUFFIXES, WORKBOOK_SUFFIX}
    files = [
        path
        for path in folder.iterdir()
        if path.is_file() and not path.is_symlink() and path.suffix.lower() in suffixes
    ]
    for path in sorted(files, key=lambda one: (one.stat().st_mtime, one.name)):
        if at.timestamp() - path.stat().st_mtime >= SETTLED_SECONDS:
            yield path


def _move(path: Path, intake: Intake, at: dt.datetime) -> None:
    kept = path.parent / ("failed" if intake.state == Intake.State.FAILED else "done")
    kept.mkdir(exist_ok=True)
    path.rename(kept / f"{at:%Y%m%dT%H%M%S}-{intake.pk}-{path.name}")
