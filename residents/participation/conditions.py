"""What of taking part can choose people."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q

from residents.participation import queries
from residents.participation.models import Participation
from residents.segments.conditions import Condition, day_asked


def _months() -> forms.IntegerField:
    return forms.IntegerField(
        label="In the last … months",
        min_value=1,
        max_value=240,
        error_messages={
            "required": "Write how many months, such as 12.",
            "invalid": "Write a whole number of months, such as 12.",
        },
    )


def _kinds() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="What they took part in",
        choices=Participation.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one."},
    )


def took_part_within(months: int) -> Q:
    """People who took part in anything in so many months up to today."""
    today = day_asked()
    since = today - dt.timedelta(days=round(months * 30.44))
    return Q(pk__in=queries.people_involved(since, today).order_by())


def took_part_in(kinds: Any) -> Q:
    """People who ever took part in one of these ways."""
    rows = queries.standing().filter(kind__in=kinds, person__isnull=False)
    return Q(pk__in=rows.order_by().values("person_id"))


CONDITIONS = (
    Condition(
        "took-part",
        "Took part in anything in the last",
        _months,
        took_part_within,
        group="Taking part",
        after="months",
    ),
    Condition("took-part-in", "Has ever taken part:", _kinds, took_part_in, group="Taking part"),
)
