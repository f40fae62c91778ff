from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from involvement.auditing.actors import job
from involvement.auditing.refusals import Refusal
from involvement.landlords import operations, queries
from involvement.landlords.models import Landlord


class Command(BaseCommand):
    help = "Found a landlord."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--slug", required=True, help="its short address, e.g. poole")
        parser.add_argument("--name", required=True)
        parser.add_argument(
            "--kind", required=True, type=str.upper, choices=Landlord.Kind.values, help="what it is"
        )
        parser.add_argument("--parent", metavar="SLUG", help="the group it belongs to")
        parser.add_argument("--short-name", default="", help="for tight places")

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["slug"].lower()
        parent = None
        if options["parent"]:
            parent = queries.landlord_by_slug(options["parent"])
            if parent is None:
                raise CommandError(f"There is no landlord “{options['parent']}” to be its group.")
        try:
            landlord = operations.create_landlord(
                slug=slug,
                name=options["name"],
                kind=options["kind"],
                short_name=options["short_name"],
                parent=parent,
                by=job("create_landlord"),
                at=timezone.now(),
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{landlord.name} is founded. Its address is /at/{landlord.slug}/.\n"
            "Invite whoever is to set it up: "
            f"manage.py invite --landlord {landlord.slug} --email THEIR-ADDRESS"
        )
