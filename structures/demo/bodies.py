from __future__ import annotations

from involvement.calendars.words import count
from involvement.demo import operations
from involvement.demo.moments import ago
from involvement.demo.queries import officer
from involvement.demo.sources import toml_of
from involvement.landlords.models import Landlord, Unit
from structures.bodies.models import Body


def load(landlord: Landlord, *, full: bool) -> str:
    """Add the landlord's groups, once."""
    facts = toml_of("structures", f"strategies/{landlord.slug}.toml").get("bodies", [])
    if not facts or Body.objects.exists():
        return ""
    units = {unit.short_name: unit for unit in Unit.objects.order_by("pk")}
    rows = [
        Body(
            name=each["name"],
            short_name=each.get("short", ""),
            kind_words=each["kind"],
            purpose=each["purpose"],
            unit=units.get(each.get("unit", "")),
        )
        for each in facts
    ]
    operations.plant(rows=rows, by=officer(), at=ago(610))
    return count(len(rows), "group")
