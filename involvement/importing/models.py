"""Uploads on their way to being imported, and the mappings people keep."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from involvement.auditing.models import Acted
from involvement.documents.models import StoredFile
from involvement.isolation.models import LandlordOwned


class Upload(LandlordOwned, Acted):
    """A file somebody wants imported, from its preview until it is confirmed or set aside.

    `kind` names the importer, such as "plan". `choices` are the fields chosen for headings,
    `options` what else the importer asked (the plan's title). The counts are those of the last
    preview, and once confirmed those of the import.
    """

    class State(models.TextChoices):
        PREVIEW = "PREVIEW", "Waiting to be confirmed"
        CONFIRMED = "CONFIRMED", "Imported"
        REFUSED = "REFUSED", "Set aside"

    kind = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="uploads")
    state = models.CharField(max_length=9, choices=State.choices, default=State.PREVIEW)
    uploaded_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    choices = models.JSONField(default=dict, blank=True)
    options = models.JSONField(default=dict, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="PREVIEW", settled_at__isnull=True)
                | (~Q(state="PREVIEW") & Q(settled_at__isnull=False)),
                name="upload_is_settled_when_no_longer_a_preview",
                violation_error_message="Say when this upload was imported or set aside.",
            ),
        ]
        indexes = [
            models.Index(fields=["landlord", "kind", "state", "-uploaded_at"], name="uploads"),
        ]

    def __str__(self) -> str:
        return self.file.name


class SavedMapping(LandlordOwned, Acted):
    """Which headings feed which fields, kept under a name for the next file of the same kind."""

    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    choices = models.JSONField(help_text="heading → list of fields; none means extra text")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "kind", "name"],
                name="saved_mapping_has_its_own_name",
                violation_error_message="There is a mapping of this name. Choose another name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
