"""How messages are given to providers: one class for each kind, behind one small protocol.

`for_provider` chooses by the provider's kind. A further kind is one more class in `KINDS`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.db.models import Q

from involvement.delivery.models import Provider
from involvement.delivery.sealing import CannotBeOpened, unseal
from involvement.delivery.transports.api import ASKED, api_transport
from involvement.delivery.transports.gateway import gateway_transport
from involvement.delivery.transports.notify import notify_transport
from involvement.delivery.transports.protocol import (
    Accepted,
    Asked,
    Outcome,
    Outgoing,
    Refused,
    Standing,
    Transport,
    TryLater,
    Unsure,
)
from involvement.delivery.transports.smtp import installation_transport, smtp_transport

__all__ = [
    "CAN_BE_ASKED",
    "Accepted",
    "Asked",
    "CannotBeOpened",
    "Outcome",
    "Outgoing",
    "Refused",
    "Standing",
    "Transport",
    "TryLater",
    "Unsure",
    "can_be_asked",
    "for_provider",
]

KINDS: Final[dict[str, Callable[[Provider, dict[str, str]], Transport]]] = {
    Provider.Kind.INSTALLATION: installation_transport,
    Provider.Kind.SMTP: smtp_transport,
    Provider.Kind.API: api_transport,
    Provider.Kind.NOTIFY: notify_transport,
    Provider.Kind.GATEWAY: gateway_transport,
}


def for_provider(provider: Provider) -> Transport:
    """What speaks to a provider. Raises CannotBeOpened."""
    return KINDS[provider.kind](provider, unseal(provider))


CAN_BE_ASKED: Final = Q(kind=Provider.Kind.NOTIFY) | Q(
    kind=Provider.Kind.API, settings__service__in=sorted(ASKED)
)
"""The providers that find a message by our reference."""


def can_be_asked(provider: Provider) -> bool:
    """Whether a provider is one of CAN_BE_ASKED."""
    by_service = provider.kind == Provider.Kind.API and provider.settings.get("service") in ASKED
    return provider.kind == Provider.Kind.NOTIFY or by_service
