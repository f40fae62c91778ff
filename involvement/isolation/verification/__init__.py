"""Proves the database's part of isolation: from its catalogues, then by trying.

Nouns: a Fault is one table (or role, view, function) and what is wrong with it, in words; a Probe
is an attempt to read or write another landlord's rows, which must be refused.
`manage.py verify_isolation` and the tests read it. Reading order: `faults`, `tables`, `keys`,
`roles`, `reach`, `probes`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection as default_connection

from involvement.isolation.verification import keys, probes, reach, roles, tables
from involvement.isolation.verification.faults import Fault

__all__ = ["Fault", "Verdict", "verify"]


@dataclass(frozen=True)
class Verdict:
    """What was looked at, what was tried, and what is wrong."""

    faults: list[Fault]
    tables: int
    composite_keys: int
    probes: int
    tables_with_foreign_rows: int


def verify(connection: Any = default_connection) -> Verdict:
    """Look at every table that holds a landlord's rows, and try to get at another's.

    Signs in as the web role, and leaves nothing behind. Returns the verdict.
    """
    fenced = tables.fenced_tables(connection)
    counted = keys.composite_keys(connection, fenced)
    faults = [
        *tables.faults(connection, fenced),
        *keys.faults(connection, fenced),
        *roles.faults(connection, fenced),
        *reach.faults(connection),
    ]
    tried = probes.try_everything(connection, fenced)
    return Verdict(
        faults=sorted({*faults, *tried.faults}, key=lambda fault: (fault.what, fault.wrong)),
        tables=len(fenced),
        composite_keys=len(counted),
        probes=tried.count,
        tables_with_foreign_rows=tried.tables_with_foreign_rows,
    )
