"""The database's part: policies and grants for one table, and which table gets which.

Row-level security stops a forgotten filter; it does not stop somebody who can run any SQL they
like. Parameters do that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from django.db import models

OWNER, WEB, READ = "involvement_owner", "involvement_web", "involvement_read"

Kind = Literal["normal", "append", "root", "shared"]

# Without `missing_ok`: an unset landlord is an error, never "no rows". Equality keeps index order.
ONE = "landlord_id = (current_setting('app.landlord'::text))::bigint"
SELF = "id = (current_setting('app.landlord'::text))::bigint"
MIGRATING = "(current_setting('app.migrating'::text))::boolean"


def is_owned(model: type[models.Model]) -> bool:
    """Whether the table holds a landlord's rows, read from its columns alone."""
    return any(field.column == "landlord_id" for field in model._meta.local_concrete_fields)


def kind_of(model: type[models.Model]) -> Kind:
    """`append` tables are insert-only for the web role; `root` is the landlord itself."""
    if model._meta.label_lower == "involvement.landlord":
        return "root"
    if not is_owned(model):
        return "shared"
    return "append" if model._meta.db_table in APPEND_ONLY else "normal"


# Known by table name because a migration's historical model has no attributes of ours.
APPEND_ONLY = frozenset(
    {
        "involvement_auditentry",
        "involvement_viewlogentry",
    }
)


def protection_sql(table: str, kind: Kind) -> Iterator[str]:
    """The statements that fence one table; `table` is quoted already."""
    if kind == "shared":
        yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {WEB}"
        yield f"GRANT SELECT ON {table} TO {READ}"
        return
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
    if kind == "root":
        yield f"CREATE POLICY landlord_owner ON {table} TO {OWNER} USING (true) WITH CHECK (true)"
        yield f"CREATE POLICY landlord_read ON {table} FOR SELECT TO {WEB}, {READ} USING (true)"
        yield f"CREATE POLICY landlord_found ON {table} FOR INSERT TO {WEB} WITH CHECK (true)"
        yield (
            f"CREATE POLICY landlord_change ON {table} FOR UPDATE TO {WEB} "
            f"USING ({SELF}) WITH CHECK ({SELF})"
        )
        yield f"GRANT SELECT, INSERT, UPDATE ON {table} TO {WEB}"
        yield f"GRANT SELECT ON {table} TO {READ}"
        return
    yield (
        f"CREATE POLICY landlord_owner ON {table} TO {OWNER} "
        f"USING ({MIGRATING}) WITH CHECK ({MIGRATING})"
    )
    yield (
        f"CREATE POLICY landlord_one ON {table} TO {WEB}, {READ} USING ({ONE}) WITH CHECK ({ONE})"
    )
    verbs = "SELECT, INSERT" if kind == "append" else "SELECT, INSERT, UPDATE, DELETE"
    yield f"GRANT {verbs} ON {table} TO {WEB}"
    yield f"GRANT SELECT ON {table} TO {READ}"
