"""Messages and letters, the providers they go by, and each attempt to send one."""

from involvement.delivery.models.attempts import DeliveryAttempt
from involvement.delivery.models.messages import LINK, LetterBatch, Message
from involvement.delivery.models.providers import Provider

__all__ = ["LINK", "DeliveryAttempt", "LetterBatch", "Message", "Provider"]
