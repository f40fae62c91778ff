"""Founds the landlords of the demonstration and asks each package's loader to fill them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Final, Protocol, cast

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from involvement.demo import operations
from involvement.demo.landlord import SINCE
from involvement.demo.moments import ago
from involvement.demo.queries import LOADER
from involvement.demo.sources import toml_of
from involvement.isolation import landlord_scope
from involvement.landlords import queries
from involvement.landlords.models import Landlord
from involvement.landlords.operations import create_landlord

# A group stands before its members.
SLUGS: Final = (
    "poole",
    "mhp",
    "oxford",
    "synergy",
    "purbeck",
    "stourside",
    "chalkdown",
    "nwleics",
)


class Loader(Protocol):
    def __call__(self, landlord: Landlord, *, full: bool) -> str: ...


def load_demo(*, full: bool, say: Callable[[str], None]) -> int:
    """Load what is missing of every landlord. Returns how many landlords were filled.

    A landlord of the same address that is no demonstration is left alone, and said so.
    """
    loaders = [cast("Loader", import_string(path)) for path in settings.DEMO_LOADERS]
    filled = 0
    for slug in SLUGS:
        landlord = founded(slug)
        if not landlord.is_demo:
            say(f"{landlord.name} is no demonstration, so it is left as it is.")
            continue
        started = time.monotonic()
        made = list(_fill(landlord, loaders, full=full))
        if made:
            filled += 1
            say(f"{landlord.name}: {', '.join(made)} ({time.monotonic() - started:.1f} s)")
    return filled


def _fill(landlord: Landlord, loaders: list[Loader], *, full: bool) -> Iterator[str]:
    for loader in loaders:
        with landlord_scope(landlord), transaction.atomic():
            made = loader(landlord, full=full)
        if made:
            yield made


def founded(slug: str) -> Landlord:
    """The landlord of this address, founded where there is none."""
    known = queries.landlord_by_slug(slug)
    if known is not None:
        return known
    facts = toml_of("involvement", f"landlords/{slug}.toml")["landlord"]
    parent = facts.pop("parent", None)
    landlord = create_landlord(
        slug=slug,
        name=facts.pop("name"),
        short_name=facts.pop("short_name"),
        kind=facts.pop("kind"),
        parent=queries.landlord_by_slug(parent) if parent else None,
        is_demo=True,
        by=LOADER,
        at=ago(SINCE),
    )
    with landlord_scope(landlord):
        return operations.furnish(landlord=landlord, values=facts, by=LOADER, at=ago(SINCE))
