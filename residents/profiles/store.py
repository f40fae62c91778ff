"""The way in and out of the sealed tables: functions of the database. One gives a person's own
answers back, once they asked to see what is kept; no other gives any.

The web role has no right on the tables themselves. What goes wrong in a function is told without
its values, so that neither a page nor a log repeats what somebody answered.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.db import DatabaseError, connection, transaction
from django.views.decorators.debug import sensitive_variables

from involvement.auditing.refusals import Refusal
from involvement.questionnaires.answers import Given

PATIENCE: Final = "10min"
_SET: Final = (
    "SELECT set_config('statement_timeout', %s, true), set_config('enable_nestloop', %s, true)"
)


@dataclass(frozen=True)
class Answer:
    """One answer as the store has it; `answered_on` is the first of its month."""

    version: int
    question: str
    option: str
    words: str
    answered_on: dt.date


@dataclass(frozen=True)
class Slice:
    """Of whom which characteristics are counted: of everybody, of a unit, or of a kind of part."""

    asked: list[Mapping[str, Any]]
    unit: int | None = None
    kind: str = ""


class StoreClosed(Refusal):
    """The answers could not be kept just now, and are written down nowhere. Try again in a minute."""


class NotHandedOver(StoreClosed):
    """The answers could not be had just now. Try again in a minute, or ring us."""


def record(
    *, person: int, version: int, given: Mapping[str, Given], cleared: Sequence[str], on: dt.date
) -> None:
    """Hand in one person's answers; earlier ones to the same questions, and to `cleared`, go.

    Raises StoreClosed.
    """
    payload: dict[str, Any] = {code: {} for code in cleared}
    payload |= {
        code: {"options": list(answer.options), "words": answer.words or str(answer.date or "")}
        for code, answer in given.items()
    }
    _call("equality_record(%s, %s, %s::jsonb, %s)", [person, version, json.dumps(payload), on])


def record_many(
    *, version: int, question: str, answers: Sequence[tuple[int, str]], on: dt.date
) -> None:
    """Hand in many people's option to one question: (person, option). Raises StoreClosed."""
    people, options = zip(*answers, strict=True) if answers else ((), ())
    _call(
        "equality_record_many(%s::bigint[], %s, %s, %s::text[], %s)",
        [list(people), version, question, list(options), on],
    )


def erase(*, person: int) -> None:
    """Forget everything one person answered, under rows merged into theirs too. Raises StoreClosed."""
    _call("equality_erase(%s)", [person])


def merge(*, kept: int, gone: int) -> None:
    """Count what two rows answered as one person's: to each question what `kept` answered, else what
    `gone` did. Raises StoreClosed."""
    _call("equality_merge(%s, %s)", [kept, gone])


def unmerge(*, kept: int, gone: int) -> None:
    """Give `gone` back what `merge` took, unless it was answered anew since. Raises StoreClosed."""
    _call("equality_unmerge(%s, %s)", [kept, gone])


@sensitive_variables()
def own(*, request: int, at: dt.datetime) -> list[Answer]:
    """What the person of an access request answered, for them to see and for nobody else.

    The database hands it out only while that request has a pack that is ready or was sent, once
    their history holds the line of this moment (`equality.handed_over`), and in no transaction that
    has written: the request and the line stay, whatever becomes of the reading. Raises NotHandedOver.
    """
    try:
        found = _call("equality_own(%s, %s)", [request, at])
    except StoreClosed:
        raise NotHandedOver from None
    rows = json.loads(found) if isinstance(found, str) else found
    return [
        Answer(**{**row, "answered_on": dt.date.fromisoformat(row["answered_on"])}) for row in rows
    ]


def cut(
    *, quarter_on: dt.date, until: dt.date, slices: Sequence[Slice]
) -> list[list[dict[str, Any]]]:
    """Count, hide and round: the tables of a quarter that may be seen, slice by slice, the whole
    landlord before its parts.

    The database counts nothing in a transaction that has written already: whoever changes people,
    counts and takes the change back would see what one person answered. Raises StoreClosed.
    Takes as long as it needs: it is a job's work, and minutes of it are no fault.

    A characteristic comes back as `kept` where the tables it has must stand, since too little has
    changed for new ones not to give somebody away.
    """
    with transaction.atomic(), _unhurried():
        answer = _call(
            "equality_cut(%s, %s, %s::jsonb)",
            [quarter_on, until, json.dumps([asdict(one) for one in slices])],
        )
    found: list[list[dict[str, Any]]] = json.loads(answer) if isinstance(answer, str) else answer
    return found


@contextmanager
def _unhurried() -> Iterator[None]:
    """People and answers that came a moment ago are not in the planner's statistics: it would take
    each for the only one, and look through all of them again for every one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('statement_timeout'), current_setting('enable_nestloop')"
        )
        before = cursor.fetchone()
        cursor.execute(_SET, [PATIENCE, "off"])
        yield
        cursor.execute(_SET, before)


def _call(function: str, values: list[Any]) -> Any:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}", values)
            return cursor.fetchone()[0]
    except DatabaseError:
        # Not chained: PostgreSQL repeats the values of a row it refuses
        raise StoreClosed from None
