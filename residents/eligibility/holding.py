"""What is kept about whether somebody may join something."""

from __future__ import annotations

from residents.privacy.operations.keys import KeyHolder

HOLDERS = (
    KeyHolder(
        "residents.Attestation",
        "person",
        "What others confirmed about you, with yes or no",
        labels={
            "check_asked__question": "Question",
            "answer": "Answer",
            "attested_by": "Who said so",
            "expires_on": "Holds until",
        },
        when="attested_on",
        deletes=True,
        what="confirmations",
    ),
    KeyHolder(
        "residents.Check",
        "person",
        "Whether you could join something",
        labels={"rule_set__name": "What", "verdict": "Answer", "reasons": "Why"},
        when="checked_at",
        deletes=True,
        what="answers about joining",
    ),
)
