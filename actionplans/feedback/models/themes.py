from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from actionplans.feedback.models.said import Feedback
from involvement.accounts.models import StaffMember, Team
from involvement.auditing.models import Acted
from involvement.isolation.models import LandlordOwned
from involvement.landlords.models import Subject


class Theme(LandlordOwned, Acted):
    """What several people said in common, in plain words, grouped by a person.

    `first_said_on` is the day its earliest feedback was said; the promise to decide counts from
    there, and `decision_due` is where it ends.
    """

    class State(models.TextChoices):
        OPEN = "OPEN", "No decision yet"
        DECIDED = "DECIDED", "Decided"
        NOTED = "NOTED", "Noted and thanked"
        MERGED = "MERGED", "Joined to another"

    title = models.CharField(max_length=120)
    summary = models.TextField(max_length=2000, blank=True, default="")
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="themes"
    )
    opened_on = models.DateField()
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    owner_staff = models.ForeignKey(
        StaffMember,
        verbose_name="looked after by",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="themes",
    )
    owner_team = models.ForeignKey(
        Team,
        verbose_name="team",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="themes",
    )
    first_said_on = models.DateField(null=True, blank=True)
    decision_due = models.DateField("decision promised by")
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    is_demo = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "state", "decision_due", "id"], name="theme_by_due"),
            models.Index(fields=["landlord", "state", "-opened_on", "-id"], name="theme_latest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="theme_has_a_title",
                violation_error_message="Give the theme a title in plain words.",
            ),
            models.CheckConstraint(
                condition=Q(state="MERGED", merged_into__isnull=False)
                | ~Q(state="MERGED") & Q(merged_into__isnull=True),
                name="theme_is_merged_into_another",
                violation_error_message="Say which theme it was joined to.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="theme_is_not_merged_into_itself",
                violation_error_message="A theme cannot be joined to itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def clock_from(self) -> dt.date:
        """The day from which the promise to decide counts."""
        return self.first_said_on or self.opened_on


class ThemeEntry(LandlordOwned, Acted):
    """The dated, authored link of one piece of feedback to one theme."""

    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, related_name="entries", db_index=False
    )
    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="theme_entries")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "theme entries"
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "theme", "feedback"],
                name="feedback_is_in_a_theme_once",
                violation_error_message="This is in the theme already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.feedback_id} in {self.theme_id}"
