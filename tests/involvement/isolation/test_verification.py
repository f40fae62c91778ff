"""`verify_isolation` passes on the schema as migrated and notices each way of spoiling it."""
# ruff: noqa: S608 -- statements are made of names written here

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from involvement.isolation import landlord_scope
from involvement.isolation.owner import as_owner
from involvement.isolation.rules import POLICIES
from involvement.isolation.verification import tables, verify
from involvement.landlords.models import Landlord, Unit
from tests.factories.landlords import make_landlord

UNIT = "involvement_unit"


@pytest.fixture(scope="module", autouse=True)
def two_landlords(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Two landlords with a unit each, really committed: changes to a table wait for nobody."""
    with django_db_blocker.unblock():
        keys = []
        for slug in ("poole", "oxford"):
            landlord = make_landlord(slug)
            keys.append(landlord.pk)
            with landlord_scope(landlord):
                Unit.objects.create(name=f"A unit of {slug}")
        yield
        with as_owner(connection), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {UNIT} WHERE landlord_id = ANY(%s)", [keys])
            cursor.execute("DELETE FROM involvement_landlord WHERE id = ANY(%s)", [keys])
        connection.close()


def as_the_owner(*statements: str) -> None:
    with as_owner(connection), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def spoilt(spoil: str, mend: str) -> Iterator[None]:
    as_the_owner(*spoil.split(";\n"))
    try:
        yield
    finally:
        as_the_owner(*mend.split(";\n"))


def run_command() -> str:
    out = StringIO()
    call_command("verify_isolation", stdout=out)
    return out.getvalue()


def test_the_schema_as_migrated_keeps_landlords_apart() -> None:
    verdict = verify()
    assert verdict.faults == []
    assert verdict.tables > 10
    assert verdict.composite_keys > 10
    assert verdict.tables_with_foreign_rows >= 1


def test_the_command_says_so_in_one_sentence() -> None:
    assert run_command().startswith("Landlords are kept apart. ")


def test_the_command_fails_and_names_the_table() -> None:
    said = StringIO()
    with (
        spoilt(
            f"ALTER TABLE {UNIT} DISABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {UNIT} ENABLE ROW LEVEL SECURITY",
        ),
        pytest.raises(CommandError, match="1 to put right"),
    ):
        call_command("verify_isolation", stderr=said)
    assert f"{UNIT}: row-level security is switched off" in said.getvalue()
    assert f"{UNIT}: shows another landlord's rows to involvement_web" in said.getvalue()
    assert verify().faults == []


def test_it_notices_on_whichever_table_the_fence_is_switched_off() -> None:
    fenced = tables.fenced_tables(connection)
    for table in fenced:
        with spoilt(
            f"ALTER TABLE {table.quoted} DISABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table.quoted} ENABLE ROW LEVEL SECURITY",
        ):
            assert [str(fault) for fault in tables.faults(connection, fenced)] == [
                f"{table.name}: row-level security is switched off"
            ]


ONE = next(policy for policy in POLICIES["normal"] if policy.name == "landlord_one")
PERSON_UNIT = "residents_person_unit_id"

SPOILT = {
    "row-level security not forced": (
        f"ALTER TABLE {UNIT} NO FORCE ROW LEVEL SECURITY",
        f"ALTER TABLE {UNIT} FORCE ROW LEVEL SECURITY",
        f"{UNIT}: row-level security is not forced on the table's owner",
    ),
    "a policy dropped": (
        f"DROP POLICY landlord_one ON {UNIT}",
        ONE.sql(UNIT),
        f"{UNIT}: the policy landlord_one is missing",
    ),
    "a policy that says nothing instead of failing": (
        (
            f"ALTER POLICY landlord_one ON {UNIT} "
            "USING (landlord_id = nullif(current_setting('app.landlord', true), '')::bigint)"
        ),
        f"DROP POLICY landlord_one ON {UNIT};\n{ONE.sql(UNIT)}",
        f"{UNIT}: the policy landlord_one is not the one that was agreed",
    ),
    "a policy that lets everybody in": (
        f"CREATE POLICY landlord_any ON {UNIT} USING (true)",
        f"DROP POLICY landlord_any ON {UNIT}",
        f"{UNIT}: has a policy that nobody agreed on: landlord_any",
    ),
    "the right to empty a table": (
        f"GRANT TRUNCATE ON {UNIT} TO involvement_web",
        f"REVOKE TRUNCATE ON {UNIT} FROM involvement_web",
        f"{UNIT}: involvement_web may TRUNCATE it",
    ),
    "the right to change one column of the history": (
        "GRANT UPDATE (sentence) ON involvement_auditentry TO involvement_web",
        "REVOKE UPDATE (sentence) ON involvement_auditentry FROM involvement_web",
        "involvement_auditentry: involvement_web may UPDATE it",
    ),
    "a reading role that writes": (
        f"GRANT INSERT ON {UNIT} TO involvement_read",
        f"REVOKE INSERT ON {UNIT} FROM involvement_read",
        f"{UNIT}: involvement_read may INSERT it",
    ),
    "a right taken away": (
        f"REVOKE DELETE ON {UNIT} FROM involvement_web",
        f"GRANT DELETE ON {UNIT} TO involvement_web",
        f"{UNIT}: involvement_web may not DELETE it, which the product needs",
    ),
    "uniqueness across landlords": (
        f"CREATE UNIQUE INDEX name_once ON {UNIT} (name)",
        "DROP INDEX name_once",
        f"{UNIT}: the unique index name_once does not begin with the landlord",
    ),
    "a primary key without the landlord": (
        (
            "ALTER TABLE involvement_word DROP CONSTRAINT involvement_word_pkey, "
            "ADD CONSTRAINT involvement_word_pkey PRIMARY KEY (id)"
        ),
        (
            "ALTER TABLE involvement_word DROP CONSTRAINT involvement_word_pkey, "
            "ADD CONSTRAINT involvement_word_pkey PRIMARY KEY (landlord_id, id)"
        ),
        "involvement_word: its key is (id) without the landlord",
    ),
    "a plain foreign key": (
        (
            f"ALTER TABLE {UNIT} ADD CONSTRAINT unit_alone UNIQUE (id);\n"
            "ALTER TABLE residents_person ADD CONSTRAINT unit_plain FOREIGN KEY (unit_id) "
            f"REFERENCES {UNIT} (id)"
        ),
        (
            "ALTER TABLE residents_person DROP CONSTRAINT unit_plain;\n"
            f"ALTER TABLE {UNIT} DROP CONSTRAINT unit_alone"
        ),
        f"residents_person: the key unit_plain (unit_id) can point at another landlord's {UNIT}",
    ),
    "a view with its owner's eyes": (
        f"CREATE VIEW all_units AS SELECT * FROM {UNIT}",
        "DROP VIEW all_units",
        "all_units: is a view that reads with its owner's eyes (no security_invoker)",
    ),
    "a function with its owner's rights": (
        (
            f"CREATE FUNCTION count_units() RETURNS bigint LANGUAGE sql SECURITY DEFINER "
            f"AS 'SELECT count(*) FROM public.{UNIT}'"
        ),
        "DROP FUNCTION count_units()",
        "count_units(): runs with its owner's rights, which nobody agreed on",
    ),
    "a table made by hand": (
        "CREATE TABLE by_hand (landlord_id bigint NOT NULL, id bigint)",
        "DROP TABLE by_hand",
        "by_hand: row-level security is switched off",
    ),
}


@pytest.mark.parametrize(
    ("spoil", "mend", "fault"),
    list(SPOILT.values()),
    ids=[name.replace(" ", "-") for name in SPOILT],
)
def test_it_notices(spoil: str, mend: str, fault: str) -> None:
    with spoilt(spoil, mend):
        found = [str(found) for found in verify().faults]
    assert fault in found


def test_it_notices_a_materialised_view() -> None:
    with spoilt(
        "CREATE MATERIALIZED VIEW units_kept AS SELECT id FROM involvement_landlord",
        "DROP MATERIALIZED VIEW units_kept",
    ):
        found = [str(found) for found in verify().faults]
    assert found == ["units_kept: is a materialised view, which knows no row-level security"]


def test_it_notices_a_composite_key_that_is_gone() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' "
            "AND conrelid = 'residents_person'::regclass AND conname LIKE %s",
            [PERSON_UNIT + "%"],
        )
        ((name, definition),) = cursor.fetchall()
    with spoilt(
        f"ALTER TABLE residents_person DROP CONSTRAINT {name}",
        f"ALTER TABLE residents_person ADD CONSTRAINT {name} {definition}",
    ):
        found = [str(found) for found in verify().faults]
    assert found == ["residents_person: no composite key keeps unit_id within the landlord"]


def test_a_view_with_its_readers_eyes_is_no_fault() -> None:
    with spoilt(
        f"CREATE VIEW own_units WITH (security_invoker = true) AS SELECT * FROM {UNIT}",
        "DROP VIEW own_units",
    ):
        assert verify().faults == []


def test_it_notices_when_the_product_signs_in_as_the_owner() -> None:
    with as_owner(connection):
        found = [str(found) for found in verify().faults]
    assert (
        "involvement_owner: the product signs in as this role and not as involvement_web" in found
    )
    assert f"{UNIT}: shows another landlord's rows to involvement_web" in found


def test_it_leaves_nothing_behind() -> None:
    landlord = Landlord.objects.get(slug="poole")
    with landlord_scope(landlord):
        before = list(Unit.objects.order_by("pk").values_list("name", flat=True))
        verify()
        after = list(Unit.objects.order_by("pk").values_list("name", flat=True))
    assert before == after == ["A unit of poole"]
