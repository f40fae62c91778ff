from __future__ import annotations

from django.db import models
from django.db.models import Q

from involvement.auditing.models import Acted
from involvement.documents.models import StoredFile
from involvement.isolation.models import LandlordOwned


class Export(LandlordOwned, Acted):
    """A list somebody took out. The row stays; the file goes when it has expired."""

    class State(models.TextChoices):
        MAKING = "MAKING", "Being made"
        READY = "READY", "Ready"
        GONE = "GONE", "Deleted"
        ERASED = "ERASED", "Deleted when somebody was forgotten"

    class Form(models.TextChoices):
        CSV = "CSV", "CSV, for other programs"
        XLSX = "XLSX", "Excel workbook"

    which = models.CharField(max_length=40)
    title = models.CharField(max_length=80)
    narrowed = models.JSONField(default=dict, blank=True)
    form = models.CharField("as", max_length=4, choices=Form.choices)
    purpose = models.CharField("what for", max_length=300)
    rows = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=6, choices=State.choices, default=State.MAKING)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "-asked_at", "-id"], name="exports_latest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(purpose=""),
                name="export_says_what_for",
                violation_error_message="Write what the list is for.",
            ),
            models.CheckConstraint(
                condition=Q(state="READY", file__isnull=False)
                | (~Q(state="READY") & Q(file__isnull=True)),
                name="export_has_a_file_while_ready",
                violation_error_message="An export that is ready has its file.",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("asked_at")),
                name="export_expires_after_it_was_asked_for",
                violation_error_message="An export is kept for some time.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
