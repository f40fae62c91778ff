"""What the replies keep about a person: that they were told, the messages, their verdicts."""

from __future__ import annotations

from typing import Any

from actionplans.replies.operations.forgetting import EMPTIED
from residents.privacy.operations.keys import KeyHolder

_MESSAGES: dict[str, Any] = {
    "labels": {
        "channel": "How",
        "to_name": "To",
        "to_address": "Sent to",
        "subject": "Subject",
        "body": "What it said",
    },
    "when": "queued_at",
    "blank": EMPTIED,
}

HOLDERS = (
    KeyHolder(
        "actionplans.Reply",
        "person",
        "What we told you",
        labels={"decision__what": "The decision", "channel": "How", "note": "Note"},
        when="told_at",
        blank={"note": ""},
        what="replies",
    ),
    KeyHolder(
        "involvement.Message",
        "",
        "Messages we sent you",
        path="replies__person",
        what="messages",
        **_MESSAGES,
    ),
    KeyHolder(
        "involvement.Message",
        "",
        "Messages in which we asked you whether it happened",
        path="verdicts__reply__person",
        what="questions whether it happened",
        **_MESSAGES,
    ),
    KeyHolder(
        "actionplans.Verdict",
        "",
        "Whether it happened, in your words",
        path="reply__person",
        labels={"answer": "Your answer", "words": "In your words"},
        when="asked_at",
        what="answers to “did it happen?”",
    ),
)
