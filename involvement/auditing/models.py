from __future__ import annotations

from django.db import models

from involvement.auditing.actors import ActorKind, Channel
from involvement.isolation.models import LandlordOwned


class Acted(models.Model):
    """The columns of whoever caused the row. Filled with `**by.columns()`."""

    by_kind = models.CharField(max_length=8, choices=ActorKind.choices)
    by_key = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=120)
    by_behalf = models.CharField(max_length=120, blank=True, default="")
    by_channel = models.CharField(max_length=6, choices=Channel.choices)
    by_clerk = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        abstract = True

    @property
    def by_words(self) -> str:
        """Who did it, for whom and how: “Jean Marlow (demo), for Mrs Hackett, by telephone”."""
        words = self.by_name
        if self.by_behalf:
            words += f", for {self.by_behalf}"
        if self.by_channel not in {Channel.WEB, ""}:
            words += f", {Channel(self.by_channel).label}"
        if self.by_clerk:
            words += f", keyed in by {self.by_clerk}"
        return words


class AuditEntry(LandlordOwned, Acted):
    """One change, kept without keys to live rows so that it never stands in their way.

    `changes` is a list of {"field", "label", "old", "new"} with both values in words.
    """

    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    record_kind = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    record_name = models.CharField(max_length=200)
    sentence = models.CharField(max_length=500)
    changes = models.JSONField(default=list)

    class Meta:
        indexes = [
            models.Index(
                fields=["landlord", "record_kind", "record_id", "-at"], name="audit_of_a_record"
            ),
            models.Index(fields=["landlord", "-at"], name="audit_latest"),
        ]

    def __str__(self) -> str:
        return self.sentence
