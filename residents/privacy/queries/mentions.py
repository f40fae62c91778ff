"""Texts anywhere in the register's database that name a person without a key to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from involvement.isolation.models import LandlordOwned
from residents.people.models import Person
from residents.privacy.names import Wanted, may_name

MOST_OF_ONE_FIELD: Final = 200
LEAST_LENGTH: Final = 200
"""Shorter fields hold names of things and reasons in a word, not what somebody wrote."""


@dataclass(frozen=True)
class Hit:
    """A text that seems to name somebody. `certain` as the register writes the name."""

    record: models.Model
    field: str
    heading: str
    words: str
    certain: bool

    @property
    def place(self) -> tuple[str, int, str]:
        """Where it stands: kind of record, its key, the field."""
        return self.record._meta.label_lower, self.record.pk, self.field


def wanted(person: Person) -> Wanted | None:
    """What to look for of a person."""
    return Wanted.of(person.name, [person.email, person.phone])


def mentions(person: Person) -> Iterator[Hit]:
    """Every text that seems to name the person, but for their own rows, which holders show."""
    looked_for = wanted(person)
    if looked_for is None:
        return
    for model, field in searched_fields():
        rows = model._default_manager.filter(**{f"{field}__iregex": looked_for.search})
        for row in rows.order_by("pk")[:MOST_OF_ONE_FIELD]:
            words = getattr(row, field)
            certain = bool(looked_for.certain.search(words))
            if certain or may_name(words, looked_for):
                yield Hit(row, field, heading_of(model, field), words, certain)


def heading_of(model: type[models.Model], field: str) -> str:
    """What a field of a kind of record is called: "Decision: because"."""
    name = str(model._meta.verbose_name)
    label = str(getattr(model._meta.get_field(field), "verbose_name", field))
    return f"{name[:1].upper()}{name[1:]}: {label}"


def searched_fields() -> list[tuple[type[models.Model], str]]:
    """Every free text this landlord's pages can read, but for what `settings.UNSEARCHED_TEXT` names."""
    readable = readable_tables()
    return [(model, field) for model, field in free_text() if model._meta.db_table in readable]


@cache
def free_text() -> tuple[tuple[type[models.Model], str], ...]:
    """(model, field) of every text people write into, in the whole product."""
    return tuple(
        (model, field.name)
        for model in apps.get_models()
        if issubclass(model, LandlordOwned) and model._meta.label not in settings.UNSEARCHED_TEXT
        for field in model._meta.local_concrete_fields
        if _is_written(field)
        and f"{model._meta.label}.{field.name}" not in settings.UNSEARCHED_TEXT
    )


def _is_written(field: Any) -> bool:
    if field.choices or field.generated or not field.editable:
        return False
    if isinstance(field, models.TextField):
        return True
    return type(field) is models.CharField and (field.max_length or 0) >= LEAST_LENGTH


def readable_tables() -> set[str]:
    """Tables this role may read: a store of its own is closed to pages."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_catalog.pg_class c "
            "WHERE c.relkind IN ('r', 'p') "
            "AND pg_catalog.has_table_privilege(current_user, c.oid, 'SELECT')"
        )
        return {name for (name,) in cursor.fetchall()}
