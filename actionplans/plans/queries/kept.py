"""What a landlord said its headings mean, for every door a spreadsheet comes in by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from involvement.importing.queries import mapping_for

KIND: Final = "plan"


def kept_choices(headings: Sequence[str]) -> dict[str, list[str]]:
    """Heading to fields, as chosen for an earlier file with these headings; empty without one."""
    kept = mapping_for(KIND, headings)
    return dict(kept.choices) if kept else {}
