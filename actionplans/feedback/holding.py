"""What the log keeps about a person: everything they said to the landlord."""

from __future__ import annotations

from residents.privacy.operations.keys import KeyHolder

HOLDERS = (
    KeyHolder(
        "actionplans.Feedback",
        "person",
        "What you said to us",
        labels={
            "words": "What you said",
            "original_words": "As it was first written down",
            "source": "How it reached us",
            "subject__name": "What it is about",
            "place__name": "Where",
            "noted_reason": "Why it needed no decision",
            "extra": "What the file it came from said besides",
        },
        when="said_on",
        # The words stay, since decisions answer them; a name in them is found as free text.
        blank={"extra": lambda _: {}, "message_id": "", "wants_reply": False},
        what="pieces of feedback",
    ),
)
