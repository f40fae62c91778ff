from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from involvement.isolation.verification import verify


class Command(BaseCommand):
    help = "Prove that the database keeps landlords apart; name what does not, and exit 1."
    # The proof must also run where the code itself has been changed for the worse.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify()
        for fault in verdict.faults:
            self.stderr.write(str(fault))
        if verdict.faults:
            tables = len({fault.what for fault in verdict.faults})
            raise CommandError(f"Landlords are not kept apart: {tables} to put right.")
        self.stdout.write(
            f"Landlords are kept apart. {verdict.tables} tables have their policies forced, "
            f"{verdict.composite_keys} keys between them carry the landlord, and "
            f"{verdict.probes} attempts to get at another landlord's rows were refused "
            f"({verdict.tables_with_foreign_rows} tables held such rows)."
        )
