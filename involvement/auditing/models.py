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


class ViewLogEntry(LandlordOwned, Acted):
    """That somebody looked at, or took out, what is kept about people. The one thing a page writes
    when it is only looked at; like history, kept without keys to live rows and never altered.
    """

    class Kind(models.TextChoices):
        VIEWED = "VIEWED", "Looked at"
        EXPORTED = "EXPORTED", "Taken out"

    at = models.DateTimeField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    record_kind = models.CharField(max_length=60, blank=True, default="")
    record_id = models.BigIntegerField(null=True, blank=True)
    page = models.CharField(max_length=120, help_text="“their page”, “the list of people”")
    people = models.PositiveIntegerField(default=1, help_text="How many people it showed.")
    purpose = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        verbose_name_plural = "view log entries"
        indexes = [
            models.Index(fields=["landlord", "-at", "-id"], name="view_latest"),
            models.Index(
                fields=["landlord", "record_kind", "record_id", "-at"], name="view_of_a_record"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="EXPORTED") | ~models.Q(purpose=""),
                name="view_taken_out_says_what_for",
                violation_error_message="Say what it is taken out for.",
            )
        ]

    def __str__(self) -> str:
        return self.page
