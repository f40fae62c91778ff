"""What is kept about who may act for whom: from both sides."""

from __future__ import annotations

from dataclasses import dataclass

from residents.privacy.operations.keys import KeyHolder

_SCOPE = {
    "kind": "As",
    "evidence": "Evidence seen",
    "ends_on": "Until",
    "note": "Note",
    "ended_why": "Why it ended",
}


@dataclass(frozen=True)
class OtherSide(KeyHolder):
    """The same rows by their second key to a person. The first answers for the model."""

    @property
    def models(self) -> tuple[str, ...]:
        return ()


HOLDERS = (
    KeyHolder(
        "residents.Authority",
        "person",
        "Who may act for you",
        labels={"representative__name": "Who", **_SCOPE},
        when="began_on",
        deletes=True,
        what="authorities over them",
    ),
    OtherSide(
        "residents.Authority",
        "representative",
        "For whom you may act",
        labels={"person__name": "For whom", **_SCOPE},
        when="began_on",
        deletes=True,
        what="authorities they held",
    ),
)
