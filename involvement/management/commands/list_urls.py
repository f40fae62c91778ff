from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from involvement.accounts.site_map import addresses


class Command(BaseCommand):
    help = "List every address of the site: its methods, its door and the permission it asks for."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="as JSON, for tests from outside")

    def handle(self, *args: Any, **options: Any) -> None:
        found = addresses()
        if options["json"]:
            self.stdout.write(json.dumps([address.as_dict() for address in found], indent=2))
            return
        for address in found:
            who = address.permission or address.door or "signing in"
            methods = ", ".join(address.methods)
            self.stdout.write(f"{address.pattern}  [{methods}]  {who}  {address.name}")
