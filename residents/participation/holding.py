"""What is kept about a person's taking part. Erasure leaves the counts as they are: the person's
row stays as a resident without a name."""

from __future__ import annotations

from residents.privacy.operations.keys import KeyHolder

HOLDERS = (
    KeyHolder(
        "residents.Participation",
        "person",
        "What you took part in",
        labels={"kind": "What it was", "label": "Which one", "minutes": "Minutes"},
        when="began_on",
        what="times they took part",
    ),
)
