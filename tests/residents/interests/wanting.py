"""What people would like, said, asked for and answered."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from residents.interests import operations
from residents.interests.models import (
    Expression,
)
from residents.interests.queries import Wishes
from residents.people.models import Home, Person, Residency, Tenancy
from residents.preferences.models import Source
from tests.residents.preferences.said import CLERK, heard

BY = CLERK.columns()


def today() -> dt.date:
    return timezone.localdate()


def told() -> dict[str, Any]:
    return {"recorded_at": timezone.now(), **heard().columns(), **BY}


def keep(person: Person, wishes: Wishes, *, days_ago: int = 0, add: bool = False) -> None:
    verb = operations.add_wishes if add else operations.set_wishes
    verb(person=person, wishes=wishes, heard=heard(days_ago=days_ago), by=CLERK, at=timezone.now())


def express(person: Person, wishes: Wishes, days_ago: int = 0, **fields: Any) -> Expression:
    return operations.express(
        person=person,
        wishes=wishes,
        heard=heard(Source.LEAFLET, days_ago),
        by=CLERK,
        at=timezone.now(),
        **fields,
    )


def answer(row: Expression, *, accepted: bool = True, **fields: Any) -> Expression:
    fields.setdefault("told", "Come on Tuesday.")
    return operations.answer_expression(
        expression=row,
        accepted=accepted,
        subject="Taking part",
        by=CLERK,
        at=timezone.now(),
        **fields,
    )


def make_tenancy(person: Person, began: dt.date) -> Tenancy:
    home = Home.objects.create(address="3 Drake Court", created_at=timezone.now())
    tenancy: Tenancy = Tenancy.objects.create(home=home, started_on=began)
    Residency.objects.create(person=person, home=home, tenancy=tenancy, started_on=began)
    return tenancy
