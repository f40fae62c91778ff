from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from involvement.auditing.models import Acted
from involvement.isolation.models import LandlordOwned
from residents.people.models import Person


class DuplicatePair(LandlordOwned):
    """Two people who may be one. `reasons` are words, without what they are about."""

    class State(models.TextChoices):
        OPEN = "OPEN", "To be looked at"
        DISMISSED = "DISMISSED", "Two people"
        MERGED = "MERGED", "Merged"

    first = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="pairs_as_first", db_index=False
    )
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="pairs_as_second")
    score = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "state", "-score", "id"], name="duplicate_by_score")
        ]
        constraints = [
            models.UniqueConstraint(
                F("landlord"),
                Least("first", "second"),
                Greatest("first", "second"),
                name="duplicate_pair_is_found_once",
                violation_error_message="These two are in the list already.",
            ),
            models.CheckConstraint(
                condition=~Q(first=F("second")),
                name="duplicate_pair_is_of_two_people",
                violation_error_message="Choose two different people.",
            ),
            models.CheckConstraint(
                condition=Q(score__lte=100),
                name="duplicate_score_is_at_most_a_hundred",
                violation_error_message="A score goes from 0 to 100.",
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN", settled_at__isnull=True)
                | ~Q(state="OPEN") & Q(settled_at__isnull=False),
                name="duplicate_pair_settled_has_a_moment",
                violation_error_message="Say when this was settled.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}"


class Merge(LandlordOwned, Acted):
    """One merge. `record` is every field it changed, as it was; emptied when undoing is over."""

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_away")
    merged_at = models.DateTimeField()
    record = models.JSONField(default=list)
    undo_until_on = models.DateField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["landlord", "-merged_at", "-id"], name="merge_latest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kept=F("gone")),
                name="merge_is_of_two_people",
                violation_error_message="Choose two different people.",
            ),
            models.UniqueConstraint(
                fields=["landlord", "gone"],
                condition=Q(undone_at__isnull=True),
                name="merge_takes_a_person_in_once",
                violation_error_message="They are merged into somebody already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Merge {self.pk}"

    def can_be_undone(self, today: dt.date) -> bool:
        """For 30 days, once."""
        return self.undone_at is None and today <= self.undo_until_on
