from __future__ import annotations

from django.db import models
from django.db.models import Q

from involvement.auditing.models import Acted
from involvement.documents.models import StoredFile
from involvement.isolation.models import LandlordOwned
from involvement.rendering.formats import BY_HAND, Format, in_words

LINK = "[link]"


class LetterBatch(LandlordOwned, Acted):
    """Letters made into one PDF to print, and then posted."""

    made_at = models.DateTimeField()
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="letter_batches"
    )
    posted_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "letter batches"

    def __str__(self) -> str:
        return f"Letters of {self.made_at:%d %B %Y}"


class Message(LandlordOwned, Acted):
    """One message to one address. `key` names its cause, so that no cause is sent twice."""

    class Channel(models.TextChoices):
        EMAIL = "EMAIL", "E-mail"
        TEXT = "TEXT", "Text message"
        POST = "POST", "Letter"
        PHONE = "PHONE", "Telephone call"
        FACE = "FACE", "Face to face"

    class State(models.TextChoices):
        QUEUED = "QUEUED", "Waiting to go"
        SENT = "SENT", "Sent"
        FAILED = "FAILED", "Did not go"
        CANCELLED = "CANCELLED", "Cancelled"

    key = models.CharField(max_length=120)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.QUEUED)
    to_name = models.CharField(max_length=120)
    to_address = models.TextField(help_text="E-mail address, number or postal address.")
    formats = models.JSONField(
        default=list, blank=True, help_text="Formats they asked for, by rendering.formats.Format."
    )
    subject = models.CharField(max_length=200)
    body = models.TextField()
    # Put where LINK stands in the body as it goes, and then forgotten: whoever reads the outbox
    # must not be able to answer for whoever the link was sent to.
    link = models.CharField(max_length=300, blank=True, default="", editable=False)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=300, blank=True)
    batch = models.ForeignKey(
        LetterBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "state", "channel", "queued_at"], name="outbox_due"),
            models.Index(fields=["landlord", "-queued_at", "id"], name="outbox_latest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "key"],
                name="message_for_one_cause_is_sent_once",
                violation_error_message="This message is in the outbox already.",
            ),
            models.CheckConstraint(
                condition=Q(state="SENT", sent_at__isnull=False)
                | (~Q(state="SENT") & Q(sent_at__isnull=True)),
                name="message_sent_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(link="") | Q(state__in=["QUEUED", "FAILED"]),
                name="message_forgets_its_link_once_it_went",
            ),
            models.CheckConstraint(
                condition=~Q(to_address=""),
                name="message_has_an_address",
                violation_error_message="There is no address to send this to.",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def large_print(self) -> bool:
        """Whether it is set in 18 point."""
        return Format.LARGE_PRINT in self.formats

    @property
    def format_words(self) -> str:
        """The formats in words: “large print, Braille”; "" for plain paper."""
        return in_words(self.formats)

    @property
    def needs_making(self) -> bool:
        """Whether a letter of paper alone does not serve them: Braille, audio, easy read."""
        return self.channel == self.Channel.POST and not BY_HAND.isdisjoint(self.formats)
