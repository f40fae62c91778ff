"""What of interests and offers can choose people."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import Q

from involvement.landlords.models import Level, Subject
from residents.interests import queries
from residents.interests.queries.wishes import (
    at_level,
    interested_in,
    willing_to,
    with_time_for,
)
from residents.segments.conditions import Condition


def _rows(rows: Any, label: str) -> forms.ModelMultipleChoiceField:  # type: ignore[type-arg]  # takes no argument when it runs
    return forms.ModelMultipleChoiceField(
        rows,
        label=label,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one.",
            "invalid_choice": "One of these is no longer there. Choose again.",
        },
    )


def _subjects() -> Any:
    return Subject.objects.filter(archived_at__isnull=True).order_by("position", "name", "pk")


def _hours() -> forms.IntegerField:
    return forms.IntegerField(
        label="Hours a year, at least",
        min_value=1,
        max_value=1000,
        error_messages={
            "required": "Write how many hours, such as 12.",
            "invalid": "Write a whole number of hours, such as 12.",
        },
    )


def _any(question: Callable[[Any], Q]) -> Callable[[Any], Q]:
    """The same question of any of the rows chosen."""
    return lambda chosen: reduce(or_, (question(row) for row in chosen), Q(pk__in=[]))


CONDITIONS = (
    Condition(
        "interest",
        "Interested in",
        lambda: _rows(_subjects(), "Interested in"),
        _any(interested_in),
        group="What they would like",
    ),
    Condition(
        "method",
        "Would take part by",
        lambda: _rows(queries.methods(), "Would take part by"),
        _any(willing_to),
        group="What they would like",
    ),
    Condition(
        "time",
        "Can give at least",
        _hours,
        lambda hours: with_time_for(60 * hours),
        group="What they would like",
        after="hours a year",
    ),
    Condition(
        "level",
        "Would like the level",
        lambda: _rows(Level.objects.order_by("position", "pk"), "Would like the level"),
        _any(at_level),
        group="What they would like",
    ),
)
