from __future__ import annotations

import datetime as dt
from decimal import Decimal
from email.utils import formataddr

from django.conf import settings
from django.db import models
from django.db.models import Q

from involvement.delivery.models.messages import Message
from involvement.isolation.models import LandlordOwned


class Provider(LandlordOwned):
    """Who carries messages of one channel. Of each channel at most one is in use.

    GOV.UK Notify carries both, as two rows, since each has its template and its pace.

    `settings` holds what may be read; `sealed` the passwords and keys, which `delivery.sealing`
    alone opens. While `held_until_at` lies ahead nothing is given to it.
    """

    class Kind(models.TextChoices):
        INSTALLATION = "INSTALLATION", "This installation’s mail server"
        SMTP = "SMTP", "Your own mail server"
        API = "API", "A mail service"
        NOTIFY = "NOTIFY", "GOV.UK Notify"
        GATEWAY = "GATEWAY", "A text gateway"

    channel = models.CharField(
        max_length=5, choices=Message.Channel.choices, default=Message.Channel.EMAIL
    )
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.INSTALLATION)
    name = models.CharField(max_length=80)
    sender_name = models.CharField(max_length=120, blank=True, default="")
    sender_address = models.CharField(max_length=254, blank=True, default="")
    per_minute = models.PositiveIntegerField(default=60)
    settings = models.JSONField(default=dict, blank=True)
    sealed = models.BinaryField(default=b"", blank=True, editable=False)
    is_active = models.BooleanField(default=False)
    held_until_at = models.DateTimeField(null=True, blank=True)
    held_because = models.CharField(max_length=300, blank=True, default="")
    holds = models.PositiveSmallIntegerField(default=0, help_text="How often in a row.")
    tried_at = models.DateTimeField(null=True, blank=True)
    tried_words = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "channel"],
                condition=Q(is_active=True),
                name="provider_in_use_is_the_only_one_of_its_channel",
                violation_error_message="Another provider is in use already.",
            ),
            models.UniqueConstraint(
                fields=["landlord", "name"],
                name="provider_name_is_used_once",
                violation_error_message="There is a provider of this name already.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["SMTP", "API"]) | ~Q(sender_address=""),
                name="provider_of_your_own_has_a_sender",
                violation_error_message="Write the address your messages come from.",
            ),
            models.CheckConstraint(
                condition=Q(per_minute__gte=1, per_minute__lte=3000),
                name="provider_carries_between_one_and_3000_a_minute",
                violation_error_message="Between 1 and 3,000 messages a minute.",
            ),
            models.CheckConstraint(
                condition=Q(held_until_at__isnull=True, held_because="")
                | Q(held_until_at__isnull=False) & ~Q(held_because=""),
                name="provider_that_is_held_says_why",
            ),
            models.CheckConstraint(
                condition=Q(tried_at__isnull=True, tried_words="")
                | Q(tried_at__isnull=False) & ~Q(tried_words=""),
                name="provider_that_was_tried_says_what_came_of_it",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def carries(self) -> str:
        """What goes by it: “e-mail”, “texts”."""
        return "texts" if self.channel == Message.Channel.TEXT else "e-mail"

    @property
    def sender_words(self) -> str:
        """Whom its messages come from, as a page says it."""
        if self.kind == self.Kind.NOTIFY:
            return "the sender your service in Notify names"
        if self.kind == self.Kind.GATEWAY:
            return self.sender_name or "the number your gateway gave you"
        return self.sender

    @property
    def before(self) -> str:
        """What it puts in front of each text, which counts as a part of it."""
        return str(self.settings.get("before") or "")

    @property
    def pence(self) -> Decimal:
        """What it takes for one part of a text, in pence; 0 where nobody has said."""
        return Decimal(str(self.settings.get("pence") or 0))

    @property
    def sender(self) -> str:
        """Whom its messages come from, as an e-mail says it."""
        address = self.sender_address or settings.DEFAULT_FROM_EMAIL
        return formataddr((self.sender_name, address)) if self.sender_name else address

    def is_held(self, at: dt.datetime) -> bool:
        """Whether nothing may be given to it yet."""
        return self.held_until_at is not None and self.held_until_at > at
