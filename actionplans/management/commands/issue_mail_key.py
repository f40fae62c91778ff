from __future__ import annotations

from typing import Any

from django.utils import timezone

from actionplans.feedback import operations
from involvement.auditing.actors import job
from involvement.isolation.commands import LandlordCommand
from involvement.landlords.models import Landlord


class Command(LandlordCommand):
    """The key is printed once; the one before it ends."""

    help = "Make the key with which a mail server hands e-mails in at /mail/."

    def handle_landlord(self, landlord: Landlord, **_options: Any) -> None:
        """Print the new key and how it is used."""
        key = operations.issue_mail_key(by=job("issue_mail_key"), at=timezone.now())
        self.stdout.write(key)
        self.stderr.write(
            f"Send each e-mail for {landlord.name} as the body of a POST to /mail/ at its address, "
            "with this key as a bearer token. It is not shown again."
        )
