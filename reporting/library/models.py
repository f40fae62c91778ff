from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from involvement.auditing.models import Acted
from involvement.documents.models import StoredFile
from involvement.isolation.models import LandlordOwned
from reporting.catalogue.queries import Audience


class Report(LandlordOwned, Acted):
    """One version of one report on one period.

    `facts` are frozen when the draft is made, with their checksum. `edition` counts the changes of
    wording since; `files_edition` is the edition the files show. A worker that makes it holds the
    lease and renews it; a lease that has ended may be taken by another.
    """

    class State(models.TextChoices):
        DUE = "DUE", "Due"
        MAKING = "MAKING", "Being made"
        DRAFT = "DRAFT", "Draft"
        APPROVED = "APPROVED", "Approved"
        PUBLISHED = "PUBLISHED", "Published"
        REPLACED = "REPLACED", "Replaced by a later version"
        WITHDRAWN = "WITHDRAWN", "Withdrawn"

    kind = models.CharField(max_length=40)
    audience = models.CharField(max_length=9, choices=Audience.choices)
    period_code = models.CharField(max_length=24)
    period_label = models.CharField(max_length=80)
    period_start_on = models.DateField()
    period_end_on = models.DateField()
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DUE)
    asked_at = models.DateTimeField()
    counted_at = models.DateTimeField("counted up to")
    facts = models.JSONField(null=True, blank=True)
    checksum = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    edition = models.PositiveIntegerField(default=1)
    files_edition = models.PositiveIntegerField(default=0)
    leased_by = models.CharField(max_length=120, blank=True)
    lease_ends_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    progress_percent = models.PositiveSmallIntegerField(default=0)
    progress_words = models.CharField(max_length=120, blank=True)
    failure = models.CharField(max_length=300, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=120, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=120, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)
    restates = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="restated_by"
    )
    restated_because = models.CharField(max_length=300, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["landlord", "audience", "state", "-period_end_on", "-version"],
                name="report_by_state",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "landlord",
                    "kind",
                    "audience",
                    "period_start_on",
                    "period_end_on",
                    "version",
                ],
                name="report_is_made_once_for_each_period",
                violation_error_message="This report is there already.",
            ),
            models.UniqueConstraint(
                fields=["landlord", "kind", "audience", "period_start_on", "period_end_on"],
                condition=Q(state="PUBLISHED"),
                name="report_published_is_one_for_each_period",
                violation_error_message="A version of this report is published already.",
            ),
            models.CheckConstraint(
                condition=Q(period_start_on__lte=F("period_end_on")),
                name="report_period_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["DUE", "MAKING"])
                | Q(facts__isnull=False, frozen_at__isnull=False) & ~Q(checksum=""),
                name="report_past_making_has_frozen_facts",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["PUBLISHED", "REPLACED", "WITHDRAWN"])
                | Q(published_at__isnull=False, approved_at__isnull=False),
                name="report_published_was_approved",
                violation_error_message="Approve the report before it is published.",
            ),
            models.CheckConstraint(
                condition=~Q(state="WITHDRAWN")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because=""),
                name="report_withdrawn_says_why",
                violation_error_message="Say why this is withdrawn.",
            ),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(restated_because=""),
                name="report_restated_says_why",
                violation_error_message="Say why there is a new version.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.period_code}, version {self.version}"

    @property
    def is_working(self) -> bool:
        """Whether a worker has or should have it in hand."""
        return self.state in {self.State.DUE, self.State.MAKING} or (
            self.state == self.State.APPROVED and not self.has_files
        )

    @property
    def has_files(self) -> bool:
        """Whether the files show the present wording."""
        return self.files_edition == self.edition

    @property
    def is_out(self) -> bool:
        """Whether it was ever published, and so is closed to changes."""
        return self.published_at is not None


class Wording(LandlordOwned, Acted):
    """One change of our own words in a report; the latest for a key is what is printed."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="wordings")
    key = models.CharField(max_length=60)
    original = models.TextField(blank=True)
    words = models.TextField(blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(key=""),
                name="wording_says_which_text",
            )
        ]

    def __str__(self) -> str:
        return self.key


class ReportFile(LandlordOwned):
    """A report as one file."""

    class Form(models.TextChoices):
        PDF = "PDF", "PDF"
        LARGE_PRINT = "LARGE_PRINT", "Large print PDF"
        TEXT = "TEXT", "Plain text"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="files")
    form = models.CharField(max_length=11, choices=Form.choices)
    edition = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="report_files")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "report", "form", "edition"],
                name="report_file_is_made_once",
                violation_error_message="This file is there already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_form_display()} of {self.report_id}"
