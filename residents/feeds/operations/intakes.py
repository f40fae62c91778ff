"""A file on its way in: kept, compared, brought in or set aside."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.calendars.words import count
from involvement.documents import queries as documents
from involvement.documents.operations import remove_file, store_file
from involvement.importing.queries import as_kept
from involvement.importing.readers import read_table
from involvement.isolation.plans import plan_anew
from involvement.isolation.scope import landlord_id
from involvement.isolation.tasks import enqueue
from residents.feeds import policies, queries
from residents.feeds.models import Intake, Source, StagedRow
from residents.feeds.operations.applying import apply
from residents.feeds.operations.comparing import stage
from residents.feeds.operations.refusing import forget_rows, refuse, refuse_staged
from residents.feeds.queries.erased import without_erased
from residents.feeds.queries.reading import Reading, read_feed

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_ROWS: Final = 250_000
_LONG: Final = 200
_PATIENCE: Final = "10min"
_COUNTS: Final = ("rows_read", "created", "changed", "unchanged", "leavers", "refused")


@transaction.atomic
def start_intake(
    *,
    source: Source,
    name: str,
    data: bytes,
    how: str,
    mode: str,
    keep: bool,
    by: Actor,
    at: dt.datetime,
) -> Intake:
    """Note that a file came. With `keep` it is stored until it is settled. Returns the intake.

    Raises what `documents.store_file` raises.
    """
    intake: Intake = Intake.objects.create(
        source=source,
        name=name[-200:],
        sha256=hashlib.sha256(data).hexdigest(),
        how=how,
        mode=mode,
        file=store_file(name=name, data=as_kept(data), by=by, at=at) if keep else None,
        choices=source.choices,
        arrived_at=at,
        **by.columns(),
    )
    auditing.record(
        verb="intake.arrived",
        record=intake,
        sentence=f"sent “{intake}” from {source}",
        by=by,
        at=at,
    )
    return intake


@transaction.atomic
def stage_intake(
    *, intake: Intake, data: bytes | None = None, by: Actor, at: dt.datetime
) -> Reading:
    """Read a file and put it beside the register. Nothing of the register changes.

    Returns what was read; the counts are on the intake. Raises ImportRefused, and what `read_feed`
    raises.
    """
    today = timezone.localdate(at)
    table = read_table(io.BytesIO(_content(intake, data)), name=intake.name, most=MOST_ROWS)
    reading = without_erased(
        read_feed(table, choices=intake.choices or None, mode=intake.mode, today=today)
    )
    with _planned_for(reading.rows_read):
        forget_rows(intake)
        stage(intake, reading, today=today)
        refuse(intake, reading.refused)
        refuse_staged(intake, {row.number: row.cells for row in table.rows})
        intake.leavers = queries.leavers(intake).order_by().count()
    acts = dict(
        StagedRow.objects.filter(intake=intake)
        .values_list("act")
        .annotate(rows=Count("pk"))
        .order_by("act")
    )
    intake.rows_read = reading.rows_read
    intake.created = acts.get(StagedRow.Act.NEW, 0)
    intake.changed = acts.get(StagedRow.Act.CHANGED, 0)
    intake.unchanged = acts.get(StagedRow.Act.SAME, 0)
    intake.refused = reading.rows_read - sum(acts.values())
    intake.headings, intake.notes = list(reading.headings), list(reading.notes)
    intake.save(update_fields=[*_COUNTS, "headings", "notes"])
    return reading


@transaction.atomic
def choose_fields(
    *, intake: Intake, choices: Mapping[str, Sequence[str]], by: Actor, at: dt.datetime
) -> Intake:
    """Say which headings feed which fields, for this file and the source's next ones.

    Returns the intake; stage it again. Raises BroughtInAlready, SetAside.
    """
    policies.check_waits(intake)
    chosen = {heading: list(fields) for heading, fields in choices.items()}
    intake.choices = {**intake.choices, **chosen}
    intake.save(update_fields=["choices"])
    intake.source.choices = {**intake.source.choices, **chosen}
    intake.source.save(update_fields=["choices"])
    auditing.record(
        verb="intake.mapped",
        record=intake,
        sentence=f"chose the fields for the headings of {intake.source}",
        by=by,
        at=at,
    )
    return intake


@transaction.atomic
def bring_in(
    *,
    intake: Intake,
    data: bytes | None = None,
    allow_leavers: bool = False,
    by: Actor,
    at: dt.datetime,
) -> Intake:
    """Write what a file says into the register, all of it or nothing.

    It is compared anew, since the register may have changed since its preview. Returns the intake
    with its counts. Raises AnotherIsBroughtIn, BroughtInAlready, SetAside, NothingToRead,
    TooManyLeave, and as `stage_intake`.
    """
    _one_at_a_time()
    intake = _locked(intake)
    policies.check_can_settle(intake)
    reading = stage_intake(intake=intake, data=data, by=by, at=at)
    policies.check_something(intake)
    here = queries.of_source(intake.source).count()
    policies.check_leavers(intake, here=here, allowed=allow_leavers)
    today = timezone.localdate(at)
    with _planned_for(reading.rows_read):
        gone = list(queries.missing(intake).order_by().values_list("pk", flat=True))
        unsent = apply(intake, leavers=gone, has_ends=reading.has_ends, by=by, at=at, today=today)
    plan_anew()
    words = f"brought in “{intake}”: {in_words(intake)}"
    if unsent:
        waited = "message that waited", "messages that waited"
        words += f" {count(unsent, *waited)} to go to them will not go."
    return _settled(intake, Intake.State.DONE, words, by, at)


@transaction.atomic
def begin_bringing_in(*, intake: Intake, allow_leavers: bool, by: Actor, at: dt.datetime) -> Intake:
    """Have a worker bring a long file in. Returns the intake.

    Raises BroughtInAlready, SetAside, IsBroughtIn, TooManyLeave.
    """
    intake = _locked(intake)
    policies.check_waits(intake)
    here = queries.of_source(intake.source).count()
    policies.check_leavers(intake, here=here, allowed=allow_leavers)
    intake.state, intake.leavers_allowed, intake.why = Intake.State.WORKING, allow_leavers, ""
    intake.save(update_fields=["state", "leavers_allowed", "why"])
    sentence = f"had “{intake}” brought in"
    auditing.record(verb="intake.begun", record=intake, sentence=sentence, by=by, at=at)
    enqueue("residents.feeds.tasks.bring_in", intake_id=intake.pk)
    return intake


@transaction.atomic
def wait_again(*, intake: Intake, why: str, by: Actor, at: dt.datetime) -> Intake:
    """A file that a worker could not bring in waits for an officer again. Returns it."""
    intake = _locked(intake)
    intake.state, intake.why = Intake.State.PREVIEW, why
    intake.save(update_fields=["state", "why"])
    sentence = f"could not bring in “{intake}”: {why}"
    auditing.record(verb="intake.returned", record=intake, sentence=sentence, by=by, at=at)
    return intake


@transaction.atomic
def set_aside(*, intake: Intake, by: Actor, at: dt.datetime) -> Intake:
    """Leave a file without bringing it in. Returns it. Raises BroughtInAlready, SetAside."""
    intake = _locked(intake)
    policies.check_waits(intake)
    return _settled(intake, Intake.State.ASIDE, f"set “{intake}” aside", by, at)


@transaction.atomic
def intake_failed(*, intake: Intake, why: str, by: Actor, at: dt.datetime) -> Intake:
    """Note why a file could not be brought in. Returns it."""
    intake = _locked(intake)
    intake.why = why
    return _settled(intake, Intake.State.FAILED, f"could not bring in “{intake}”: {why}", by, at)


def in_words(intake: Intake) -> str:
    """The counts as a sentence."""
    said = [
        f"{number:,} {word}"
        for number, word in (
            (intake.created, "new"),
            (intake.changed, "changed"),
            (intake.unchanged, "unchanged"),
            (intake.refused, "refused"),
        )
        if number
    ]
    words = f"{count(intake.rows_read, 'row')} read"
    words += f": {', '.join(said)}." if said else "."
    if intake.leavers:
        words += f" {count(intake.leavers, 'person has', 'people have')} left."
    return words


def _settled(
    intake: Intake, state: Intake.State, sentence: str, by: Actor, at: dt.datetime
) -> Intake:
    file, intake.file = intake.file, None
    intake.state, intake.settled_at = state, at
    intake.save(update_fields=["state", "settled_at", "why", "file"])
    StagedRow.objects.filter(intake=intake).delete()
    if file is not None:
        remove_file(file=file, by=by, at=at)
    auditing.record(verb=f"intake.{state.lower()}", record=intake, sentence=sentence, by=by, at=at)
    return intake


def _locked(intake: Intake) -> Intake:
    rows = Intake.objects.select_for_update(of=("self",)).select_related("source", "file")
    found: Intake = rows.get(pk=intake.pk)
    return found


def _content(intake: Intake, data: bytes | None) -> bytes:
    if data is not None:
        return data
    if intake.file is None:
        raise policies.FileIsGone
    return documents.content(intake.file)


def _one_at_a_time() -> None:
    """Hold the landlord's lock until the transaction ends. Raises AnotherIsBroughtIn."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended('residents.feeds ' || %s, 0))",
            [str(landlord_id())],
        )
        if not cursor.fetchone()[0]:
            raise policies.AnotherIsBroughtIn


@contextmanager
def _planned_for(rows: int) -> Iterator[None]:
    """Rows staged a moment ago are not in the planner's statistics: it would take each for the only
    one, and read the register once for every row of a long file."""
    if rows < _LONG:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('enable_nestloop', 'off', true), "
            "set_config('statement_timeout', %s, true)",
            [_PATIENCE],
        )
        yield
        cursor.execute("SELECT set_config('enable_nestloop', 'on', true)")
