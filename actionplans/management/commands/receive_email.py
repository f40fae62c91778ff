from __future__ import annotations

import sys
from typing import Any

from django.utils import timezone

from actionplans.feedback import operations
from involvement.auditing.actors import job
from involvement.auditing.refusals import Refusal
from involvement.isolation.commands import LandlordCommand
from involvement.landlords.models import Landlord


class Command(LandlordCommand):
    """For a pipe from the mail server. An e-mail that is no resident's is named and passed over."""

    help = "Turn an e-mail on standard input into a row of what was said."

    def handle_landlord(self, landlord: Landlord, **_options: Any) -> None:
        """Record the e-mail; ends well even where it is passed over, or it would come back."""
        try:
            feedback = operations.receive_email(
                content=sys.stdin.buffer.read(), by=job("The mail server"), at=timezone.now()
            )
        except Refusal as refusal:
            self.stdout.write(str(refusal))
        else:
            self.stdout.write(f"Recorded as number {feedback.pk}.")
