from __future__ import annotations

from django.db import models
from django.db.models import Q

from involvement.auditing.models import Acted
from involvement.isolation.models import LandlordOwned
from involvement.landlords.models import Unit


class Cut(LandlordOwned):
    """The tables of one characteristic for one quarter, as they may be seen. Never changed.

    `categories` are [code, words] in the order of the counts, the last two “prefer not to say” and
    “not known”. `tables` is {window: {"total", "inside": [count or None], "outside": […]}}.
    """

    characteristic = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    quarter_on = models.DateField()
    until_on = models.DateField()
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="cuts", db_index=False
    )
    kind = models.CharField(max_length=12, blank=True)
    pooled = models.BooleanField(default=False)
    adds_up = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField()
    categories = models.JSONField()
    tables = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "quarter_on", "characteristic", "unit", "kind"],
                nulls_distinct=False,
                name="characteristic_is_cut_once_a_quarter",
                violation_error_message="The figures of this quarter are there already.",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(kind=""),
                name="cut_crosses_no_more_than_two_things",
                violation_error_message="Choose a part or a kind, not both.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Gap(LandlordOwned, Acted):
    """A group that takes part less than it lives here, and that somebody is to reach."""

    characteristic = models.CharField(max_length=40)
    category = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    words = models.CharField(max_length=160)
    quarter_on = models.DateField()
    share = models.FloatField()
    lives_share = models.FloatField()
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "characteristic", "category", "quarter_on"],
                name="gap_is_opened_once_a_quarter",
                violation_error_message="This gap has a line of a plan already.",
            ),
            models.CheckConstraint(
                condition=Q(share__gte=0, lives_share__gt=0),
                name="gap_compares_two_shares",
                violation_error_message="A gap is between two shares that can be shown.",
            ),
        ]

    def __str__(self) -> str:
        return of_whom(self.name, self.words)


def of_whom(name: str, words: str) -> str:
    """A group by its characteristic and its category: "Long-term condition: yes"."""
    return f"{name}: {words.lower() if words in {'Yes', 'No'} else words}"
