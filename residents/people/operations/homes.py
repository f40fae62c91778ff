from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.db import transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from residents.people.models import Home

HOME_FIELDS: Final = (
    "reference",
    "uprn",
    "parent_uprn",
    "address",
    "postcode",
    "place",
    "unit",
    "tenure",
    "stock",
    "ended_on",
)


@transaction.atomic
def add_home(
    *, address: str, by: Actor, at: dt.datetime, is_demo: bool = False, **values: Any
) -> Home:
    """Add a home; `values` are any of HOME_FIELDS. Returns it.

    The database refuses a reference or UPRN that another home has.
    """
    values = {**values, "postcode": postcode(values.get("postcode", ""))}
    home: Home = Home.objects.create(
        address=address_lines(address), is_demo=is_demo, created_at=at, **values
    )
    auditing.record(verb="home.added", record=home, sentence="added it to the homes", by=by, at=at)
    return home


@transaction.atomic
def change_home(*, home: Home, by: Actor, at: dt.datetime, **values: Any) -> Home:
    """Change any of HOME_FIELDS. Returns the home."""
    if "address" in values:
        values["address"] = address_lines(values["address"])
    if "postcode" in values:
        values["postcode"] = postcode(values["postcode"])
    before = auditing.snapshot(home, values)
    for name in HOME_FIELDS:
        if name in values:
            setattr(home, name, values[name])
    changes = auditing.changes_since(home, before)
    if changes:
        home.save(update_fields=list(values))
        auditing.record(
            verb="home.changed",
            record=home,
            sentence=auditing.what_changed(changes),
            by=by,
            at=at,
            changes=changes,
        )
    return home


def address_lines(words: str) -> str:
    """An address with its lines as all are kept: browsers end them in another way than files do."""
    return "\n".join(line.strip() for line in words.strip().splitlines())


def postcode(words: str) -> str:
    """A postcode as it is written: "bh151qt" becomes "BH15 1QT". What is none stays as it came."""
    letters = "".join(words.split()).upper()
    return f"{letters[:-3]} {letters[-3:]}" if 5 <= len(letters) <= 7 else letters
