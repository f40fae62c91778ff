"""The database's part: policies and grants for one table, and which table gets which.

Row-level security stops a forgotten filter; it does not stop somebody who can run any SQL they
like. Parameters do that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.db import models

OWNER, WEB, READ = "involvement_owner", "involvement_web", "involvement_read"
EQUALITY = "involvement_equality"

Kind = Literal["normal", "append", "counted", "sealed", "root", "shared"]

# Without `missing_ok`: an unset landlord is an error, never "no rows". Equality keeps index order.
ONE = "landlord_id = (current_setting('app.landlord'::text))::bigint"
SELF = "id = (current_setting('app.landlord'::text))::bigint"
MIGRATING = "(current_setting('app.migrating'::text))::boolean"


def is_owned(model: type[models.Model]) -> bool:
    """Whether the table holds a landlord's rows, read from its columns alone."""
    return any(field.column == "landlord_id" for field in model._meta.local_concrete_fields)


def kind_of(model: type[models.Model]) -> Kind:
    """`append` tables are insert-only for the web role; `counted` ones may also be read by the
    equality functions; `sealed` ones by nobody else; `root` is the landlord itself."""
    if model._meta.label_lower == "involvement.landlord":
        return "root"
    if not is_owned(model):
        return "shared"
    table = model._meta.db_table
    if table in SEALED:
        return "sealed"
    if table in COUNTED:
        return "counted"
    return "append" if table in APPEND_ONLY else "normal"


# Known by table name because a migration's historical model has no attributes of ours.
APPEND_ONLY = frozenset(
    {
        "involvement_auditentry",
        "residents_consent",
        "residents_wording",
        "involvement_viewlogentry",
    }
)
# Equality answers and what they are kept apart with: only functions reach them (residents.profiles).
SEALED = frozenset(
    {
        "residents_equalityanswer",
        "residents_equalitysecret",
        "residents_equalitytable",
    }
)
# What those functions count against: who lives here and who took part.
COUNTED = frozenset(
    {
        "residents_customertype",
        "residents_home",
        "residents_participation",
        "residents_person",
    }
)


@dataclass(frozen=True)
class Policy:
    """One policy of a table: which roles may do what to which rows."""

    name: str
    command: Literal["ALL", "SELECT", "INSERT", "UPDATE"]
    roles: tuple[str, ...]
    using: str | None
    check: str | None

    def sql(self, table: str) -> str:
        parts = [f"CREATE POLICY {self.name} ON {table} FOR {self.command}"]
        parts.append(f"TO {', '.join(self.roles)}")
        if self.using is not None:
            parts.append(f"USING ({self.using})")
        if self.check is not None:
            parts.append(f"WITH CHECK ({self.check})")
        return " ".join(parts)


_OF_ROWS = (
    Policy("landlord_owner", "ALL", (OWNER,), MIGRATING, MIGRATING),
    Policy("landlord_one", "ALL", (WEB, READ), ONE, ONE),
)
POLICIES: dict[Kind, tuple[Policy, ...]] = {
    "normal": _OF_ROWS,
    "append": _OF_ROWS,
    "counted": (*_OF_ROWS, Policy("landlord_counted", "SELECT", (EQUALITY,), ONE, None)),
    "sealed": (
        Policy("landlord_owner", "ALL", (OWNER,), MIGRATING, MIGRATING),
        Policy("landlord_sealed", "ALL", (EQUALITY,), ONE, ONE),
    ),
    "root": (
        Policy("landlord_owner", "ALL", (OWNER,), "true", "true"),
        Policy("landlord_read", "SELECT", (WEB, READ), "true", None),
        Policy("landlord_found", "INSERT", (WEB,), None, "true"),
        Policy("landlord_change", "UPDATE", (WEB,), SELF, SELF),
    ),
    "shared": (),
}
_EVERYTHING = ("SELECT", "INSERT", "UPDATE", "DELETE")
# What each role may do with a table of a kind.
VERBS: dict[Kind, dict[str, tuple[str, ...]]] = {
    "normal": {WEB: _EVERYTHING, READ: ("SELECT",)},
    "append": {WEB: ("SELECT", "INSERT"), READ: ("SELECT",)},
    "counted": {WEB: _EVERYTHING, READ: ("SELECT",), EQUALITY: ("SELECT",)},
    "sealed": {EQUALITY: _EVERYTHING},
    "root": {WEB: ("SELECT", "INSERT", "UPDATE"), READ: ("SELECT",)},
    "shared": {WEB: _EVERYTHING, READ: ("SELECT",)},
}


def protection_sql(table: str, kind: Kind) -> Iterator[str]:
    """The statements that fence one table; `table` is quoted already."""
    if POLICIES[kind]:
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
    for policy in POLICIES[kind]:
        yield policy.sql(table)
    for role, verbs in VERBS[kind].items():
        yield f"GRANT {', '.join(verbs)} ON {table} TO {role}"
