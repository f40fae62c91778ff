"""The base of every row a landlord owns."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.models.sql.compiler import SQLCompiler

from involvement.isolation.scope import landlord_id

M = TypeVar("M", bound=models.Model)


class LandlordInScope(models.Expression):
    """The landlord in scope, resolved when the SQL is compiled, so that a queryset kept on a class
    or a form asks anew at each use. Raises NoLandlord then.
    """

    def __init__(self) -> None:
        super().__init__(output_field=models.BigIntegerField())

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[int]]:  # type: ignore[override]  # stubs: plain tuple
        return "%s", [landlord_id()]


class LandlordQuerySet(models.QuerySet[M]):
    """Filters that chain. Capabilities subclass it."""


class LandlordManager(models.Manager[M]):
    """Reads the landlord in scope and refuses without one. The database is the guarantee; this is
    the index and the readable error.
    """

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().filter(landlord_id=LandlordInScope())


class LandlordOwned(models.Model):
    """A row of one landlord's. Its true key is `(landlord_id, id)`."""

    landlord = models.ForeignKey(
        "involvement.Landlord",
        on_delete=models.PROTECT,
        db_index=False,
        editable=False,
        default=landlord_id,
        related_name="+",
    )

    objects: ClassVar[Any] = LandlordManager()

    class Meta:
        abstract = True
