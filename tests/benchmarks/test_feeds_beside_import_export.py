"""`manage.py import_residents` beside django-import-export, which most Django projects bring files
in with: the same list into the same tables with the same lines of history, in one run."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from involvement.auditing.models import AuditEntry
from involvement.landlords.models import Landlord
from residents.people.models import Home, Person, Residency, Tenancy
from tests.benchmarks.measuring import hold
from tests.benchmarks.resources import import_with_package
from tests.benchmarks.test_feeds import file_of, undone, with_types

__all__ = ["with_types"]

ROWS = 10_000
MOST = 1 / 5
ROUNDS = 3
TABLES = (Home, Tenancy, Person, Residency)


def written() -> tuple[int, ...]:
    """How many rows each table has, and how many lines there are of homes and of people."""
    lines = AuditEntry.objects.filter(verb__in=["home.added", "person.added"])
    return (*(table.objects.count() for table in TABLES), lines.count())


def test_ten_thousand_rows_take_at_most_a_fifth_of_the_time(
    with_types: Landlord, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(file_of(ROWS))
    full = (ROWS, ROWS, ROWS, ROWS, 2 * ROWS)

    def ours() -> dict[str, int]:
        said = StringIO()
        call_command(
            "import_residents", str(path), landlord=with_types.slug, json=True, stdout=said
        )
        counts: dict[str, int] = json.loads(said.getvalue())
        return counts

    def ours_first() -> None:
        assert (ours()["created"], written()) == (ROWS, full)

    def theirs_first() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
        new, _ = import_with_package(path.read_bytes())
        assert (new, written()) == (len(TABLES) * ROWS, full)

    hold(
        f"import_residents of {ROWS:,} rows beside django-import-export",
        lambda: undone(ours_first),
        lambda: undone(theirs_first),
        most=MOST,
        rounds=ROUNDS,
    )


def test_both_leave_the_same_file_alone_the_second_time(
    with_types: Landlord, tmp_path: Path
) -> None:
    """Or they would not be doing the same thing."""
    path, few = tmp_path / "people.csv", 200
    path.write_bytes(file_of(few))
    import_with_package(path.read_bytes())
    lines = AuditEntry.objects.count()
    assert import_with_package(path.read_bytes()) == (0, len(TABLES) * few)
    assert AuditEntry.objects.count() == lines
    said = StringIO()
    call_command("import_residents", str(path), landlord=with_types.slug, json=True, stdout=said)
    assert json.loads(said.getvalue())["unchanged"] == few
