from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from involvement.accounts import operations
from involvement.accounts.permissions import Role
from involvement.auditing.actors import job
from involvement.auditing.refusals import Refusal
from involvement.isolation.commands import LandlordCommand
from involvement.landlords.models import Landlord


class Command(LandlordCommand):
    help = "Invite somebody to sign in at a landlord: how a new landlord gets its administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", default="")
        parser.add_argument(
            "--role", type=str.upper, choices=Role.values, default=Role.ADMINISTRATOR.value
        )
        parser.add_argument(
            "--address",
            default="",
            help="where the site begins; default: SITE_ADDRESS",
        )

    def handle_landlord(self, landlord: Landlord, **options: Any) -> None:
        """Send the invitation and print its link. Raises CommandError with what to do."""
        site = (options["address"] or settings.SITE_ADDRESS).rstrip("/")
        try:
            validate_email(options["email"])
            invitation, link = operations.invite(
                email=options["email"],
                name=options["name"],
                role=options["role"],
                inviter=None,
                address=f"{site}/at/{landlord.slug}/",
                by=job("Whoever runs this site"),
                at=timezone.now(),
            )
        except ValidationError as error:
            raise CommandError(f"“{options['email']}” is no e-mail address.") from error
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{invitation.email} is invited to {landlord.name} as "
            f"{invitation.get_role_display().lower()}, until "
            f"{timezone.localtime(invitation.expires_at):%A %-d %B %Y}.\n{link}"
        )
