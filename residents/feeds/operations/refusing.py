"""Keeps the rows that cannot be taken over, and why."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

from django.db import connection

from residents.feeds.models import Intake, RefusedRow, StagedRow
from residents.feeds.queries.reading import Refused

_KEEP: Final = """
INSERT INTO residents_refusedrow (landlord_id, intake_id, number, reference, cells, why)
SELECT %(landlord)s, %(intake)s, refused.* FROM unnest(
    %(number)s::integer[], %(reference)s::text[], %(cells)s::jsonb[], %(why)s::text[]
) AS refused
"""
# A spreadsheet that took references for numbers has eaten their noughts
_EATEN: Final = """
SELECT DISTINCT ON (s.number) s.number, s.reference, 'We know the {what} “' || known.{theirs}
    || '”, which differs in its leading noughts alone. Write it in full; in a spreadsheet, format '
    || 'the column as text first.'
FROM residents_stagedrow AS s
JOIN {table} AS known ON known.landlord_id = s.landlord_id
    AND ltrim(known.{theirs}, '0') = ltrim(s.{ours}, '0') AND known.{theirs} <> s.{ours}
WHERE s.landlord_id = %(landlord)s AND s.intake_id = %(intake)s AND s.trouble = '' AND {new}
    AND ltrim(s.{ours}, '0') <> '' AND NOT EXISTS (
        SELECT FROM {table} AS same
        WHERE same.landlord_id = s.landlord_id AND same.{theirs} = s.{ours}
    )
ORDER BY s.number, known.id
"""
# One name and one day of birth under references that only capital letters tell apart
_OTHER_LETTERS: Final = """
SELECT DISTINCT ON (s.number) s.number, s.reference, 'We know this person by the reference “'
    || known.reference || '”, which differs in capital letters alone. Write it as we have it, or put '
    || 'the reference right here first.'
FROM residents_stagedrow AS s
JOIN residents_person AS known ON known.landlord_id = s.landlord_id
    AND lower(known.reference) = lower(s.reference) AND known.reference <> s.reference
    AND lower(known.name) = lower(s.name) AND known.born_on IS NOT DISTINCT FROM s.born_on
WHERE s.landlord_id = %(landlord)s AND s.intake_id = %(intake)s AND s.trouble = ''
    AND s.act = 'NEW' AND known.status <> 'ERASED'
ORDER BY s.number, known.id
"""
_QUESTIONS: Final = (
    _OTHER_LETTERS,
    _EATEN.format(
        what="person reference",
        table="residents_person",
        theirs="reference",
        ours="reference",
        new="s.act = 'NEW'",
    ),
    _EATEN.format(
        what="home reference",
        table="residents_home",
        theirs="reference",
        ours="home_reference",
        new="s.home_reference IS NOT NULL",
    ),
    _EATEN.format(
        what="UPRN",
        table="residents_home",
        theirs="uprn",
        ours="uprn",
        new="s.uprn IS NOT NULL",
    ),
)


def refuse(intake: Intake, refused: Sequence[Refused]) -> None:
    """Keep rows that could not even be read."""
    if not refused:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _KEEP,
            {
                "landlord": intake.landlord_id,
                "intake": intake.pk,
                "number": [one.number for one in refused],
                "reference": [one.reference for one in refused],
                "cells": [json.dumps(one.cells) for one in refused],
                "why": [one.why for one in refused],
            },
        )


def refuse_staged(intake: Intake, cells: Mapping[int, tuple[str, ...]]) -> None:
    """Take out the staged rows that the register contradicts, and keep them as refused. `cells` are
    the file's rows by their number."""
    scope = {"landlord": intake.landlord_id, "intake": intake.pk}
    staged = StagedRow.objects.filter(intake=intake)
    found = {
        number: (reference, why)
        for number, reference, why in staged.exclude(trouble="")
        .order_by("number")
        .values_list("number", "reference", "trouble")
    }
    with connection.cursor() as cursor:
        for question in _QUESTIONS:
            cursor.execute(question, scope)
            for number, reference, why in cursor.fetchall():
                found.setdefault(number, (reference, why))
    if not found:
        return
    staged.filter(number__in=list(found)).delete()
    refuse(
        intake,
        [
            Refused(number, reference, cells[number], why)
            for number, (reference, why) in sorted(found.items())
        ],
    )


def forget_rows(intake: Intake) -> None:
    """Take every row of an intake away, to read it anew."""
    StagedRow.objects.filter(intake=intake).delete()
    RefusedRow.objects.filter(intake=intake).delete()
