"""What of how people are reached can choose them."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import Q

from residents.preferences import queries
from residents.preferences.models import Need, Purpose
from residents.segments.conditions import Condition


def _needs() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="They need",
        choices=Need.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one."},
    )


def _purposes() -> forms.ModelMultipleChoiceField:  # type: ignore[type-arg]  # takes no argument when it runs
    return forms.ModelMultipleChoiceField(
        Purpose.objects.filter(archived_at__isnull=True).order_by("position", "name", "pk"),
        label="They said yes to",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one.",
            "invalid_choice": "One of these is no longer asked for. Choose again.",
        },
    )


def needing_any(kinds: Any) -> Q:
    """People who need one of these."""
    return reduce(or_, (queries.needing(kind) for kind in kinds))


def allowing_any(purposes: Any) -> Q:
    """People who said yes to one of these purposes, by whichever way it is asked for."""
    asked = [(one, way) for one in purposes for way in queries.channels_of(one)]
    return reduce(or_, (queries.allowing(one, way) for one, way in asked), Q(pk__in=[]))


CONDITIONS = (
    Condition("needs", "Needs", _needs, needing_any, group="How they are reached"),
    Condition("allows", "Said yes to", _purposes, allowing_any, group="How they are reached"),
)
