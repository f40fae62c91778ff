"""What lies in the sealed store, through a function that only tests have."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from involvement.isolation.owner import as_owner
from involvement.landlords.models import Landlord
from residents.people.models import Person

WINDOWS = {
    "test_equality_answers()": "LANGUAGE sql AS $$ SELECT coalesce(jsonb_agg(jsonb_build_array("
    "question, option, words)), '[]') FROM residents_equalityanswer $$",
    "test_equality_answers_of(person bigint)": "LANGUAGE sql AS $$ SELECT coalesce(jsonb_agg("
    "jsonb_build_array(question, option)), '[]') FROM residents_equalityanswer "
    "WHERE pseudonym = equality_mark(equality_key(), person) $$",
    "test_equality_write(statement text)": "LANGUAGE plpgsql AS $$ BEGIN EXECUTE statement; "
    "RETURN '[]'; END $$",
}


def answers(landlord: Landlord) -> list[tuple[str, str, str]]:
    """What lies in the store, as its keeper sees it from inside a function of its own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT test_equality_answers()")
        return sorted(tuple(row) for row in json.loads(cursor.fetchone()[0]))


def counted(person: Person) -> set[tuple[str, str]]:
    """What figures count for a person: what lies under the mark of their own row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT test_equality_answers_of(%s)", [person.pk])
        return {tuple(row) for row in json.loads(cursor.fetchone()[0])}


def write(statement: str) -> None:
    """Have the store's keeper write something."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT test_equality_write(%s)", [statement])


@contextmanager
def opened() -> Iterator[None]:
    """A function that shows what no function of the product shows; gone afterwards."""
    with as_owner(connection), connection.cursor() as cursor:
        cursor.execute("GRANT CREATE ON SCHEMA public TO involvement_equality")
        for function, body in WINDOWS.items():
            cursor.execute(
                f"CREATE FUNCTION {function} RETURNS jsonb VOLATILE SECURITY DEFINER "
                f"SET search_path = pg_catalog, public {body}"
            )
            cursor.execute(f"ALTER FUNCTION {function} OWNER TO involvement_equality")
        cursor.execute("REVOKE CREATE ON SCHEMA public FROM involvement_equality")
    yield
    with as_owner(connection), connection.cursor() as cursor:
        for function in WINDOWS:
            cursor.execute(f"DROP FUNCTION {function}")
