from __future__ import annotations

from django.db import models
from django.db.models import Q

from involvement.auditing.models import Acted
from involvement.isolation.models import LandlordOwned


class MailKey(LandlordOwned, Acted):
    """The key a mail server shows to hand e-mails in. Only its hash is kept; one is in force."""

    key_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord"],
                condition=Q(ended_at__isnull=True),
                name="mail_key_in_force_is_one",
                violation_error_message="A key is in force already.",
            )
        ]

    def __str__(self) -> str:
        return f"Key made on {self.made_at:%d.%m.%Y}"
