"""The way in and out of the sealed tables: functions of the database that give no answer back.

The web role has no right on the tables themselves. What goes wrong in a function is told without
its values, so that neither a page nor a log repeats what somebody answered.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import DatabaseError, connection, transaction

from involvement.auditing.refusals import Refusal
from involvement.questionnaires.answers import Given


class StoreClosed(Refusal):
    """The answers could not be kept just now, and are written down nowhere. Try again in a minute."""


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
    """Forget everything one person answered. Raises StoreClosed."""
    _call("equality_erase(%s)", [person])


def cut(
    *,
    unit: int | None,
    kind: str,
    quarter_on: dt.date,
    until: dt.date,
    asked: Sequence[Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """Count, hide and round: the tables of a quarter that may be seen. Raises StoreClosed.

    A characteristic comes back as `kept` where the tables it has must stand, since too little has
    changed for new ones not to give somebody away.
    """
    answer = _call(
        "equality_cut(%s, %s, %s, %s, %s::jsonb)",
        [unit, kind, quarter_on, until, json.dumps(list(asked))],
    )
    found: list[dict[str, Any]] = json.loads(answer) if isinstance(answer, str) else answer
    return found


def _call(function: str, values: list[Any]) -> Any:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}", values)
            return cursor.fetchone()[0]
    except DatabaseError:
        # Not chained: PostgreSQL repeats the values of a row it refuses
        raise StoreClosed from None
