"""What is kept about a person being put into a segment by hand, or left out of it."""

from __future__ import annotations

from residents.privacy.operations.keys import KeyHolder

HOLDERS = (
    KeyHolder(
        "residents.HandPick",
        "person",
        "Lists we put you on or left you off by hand",
        labels={"segment__name": "List", "how": "How", "why": "Why"},
        when="picked_at",
        deletes=True,
        what="choices by hand",
    ),
)
