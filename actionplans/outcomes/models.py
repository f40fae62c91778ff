from __future__ import annotations

from django.db import models
from django.db.models import Q

from actionplans.decisions.models import Decision
from actionplans.plans.models import Line
from involvement.auditing.models import Acted
from involvement.documents.models import StoredFile
from involvement.isolation.models import LandlordOwned


class Outcome(LandlordOwned, Acted):
    """What changed, in words residents read. Money is in pence."""

    class Category(models.TextChoices):
        SERVICE = "SERVICE", "A service works better"
        PLACE = "PLACE", "A place is better"
        POLICY = "POLICY", "A policy changed"
        MONEY = "MONEY", "Money was saved or spent differently"
        PEOPLE = "PEOPLE", "People gained something"
        INFORMATION = "INFORMATION", "Information is clearer"

    class Confidence(models.TextChoices):
        CLAIMED = "CLAIMED", "Claimed"
        EVIDENCED = "EVIDENCED", "Evidenced"
        VERIFIED = "VERIFIED", "Verified by residents"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="outcomes")
    line = models.ForeignKey(
        Line,
        verbose_name="line of the plan",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="outcomes",
    )
    what_changed = models.TextField()
    category = models.CharField(max_length=11, choices=Category.choices)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    measure = models.CharField(max_length=200, blank=True, help_text="What was measured.")
    before = models.CharField(max_length=60, blank=True)
    after = models.CharField(max_length=60, blank=True)
    saved_pence = models.BigIntegerField(null=True, blank=True)
    spent_pence = models.BigIntegerField(null=True, blank=True)
    confidence = models.CharField(
        max_length=9, choices=Confidence.choices, default=Confidence.CLAIMED
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)
    # Raised by one with every change, so that the second of two writers is told of the first.
    version = models.PositiveIntegerField(default=1, editable=False)
    form_token = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "happened_on", "id"], name="outcome_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(what_changed=""),
                name="outcome_says_what_changed",
                violation_error_message="Write what changed.",
            ),
            models.CheckConstraint(
                condition=Q(before="", after="") | (~Q(measure="") & ~Q(after="")),
                name="outcome_figures_say_what_they_measure",
                violation_error_message="Write what the two figures measure.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
                name="outcome_withdrawn_says_why",
                violation_error_message="Say why this is withdrawn.",
            ),
            models.UniqueConstraint(
                fields=["landlord", "form_token"],
                condition=Q(form_token__isnull=False),
                name="outcome_form_is_saved_once",
                violation_error_message="This outcome has been saved already.",
            ),
        ]

    def __str__(self) -> str:
        return self.what_changed[:100]


class OutcomeEvidence(LandlordOwned, Acted):
    """What shows an outcome: a file, or where the proof is kept."""

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="evidence")
    words = models.CharField(max_length=300)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="outcome_evidence"
    )
    added_at = models.DateTimeField()
    form_token = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name_plural = "outcome evidence"
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "form_token"],
                condition=Q(form_token__isnull=False),
                name="evidence_form_is_saved_once",
                violation_error_message="This evidence has been added already.",
            ),
            models.CheckConstraint(
                condition=~Q(words=""),
                name="evidence_says_what_it_shows",
                violation_error_message="Write what this shows.",
            ),
        ]

    def __str__(self) -> str:
        return self.words
