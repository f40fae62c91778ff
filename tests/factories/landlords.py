from __future__ import annotations

from typing import Any

from involvement.landlords.models import Landlord


def make_landlord(
    slug: str, *, name: str = "", kind: str = "ASSOCIATION", **fields: Any
) -> Landlord:
    name = name or slug.title()
    return Landlord.objects.create(
        slug=slug,
        name=name,
        short_name=fields.pop("short_name", slug.title()),
        kind=kind,
        languages=["en-GB"],
        **fields,
    )
