from __future__ import annotations

from django.db import models
from django.db.models import Q

from involvement.delivery.models.messages import Message
from involvement.delivery.models.providers import Provider
from involvement.delivery.telephone import as_written
from involvement.isolation.models import LandlordOwned


class Receipt(LandlordOwned):
    """What a provider told us by itself of a message it had. Each is kept once.

    Without a message it is about nothing we sent by that provider, and an officer can look at it.
    """

    class Kind(models.TextChoices):
        DELIVERED = "DELIVERED", "It arrived"
        RETURNED = "RETURNED", "It came back"

    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, db_index=False, related_name="receipts"
    )
    key = models.CharField(max_length=200, help_text="What the provider calls it, and its state.")
    message = models.ForeignKey(
        Message, on_delete=models.PROTECT, null=True, blank=True, related_name="receipts"
    )
    reference = models.CharField(max_length=200, blank=True, default="")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    words = models.CharField(max_length=300, blank=True, default="")
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["landlord", "-received_at", "-id"],
                condition=Q(message__isnull=True),
                name="receipt_of_nothing_we_sent",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "provider", "key"], name="receipt_is_kept_once"
            ),
            models.CheckConstraint(condition=~Q(key=""), name="receipt_says_which_one_it_is"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reference}"


class InboundMessage(LandlordOwned):
    """What somebody wrote back, from an address. Who that is others know; until one of them took it,
    it waits for an officer."""

    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, db_index=False, related_name="inbound"
    )
    key = models.CharField(max_length=200, help_text="What the provider calls it.")
    channel = models.CharField(max_length=5, choices=Message.Channel.choices)
    from_address = models.CharField(max_length=254)
    to_address = models.CharField(max_length=254, blank=True, default="")
    body = models.TextField(blank=True)
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["landlord", "received_at", "id"],
                condition=Q(taken_at__isnull=True),
                name="inbound_not_taken",
            ),
            models.Index(fields=["landlord", "from_address"], name="inbound_by_address"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "provider", "key"], name="inbound_message_is_kept_once"
            ),
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(from_address=""),
                name="inbound_message_comes_from_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, taken_by="")
                | Q(taken_at__isnull=False) & ~Q(taken_by=""),
                name="inbound_message_taken_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"A text from {self.from_words}"

    @property
    def from_words(self) -> str:
        """Whom it comes from, as people write a number."""
        return as_written(self.from_address)


class RefusedCalls(LandlordOwned):
    """How often somebody called a provider's address in a day and could not show that it was the
    provider."""

    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, db_index=False, related_name="refused_calls"
    )
    counted_on = models.DateField()
    number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "refused calls"
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "provider", "counted_on"],
                name="refused_calls_are_counted_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} on {self.counted_on}"
