"""Whom the reference of a row that was merged away leads to.

`survivor` has them by reference. Where a file has the references of both, the row of the one that
was kept speaks, else the first: `speaking` has its number.
"""

from __future__ import annotations

from typing import Final

MERGED: Final = """
led AS (
    SELECT p.reference, p.merged_into_id AS id, 1 AS step FROM given
    JOIN residents_person AS p ON p.landlord_id = %(landlord)s AND p.reference = given.reference
    WHERE p.merged_into_id IS NOT NULL
    UNION ALL
    SELECT led.reference, p.merged_into_id, led.step + 1 FROM led
    JOIN residents_person AS p ON p.landlord_id = %(landlord)s AND p.id = led.id
    WHERE p.merged_into_id IS NOT NULL
),
survivor AS MATERIALIZED (
    SELECT DISTINCT ON (reference) reference, id FROM led ORDER BY reference, step DESC
),
speaking AS MATERIALIZED (
    SELECT DISTINCT ON (id) id, number FROM (
        SELECT survivor.id, given.number, 0 AS place FROM survivor
        JOIN residents_person AS p ON p.landlord_id = %(landlord)s AND p.id = survivor.id
        JOIN given ON given.reference = p.reference
        UNION ALL
        SELECT survivor.id, given.number, 1 FROM survivor JOIN given USING (reference)
    ) AS rows ORDER BY id, place, number
)
"""
