from __future__ import annotations

from django.db import models
from django.db.models import Q

from involvement.auditing.models import Acted
from involvement.delivery.telephone import as_written
from involvement.delivery.texts import MOST_PARTS
from involvement.documents.models import StoredFile
from involvement.isolation.models import LandlordOwned
from involvement.rendering.formats import BY_HAND, Format, in_words

LINK = "[link]"
_QUEUED_BY_ITSELF = Q(state="QUEUED") & (Q(channel="EMAIL") | Q(channel="TEXT", parts__gt=0))


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
    """One message to one address. `key` names its cause, so that no cause is sent twice.

    QUEUED → SENDING (a lease, kept before the provider is spoken to) → SENT → DELIVERED, or FAILED
    on the way; UNSURE where a worker ended in between and nobody can say whether it went.
    """

    class Channel(models.TextChoices):
        EMAIL = "EMAIL", "E-mail"
        TEXT = "TEXT", "Text message"
        POST = "POST", "Letter"
        PHONE = "PHONE", "Telephone call"
        FACE = "FACE", "Face to face"

    class State(models.TextChoices):
        QUEUED = "QUEUED", "Waiting to go"
        SENDING = "SENDING", "On its way"
        UNSURE = "UNSURE", "May have gone"
        SENT = "SENT", "Sent"
        DELIVERED = "DELIVERED", "Arrived"
        FAILED = "FAILED", "Did not go"
        CANCELLED = "CANCELLED", "Cancelled"

    # The provider or the post took it.
    WENT = (State.SENT, State.DELIVERED)
    # It can still go, by itself or when an officer says so.
    CAN_STILL_GO = (State.QUEUED, State.UNSURE, State.FAILED)
    # An officer has to decide.
    STUCK = (State.UNSURE, State.FAILED)
    # Providers carry these; texts only for a landlord that has one.
    CARRIED = (Channel.EMAIL, Channel.TEXT)

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
    # Where one press takes the reader off the list (RFC 8058), for mailboxes that offer it.
    unsubscribe_url = models.CharField(max_length=300, blank=True, default="", editable=False)
    parts = models.PositiveSmallIntegerField(
        default=0, help_text="How many texts it takes; 0 for what is no text, or texted by hand."
    )
    queued_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    lease_ends_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=300, blank=True)
    batch = models.ForeignKey(
        LetterBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["landlord", "channel", "next_attempt_at"],
                condition=Q(state="QUEUED"),
                name="outbox_due",
            ),
            models.Index(fields=["landlord", "-queued_at", "-id"], name="outbox_latest"),
            models.Index(fields=["landlord", "state", "-queued_at", "-id"], name="outbox_by_state"),
            models.Index(
                fields=["landlord", "channel", "state", "-queued_at", "-id"],
                name="outbox_by_channel",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "key"],
                name="message_for_one_cause_is_sent_once",
                violation_error_message="This message is in the outbox already.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["SENT", "DELIVERED"], sent_at__isnull=False)
                | ~Q(state__in=["SENT", "DELIVERED"]) & Q(sent_at__isnull=True),
                name="message_sent_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="DELIVERED", delivered_at__isnull=False)
                | ~Q(state="DELIVERED") & Q(delivered_at__isnull=True),
                name="message_that_arrived_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="SENDING", lease_ends_at__isnull=False)
                | ~Q(state="SENDING") & Q(lease_ends_at__isnull=True),
                name="message_on_its_way_has_a_lease",
            ),
            models.CheckConstraint(
                condition=(_QUEUED_BY_ITSELF & Q(next_attempt_at__isnull=False))
                | (~_QUEUED_BY_ITSELF & Q(next_attempt_at__isnull=True)),
                name="message_that_goes_by_itself_knows_when",
            ),
            models.CheckConstraint(
                condition=Q(parts=0) | Q(channel="TEXT", parts__lte=MOST_PARTS),
                name="message_in_parts_is_a_text",
            ),
            models.CheckConstraint(
                condition=Q(link="") | Q(state__in=["QUEUED", "SENDING", "UNSURE", "FAILED"]),
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
    def whole_body(self) -> str:
        """What it says as it goes, with its link."""
        return self.body.replace(LINK, self.link) if self.link else self.body

    @property
    def to_words(self) -> str:
        """Its address as people write it."""
        return as_written(self.to_address) if self.parts else self.to_address

    @property
    def by_itself(self) -> bool:
        """Whether a provider carries it: every e-mail, and a text made ready for one."""
        return self.channel == self.Channel.EMAIL or self.parts > 0

    @property
    def state_when_forgotten(self) -> str:
        """Its state once its address is gone: what had not gone cannot go any more."""
        return str(self.state if self.state in self.WENT else self.State.CANCELLED)

    @property
    def state_words(self) -> str:
        """Its state as a sentence goes on: “it arrived”, “it may have gone”."""
        return {
            self.State.QUEUED: "it never came there, and goes again",
            self.State.SENDING: "it is on its way",
            self.State.UNSURE: "it may have gone",
            self.State.SENT: "it went, and whether it arrived is not known yet",
            self.State.DELIVERED: "it arrived",
            self.State.FAILED: "it came back",
            self.State.CANCELLED: "it was cancelled",
        }[self.State(self.state)]

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
