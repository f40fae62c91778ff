"""What of the register can choose people."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms
from django.db.models import Q

from involvement.auditing.actors import Channel
from involvement.landlords.models import Place, Unit
from residents.people.models import CustomerType, Home, PersonTag, Residency, Tag, Tenure
from residents.segments.conditions import Condition, day_asked

_NONE_CHOSEN: Final = {"required": "Choose at least one."}


def some_of(choices: Any, label: str) -> forms.MultipleChoiceField:
    """Ticks, at least one."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages=_NONE_CHOSEN,
    )


def some_rows(rows: Any, label: str) -> forms.ModelMultipleChoiceField:  # type: ignore[type-arg]  # takes no argument when it runs
    """Rows to tick, at least one."""
    return forms.ModelMultipleChoiceField(
        rows,
        label=label,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            **_NONE_CHOSEN,
            "invalid_choice": "One of these is no longer there. Choose again.",
        },
    )


def a_number(label: str, most: int, example: str) -> forms.IntegerField:
    """A whole number from nought."""
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=most,
        error_messages={
            "required": f"Write a number, such as {example}.",
            "invalid": f"Write a whole number, such as {example}.",
        },
    )


def _places() -> Any:
    return Place.objects.filter(archived_at__isnull=True).order_by("name", "pk")


def in_places(chosen: Any) -> Q:
    """The people of these places and of those inside them, four levels deep."""
    keys = [place.pk for place in chosen]
    inside = Q(pk__in=keys)
    for depth in range(1, 5):
        inside |= Q(**{f"{'__'.join(['parent'] * depth)}__in": keys})
    return Q(place__in=Place.objects.filter(inside).order_by().values("pk"))


def years_before(years: int, today: dt.date) -> dt.date:
    """The same day so many years before; 28 February for 29."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return today.replace(year=today.year - years, day=28)


def at_least_so_old(years: int) -> Q:
    """People of this age or older today."""
    return Q(born_on__lte=years_before(years, day_asked()))


def younger_than(years: int) -> Q:
    """People below this age today."""
    return Q(born_on__gt=years_before(years, day_asked()))


def tagged(chosen: Any) -> Q:
    """People with one of these tags."""
    rows = PersonTag.objects.filter(tag__in=[row.pk for row in chosen])
    return Q(pk__in=rows.order_by().values("person_id"))


def living_as(capacities: Any) -> Q:
    """People who live in a home now as one of these."""
    rows = Residency.objects.filter(capacity__in=capacities, ended_on__isnull=True)
    return Q(pk__in=rows.order_by().values("person_id"))


def moved_in_within(months: int) -> Q:
    """People who moved into the home they live in within so many months."""
    since = day_asked() - dt.timedelta(days=round(months * 30.44))
    rows = Residency.objects.filter(started_on__gte=since, ended_on__isnull=True)
    return Q(pk__in=rows.order_by().values("person_id"))


def reached(ways: Any) -> Q:
    """People of whom we have one of these ways to reach them."""
    found = Q(pk__in=[])
    for way in ways:
        found |= ~Q(**{way: ""})
    return found


def _known_home() -> Q:
    return Q(home__isnull=False)


def _known_age() -> Q:
    return Q(born_on__isnull=False)


CONDITIONS = (
    Condition(
        "customer-type",
        "What they are is",
        lambda: some_rows(
            CustomerType.objects.filter(archived_at__isnull=True).order_by(
                "position", "name", "pk"
            ),
            "What they are",
        ),
        lambda chosen: Q(customer_type__in=[row.pk for row in chosen]),
        known=lambda: Q(customer_type__isnull=False),
    ),
    Condition(
        "age-from",
        "Age is at least",
        lambda: a_number("Age is at least", 120, "16"),
        at_least_so_old,
        known=_known_age,
    ),
    Condition(
        "age-below",
        "Age is below",
        lambda: a_number("Age is below", 120, "25"),
        younger_than,
        known=_known_age,
    ),
    Condition(
        "tag",
        "Tagged",
        lambda: some_rows(Tag.objects.order_by("name", "pk"), "Tagged by hand"),
        tagged,
    ),
    Condition(
        "tenure",
        "Tenure is",
        lambda: some_of(Tenure.choices, "Tenure"),
        lambda chosen: Q(home__tenure__in=chosen),
        group="Where they live",
        known=_known_home,
    ),
    Condition(
        "stock",
        "Kind of stock is",
        lambda: some_of(Home.Stock.choices, "Kind of stock"),
        lambda chosen: Q(home__stock__in=chosen),
        group="Where they live",
        known=_known_home,
    ),
    Condition(
        "place",
        "Lives in",
        lambda: some_rows(_places(), "Lives in"),
        in_places,
        group="Where they live",
        known=lambda: Q(place__isnull=False),
    ),
    Condition(
        "unit",
        "Part of",
        lambda: some_rows(Unit.objects.order_by("position", "name", "pk"), "Part of"),
        lambda chosen: Q(unit__in=[row.pk for row in chosen]),
        group="Where they live",
        known=lambda: Q(unit__isnull=False),
    ),
    Condition(
        "capacity",
        "Lives there as",
        lambda: some_of(Residency.Capacity.choices, "Lives there as"),
        living_as,
        group="Where they live",
        known=_known_home,
    ),
    Condition(
        "moved-in",
        "Moved in within the last",
        lambda: a_number("Moved in within the last … months", 1200, "6"),
        moved_in_within,
        group="Where they live",
        after="months",
        known=_known_home,
    ),
    Condition(
        "told",
        "Wishes to be told",
        lambda: some_of(
            [choice for choice in Channel.choices if choice[0] != Channel.IMPORT],
            "Wishes to be told",
        ),
        lambda chosen: Q(preferred_channel__in=chosen),
        group="How they are reached",
    ),
    Condition(
        "reached",
        "We have their",
        lambda: some_of(
            [("email", "e-mail address"), ("phone", "telephone number"), ("address", "address")],
            "We have their",
        ),
        reached,
        group="How they are reached",
    ),
)
