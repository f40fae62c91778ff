"""Messages and letters, the providers they go by, each attempt to send one, and what comes back."""

from involvement.delivery.models.attempts import DeliveryAttempt
from involvement.delivery.models.coming_back import InboundMessage, Receipt, RefusedCalls
from involvement.delivery.models.messages import LINK, LetterBatch, Message
from involvement.delivery.models.providers import Provider

__all__ = [
    "LINK",
    "DeliveryAttempt",
    "InboundMessage",
    "LetterBatch",
    "Message",
    "Provider",
    "Receipt",
    "RefusedCalls",
]
