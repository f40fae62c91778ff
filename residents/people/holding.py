"""What the register keeps about a person besides the person's own row, which `residents.privacy`
itself shows, erases and merges field by field."""

from __future__ import annotations

from residents.privacy.operations.keys import KeyHolder
from residents.privacy.ports import Holder

HOLDERS: tuple[Holder, ...] = (
    KeyHolder(
        "residents.Residency",
        "person",
        "Where you live and lived",
        labels={
            "home__address": "Home",
            "capacity": "As",
            "started_on": "Since",
            "ended_on": "Until",
        },
        deletes=True,
        what="homes",
    ),
    KeyHolder(
        "residents.PersonTag",
        "person",
        "Words we put on your record",
        labels={"tag__name": "Tag"},
        when="put_at",
        deletes=True,
        what="tags",
    ),
)
