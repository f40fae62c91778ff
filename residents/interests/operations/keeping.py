"""Letting go of what people wished, once it has been kept long enough."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from involvement.auditing.actors import Actor


@transaction.atomic
def let_go(*, rows: Sequence[Any], by: Actor, at: dt.datetime) -> int:
    """Delete wishes of one model. Returns how many. The night's log says how many they were."""
    keys = [row.pk for row in rows]
    type(rows[0]).objects.filter(pk__in=keys).delete()
    return len(keys)
