from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from involvement.auditing.models import Acted
from involvement.isolation.models import LandlordOwned
from residents.people.models import Person


class RetentionRule(LandlordOwned):
    """How long one kind of record is kept, and what happens then. `months` None is for ever."""

    class Then(models.TextChoices):
        PSEUDONYMISE = "PSEUDONYMISE", "take the names off and keep the counts"
        DELETE = "DELETE", "delete it"
        KEEP = "KEEP", "keep it for ever"

    kind = models.CharField(max_length=40)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    then = models.CharField(max_length=12, choices=Then.choices)
    source = models.CharField("why", max_length=300)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "kind"],
                name="retention_rule_is_one_for_a_kind",
                violation_error_message="There is a rule for this kind already.",
            ),
            models.CheckConstraint(
                condition=Q(then="KEEP", months__isnull=True)
                | ~Q(then="KEEP") & Q(months__isnull=False, months__gte=1, months__lte=1200),
                name="retention_rule_ends_or_keeps_for_ever",
                violation_error_message="Write how many months, or choose to keep it for ever.",
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="retention_rule_says_why",
                violation_error_message="Say where this period comes from.",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class LegalHold(LandlordOwned, Acted):
    """Nothing about this person, or this one record, may be erased while it is in force."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="legal_holds"
    )
    kind = models.CharField(max_length=40, blank=True, default="")
    record_id = models.BigIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=300)
    started_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    placed_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["landlord", "kind", "record_id"],
                name="hold_in_force_by_record",
                condition=Q(released_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, kind="", record_id__isnull=True)
                | Q(person__isnull=True, record_id__isnull=False) & ~Q(kind=""),
                name="hold_is_on_a_person_or_a_record",
                violation_error_message="Say on whom or on what the hold is.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="hold_says_why",
                violation_error_message="Say why nothing may be erased.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("started_on")),
                name="hold_ends_after_it_starts",
                violation_error_message="A hold ends on the day it starts, or later.",
            ),
        ]

    def __str__(self) -> str:
        return self.reason

    def is_in_force(self, today: dt.date) -> bool:
        """Whether it still stands in the way of erasing."""
        return self.released_at is None and (self.ends_on is None or self.ends_on >= today)


class RetentionRun(LandlordOwned, Acted):
    """One night's tidying: how many of each kind, nothing about whom."""

    ran_at = models.DateTimeField()
    counts = models.JSONField(default=list, help_text="kind, then, rows, held back")

    class Meta:
        indexes = [models.Index(fields=["landlord", "-ran_at", "-id"], name="retention_latest")]

    def __str__(self) -> str:
        return f"Tidying of {self.ran_at:%d %B %Y}"


class RetentionWarning(LandlordOwned):
    """One night's letter to administrators: so many records that may go by a day."""

    kind = models.CharField(max_length=40)
    due_on = models.DateField()
    days = models.PositiveSmallIntegerField(help_text="30 or 7")
    rows = models.PositiveIntegerField()
    warned_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "kind", "due_on", "days"],
                name="retention_warning_is_given_once",
                violation_error_message="They have been warned of this already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.days} days before"


class RecordWarnedOf(LandlordOwned):
    """That administrators were told of one record that its time ends, and when for the last time.

    It stands as long as the record is due or soon will be, under the rule it was warned under.
    """

    kind = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True, blank=True, help_text="the warning 7 days before")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "kind", "record_id"],
                name="record_is_warned_of_once",
                violation_error_message="They have been warned of this record already.",
            ),
            models.CheckConstraint(
                condition=Q(last_at__isnull=True) | Q(last_at__gte=F("first_at")),
                name="record_is_warned_of_first_before_last",
                violation_error_message="The last warning does not come before the first.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"
