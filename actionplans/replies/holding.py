"""What the replies keep about a person: that they were told, the messages, their verdicts."""

from __future__ import annotations

from involvement.delivery.models import Message
from residents.privacy.operations.keys import KeyHolder
from residents.privacy.ports import A_RESIDENT

ERASED = "Erased with the person it was for"


def _state_without_address(message: Message) -> str:
    """What has not gone cannot go any more."""
    unsent = message.state in {Message.State.QUEUED, Message.State.FAILED}
    return Message.State.CANCELLED if unsent else message.state


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
        labels={
            "channel": "How",
            "to_name": "To",
            "to_address": "Sent to",
            "subject": "Subject",
            "body": "What it said",
        },
        when="queued_at",
        blank={
            "to_name": A_RESIDENT,
            "to_address": ERASED,
            "body": ERASED,
            "link": "",
            "failure": "",
            "state": _state_without_address,
        },
        what="messages",
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
